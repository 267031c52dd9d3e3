"""Every sample of student records, timetabling and attendance: named once, read without a crash, counted plainly."""

import csv
import json
import tomllib
from collections import Counter
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest

from engagement.studies import Level
from ingest import bundle, codes, formats
from ingest.format import Glance
from ingest.found import NotReadable
from ingest.jisc_udd import entities
from ingest.limits import FROM_PAGE
from ingest.tables import folded
from ingest.template.attendance import Swipe
from ingest.template.characteristics import Characteristics
from ingest.template.student_records import ModuleDelivery, ModuleRegistration, Student
from ingest.template.timetable import TimetabledClass
from privacy.labels import Source
from tests import samples
from tests.ingest import plain_calendar
from tests.ingest.records_reading import read

NAMED = Path(__file__).parents[1] / "samples"
SYSTEMS = (Source.STUDENT_RECORDS, Source.TIMETABLE, Source.ATTENDANCE)
EXPECTED: list[dict[str, Any]] = tomllib.loads((NAMED / "records.toml").read_text("utf-8"))["sample"]


def files(pattern: str) -> list[Path]:
    return [path for path in sorted(samples.folder("samples").glob(pattern)) if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(samples.folder("samples")).as_posix()


def handed_in(sample: dict[str, Any]) -> list[Path]:
    """What is read: the bundle as a whole, or each file by itself."""
    return [samples.folder("samples") / sample["whole"]] if "whole" in sample else files(sample["path"])


@pytest.mark.parametrize("sample", EXPECTED, ids=[sample["path"] for sample in EXPECTED])
def test_a_sample_comes_to_what_is_said_of_it(sample):
    assert files(sample["path"])
    for path in handed_in(sample):
        reading = read(path, Source(sample["system"]))
        found = reading.summary
        if sample["outcome"] == "read":
            assert (found.refused, found.format, found.rows) == ("", sample["format"], sample["rows"]), path
            assert dict(found.accepted) == sample.get("accepted", {}), path
            assert dict(found.reasons) == sample.get("faulty", {}), path
            assert dict(found.skipped) == sample.get("skipped", {}), path
        elif sample["outcome"] == "refused":
            assert (found.refused_kind, found.rows) == (sample["kind"], 0), path
            assert sample["reason"]
        else:
            assert sample["outcome"] in ("code list", "out of scope")
            assert sample["reason"]
            assert found.refused, path


@pytest.mark.parametrize("sample", EXPECTED, ids=[sample["path"] for sample in EXPECTED])
def test_rows_are_accounted_for_and_every_fault_says_what_to_do(sample):
    for path in handed_in(sample):
        reading = read(path, Source(sample["system"]))
        rows, accepted, faulty, skipped = reading.counts
        assert rows == accepted + faulty + skipped
        assert all(fault.line > 0 and fault.kind and len(fault.advice) > 20 for fault in reading.faults)


def test_no_file_is_claimed_by_two_formats_of_one_system():
    claimed = {}
    for path in [
        *files("*/**/*"),
        *(path for path in samples.folder("samples").glob("*/*") if path.is_dir()),
    ]:
        try:
            with bundle.opened(path, FROM_PAGE) as members:
                glance = Glance(members)
                for system in SYSTEMS:
                    fitting = [f.name for f in formats.FORMATS if f.system is system and f.recognises(glance)]
                    claimed[name(path), system] = fitting
        except NotReadable:
            continue
    assert len(claimed) > 1_000
    assert {path: names for path, names in claimed.items() if len(names) > 1} == {}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("which", ["full", "minimal"])
def test_the_rosters_students_and_places_are_those_of_a_plain_reading(which):
    folder = samples.folder(f"samples/oneroster_v1p1_catalyst/Test_{which}_data_set")
    live = {row["sourcedId"]: row for row in table(folder / "classes.csv") if row["status"] != "tobedeleted"}
    places = [
        (row["userSourcedId"], row["classSourcedId"])
        for row in table(folder / "enrollments.csv")
        if row["role"] == "student" and row["classSourcedId"] in live
    ]
    users = table(folder / "users.csv")
    columns = ("sourcedId", "givenName", "familyName", "email", "phone")
    people = {tuple(row[name] or None for name in columns) for row in users if row["role"] == "student"}
    others = {row[name] for row in users for name in columns[3:] if row["role"] != "student"}
    others -= {value for person in people for value in person} | {""}
    for bundled in (folder, folder.with_suffix(".zip")):
        found = read(bundled, Source.STUDENT_RECORDS)
        columns = ("student_id", "given_name", "family_name", "university_email", "phone")
        assert set(found.rows(Student, *columns)) == people
        assert set(found.rows(ModuleDelivery, "module_id")) == set(live)
        assert Counter(found.rows(ModuleRegistration, "student_id", "module_id")) == Counter(places)
        assert all(day.isoformat() == "2022-09-01" for day in found.rows(ModuleDelivery, "start_date"))
        assert not any(word in found.text for word in (*others, "Password1"))


def test_the_students_of_data_sync_are_those_of_a_plain_reading_and_nothing_sensitive_is_kept():
    folder = samples.folder("samples/ms_sds_v2p1")
    students = {row["userSourcedId"] for row in table(folder / "roles.csv") if row["role"] == "student"}
    places = {
        (row["userSourcedId"], row["classSourcedId"])
        for row in table(folder / "enrollments.csv")
        if row["role"] == "student"
    }
    found = read(folder, Source.STUDENT_RECORDS)
    users = {row["sourcedId"]: row for row in table(folder / "users.csv")}
    contacts = {(key, users[key]["email"] or None, users[key]["phone"] or None) for key in students}
    assert set(found.rows(Student, "student_id", "university_email", "phone")) == contacts
    assert set(found.rows(ModuleRegistration, "student_id", "module_id")) == places
    secrets = {row["password"] for row in users.values()}
    secrets |= {
        row[column] for key, row in users.items() if key not in students for column in ("email", "phone")
    }
    secrets |= {row["flag"] for row in table(folder / "userFlags.csv")}
    people = {row["userSourcedId"]: row for row in table(folder / "demographics.csv")}
    born = {key: date.fromisoformat(row["birthDate"]) for key, row in people.items()}
    sexes = {"male": "11", "female": "10"}
    assert set(found.rows(Characteristics, "student_id", "sex", "date_of_birth", "ethnicity")) == {
        (key, sexes[people[key]["sex"]], born[key], None) for key in students
    }
    secrets |= {repr(born[key]) for key in people if key not in students}
    secrets |= {row["raceCodes"] for row in people.values()} | {row["birthCity"] for row in people.values()}
    assert [secret for secret in secrets if secret and secret in found.text] == []


def test_the_card_reads_are_those_of_a_plain_reading():
    path = samples.folder("samples/jisc_xapi/recipes/access/tsv") / "access.tsv"
    _, *lines = path.read_text("utf-8").splitlines()
    plainly = Counter((cells[0], cells[1][:10], cells[3]) for cells in (line.split("\t") for line in lines))
    found = read(path, Source.ATTENDANCE).rows(Swipe)
    # Read in London, written in UTC: in summer midnight is the evening before.
    shifted = Counter(
        (row["student_id"], row["at"].astimezone(plain_calendar.ZoneInfo("Europe/London")), row["room"])
        for row in found
    )
    assert Counter((who, at.strftime("%Y-%m-%d"), room) for who, at, room in shifted.elements()) == plainly


CALENDARS = [s for s in EXPECTED if s.get("format") == "icalendar"]


@pytest.mark.parametrize("sample", CALENDARS, ids=[sample["path"] for sample in CALENDARS])
def test_the_classes_of_a_calendar_begin_when_a_plain_reading_says(sample):
    (path,) = files(sample["path"])
    plainly = plain_calendar.starts(path.read_bytes().decode("utf-8"))
    found = read(path, Source.TIMETABLE).rows(TimetabledClass)
    assert sorted(row["starts_at"].astimezone(UTC) for row in found) == plainly
    assert len(plainly) == sample.get("accepted", {}).get("classes", 0)
    assert len({row["event_id"] for row in found}) == len(found)


def test_the_columns_that_we_want_are_columns_of_the_definitions():
    folder = samples.folder("samples/jisc_udd")
    text = (folder / "implementation" / "udd.json").read_text("utf-8")
    schema = json.loads((folder / "media" / "udd_schema.json").read_text("utf-8"))
    known = columns_by_entity(json.loads(text))
    # Later than those files: which module a student is expected from, and where in the year a student studies.
    known["studentevent"] |= {"MOD_INSTANCE_ID"}
    fields = {
        entity: [one["field"] for one in told] for part in schema["entities"] for entity, told in part.items()
    }
    assert wanted_columns(columns_by_entity(fields)) == {"studentevent": {"MOD_INSTANCE_ID"}}
    assert wanted_columns(known) == {}


def columns_by_entity(told: dict[str, Any]) -> dict[str, set[str]]:
    """The columns of each entity, under the name that we know it by."""
    return {
        entities._OTHER_NAMES.get(folded(entity), folded(entity)): set(columns)
        for entity, columns in told.items()
    }


def wanted_columns(known: dict[str, set[str]]) -> dict[str, set[str]]:
    """Those that we read and that are not known, by entity."""
    wanted = entities.RECORDS | entities.EVENTS
    unknown = {
        entity: set(columns) - known[entity] for entity, columns in wanted.items() if entity != "extension"
    }
    return {entity: columns for entity, columns in unknown.items() if columns}


LISTS = {
    "MODE": (codes.MODES, {"65", "98", "99"}),
    "PROGRESSION": (codes.STATUS_OF_PROGRESSION, set()),
    "EVENT_TYPE": (codes.EVENT_TYPES, set()),
    "COURSE_GRADE": (
        codes.CLASSIFICATIONS,
        {str(n) for n in (*range(51, 58), *range(61, 66), *range(71, 75))},
    ),
}


@pytest.mark.parametrize("field", LISTS)
def test_every_code_of_jiscs_lists_has_its_word_or_is_left_out_on_purpose(field):
    path = samples.folder("samples/jisc_udd/udd") / "udd_codelists_en.json"
    listed = set(json.loads(path.read_text("utf-8"))[field])
    known, left_out = LISTS[field]
    left_out = left_out | {str(n) for n in range(81, 92) if field == "COURSE_GRADE"}
    assert listed - left_out <= set(known)
    assert not left_out & set(known)


def test_every_course_aim_of_higher_education_has_its_level():
    path = samples.folder("samples/jisc_udd/udd") / "udd_codelists_en.json"
    aims = json.loads(path.read_text("utf-8"))["COURSE_AIM"]
    levels = {aim: codes.level(aim) for aim in aims}
    assert {aim[0] for aim, level in levels.items() if level == aim} == set("PQRSXZ")
    assert {aim for aim in aims if aim[0] in "DL"} == {
        aim for aim, level in levels.items() if level == Level.RESEARCH
    }
    integrated = {
        aim for aim, label in aims.items() if label.startswith("Integrated undergraduate/postgraduate")
    }
    assert {levels[aim] for aim in integrated} == {Level.UNDERGRADUATE}


def test_every_event_type_is_called_as_jisc_calls_it():
    path = samples.folder("samples/jisc_udd/udd") / "udd_codelists_en.json"
    listed = json.loads(path.read_text("utf-8"))["EVENT_TYPE"]
    assert {code: label.casefold() for code, label in listed.items()} == {
        code: word.casefold() for code, word in codes.EVENT_TYPES.items()
    }


def test_hesas_modes_and_classes_are_known_with_and_without_their_zeros():
    folder = samples.folder("samples/hesa_codes_dfe")
    modes = {row["Code"]: row["Label"] for row in table(folder / "study_modes.csv")}
    assert {code for code in modes if codes.mode(code) == code} == set()
    assert all(codes.mode(code) == "part-time" for code, label in modes.items() if "art-time" in label)
    classes = {row["Code"]: row["Label"] for row in table(folder / "degree_grades.csv")}
    ours = {codes.plain(code): word for code, word in codes.CLASSIFICATIONS.items()}
    agree = [
        c
        for c, label in classes.items()
        if label.casefold().startswith(ours.get(codes.plain(c), "?").casefold())
    ]
    assert {"01", "02", "03", "05"} <= set(agree)
