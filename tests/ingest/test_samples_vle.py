"""Every sample of a VLE: named once, read without a crash, with the rows that a plain reading of it gives."""

import csv
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest import bundle, formats
from ingest.format import Glance
from ingest.found import NotReadable
from ingest.limits import FROM_PAGE
from privacy.labels import Source
from tests import samples
from tests.ingest.vle_reading import Event, at, read

NAMED = Path(__file__).parents[1] / "samples"
EXPECTED: list[dict[str, Any]] = tomllib.loads((NAMED / "vle.toml").read_text("utf-8"))["sample"]


def files(pattern: str) -> list[Path]:
    return [path for path in sorted(samples.folder("samples").glob(pattern)) if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(samples.folder("samples")).as_posix()


@pytest.mark.parametrize("sample", EXPECTED, ids=[sample["path"] for sample in EXPECTED])
def test_a_sample_comes_to_what_is_said_of_it(sample):
    found = files(sample["path"])
    assert found
    for path in found:
        reading = read(path)
        if sample["outcome"] == "read":
            assert (reading.summary.refused, reading.summary.format) == ("", sample["format"]), path
            assert reading.summary.rows == sample["rows"], path
            assert dict(reading.summary.accepted) == sample.get("accepted", {}), path
            assert dict(reading.summary.reasons) == sample.get("faulty", {}), path
            assert dict(reading.summary.skipped) == sample.get("skipped", {}), path
        elif sample["outcome"] == "refused":
            assert reading.summary.refused_kind == sample["kind"], path
        else:
            assert sample["reason"]
            assert reading.events == [], path


@pytest.mark.parametrize("sample", EXPECTED, ids=[sample["path"] for sample in EXPECTED])
def test_rows_are_accounted_for_and_every_fault_says_what_to_do(sample):
    for path in files(sample["path"]):
        reading = read(path)
        rows, accepted, faulty, skipped = reading.counts
        assert rows == accepted + faulty + skipped
        assert all(fault.line > 0 and fault.kind and len(fault.advice) > 20 for fault in reading.faults)
        assert all(set(fault.cells) <= {"student_id", "module_id", "at"} for fault in reading.faults)


def test_no_file_of_any_system_is_claimed_by_two_formats_of_the_vle():
    vle = [format for format in formats.FORMATS if format.system is Source.VLE]
    claimed = {}
    for path in files("*/**/*"):
        try:
            with bundle.opened(path, FROM_PAGE) as members:
                glance = Glance(members)
                claimed[name(path)] = [format.name for format in vle if format.recognises(glance)]
        except NotReadable:
            continue
    assert {path: names for path, names in claimed.items() if len(names) > 1} == {}
    mine = {path for path, names in claimed.items() if names}
    assert {path.partition("/")[0] for path in mine} <= {
        sample["path"].partition("/")[0] for sample in EXPECTED
    }


# What a plain reading of each file gives, written without any of our code.


def logstore(path: Path) -> Iterator[Event]:
    row = json.loads(path.read_text("utf-8"))
    signs = row.get("eventname", "").endswith(("user_loggedin", "user_loggedout"))
    if row.get("userid") and (row.get("courseid") or 0) > 1 and not signs:
        yield str(row["userid"]), str(row["courseid"]), datetime.fromtimestamp(row["timecreated"], UTC)


def table(path: Path) -> Iterator[Event]:
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if int(row["courseid"]) > 1 and int(row["userid"]) > 0:
                yield row["userid"], row["courseid"], datetime.fromtimestamp(int(row["timecreated"]), UTC)


def report(path: Path) -> Iterator[Event]:
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            words = row["Description"].replace(".", "").split("'")
            if " viewed the course with id " in words and words[1] != "0" and words[3] != "1":
                day = datetime.strptime(row["Time"], "%d/%m/%y, %H:%M").replace(tzinfo=UTC)
                yield words[1], words[3], day  # in January London keeps UTC


def tsv(path: Path) -> Iterator[Event]:
    header, *lines = path.read_text("utf-8").splitlines()
    names = header.split("\t")
    for line in lines:
        row = dict(zip(names, line.split("\t"), strict=True))
        if "VLE_MOD_ID" in row:
            yield row["STUDENT_ID"], row["VLE_MOD_ID"], at(row["TIMESTAMP"])


def videos(path: Path) -> Iterator[Event]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            found = json.loads(line)
            course = found["context"]["contextActivities"]["parent"][0]["id"]
            module = course.removeprefix("course-v1:").replace("+", "/")
            yield found["actor"]["account"]["name"], module, at(found["timestamp"])


def blackboard(path: Path) -> Iterator[Event]:
    found = json.loads(path.read_text("utf-8").replace("&46;", "."))
    found = found.get("statement", found)
    area = found["context"]["extensions"].get("http://xapi.jisc.ac.uk/courseArea")
    if area and not found["verb"]["id"].endswith("/scored"):
        module = area["http://xapi.jisc.ac.uk/vle_mod_id"]
        yield found["actor"]["account"]["name"], module, at(found["timestamp"])


def caliper(path: Path) -> Iterator[Event]:
    found = json.loads(path.read_text("utf-8"))
    for one in found.get("data", [found]):
        actor, group = one.get("actor"), one.get("group")
        actor = actor if isinstance(actor, str) or actor is None else actor["id"]
        group = group if isinstance(group, str) or group is None else group["id"]
        if actor and group and "/users/" in actor:
            yield actor.split("/")[-1], group.split("/", 3)[3], at(one["eventTime"])


PLAIN: dict[str, Callable[[Path], Iterator[Event]]] = {
    "moodle_logstore_standard/**/event.json": logstore,
    "moodle_logs_report/example_database_data.csv": table,
    "moodle_logs_report/example_platform_logs.csv": report,
    "jisc_xapi/recipes/vle/tsv/viewed.tsv": tsv,
    "jisc_blackboard_xapi/*.json": blackboard,
    "xapi_funmooc/*.gz": videos,
    "caliper/*.json": caliper,
}


@pytest.mark.parametrize(("pattern", "plainly"), PLAIN.items(), ids=list(PLAIN))
def test_the_events_are_those_that_a_plain_reading_of_the_file_gives(pattern, plainly):
    for path in files(pattern):
        assert Counter(read(path).events) == Counter(plainly(path)), path


def test_where_a_plain_reading_finds_events_there_are_some():
    counts = {
        pattern: sum(len(list(plainly(path))) for path in files(pattern))
        for pattern, plainly in PLAIN.items()
    }
    assert list(counts.values()) == [70, 0, 1, 19, 2, 2000, 17]


def test_moodles_statements_mean_the_same_student_and_module_as_the_events_they_were_made_of(tmp_path):
    compared = 0
    for path in files("moodle_logstore_standard/**/statements.json"):
        event = read(path.with_name("event.json")).events
        statements = json.loads(path.read_text("utf-8"))
        timed = tmp_path / "statements.json"
        timed.write_text(json.dumps([one | {"timestamp": "2015-06-10T14:31:41Z"} for one in statements]))
        found = read(timed).events
        # Statements alone say what was anonymous, and name the student to whom something was done by others.
        if event and found:
            assert set(found) == set(event), path
            compared += 1
    assert compared == 64


def conformance() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Whole statements, each with a fragment of the standard's own suite, and where it must be found wrong."""
    whole = {
        "actor": {"account": {"homePage": "https://vle.example", "name": "s1"}},
        "verb": {"id": "https://vle.example/verbs/viewed"},
        "object": {"id": "https://vle.example/pages/9"},
        "context": {},
        "timestamp": "2026-11-18T09:00:00Z",
    }
    wrong = ("no_id", "invalid", "numeric", "string", "account_no_name", "anonymous_no_member")
    for folder, part in {
        "agents": "actor",
        "groups": "actor",
        "verbs": "verb",
        "activities": "object",
        "contexts": "context",
    }.items():
        for path in files(f"xapi_adl_conformance/{folder}/*.json"):
            fragment = json.loads(path.read_text("utf-8"))
            if path.stem != "team":  # its group is filled in by the suite
                yield name(path), whole | {part: fragment}, part if any(w in path.stem for w in wrong) else ""


def test_fragments_of_the_conformance_suite_are_valid_or_not_as_their_names_say(tmp_path):
    path = tmp_path / "one.json"
    tried = 0
    for which, statement, part in conformance():
        path.write_text(json.dumps(statement))
        faults = read(path).faults
        assert [fault.kind for fault in faults] == (["not_to_standard"] if part else []), which
        assert not part or faults[0].field.startswith(part), which
        tried += 1
    assert tried == 34
