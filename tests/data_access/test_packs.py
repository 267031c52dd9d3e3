"""The copy of what is held: all of it, nothing of anybody else, the same each time, and only for its student."""

import html
import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, insert, select, update

from auth.permissions import readable
from auth.refusals import NotOpenToYourRole, NotYoursToSee, Refusal
from auth.refusals.rights import CopyOver, TheirsToFetch
from auth.viewer import Role, Viewer
from data_access import (
    equality,
    gate,
    holdings,
    legal_holds,
    pack_sealed,
    packs,
    person_paths,
    request_steps,
    sealing,
    who_looked,
)
from data_access.pack_columns import BESIDE, SECRET
from data_access.tables import (
    AccessPack,
    Account,
    Attendance,
    Base,
    EntryKind,
    Note,
    NoteEntry,
    QuarantinedRow,
    Register,
    RightsCase,
    SensitiveNote,
    SourceKey,
    Waiting,
)
from privacy import pack_files, pack_notes, pack_words
from privacy.characteristics import Dimension
from privacy.labels import Source
from privacy.pack_state import OPENS_FOR, State
from privacy.request import Channel
from privacy.request import Kind as RequestKind
from support.note import State as NoteState
from tests.cast import ADA, BEN, CAL, CAST, DEE, EVE, MO, NOW, ROS, STUDENTS
from tests.data_access import canaries
from tests.data_access.profiles import PROFILE
from web import access_pack, paper

ID = "a" * 32
BEN_S_NOTE = canaries.FIRST + STUDENTS.index(BEN)
TABLES = list(person_paths.tables())


@pytest.fixture
def planted(store):
    canaries.plant(store)
    return store


def issued(store, member=BEN, at=NOW):
    """A copy of this student's, issued."""
    row = {
        "id": ID,
        "student": member.number,
        "state": State.ISSUED,
        "begun_at": at,
        "checked_by": ROS.number,
    }
    store.change(insert(AccessPack).values(**row, issued_at=at, ends_at=at + OPENS_FOR))
    return ID


def unpacked(archive):
    """All the text of the files, those inside the spreadsheet too."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        parts = {name: files.read(name) for name in files.namelist()}
    with zipfile.ZipFile(io.BytesIO(parts.pop("data.xlsx"))) as sheets:
        parts |= {name: sheets.read(name) for name in sheets.namelist()}
    return b"\n".join(parts.values()).decode("utf-8", "replace")


def readable_files(archive):
    """The page as a browser shows its text, and all cells of the spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        page, book = files.read("readme.html").decode(), files.read("data.xlsx")
    yield "readme.html", html.unescape(page)
    workbook = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    cells = (str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row)
    yield "data.xlsx", "\n".join(cells)


def own(member):
    """Every word that was planted for the student and that belongs into their copy."""
    return {
        canaries.word(member, column)
        for table in canaries.planted_tables()
        if table.info["person"] is not None
        for column in canaries.texts(table)
        if (table.name, column.name) not in SECRET
    }


@pytest.mark.parametrize("member", STUDENTS, ids=lambda m: m.given)
def test_it_holds_every_word_of_the_student_and_not_one_of_anybody_else(planted, member):
    pack = packs.whole(member.viewer, issued(planted, member), NOW)
    notes = paper.pdf(access_pack.TEMPLATE, pack_notes.content(pack), NOW)
    archive = pack_files.archive(pack, notes)
    said = unpacked(archive)
    for name, text in (("data.json", pack_files.data(pack).decode()), *readable_files(archive)):
        assert [word for word in own(member) if word not in text] == [], name
    for other in set(STUDENTS) - {member}:
        assert f"canary-{other.given.lower()}-" not in said
        assert other.family not in said
        assert other.id not in said
    assert [column for table, column in SECRET if f"-{table}-{column}" in said] == []


@pytest.mark.parametrize("member", STUDENTS, ids=lambda m: m.given)
def test_each_table_has_as_many_rows_as_lead_to_the_student(planted, member):
    pack = packs.whole(member.viewer, issued(planted, member), NOW)
    told = {section.name: len(section.rows) for section in pack.sections}
    with planted.session() as session:
        for table in TABLES:
            rows = person_paths.rows_of(table, member.number).subquery()
            held = session.execute(select(func.count()).select_from(rows)).scalar_one()
            assert told.get(table.name, 0) == held, table.name


def test_the_student_may_read_every_column_that_leads_to_them():
    categories = {column.info["about"].category for table in TABLES for column in table.columns}
    assert readable(Role.STUDENT, packs.READ, categories) == categories


def test_what_is_told_beside_a_row_is_of_tables_that_lead_to_nobody_and_exists():
    for name, columns in BESIDE.items():
        table = Base.metadata.tables[name]
        assert table.info["person"] is None
        assert {column.partition(".")[0] for column in columns} <= set(table.columns.keys())


def test_every_table_that_leads_to_a_person_has_a_title_in_plain_words():
    assert [table.name for table in TABLES if table.name not in pack_words.TITLES] == []


def test_made_again_it_is_the_same_to_the_byte(planted):
    issued(planted)
    first, second = (
        pack_files.archive(packs.whole(BEN.viewer, ID, NOW + timedelta(minutes=n)), b"notes") for n in (1, 90)
    )
    assert first == second


def test_made_again_after_a_correction_it_differs_there_alone(planted):
    issued(planted)
    before = packs.whole(BEN.viewer, ID, NOW)
    mended = Attendance.student == BEN.number, Attendance.event == 100
    planted.change(update(Attendance).where(*mended).values(register=Register.PRESENT))
    after = packs.whole(BEN.viewer, ID, NOW)
    changed = [(b, a) for b, a in zip(before.sections, after.sections, strict=True) if b != a]
    ((old, new),) = changed
    assert old.name == "attendance"
    differing = [(b, a) for b, a in zip(old.rows, new.rows, strict=True) if b != a]
    assert [set(a) - set(b) for b, a in differing] == [{"present"}]
    assert (before.beside, before.left_out) == (after.beside, after.left_out)


@pytest.mark.parametrize("member", [m for m in CAST if m is not BEN], ids=lambda m: m.given)
def test_nobody_but_its_student_is_handed_it(store, member):
    issued(store)
    with pytest.raises((NotOpenToYourRole, NotYoursToSee)):
        packs.whole(member.viewer, ID, NOW)


@pytest.mark.parametrize("state", [s for s in State if s is not State.ISSUED])
def test_what_is_not_issued_opens_for_nobody(store, state):
    issued(store)
    store.change(update(AccessPack).values(state=state))
    with pytest.raises(NotYoursToSee):
        packs.whole(BEN.viewer, ID, NOW)


def test_its_link_ends_after_seven_days(store):
    issued(store)
    assert packs.whole(BEN.viewer, ID, NOW + timedelta(days=7, seconds=-1)).name == "Ben Quaverley"
    with pytest.raises(CopyOver):
        packs.whole(BEN.viewer, ID, NOW + timedelta(days=7))


def test_a_student_whose_course_has_ended_is_handed_theirs(store):
    issued(store, DEE)
    assert packs.whole(DEE.viewer, ID, NOW).section("enrolment_status").rows


def left(store, *, signs_in=False):
    """Dee asks for her copy by post, two officers have issued it, and she has no account any more."""
    issued(store, DEE)
    if not signs_in:
        store.change(update(Account).where(Account.person == DEE.number).values(active=False))
    with gate.writing(Viewer.service("x"), None, legal_holds.DECIDE, NOW) as opened:
        case = request_steps.begun(
            opened, DEE.number, RequestKind.ACCESS, "All of it", Channel.POST, NOW, NOW
        )
        return case.reference


def test_who_cannot_sign_in_any_more_is_handed_theirs_by_the_officer_who_answers(planted):
    key, sealed = sealing.seal({"text": SEALED}, sealing.Place("sensitive_note", DEE.number), NOW)
    of_dee = SensitiveNote.id == canaries.FIRST + STUDENTS.index(DEE)
    planted.change(update(SensitiveNote).where(of_dee).values(key=key, sealed=sealed, locked_at=None))
    left(planted)
    pack = packs.handed_over(ROS.viewer, DEE.id, ID, NOW)
    words = pack_files.data(pack).decode()
    assert [word for word in own(DEE) if word not in words] == []
    assert SEALED not in words
    assert {one[-1] for one in pack.section("sensitive_note").rows} == {pack_sealed.CLOSED}
    looks = who_looked.of(DEE.viewer, NOW + timedelta(minutes=1))
    assert any(one.role == "Information compliance" and one.wrote for one in looks)


def test_it_is_handed_to_no_officer_while_the_student_can_sign_in(store):
    left(store, signs_in=True)
    with pytest.raises(TheirsToFetch):
        packs.handed_over(ROS.viewer, DEE.id, ID, NOW)


def test_without_an_open_request_or_another_officers_issue_nobody_is_handed_it(store):
    left(store)
    for member in (ADA, BEN, EVE, MO):
        with pytest.raises(Refusal):
            packs.handed_over(member.viewer, DEE.id, ID, NOW)
    with pytest.raises(CopyOver):
        packs.handed_over(ROS.viewer, DEE.id, ID, NOW + OPENS_FOR)
    store.change(update(AccessPack).values(state=State.CHECKED))
    with pytest.raises(NotYoursToSee):
        packs.handed_over(ROS.viewer, DEE.id, ID, NOW)
    store.change(update(AccessPack).values(state=State.ISSUED), update(RightsCase).values(ended_at=NOW))
    with pytest.raises(NotYoursToSee):
        packs.handed_over(ROS.viewer, DEE.id, ID, NOW)


def test_fetching_it_is_a_line_of_the_log(store):
    issued(store)
    packs.whole(BEN.viewer, ID, NOW)
    look, *_ = who_looked.of(BEN.viewer, NOW + timedelta(hours=1))
    assert look.what == "who looked at your record"
    assert any(one.what == "your requests and copies" for one in who_looked.of(BEN.viewer, NOW))


def test_colleagues_are_named_as_they_act_and_other_students_never(store):
    note = {"id": 1, "enrolment": 1, "author": ADA.number, "state": NoteState.APPROVED}
    store.change(insert(Note).values(**note, begun_at=NOW, saved_at=NOW, version=1))
    entry = {"note": 1, "kind": EntryKind.COMMENT, "version": 1, "at": NOW, "text": "A word"}
    store.change(insert(NoteEntry).values(**entry, person=CAL.number))
    pack = packs.whole(BEN.viewer, issued(store), NOW)
    assert "Ada Okonkwo-Byrne" in pack.section("note").rows[0]
    assert "[REDACTED – other person]" in pack.section("note_entry").rows[0]


def test_groups_of_equality_monitoring_are_in_it_where_they_are_held(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="k-ben", person=BEN.number))
    equality.put(Viewer.service("load"), {"k-ben": PROFILE}, NOW)
    pack = packs.whole(BEN.viewer, issued(store), NOW)
    told = dict(pack.section("equality_profile").rows)
    assert len(told) == len(Dimension) + 1
    assert told["deprivation of the home area"] == "Quintile 1 (index of 2019)"
    assert told["domicile"] == "England"
    store.change(update(AccessPack).values(student=CAL.number))
    assert "equality_profile" not in {one.name for one in packs.whole(CAL.viewer, ID, NOW).sections}


SEALED = "Foxglove and what it is about"


@pytest.mark.parametrize(
    ("locked", "destroyed", "said"),
    [(None, False, SEALED), (NOW, False, pack_sealed.CLOSED), (None, True, pack_sealed.CLOSED)],
)
def test_a_sensitive_note_is_opened_for_its_student_while_anybody_may_read_it(
    planted, locked, destroyed, said
):
    key, sealed = sealing.seal({"text": SEALED}, sealing.Place("sensitive_note", BEN.number), NOW)
    named = SensitiveNote.id == BEN_S_NOTE
    planted.change(update(SensitiveNote).where(named).values(key=key, sealed=sealed, locked_at=locked))
    if destroyed:
        sealing.destroy([key])
    pack = packs.whole(BEN.viewer, issued(planted), NOW)
    (row,) = pack.section("sensitive_note").rows
    assert row[-1] == said
    assert "sealed" not in {field.name for field in pack.section("sensitive_note").fields}
    by_name = {one.name: one for one in holdings.of(BEN.viewer, NOW)}
    assert by_name["sensitive_note"].rows is None
    assert SEALED not in repr(by_name)


def test_rows_that_could_not_be_taken_in_are_in_it_without_the_keys_of_others(store):
    keys = [("w001", BEN), ("w002", CAL), ("t001", ADA)]
    for key, member in keys:
        store.change(insert(SourceKey).values(system=Source.ATTENDANCE, key=key, person=member.number))
    for key, cells in (
        ("w001", {"student": "w001", "tutor": "t001", "status": "preent"}),
        ("w0012", {"student": "w0012", "status": "preent"}),
        ("w002", {"student": "w002", "status": "preent"}),
    ):
        row = {"run": 4, "system": Source.ATTENDANCE, "file": "a.csv", "line": 2, "sheet": "a", "key": key}
        said = {"field": "status", "kind": "unknown", "advice": "Write present.", "value": "preent"}
        store.change(
            insert(QuarantinedRow).values(**row, **said, cells=json.dumps(cells), state=Waiting.WAITING)
        )
    (row,) = packs.whole(BEN.viewer, issued(store), NOW).section("quarantined_row").rows
    assert json.loads(row[-1]) == {
        "student": "w001",
        "tutor": "[REDACTED – other person]",
        "status": "preent",
    }


def test_what_is_held_shows_what_systems_told_and_no_words_of_others(planted):
    shown = holdings.of(BEN.viewer, NOW)
    assert [one.source for one in shown] == sorted((one.source for one in shown), key=list(Source).index)
    by_name = {one.name: one for one in shown}
    assert by_name["attendance"].count == 10
    assert by_name["attendance"].rows is not None
    assert by_name["note_entry"].count == 1
    assert by_name["note_entry"].rows is None
    assert "canary-ben-note_entry-text" not in repr(shown)


@pytest.mark.parametrize("member", [m for m in CAST if m.role is not Role.STUDENT], ids=lambda m: m.given)
@pytest.mark.parametrize("function", [packs.own, holdings.of, who_looked.of])
def test_the_lists_are_a_students_own(store, member, function):
    with pytest.raises(Refusal):
        function(member.viewer, NOW)
