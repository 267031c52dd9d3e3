"""What must hold in every university there could be, shown on small ones that chance has made.

What managers read is shown in the same way in `tests/privacy/test_release.py`, that a rating can be worked out by
hand in `tests/engagement`.
"""

import itertools
import shutil
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import (
    access_log,
    backups,
    consents_passing,
    disposals,
    disposing,
    emergencies,
    emergency_record,
    gate,
    keys,
    migrations,
    notes,
    own_requests,
    packs,
    person_paths,
    sensitive_notes,
    shared_with_me,
    tables,
    timelines,
    tutees,
)
from policy.days import LONDON
from policy.settings import Settings
from privacy import pack_files
from privacy.break_glass import Declare, Ground
from privacy.case_decisions import Ask
from privacy.consent import State
from privacy.labels import Retention
from privacy.pack_state import State as PackState
from privacy.purposes import Purpose
from privacy.request import Kind
from privacy.retention import Proposal, Why
from privacy.retention import State as Stage
from tests import calls, sweeping
from tests.universities import (
    ADMIN,
    ADVISER,
    MANAGER,
    NOW,
    OFFICER,
    SECOND,
    SENIOR,
    TODAY,
    End,
    Made,
    Student,
    staff,
    standing,
    universities,
)

EXAMPLES = settings(
    max_examples=max(20, settings().max_examples // 10),
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEWER = settings(EXAMPLES, max_examples=EXAMPLES.max_examples // 20)
"""For what calls every function there is."""
NIGHT = Viewer.service("dispose")
DAY = timedelta(days=1)
DAYS = st.integers(-2, 15)
"""From when on somebody asks: around the last days of enrolments, tutors, and consents."""


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> Path:
    """An installation with nobody in it, to be copied."""
    home = tmp_path_factory.mktemp("blank")
    keys.make(home)
    migrations.upgrade(Settings(home=home))
    return home


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def answer(ask, *what):
    """What comes of asking; a refusal is nothing."""
    with suppress(Refusal):
        return ask(*what)
    return None


def holds(student: Student, at: datetime) -> bool:
    """Whether what was written under the student's consent may be read at that moment."""
    day = at.astimezone(LONDON).date()
    return student.consent is State.GIVEN and day <= TODAY + timedelta(days=8) and student.studies(day)


def moments(student: Student) -> list[datetime]:
    """The last second of the student's last day, and the first after it, in London."""
    midnight = datetime.combine(TODAY + timedelta(days=student.last + 1), time(), LONDON)
    return [midnight - timedelta(seconds=1), midnight]


@EXAMPLES
@given(made=universities(), days=DAYS)
def test_p1_nothing_of_a_student_reaches_whom_the_rules_do_not_name(blank, home, made: Made, days):
    at = NOW + timedelta(days=days)
    with standing(blank, home, made):
        for place in range(made.tutors):
            viewer = made.tutor(place)
            shown = repr(answer(tutees.overview, viewer, at))
            for student in made.students:
                opens = student.open_to(place, at.date(), Purpose.IDENTIFY)
                assert (answer(timelines.year, viewer, student.id, at) is not None) is opens
                assert (student.word("family") in shown) is opens
        for student in made.students:
            strangers = [one.viewer for one in made.students if one is not student]
            for stranger in (*strangers, *map(staff, (ADVISER, MANAGER, OFFICER, SENIOR))):
                assert answer(timelines.year, stranger, student.id, at) is None
                assert not answer(notes.of, stranger, student.id, at)


@FEWER
@given(
    made=universities(2).filter(lambda made: any(one.agreed and one.shared for one in made.students)),
    days=DAYS,
)
def test_p1_whatever_is_asked_for_or_written_by_whatever_number_no_answer_holds_a_word_of_another_student(
    blank, home, monkeypatch, made: Made, days
):
    """Whom the viewer may not know is refused like somebody who does not exist, and nothing is written about them."""
    at = NOW + timedelta(days=days)
    monkeypatch.setitem(calls.NAMED, "at", at)
    answered, undone = set(), set()
    with standing(blank, home, made) as session, monkeypatch.context() as patch:
        sweeping.in_haste()
        sweeping.led_to(session, made.students[0])
        patch.setattr(gate, "writing", sweeping.undone(made))
        for viewer, call in itertools.product(sweeping.asking(made), calls.calls()):
            others = [one for one in made.students if not sweeping.may_know(made, viewer, one, at)]
            nobody = sweeping.tried(patch, call, viewer, "p-nobody-9zz", 990)[0] if others else ""
            known = [one for one in made.students if one not in others]
            for student in (*others[:1], *known[:1]):
                came, said = sweeping.tried(patch, call, viewer, student.id, student.number)
                words = [word for one in made.students for word in sweeping.hidden(made, viewer, one, at)]
                assert [word for word in words if word in said] == [], (call.name, viewer.role)
                if student in others:
                    assert came == nobody, (call.name, viewer.role)
                answered |= {call.name} if came == "" else set()
                undone |= {call.name} if came == "Undone" else set()
    assert len(answered) > 30
    assert len(undone) > 8


@EXAMPLES
@given(made=universities())
def test_p2_no_way_to_reach_a_leaver_from_the_instant_of_the_end_on(blank, home, made: Made):
    with standing(blank, home, made) as session:
        for student in made.students:
            if student.end is End.NOT:
                continue
            for at, there in zip(moments(student), (student.agreed, False), strict=True):
                declared = Declare(
                    f"w{student.number}", Ground.VITAL_INTERESTS, "Nobody has seen them for days now"
                )
                answer(emergencies.declare, staff(SENIOR), declared, at)
                assert (answer(emergency_record.reach, staff(SENIOR), student.id, at) is not None) is there
        after = max(moments(one)[1] for one in made.students)
        disposing.carry_out(NIGHT, after)
        session.expire_all()
        left = set(session.scalars(select(tables.ContactDetail.value)))
        day = after.astimezone(LONDON).date()
        assert left == {one.word("contact") for one in made.students if one.reached_again(day)}
        for student in made.students:
            assert (student.word("contact").encode() in files(home)) is (student.word("contact") in left)


@EXAMPLES
@given(made=universities(), days=DAYS)
def test_p3_what_is_sensitive_is_read_under_a_consent_that_holds_and_never_at_rest(blank, home, made, days):
    at = NOW + timedelta(days=days)
    with standing(blank, home, made):
        for student in made.students:
            word, allowed = student.word("sealed"), holds(student, at)

            def reads(viewer: Viewer, of: Student = student) -> bool:
                whom = None if viewer == of.viewer else of.id
                return of.word("sealed") in repr(answer(sensitive_notes.of, viewer, whom, of.number, at))

            for place in range(made.tutors):
                tutors = student.open_to(place, at.date(), Purpose.AGREE)
                assert reads(made.tutor(place)) is (allowed and tutors)
            assert reads(student.viewer) is allowed
            passed_on = repr(answer(sensitive_notes.shared_with_me, staff(ADVISER), student.id, at))
            assert (word in passed_on) is (allowed and student.shared)
            assert not any(reads(staff(other)) for other in (MANAGER, OFFICER, SENIOR))
        stored = files(home)
        assert not [one for one in made.students if one.word("sealed").encode() in stored]
        assert made.students[0].word("note").encode() in stored  # what lies open would be found


@EXAMPLES
@given(made=universities())
def test_p5_a_student_sees_all_that_a_tutor_sees_and_their_copy_all_that_is_held(blank, home, made: Made):
    with standing(blank, home, made) as session:
        for student in made.students:
            tutor, number = made.tutor(student.tutor), student.number
            year = answer(timelines.year, tutor, student.id, NOW)
            assert year is None or year == timelines.year(student.viewer, None, NOW)
            tutors = {one.id for one in answer(notes.of, tutor, student.id, NOW) or ()} - {2 * number + 1}
            assert tutors <= {one.id for one in answer(notes.of, student.viewer, None, NOW) or ()}
            copy = {"id": f"c{number}", "student": number, "state": PackState.ISSUED, "begun_at": NOW}
            session.execute(insert(tables.AccessPack).values(copy | {"issued_at": NOW, "ends_at": NOW + DAY}))
            session.commit()
            held = pack_files.data(packs.whole(student.viewer, f"c{number}", NOW)).decode()
            own = [student.word(what) for what in ("family", "note", "draft", "contact")]
            own += [student.word("sealed")] * (student.consent is not None)
            assert [word for word in own if word not in held] == []
            others = [word for one in made.students if one is not student for word in one.words]
            assert [word for word in others if word in held] == []


@EXAMPLES
@given(made=universities())
def test_p6_what_is_erased_is_in_no_file_nor_comes_back_and_nobody_else_loses_a_row(blank, home, made: Made):
    gone, *others = made.students
    copy = home.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    with standing(blank, home, made) as session:
        disposing.carry_out(NIGHT, NOW)
        before = [rows(session, one) for one in others]
        session.rollback()  # who reads holds on to what was there when they began
        backups.make(Viewer.service("backup"), copy, NOW)
        reference = own_requests.ask(gone.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
        number = disposals.propose_erasure(staff(OFFICER), reference, NOW)
        disposals.approve(staff(SECOND), number, NOW)
        disposing.carry_out(staff(OFFICER), NOW)
        stored = files(home)
        assert [word for word in gone.words if word.encode() in stored] == [gone.word("family")]
        session.expire_all()
        assert [rows(session, one) for one in others] == before
        session.rollback()
        assert gone.word("note").encode() in files(copy)  # what would come back would be found
        backups.restore(staff(ADMIN), copy, NOW + timedelta(hours=1))
        stored = files(home)
        assert [word for word in gone.words if word.encode() in stored] == [gone.word("family")]
        session.expire_all()
        assert [rows(session, one) for one in others] == before


@EXAMPLES
@given(made=universities(), days=DAYS)
def test_p7_every_sensitive_read_is_one_line_and_no_line_holds_a_value(blank, home, made: Made, days):
    line = tables.AccessLine
    sensitive = select(line).where(line.category == "sensitive").order_by(line.seq)
    refused = ([False], [True, False])  # at the gate, or by who asked it and then looked closer
    with standing(blank, home, made) as session:
        at = NOW + timedelta(days=days)
        for student in made.students:
            for viewer in (made.tutor(student.tutor), student.viewer, staff(MANAGER)):
                at += timedelta(minutes=10)  # the same look again within a few minutes is one
                before = len(session.scalars(sensitive).all())
                whom = None if viewer == student.viewer else student.id
                read = answer(sensitive_notes.of, viewer, whom, student.number, at)
                session.rollback()
                more = session.scalars(sensitive).all()[before:]
                allowed = [one.allowed for one in more]
                assert allowed in (refused if read is None else ([True],))
                assert {(one.actor, one.role, one.basis) for one in more} == {
                    (access_log.pseudonym(viewer.person), viewer.role, Purpose.AGREE)
                }
        every = repr([vars(one) for one in session.scalars(select(line))])
        assert not [word for one in made.students for word in (*one.words, one.id) if word in every]
        assert access_log.verify(NIGHT, at).broken_at is None


@EXAMPLES
@given(made=universities(), days=st.lists(st.integers(0, 3000), min_size=2, max_size=4))
def test_p8_disposal_changes_nothing_twice_and_never_makes_less_due_later(blank, home, made: Made, days):
    with standing(blank, home, made) as session:
        moments_ = [NOW + timedelta(days=n) for n in sorted(days)]
        for kind in (Retention.ENGAGEMENT, Retention.CORE):
            due = [
                next(one.people for one in disposals.due(NIGHT, at) if one.kind == kind) for at in moments_
            ]
            assert due == sorted(due)
        at = moments_[-1]
        disposals.propose(NIGHT, at)
        _decide(at)
        consents_passing.carry_on(NIGHT, at)
        disposing.carry_out(staff(OFFICER), at)
        session.expire_all()
        left = {one.number: rows(session, one) for one in made.students}
        assert disposing.carry_out(staff(OFFICER), at) == ()
        # With the last fact as old as they are, rows about nobody come due that told of its days: the night after.
        if disposals.propose(NIGHT, at):
            assert [(one.kind, one.people) for one in _decide(at)] == [(Retention.AUDIT, 0)]
            disposing.carry_out(staff(OFFICER), at)
        assert disposals.propose(NIGHT, at) == 0
        session.expire_all()
        assert {one.number: rows(session, one) for one in made.students} == left
        over = (End.COMPLETED, End.WITHDRAWN)
        assert all(left[one.number] for one in made.students if one.end not in over)


def _decide(at: datetime) -> list[Proposal]:
    """Approve each proposal that waits, but what is only to be looked at; all of them."""
    waiting = [one for one in disposals.proposals(staff(OFFICER), at) if one.state is Stage.PROPOSED]
    for one in waiting:
        if one.why is Why.REVIEW:
            disposals.refuse(staff(OFFICER), one.id, "An audit is still under way", at)
        else:
            disposals.approve(staff(OFFICER), one.id, at)
    return waiting


@EXAMPLES
@given(made=universities())
def test_p9_a_draft_is_its_authors_alone_and_reaches_no_manager(blank, home, made: Made):
    with standing(blank, home, made):
        for student in made.students:

            def reads(viewer: Viewer, of: Student = student) -> bool:
                whom = None if viewer == of.viewer else of.id
                return of.word("draft") in repr(answer(notes.of, viewer, whom, NOW))

            for place in range(made.tutors):
                author = place == student.tutor and student.open_to(place, NOW.date(), Purpose.AGREE)
                assert reads(made.tutor(place)) is author
            for viewer in (student.viewer, *map(staff, (ADVISER, MANAGER, OFFICER, SENIOR))):
                assert not reads(viewer)
            assert student.word("draft") not in repr(answer(shared_with_me.mine, staff(ADVISER), NOW))


def files(home: Path) -> bytes:
    """Everything that lies in the installation."""
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def rows(session: Session, student: Student) -> dict[str, int]:
    """The tables with rows of a student, but the ways to reach them, which go with each course by themselves."""
    counted = {
        table.name: session.scalar(
            select(func.count()).select_from(table).where(person_paths.belongs(table, student.number))
        )
        for table in person_paths.tables()
        if table.name != "contact_detail"
    }
    return {name: number for name, number in counted.items() if number}
