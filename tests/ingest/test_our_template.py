"""Our template through the reading child's own function: what is accepted, refused, put right and noted."""

from datetime import datetime
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from ingest import reader, sandbox
from ingest.found import NotReadable
from ingest.limits import FROM_PAGE, Limits
from ingest.staging import Staged, Summary, staged
from ingest.template.fields import Instant
from ingest.template.student_records import Student
from privacy.labels import Source

HEADER = "student_id,given_name,family_name\n"


def read(tmp_path: Path, content: str | bytes, limits: Limits = FROM_PAGE) -> Staged:
    path, folder = tmp_path / "students.csv", tmp_path / "staging"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    folder.mkdir()
    reader.read(path, Source.STUDENT_RECORDS, "student-records-template", limits, folder)
    found = staged(folder)
    assert found
    return found


def summary(tmp_path: Path, content: str | bytes, limits: Limits = FROM_PAGE) -> Summary:
    return read(tmp_path, content, limits).summary


def students(found: Staged) -> list[tuple[str, str, str | None]]:
    table = found.table(Student)
    rows = table.to_pylist() if table else []
    return [(row["student_id"], row["given_name"], row["family_name"]) for row in rows]


@pytest.mark.parametrize(
    ("content", "student"),
    [
        (HEADER + "00012345,Ann,Oakes\n", ("00012345", "Ann", "Oakes")),  # leading zeros are kept
        (HEADER + "w1,Ann,NA\n", ("w1", "Ann", "NA")),  # a surname, not a missing value
        (HEADER + "w1,None,\n", ("w1", "None", None)),
        ("\ufeff" + HEADER + "w1,Ann,Oakes\n", ("w1", "Ann", "Oakes")),
        ("Family Name;Given_Name;STUDENT ID\nOakes;Ann;w1\n", ("w1", "Ann", "Oakes")),
        ("sep=;\nstudent_id;given_name\nw1;Ann\n", ("w1", "Ann", None)),
        ("student_id\tgiven_name\nw1\tAnn\n", ("w1", "Ann", None)),
        ("student_id,given_name\rw1,Ann\r", ("w1", "Ann", None)),
        ("student_id,given_name\r\nw1,Ann\nw", ("w1", "Ann", None)),
        (HEADER + '"w1","Ann\nMarie",Oakes\n', ("w1", "Ann\nMarie", "Oakes")),
        (HEADER + "\u00a0w1\u200b,Ann,Oakes\n", ("w1", "Ann", "Oakes")),
        (HEADER + "w1,O\u2019Brien\u202e,Oakes\n", ("w1", "O\u2019Brien", "Oakes")),
        (HEADER + "12345.0,Ann,Oakes\n", ("12345", "Ann", "Oakes")),
        (HEADER + "w1,Se\u0301aghdha,\u674e\n", ("w1", "S\u00e9aghdha", "\u674e")),
        (
            HEADER + "w1,<script>alert(1)</script>,=HYPERLINK(1)\n",
            ("w1", "<script>alert(1)</script>", "=HYPERLINK(1)"),
        ),
    ],
)
def test_what_is_sound_is_read_and_what_can_be_put_right_is(tmp_path, content, student):
    assert students(read(tmp_path, content))[0] == student


@pytest.mark.parametrize("content", ["w1,Ann,Oakes\n".encode("utf-16"), "w1,Zoë,Oakes\n".encode("cp1252")])
def test_another_encoding_is_read_with_a_note(tmp_path, content):
    whole = HEADER.encode("utf-16") + content[2:] if content[:2] == b"\xff\xfe" else HEADER.encode() + content
    found = read(tmp_path, whole)
    assert len(students(found)) == 1
    assert found.summary.notes


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("w1,Ann,Oakes,more", "width"),
        ("w1,Ann", "width"),
        ("\uff57\uff11,Ann,Oakes", "not_a_key"),  # full-width letters and digits
        ("w\u0430,Ann,Oakes", "not_a_key"),  # a Cyrillic letter that looks like a Latin one
        ("1.2345E+07,Ann,Oakes", "not_a_key"),
        (",Ann,Oakes", "missing"),
        ("w1,,Oakes", "missing"),
        ("w1," + "n" * 201 + ",Oakes", "too_long"),
        ("w\0001,Ann,Oakes", "nul"),
    ],
)
def test_a_bad_row_costs_itself_alone_and_says_why(tmp_path, row, kind):
    found = summary(tmp_path, HEADER + row + "\nw2,Bob,Elm\n")
    assert (found.rows, found.accepted["students"], found.faulty) == (2, 1, 1)
    assert found.reasons == {kind: 1}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:30:00-01:00"])
def test_a_time_whose_offset_leads_out_of_the_calendar_is_refused_in_words(at):
    instant = TypeAdapter(Instant)
    with pytest.raises(ValidationError, match="between 1990 and 2099"):
        instant.validate_python(at)
    with pytest.raises(ValidationError, match="between 1990 and 2099"):
        instant.validate_python(datetime.fromisoformat(at))  # as a workbook's cell


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "empty"),
        ("\n\n\n", "empty"),
        ("student_id,student_id,given_name\nw1,w1,Ann\n", "header"),
        ("student_id\nw1\n", "header"),
        ("w1,Ann,Oakes\n", "header"),
        (HEADER + 'w1,"Ann,Oakes\n', "quotes"),
        (HEADER + "w1," + "n" * 2_000_000 + ",Oakes\n", "cell"),
        (HEADER.encode() + b"w1,Zo\xeb,Oakes\nw2,Zo\xc3\xab,Elm\n", "encoding"),
        (("student_id,given_name\n" + "w1,Ann\n").encode("utf-16-be"), "encoding"),
        (",".join(f"c{n}" for n in range(65)) + "\n", "columns"),
    ],
)
def test_a_file_that_cannot_be_told_is_refused_whole_with_the_reason(tmp_path, content, kind):
    found = summary(tmp_path, content)
    assert found.refused_kind == kind
    assert found.refused.endswith(".")


def test_a_column_that_is_not_the_templates_is_reported_and_not_stored(tmp_path):
    found = read(tmp_path, "student_id,given_name,ethnicity\nw1,Ann,100\n")
    assert found.summary.notes == [
        "students.csv: the column “ethnicity” is not part of the template and was not stored."
    ]
    table = found.table(Student)
    assert table
    assert "ethnicity" not in table.column_names


def test_no_cell_of_a_shifted_row_is_kept(tmp_path):
    found = read(tmp_path, "student_id,given_name,ethnicity\nw1,Ann,100,200\n")
    assert [fault.cells for fault in found.faults()] == [{}]


def test_the_child_dies_of_too_much_memory_and_only_the_child(tmp_path):
    path, folder = tmp_path / "students.csv", tmp_path / "staging"
    path.write_text(HEADER + "w1,Ann,Oakes\n", encoding="utf-8")
    folder.mkdir()
    with pytest.raises(NotReadable) as refused:
        sandbox.read(path, Source.STUDENT_RECORDS, None, Limits(memory=60 << 20), folder)
    assert refused.value.kind == "memory"


def test_the_child_is_stopped_when_it_takes_too_long(tmp_path):
    path, folder = tmp_path / "students.csv", tmp_path / "staging"
    path.write_text(HEADER + "".join(f"w{n},Ann,Oakes\n" for n in range(900_000)), encoding="utf-8")
    folder.mkdir()
    with pytest.raises(NotReadable) as refused:
        sandbox.read(path, Source.STUDENT_RECORDS, None, Limits(seconds=2), folder)
    assert refused.value.kind == "time"
