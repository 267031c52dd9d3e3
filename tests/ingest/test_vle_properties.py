"""Whatever is handed in as an export of a VLE: nothing but a refusal is ever raised, and no address is ever kept."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ingest import formats
from ingest.format import Format
from ingest.limits import FROM_PAGE
from privacy.labels import Source
from tests.ingest.vle_reading import Reading, read

VLE = [format for format in formats.FORMATS if format.system is Source.VLE]
GUESSED: list[Format | None] = [None, *VLE]

WORDS = (
    "actor verb object context contextActivities parent extensions account name homePage mbox id timestamp stored "
    "statement statements voided objectType definition type display instructor member version @context action "
    "eventTime group membership roles data sensor organization subOrganizationOf userid courseid timecreated "
    "eventname anonymous realuserid origin edulevel http://xapi.jisc.ac.uk/courseArea"
)
NAMES = some.sampled_from(re.findall(r"\S+", WORDS))
TEXTS = some.one_of(
    some.text(),
    some.sampled_from(
        [
            "Agent",
            "Activity",
            "Person",
            "CourseSection",
            "http://purl.imsglobal.org/ctx/caliper/v1p1",
            "http://adlnet.gov/expapi/verbs/voided",
            "https://vle.example/course/view.php?id=7",
            "2026-11-18T09:00:00Z",
            "http://[",
            "\ud800",
            "7",
        ]
    ),
)
ATOMS = some.one_of(some.none(), some.booleans(), some.integers(), some.floats(), TEXTS)
VALUES = some.recursive(
    ATOMS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(NAMES, inner, max_size=8),
    max_leaves=30,
)
CELLS = some.one_of(
    TEXTS,
    some.sampled_from(
        ["The user with id '4' viewed the course with id '7'.", "23/11/26, 09:05", "1795251900", "-"]
    ),
)
HEADERS = some.sampled_from(
    [
        "userid,courseid,timecreated",
        "userid,courseid,timecreated,origin,anonymous,realuserid,eventname,edulevel",
        "Time,User full name,Event context,Event name,Description,Origin",
        "Time,Event context,Event name,Description,userid,courseid",
        "USERNAME\tTIMESTAMP\tOBJECT_ID\tVLE_MOD_ID\tUDD_MOD_INST_ID",
    ]
)


def reading(content: bytes, format: Format | None) -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.write_bytes(content)
        return read(path, format.name if format else None, FROM_PAGE)


def check(found: Reading) -> None:
    rows, accepted, faulty, skipped = found.counts
    assert rows == accepted + faulty + skipped
    for student, module, _ in found.events:
        assert "://" not in student + module
        assert "?" not in student + module


@pytest.mark.parametrize("format", GUESSED)
@given(content=some.binary() | some.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_read_or_refused(format, content):
    check(reading(content, format))


@pytest.mark.parametrize("format", GUESSED)
@given(
    mark=some.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"[", b"{"]),
    content=some.binary(),
)
@settings(max_examples=25, deadline=None)
def test_bytes_that_pretend_to_an_encoding_are_read_or_refused(format, mark, content):
    check(reading(mark + content, format))


@pytest.mark.parametrize("format", GUESSED)
@given(values=some.lists(VALUES, min_size=1, max_size=4), lines=some.booleans())
@settings(max_examples=60, deadline=None)
def test_any_json_is_read_or_refused(format, values, lines):
    text = (
        "\n".join(map(json.dumps, values)) if lines else json.dumps(values if len(values) > 1 else values[0])
    )
    check(reading(text.encode(), format))


@pytest.mark.parametrize("format", GUESSED)
@given(header=HEADERS, rows=some.lists(some.lists(CELLS, max_size=8), max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_cells_under_a_known_header_are_read_or_refused(format, header, rows):
    mark = "\t" if "\t" in header else ","
    lines = [mark.join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in rows]
    check(reading("\n".join([header, *lines]).encode("utf-8", "surrogatepass"), format))


@pytest.mark.parametrize("format", GUESSED)
@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 20_000,
        "[" * 60_000,
        '[{"actor": {}, "verb": ' + "[" * 20_000,
        '{"verb": ' + "9" * 6_000 + "}",
    ],
    ids=["objects", "arrays", "a statement", "a number"],
)
def test_what_is_too_deep_or_too_long_is_refused(format, text):
    found = reading(text.encode(), format)
    assert found.summary.refused or found.counts[2]
