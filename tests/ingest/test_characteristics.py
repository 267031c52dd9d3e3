"""Characteristics through a file: the traps of the codes, what is refused without a trace, where the rest ends up."""

import io
import json
import logging
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from auth.refusals import CharacteristicsNotKept
from commands import load_system
from data_access import equality
from data_access.tables import LoadRun, QuarantinedRow, RunState, SourceKey
from engagement.refused import Some
from ingest import inbox, load, replay, sandbox, template_files, waiting_workbook
from ingest.template.characteristics import Characteristics
from privacy.characteristics import NOT_IN_ENGLAND, QUINTILES, UNKNOWN, Dimension, Home
from privacy.labels import Source
from tests.cast import EVE, NOW
from tests.data_access.loading import everything
from tests.ingest import handing
from tests.ingest.handing import handed
from tests.ingest.records_reading import read
from tests.ingest.test_import_contract import read_here
from tests.ingest.test_ms_sds import FILES as SDS

RECORDS = Source.STUDENT_RECORDS
COLUMNS = tuple(Characteristics.model_fields)
DAY = timedelta(days=1)
ONE = "103,10,51,2006-01-02,XF,2,2019,3,01"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """What the child does, without a child for each file."""
    monkeypatch.setattr(sandbox, "read", read_here)


def sheet(*lines: str, columns=COLUMNS) -> dict[str, str]:
    return {"characteristics.csv": "\n".join([",".join(columns), *lines]) + "\n"}


def profiles(store) -> dict[str, object]:
    """What is held, by the key in student records."""
    with store.session() as session:
        named = select(SourceKey.key, SourceKey.person).where(SourceKey.system == RECORDS)
        keys = {equality.pseudonym(row.person): row.key for row in session.execute(named)}
    return {keys[name]: profile for name, profile in equality.finest(load.JOB, NOW).items()}


def held(store, dimension) -> dict[str, str]:
    return {key: profile.held[dimension] for key, profile in profiles(store).items()}


TRAPS = {
    # key: ethnicity, sex, disability; and what they are kept as
    "w01": ("31", "1", "00", "103", "Male", "None known"),
    "w02": ("10", "2", "08", "160", "Female", "Multiple"),
    "w03": ("12", "3", "0", "160", "Other", "None known"),  # a spreadsheet has taken the zeros away
    "w04": ("13", "10", "8", "160", "Female", "Multiple"),
    "w05": ("998", "96", "98", UNKNOWN, UNKNOWN, UNKNOWN),
    "w06": ("899", "11", "96", "899", "Male", "Sensory, medical or physical"),
    "w07": ("51", "12", "51; 55", "166", "Other", "Multiple"),
    "w08": ("100.0", "98", "99", "100", UNKNOWN, UNKNOWN),
    "w09": ("", "", "", UNKNOWN, UNKNOWN, UNKNOWN),
    "w10": ("160", "99", "declared", "160", UNKNOWN, "Disability declared"),
}


def _as_workbook(rows) -> bytes:
    return template_files.workbook({Characteristics: rows})


@pytest.mark.parametrize("form", ["csv", "xlsx", "numbers"])
def test_codes_old_and_new_are_kept_as_what_they_mean(university, form, tmp_path):
    rows = [dict(zip(COLUMNS, (key, *told[:3]), strict=False)) for key, told in TRAPS.items()]
    handed(RECORDS, handing.records(*TRAPS))
    if form == "csv":
        file = tmp_path / "characteristics.csv"
        file.write_text(
            "\n".join([",".join(COLUMNS[:4]), *(",".join(r.values()) for r in rows)]) + "\n", "utf-8"
        )
    else:
        file = tmp_path / "characteristics.xlsx"
        file.write_bytes(_as_workbook(rows))
        if form == "numbers":  # as somebody leaves it who typed the codes in
            book = openpyxl.load_workbook(file)
            for cells in book.active.iter_rows(min_row=2, min_col=2, max_col=4):
                for cell in cells:
                    if cell.value and cell.value.isdigit():
                        cell.value = int(cell.value)
            book.save(file)
    with_note = load.read(load.JOB, RECORDS, file, None, load_system.FROM_COMMAND, _folder(tmp_path), NOW)
    assert any("10, 12 and 13 were read as 160" in note for note in with_note.notes)
    assert load.store(load.JOB, with_note, NOW, confirmed=True).characteristics == len(TRAPS)
    found = profiles(university)
    dimensions = (Dimension.ETHNICITY, Dimension.SEX, Dimension.DISABILITY)
    assert {key: tuple(found[key].held[d] for d in dimensions) for key in found} == {
        key: told[3:] for key, told in TRAPS.items()
    }


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


BAD = [
    ("ethnicity", "quokka,10,95,,,,,,"),
    ("ethnicity", "7,10,95,,,,,,"),
    ("sex", "103,quokka,95,,,,,,"),
    ("sex", "103,01,95,,,,,,"),  # 1 was male, 10 is female: nobody can say what this is
    ("disability", "103,10,quokka,,,,,,"),
    ("disability", "103,10,95;51,,,,,,"),
    ("disability", "103,10,51;quokka,,,,,,"),
    ("disability", "103,10,99;98,,,,,,"),
    ("date_of_birth", "103,10,95,31/02/2006,,,,,"),
    ("date_of_birth", "103,10,95,1861-04-05,,,,,"),
    ("domicile", "103,10,95,,QUOKKA,,,,"),
    ("imd_quintile", "103,10,95,,XF,6,2019,,"),
    ("imd_version", "103,10,95,,XF,3,2015,,"),
    ("", "103,10,95,,XF,3,,,"),
    ("tundra_quintile", "103,10,95,,XF,3,2019,quokka,"),
    ("fee_eligibility", "103,10,95,,XF,3,2019,3,quokka"),
]


def test_a_code_of_no_list_is_refused_with_what_to_do_and_without_what_stood_there(tmp_path):
    lines = [f"w{n:02},{cells}" for n, (_, cells) in enumerate(BAD)]
    path = tmp_path / "characteristics.csv"
    path.write_text(sheet(*lines)["characteristics.csv"], "utf-8")
    found = read(path, RECORDS)
    assert found.counts == (len(BAD), 0, len(BAD), 0)
    assert [(fault.line, fault.field) for fault in found.faults] == [
        (n, field) for n, (field, _) in enumerate(BAD, start=2)
    ]
    for n, fault in enumerate(found.faults):
        assert (fault.value, fault.file, dict(fault.cells)) == ("", path.name, {"student_id": f"w{n:02}"})
        assert len(fault.advice) > 20
    for trace in ("quokka", "1861", "31/02", "103"):
        assert trace not in found.text.lower()


def test_a_refused_row_waits_for_a_new_file_and_no_replay_takes_it_for_an_empty_one(university):
    handed(RECORDS, handing.records("w001", "w002", "w003"))
    handed(RECORDS, sheet(f"w001,{ONE}", f"w002,{ONE}", f"w003,{ONE}"))
    before = profiles(university)
    report = handed(RECORDS, sheet("w001,quokka,10,95,,,,,,", f"w002,{ONE}", f"w003,{ONE}"), NOW, NOW)
    assert (report.counted.quarantined, report.characteristics) == (1, 2)
    (row,) = handing.waiting(RECORDS)
    assert (row.sheet, row.line, row.key, row.field, row.value, row.mendable) == (
        "characteristics",
        2,
        "w001",
        "ethnicity",
        "",
        False,
    )
    assert "student records" in row.advice
    assert profiles(university) == before  # of whom a row is refused, what is held stays
    again = replay.replay(EVE.viewer, RECORDS, {row.id: "103"}, NOW + DAY)
    assert (again.counted.accepted, again.counted.quarantined) == (0, 1)
    assert profiles(university) == before
    with university.session() as session:
        cells = session.scalars(select(QuarantinedRow.cells)).all()
    assert [json.loads(one) for one in cells] == [{"student_id": "w001"}]
    assert b"quokka" not in waiting_workbook.export(EVE.viewer, Some(RECORDS), NOW)
    handed(RECORDS, sheet(f"w003,{ONE}", f"w002,{ONE}", f"w001,{ONE}"), NOW + 2 * DAY, NOW + 2 * DAY)
    assert handing.waiting(RECORDS) == []


def test_what_is_told_twice_or_of_nobody_is_refused_and_says_nothing_of_anybody(university):
    handed(RECORDS, handing.records("w001", "w002", "w003"))
    report = handed(
        RECORDS,
        sheet(
            f"w001,{ONE}", f"w001,{ONE.replace('103', '120')}", f"w002,{ONE}", f"w002,{ONE}", f"w009,{ONE}"
        ),
    )
    assert (report.counted.accepted, report.counted.repeated, report.counted.quarantined) == (1, 1, 3)
    assert set(profiles(university)) == {"w002"}
    rows = handing.waiting(RECORDS)
    assert {(row.key, row.kind, row.value) for row in rows} == {
        ("w001", "twice", "w001"),
        ("w009", "unknown", "w009"),
    }
    assert all("replay" not in row.advice for row in rows)


def test_the_age_is_that_of_the_first_day_of_the_latest_course_and_the_day_of_birth_is_gone(university):
    files = handing.records("w001", "w002")
    header, first, second = files["enrolments.csv"].splitlines()
    master = (
        second.replace("e-w002", "e-w002-2")
        .replace("BSC", "MSC")
        .replace("undergraduate", "taught postgraduate")
    )
    earlier = second.replace("2026-09-21", "2021-09-20", 1).replace(",2026-09-21", ",2021-09-20")
    files["enrolments.csv"] = "\n".join([header, first, earlier, master]) + "\n"
    born = "103,10,51,2002-09-30,,,,,"
    handed(RECORDS, files | sheet(f"w001,{born}", f"w002,{born}"))
    assert held(university, Dimension.AGE) == {"w001": "21 to 24", "w002": "21 to 24"}
    handed(RECORDS, sheet("w001,103,10,51,1990-01-01,,,,,", "w002,103,10,51,,,,,,"), NOW + DAY, NOW + DAY)
    assert held(university, Dimension.AGE) == {"w001": "30 and over", "w002": UNKNOWN}


def test_fifths_of_areas_are_of_those_from_england_alone(university):
    homes = {"w001": "XF", "w002": "XI", "w003": "FR", "w004": "XK", "w005": "", "w006": "US"}
    handed(RECORDS, handing.records(*homes))
    handed(RECORDS, sheet(*(f"{key},103,10,95,,{home},2,2019,3,01" for key, home in homes.items())))
    expected = {
        "w001": QUINTILES[1], "w002": NOT_IN_ENGLAND, "w003": NOT_IN_ENGLAND,
        "w004": UNKNOWN, "w005": UNKNOWN, "w006": NOT_IN_ENGLAND,
    }  # fmt: skip
    assert held(university, Dimension.DEPRIVATION) == expected
    assert held(university, Dimension.PARTICIPATION) == expected | {"w001": QUINTILES[2]}
    assert {key: one.imd_version for key, one in profiles(university).items() if one.imd_version} == {
        "w001": 2019
    }
    assert {key: one.domicile for key, one in profiles(university).items()} == {
        "w001": Home.ENGLAND, "w002": Home.ELSEWHERE, "w003": "EU",
        "w004": Home.SOMEWHERE, "w005": UNKNOWN, "w006": "Non-EU",
    }  # fmt: skip


def test_a_whole_sheet_replaces_all_an_empty_one_says_nothing_and_a_row_of_nobody_keeps_all(university):
    keys = ("w001", "w002", "w003", "w004", "w005")
    handed(RECORDS, handing.records(*keys))
    handed(RECORDS, sheet(*(f"{key},{ONE}" for key in keys)), NOW, NOW)
    handed(RECORDS, handing.students("w001,Ann,Oakes") | sheet(), NOW + DAY, NOW + DAY)
    assert set(profiles(university)) == set(keys)
    handed(RECORDS, sheet(f"w001,{ONE}", f"w002,{ONE},more"), NOW + 2 * DAY, NOW + 2 * DAY)
    assert set(profiles(university)) == set(keys)
    handed(RECORDS, sheet(f"w001,{ONE}"), NOW + 3 * DAY, NOW + 3 * DAY)
    assert set(profiles(university)) == {"w001"}


def test_a_roster_that_knows_little_takes_nothing_of_what_is_known_away(university):
    handed(RECORDS, handing.records("11", "12") | sheet(f"11,{ONE}", f"12,{ONE}"), NOW, NOW)
    before = profiles(university)
    demographics = {"demographics.csv": "userSourcedId,sex,birthDate\n11,male,\n"}
    report = handed(RECORDS, SDS | demographics, NOW + DAY, NOW + DAY)
    assert (report.characteristics, set(profiles(university))) == (1, {"11", "12"})
    assert profiles(university)["12"] == before["12"]
    assert profiles(university)["11"].held == before["11"].held | {Dimension.SEX: "Male"}


def test_a_drop_is_asked_about_and_an_older_sheet_goes_over_nothing(university):
    keys = ("w001", "w002", "w003", "w004", "w005")
    handed(RECORDS, handing.records(*keys))
    handed(RECORDS, sheet(*(f"{key},{ONE}" for key in keys)), NOW, NOW)
    with pytest.raises(load.NeedsAYes, match="“characteristics” has 1 rows where its last load had 5"):
        handed(RECORDS, sheet(f"w001,{ONE}"), NOW + DAY, NOW + DAY, confirmed=False)
    with pytest.raises(Exception, match="was taken on"):
        handed(RECORDS, sheet(f"w001,{ONE}"), NOW + DAY, NOW - DAY)
    assert set(profiles(university)) == set(keys)


CANARIES = (
    "1961-02-03",
    "19610203",
    "Elsewhere in the UK",
    "30 and over",
    "Disability declared",
    "wombat",
    "XI,4",
)


def test_no_characteristic_is_in_the_records_their_log_the_quarantine_the_staging_or_a_report(
    store, caplog, tmp_path
):
    caplog.set_level(logging.DEBUG)
    files = handing.records("w001", "w002") | sheet(
        "w001,103,10,declared,1961-02-03,XI,4,2019,4,01",
        "w002,wombat,wombat,wombat,wombat,XI,4,2019,4,wombat",
    )
    said = []

    def store_it(prepared):
        said.append(repr(prepared))
        report = load.store(load.JOB, prepared, NOW, confirmed=True)
        said.append(json.dumps(load_system.values(prepared, report), default=str))
        said.extend(load_system._sentences(prepared, report))
        return report

    _, report = handing.read(RECORDS, files, then=store_it)
    assert report.characteristics == 1
    assert profiles(store)["w001"].held[Dimension.AGE] == "30 and over"
    replay.replay(EVE.viewer, RECORDS, {}, NOW + DAY)
    said += [repr(handing.waiting(RECORDS)), caplog.text, repr(everything(store)), repr(report)]
    home = store.settings.home
    lying = {
        path.name: path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != "equality.db"
    }
    assert {"access-log.db"} <= set(lying)
    assert list((home / "staging").glob("*")) == []
    own = home / "equality.db"
    assert store.settings.database_url or b"30 and over" in own.read_bytes()  # where it is, it would be found
    for canary in CANARIES:
        assert [text for text in said if canary in text] == []
        assert [name for name, content in lying.items() if canary.encode() in content] == []


@pytest.fixture
def closed(monkeypatch):
    """The store of characteristics does not answer."""

    def fails(*_, **__):
        raise OperationalError("", {}, Exception("no answer"))

    monkeypatch.setattr(equality, "_replace", fails)
    return monkeypatch


def test_where_the_store_does_not_answer_the_records_are_stored_and_rated_and_the_next_load_mends_it(
    store, closed
):
    files = handing.records("w001") | sheet(f"w001,{ONE}")
    with pytest.raises(CharacteristicsNotKept, match="The records are stored"):
        handed(RECORDS, files)
    with store.session() as session:
        assert session.scalars(select(SourceKey.key).where(SourceKey.key == "w001")).all() == ["w001"]
        assert session.scalars(select(LoadRun.state).order_by(LoadRun.id.desc())).first() is RunState.LOADED
    closed.undo()
    report = handed(RECORDS, files, NOW + DAY)
    assert (report.state, report.characteristics) == (RunState.UNCHANGED, 1)
    assert set(profiles(store)) == {"w001"}


def test_the_inbox_leaves_such_a_file_for_its_next_run(university, closed, tmp_path):
    folder = tmp_path / "inbox" / "student-records" / "export"
    folder.mkdir(parents=True)
    for name, text in (handing.records("w001") | sheet(f"w001,{ONE}")).items():
        (folder / name).write_text(text, "utf-8")
    later = NOW + 400 * DAY
    (lying,) = inbox.lying(tmp_path / "inbox", later)
    outcome = inbox.take(load.JOB, lying, later)
    assert (outcome.state, folder.exists()) == ("left", True)
    closed.undo()
    assert inbox.take(load.JOB, lying, later).state == "unchanged"
    assert not folder.exists()


def test_an_administrator_loads_them_as_a_job_does_and_reads_none(university):
    handed(RECORDS, handing.records("w001"))
    assert handed(RECORDS, sheet(f"w001,{ONE}"), viewer=EVE.viewer).characteristics == 1
    assert handed(RECORDS, handing.records("w001"), NOW + DAY, NOW).characteristics is None


def test_the_templates_workbook_says_of_each_code_which_list_it_is_of(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(template_files.to_fill_in(RECORDS)))
    header = next(book["characteristics"].iter_rows(max_row=1))
    told = {cell.value: cell.comment.text for cell in header}
    assert set(told) == set(COLUMNS)
    assert "ETHNIC" in told["ethnicity"]
    assert "semicolons" in told["disability"]
