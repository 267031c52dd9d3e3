"""Jisc's tables of VLE activity."""

import pytest

from tests.ingest.vle_reading import at, read

HEADER = "USERNAME\tHOMEPAGE\tTIMESTAMP\tOBJECT_ID\tOBJECT_NAME\tVLE_MOD_ID\tUDD_MOD_INST_ID\tSESSION_ID\tCLIENT_IP\t"


@pytest.fixture
def table(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "resourceviewed.tsv"
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


def row(student="s1", time="2026-11-18T09:00:00Z", vle="M1", udd="U1"):
    page = "https://vle.example/secret\tSecret page"
    return f"{student}\thttps://vle.example\t{time}\t{page}\t{vle}\t{udd}\t77\t192.0.2.7\t"


def test_student_module_and_time_are_kept_and_nothing_else(table):
    reading = read(table(row(), row(vle="", time="2026-06-18T09:00:00+01:00")))
    assert reading.summary.format == "jisc-vle"
    assert reading.events == [
        ("s1", "M1", at("2026-11-18T09:00:00+00:00")),
        ("s1", "U1", at("2026-06-18T08:00:00+00:00")),
    ]
    assert "ecret" not in reading.text
    assert "192.0.2.7" not in reading.text


def test_rows_without_a_module_are_left_out_and_times_without_a_zone_are_faults(table):
    reading = read(table(row(vle="", udd=""), row(time="2026-11-18T09:00:00"), row(time=""), row(student="")))
    assert dict(reading.summary.skipped) == {"outside any module": 1}
    assert dict(reading.summary.reasons) == {"no_time_zone": 1, "missing": 2}


def test_what_was_graded_was_not_done_by_the_student(table):
    reading = read(table(row() + "teacher9", header=HEADER + "INSTRUCTOR_USERNAME"))
    assert dict(reading.summary.skipped) == {"done to the student, not by them": 1}


def test_a_table_without_times_is_refused(table):
    reading = read(table("s1\tp\tM1", header="USERNAME\tOBJECT_ID\tVLE_MOD_ID"))
    assert (reading.summary.format, reading.summary.refused_kind) == ("jisc-vle", "header")
