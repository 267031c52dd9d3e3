"""Every row of an OULAD folder is counted: taken, quarantined, held back or repeated, each with its reason."""

import pytest

from ingest import oulad
from tests.cast import NOW
from tests.ingest.oulad_folder import INFO_HEADER, TABLES, info, write

INFO_ROW = info("AAA-2013J", 11)


def test_rows_are_the_sum_of_what_became_of_them_and_the_reasons_add_up(tmp_path):
    counted = oulad.read(write(tmp_path / "oulad"), NOW).counted
    assert counted.rows == sum(text.count("\n") - 1 for text in TABLES.values())
    assert counted.rows == counted.accepted + counted.quarantined + counted.held_back + counted.repeated
    assert sum(counted.reasons.values()) == counted.rows - counted.accepted


def test_the_oddities_of_the_files_are_counted_where_the_row_is_taken_all_the_same(tmp_path):
    counted = oulad.read(write(tmp_path / "oulad"), NOW).counted
    assert counted.reasons == {
        "studentAssessment: dated after today": 1,
        "studentVle: dated after today": 1,
    }
    assert counted.noted == {
        "assessments: date is missing; nothing is expected": 1,
        "studentInfo: imd_band is missing (equality data, not stored)": 2,
        "studentInfo: imd_band lacks its % (equality data, not stored)": 1,
        "studentRegistration: date_registration is missing; enrolled from the first day": 2,
        "studentRegistration: date_unregistration is after today and held back": 1,
        "studentRegistration: the end of the presentation is after today and held back": 3,
        "studentRegistration: unregistered but not withdrawn by final_result; counted as withdrawn": 1,
        "studentRegistration: unregistered by the day of registration; never enrolled": 1,
        "studentRegistration: withdrawn without date_unregistration; enrolled to the last day": 1,
        "studentAssessment: is_banked: carried over from an earlier presentation": 1,
        "studentAssessment: score is missing": 1,
    }


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("courses", "AAA,2013J,268", "an exact repetition of another row"),
        ("courses", "AAA,2013B,268", "another row with the same key says otherwise"),
        ("courses", "AAA,2013X,240", "code_presentation is not a year and B or J"),
        ("courses", "?,2013J,240", "code_module is missing"),
        ("courses", "CCC,2013J,0", "module_presentation_length is not a number of days"),
        ("courses", "CCC,2013J", "the wrong number of fields"),
        ("courses", "CCC,2013J,240,9", "the wrong number of fields"),
        ("courses", '"CCC,2013J,240', "the wrong number of fields"),
        ("assessments", "ZZZ,2013J,900,TMA,19,10", "an unknown presentation"),
        ("assessments", "AAA,2013J,900,Quiz,19,10", "an unknown assessment_type"),
        ("assessments", "AAA,2013J,900,TMA,soon,10", "date is not a whole number"),
        ("assessments", "AAA,2013J,900,TMA,19,?", "weight is missing"),
        ("assessments", "AAA,2013J,900,TMA,19,much", "weight is not a number"),
        ("assessments", "AAA,2013J,900,TMA,19,-1", "weight is not a number of hundredths"),
        ("assessments", "AAA,2013J,900,TMA,19,NaN", "weight is not a number of hundredths"),
        ("vle", "900,ZZZ,2013J,resource,?,?", "an unknown presentation"),
        ("vle", "?,AAA,2013J,resource,?,?", "id_site is missing"),
        ("studentInfo", INFO_ROW, "an exact repetition of another row"),
        ("studentInfo", info("AAA-2013J", 11, "Fail"), "another row with the same key says otherwise"),
        ("studentInfo", info("ZZZ-2013J", 90), "an unknown presentation"),
        ("studentInfo", info("AAA-2013J", "9_0"), "id_student is not a whole number"),
        ("studentInfo", info("AAA-2013J", "9999999999"), "id_student is not a whole number"),
        ("studentInfo", info("AAA-2013J", 90, "Deferred"), "an unknown final_result"),
        ("studentInfo", info("AAA-2013J", 90, "?"), "final_result is missing"),
        ("studentRegistration", "AAA,2013J,90,-1,?", "a student whom studentInfo does not have"),
        ("studentRegistration", "AAA,2013J,12,never,?", "date_registration is not a whole number"),
        ("studentRegistration", "AAA,2013J,12,-99999,?", "date_registration is no day of a presentation"),
        ("studentAssessment", "900,11,18,0,78", "an unknown assessment"),
        ("studentAssessment", "101,90,18,0,78", "a student who is not enrolled on the presentation"),
        ("studentAssessment", "102,11,?,0,78", "date_submitted is missing"),
        ("studentAssessment", "102,11,18,2,78", "is_banked is not 0 or 1"),
        ("studentAssessment", "102,11,18,0,101", "score is not between 0 and 100"),
        ("studentAssessment", "102,11,18,0,12.5", "score is not a whole number"),
        ("studentVle", "AAA,2013J,11,501,3,1", "an exact repetition of another row"),
        ("studentVle", "AAA,2013J,11,501,3", "the wrong number of fields"),
        ("studentVle", "AAA,2013J,11,501,3,1,1", "the wrong number of fields"),
        ("studentVle", "ZZZ,2013J,11,501,3,1", "an unknown presentation"),
        ("studentVle", "AAA,2013J,90,501,3,1", "a student who is not enrolled on the presentation"),
        ("studentVle", "AAA,2013J,11,900,3,1", "a site that vle does not list"),
        ("studentVle", "AAA,2013J,11,501,?,1", "a number that is missing or not a whole number"),
        ("studentVle", "AAA,2013J,11,501,3,", "a number that is missing or not a whole number"),
        ("studentVle", "AAA,2013J,11,501,3,0", "no clicks"),
        ("studentVle", '"AAA,2013J,11,501,3,1,', "the wrong number of fields"),
        ("studentVle", "AAA,2013J,11,501,3," + "1" * 200_000, "a line that is not text"),
    ],
)
def test_a_row_that_cannot_be_used_costs_itself_alone_and_gives_its_reason(tmp_path, table, row, reason):
    clean = oulad.read(write(tmp_path / "clean"), NOW)
    head, first, *rest = TABLES[table].splitlines(keepends=True)
    text = "".join([head, first, row.rstrip("\n") + "\n", *rest])
    found = oulad.read(write(tmp_path / "faulty", **{table: text}), NOW)
    assert found.counted.rows == clean.counted.rows + 1
    assert found.counted.accepted == clean.counted.accepted
    assert found.counted.reasons == {f"{table}: {reason}": 1} | clean.counted.reasons
    assert _same_rows(found, clean)


def test_bytes_that_are_not_text_cost_their_own_line(tmp_path):
    folder = write(tmp_path / "oulad")
    clean = oulad.read(folder, NOW)
    for table, row in (
        ("studentVle", b"AAA,2013J,11,\xff\xfe,3,1\n"),
        ("studentInfo", b"AAA,2013J,\xff,F,,,,,,,,\n"),
    ):
        file = folder / f"{table}.csv"
        file.write_bytes(file.read_bytes() + row)
    found = oulad.read(folder, NOW)
    assert found.counted.reasons == clean.counted.reasons | {
        "studentInfo: id_student is not a whole number": 1,
        "studentVle: a line that is not text": 1,
    }
    assert _same_rows(found, clean)


def test_a_faulty_row_does_not_stand_in_the_way_of_a_good_one_with_its_key(tmp_path):
    both = INFO_HEADER + info("AAA-2013J", 11, "Deferred") + info("AAA-2013J", 11)
    found = oulad.read(write(tmp_path / "oulad", studentInfo=both), NOW)
    assert found.tables["studentInfo"].accepted == 1
    assert found.tables["studentInfo"].quarantined == 1


def test_a_student_without_a_registration_is_enrolled_from_the_first_day_and_counted(tmp_path):
    without = "\n".join(
        line for line in TABLES["studentRegistration"].splitlines() if not line.startswith("AAA,2013J,11,")
    )
    found = oulad.read(write(tmp_path / "oulad", studentRegistration=without + "\n"), NOW)
    assert found.counted.noted["studentInfo: without a row in studentRegistration"] == 1
    assert len(found.batches[0].registrations) == 9


def _same_rows(one: oulad.Reading, other: oulad.Reading) -> bool:
    """Whether two readings bring the same rows, whatever they counted."""
    return all(
        {**vars(a), "sha256": "", "counted": None} == {**vars(b), "sha256": "", "counted": None}
        for a, b in zip(one.batches, other.batches, strict=True)
    )
