"""Jisc's data definitions: what each file becomes, which codes mean what, and what is never kept."""

from datetime import date

import pytest

from engagement.studies import Status
from ingest.template.characteristics import Characteristics
from ingest.template.student_records import (
    Assessment,
    CourseEnrolment,
    ExamSitting,
    ModuleDelivery,
    ModuleRegistration,
    PersonalTutor,
    Qualification,
    Staff,
    Student,
    Submission,
)
from privacy import characteristic_codes as codes
from privacy.labels import Source
from tests.ingest.records_reading import read, written
from tests.ingest.udd_bundle import FILES, membership, stage


@pytest.fixture
def reads(tmp_path):
    """Reads the bundle with some files changed; None takes one out."""

    def read_with(changes=None):
        files = {name: text for name, text in (FILES | (changes or {})).items() if text is not None}
        return read(written(tmp_path / "udd", files), Source.STUDENT_RECORDS)

    return read_with


def test_the_bundle_is_recognised_and_every_row_accounted_for(reads):
    found = reads()
    rows, accepted, faulty, skipped = found.counts
    assert (found.summary.format, found.summary.refused) == ("jisc-udd", "")
    assert (rows, accepted, faulty) == (accepted + skipped, 4 + 4 + 4 + 2 + 1 + 2 + 4 + 3 + 3 + 1 + 1, 0)
    # A file's rows are counted once each; a qualification comes from a membership and is a row more, and what
    # students are counted by comes with each of them.
    assert rows == sum(len(text.splitlines()) - 1 for text in FILES.values()) + 1 + 4


def test_of_students_there_are_the_name_the_email_and_the_mobile_telephone(reads):
    student = FILES["student.tsv"].replace("PHOTO_URL", "MOBILE_PHONE\tHOME_PHONE", 1)
    student = student.replace("https://x.example/1", "07700 900123\t020 7946 0018")
    found = reads({"student.tsv": "\n".join(student.splitlines()[:2]) + "\n"})
    assert found.rows(Student)[0] == {
        "student_id": "s1",
        "given_name": "Ada",
        "family_name": "Okonkwo",
        "university_email": "ada@students.example",
        "phone": "07700 900123",
    }
    assert "7946" not in found.text
    names = ("student_id", "given_name", "family_name")
    assert reads().rows(Student, *names)[2] == ("s3", "Suharto", None)


def test_addresses_visas_and_reasons_leave_no_trace(reads):
    found = reads()
    for trace in ("x.example", "Tier4", "staff.example", "Nobody"):
        assert trace not in found.text
    assert any("PHOTO_URL" in note for note in found.summary.notes)


def test_what_students_are_counted_by_stands_apart_in_jiscs_codes(reads):
    columns = ("student_id", "ethnicity", "sex", "disability", "date_of_birth")
    assert reads().rows(Characteristics, *columns) == [
        ("s1", "31", "2", None, date(2006, 1, 2)),
        ("s2", "10", "1", None, date(2005, 3, 4)),
        ("s3", "98", "3", None, date(1999, 5, 6)),
        ("s4", "22", "2", None, date(2004, 7, 8)),
    ]


@pytest.mark.parametrize(
    ("first", "second", "told", "kind"),
    [
        ("1", "", "95", "None known"),
        ("2", "", "58", "Sensory, medical or physical"),
        ("4", "1", "56", "Sensory, medical or physical"),
        ("5", "", "declared", "Disability declared"),  # a health condition, or one of mental health
        ("6", "6", "declared", "Disability declared"),
        ("3", "6", "08", "Multiple"),
        ("1", "1", "95", "None known"),
        ("51", "", None, None),  # HESA's code, which Jisc has not
        ("2", "9", None, None),
        ("", "", None, None),
    ],
)
def test_a_learning_difficulty_is_no_code_of_hesas(reads, first, second, told, kind):
    student = f"STUDENT_ID\tFIRST_NAME\tSEXID\tDIFFLEARN1\tDIFFLEARN2\ns1\tAda\t4\t{first}\t{second}\n"
    found = reads({"student.tsv": student})
    refused = bool(first) and told is None
    assert found.rows(Characteristics, "disability") == ([] if refused else [told])
    assert [fault.field for fault in found.faults] == ["disability"] * refused
    assert told is None or codes.disability(told.split(";")) == kind


def test_students_without_any_of_it_are_counted_by_nothing(reads):
    assert reads({"student.tsv": "STUDENT_ID\tFIRST_NAME\ns1\tAda\n"}).rows(Characteristics) == []


def test_a_row_of_the_wrong_width_is_kept_aside_without_its_cells(reads):
    found = reads({"student.tsv": FILES["student.tsv"] + "s9\t2001-01-01\t31\t2\tLong\tToo\tx\ty\tz\n"})
    assert [(f.line, f.kind, f.file, dict(f.cells)) for f in found.faults] == [
        (6, "width", "student.tsv", {})
    ]
    assert "2001-01-01" not in found.text


def test_an_enrolment_has_the_course_the_latest_stage_and_the_agreement(reads):
    first = reads().rows(CourseEnrolment)[0]
    assert first == {
        "enrolment_id": "m1",
        "student_id": "s1",
        "course_id": "BSC-CS",
        "course_title": "Computer Science",
        "school": "School of Computing",
        "level": "undergraduate",
        "mode": "full-time",
        "stage": 2,
        "start_date": date(2025, 9, 22),
        "expected_end": date(2028, 6, 2),
        "status": "enrolled",
        "status_from": None,
        "status_until": None,
        "agreed_on": date(2025, 9, 20),
    }


def test_each_membership_stands_where_its_codes_say(reads):
    columns = ("enrolment_id", "level", "mode", "status", "status_from", "agreed_on")
    assert reads().rows(CourseEnrolment, *columns)[1:] == [
        ("m2", "undergraduate", "full-time", "withdrawn", date(2026, 10, 30), None),
        ("m3", "research", "part-time", "writing up", date(2026, 10, 1), None),
        ("m4", "undergraduate", "part-time", "completed", date(2026, 7, 3), None),
    ]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"PROGRESSION": "15"}, Status.ENROLLED),
        ({"PROGRESSION": "20"}, Status.ENROLLED),
        ({"PROGRESSION": "1"}, Status.ENROLLED),
        ({"PROGRESSION": "50"}, Status.RESIT),
        ({"PROGRESSION": "55"}, Status.RESIT),
        ({"PROGRESSION": "60"}, Status.INTERRUPTED),
        ({"MODE": "63"}, Status.INTERRUPTED),
        ({"MODE": "51"}, Status.INTERRUPTED),
        ({"MODE": "43"}, Status.WRITING_UP),
        ({"MODE": "43", "PROGRESSION": "60"}, Status.WRITING_UP),
        ({"LOCATION_OF_STUDY": "D"}, Status.PLACEMENT),
        ({"LOCATION_OF_STUDY": "E"}, Status.ENROLLED),
    ],
)
def test_an_active_membership_stands_where_its_stage_says(reads, changes, status):
    found = reads({"studentcourseinstance.tsv": stage(**changes)})
    assert found.rows(CourseEnrolment, "status")[0] == status


@pytest.mark.parametrize(
    ("outcome", "reason", "progression", "status"),
    [
        ("01", "", "10", Status.COMPLETED),
        ("98", "", "10", Status.COMPLETED),
        ("1", "", "10", Status.COMPLETED),
        ("", "99", "10", Status.COMPLETED),
        ("", "", "20", Status.COMPLETED),
        ("03", "", "10", Status.TRANSFERRED),
        ("", "40", "10", Status.TRANSFERRED),
        ("", "", "40", Status.TRANSFERRED),
        ("05", "", "10", Status.DECEASED),
        ("", "5", "10", Status.DECEASED),
        ("06", "", "20", Status.WITHDRAWN),
        ("", "43", "10", Status.WITHDRAWN),
        ("", "", "30", Status.WITHDRAWN),
        ("", "", "10", Status.WITHDRAWN),
    ],
)
def test_a_membership_that_is_over_was_left_as_its_codes_say(reads, outcome, reason, progression, status):
    changes = {"ACTIVE_MEMBERSHIP": "2", "COURSE_OUTCOME": outcome, "WITHDRAWAL_REASON": reason}
    found = reads(
        {
            "studentcoursemembership.tsv": membership("m1", changes),
            "studentcourseinstance.tsv": stage(PROGRESSION=progression),
        }
    )
    assert found.rows(CourseEnrolment, "status")[0] == status
    unexplained = any("do not say why" in note for note in found.summary.notes)
    assert unexplained is (not outcome and not reason and progression == "10")


@pytest.mark.parametrize(
    "changed",
    [
        {"studentcoursemembership.tsv": membership("m1", {"WITHDRAWAL_REASON": "3"})},
        {"studentcoursemembership.tsv": membership("m1", {"COURSE_OUTCOME": "01"})},
        {"studentcoursemembership.tsv": membership("m1", {"ACTIVE_MEMBERSHIP": "Y"})},
        {"studentcourseinstance.tsv": stage(PROGRESSION="30")},
        {"studentcourseinstance.tsv": stage(PROGRESSION="70")},
        {"studentcourseinstance.tsv": stage(PROGRESSION="40")},
    ],
)
def test_a_current_student_coded_as_gone_is_kept_aside_and_nothing_is_guessed(reads, changed):
    found = reads(changed)
    (fault,) = found.faults
    assert (fault.line, fault.field, fault.kind, fault.sheet) == (2, "status", "contradiction", "enrolments")
    assert fault.cells["enrolment_id"] == "m1"
    assert "m1" not in found.rows(CourseEnrolment, "enrolment_id")


@pytest.mark.parametrize(
    ("changed", "field", "kind"),
    [
        ({"studentcourseinstance.tsv": stage(MODE="98")}, "mode", "not_in_list"),
        ({"studentcourseinstance.tsv": stage(MODE="99")}, "mode", "not_in_list"),
        ({"studentcoursemembership.tsv": membership("m1", {"COURSE_ID": "BA-X"})}, "course_id", "not_there"),
        (
            {"studentcoursemembership.tsv": membership("m1", {"COURSE_JOIN_DATE": ""})},
            "start_date",
            "not_a_day",
        ),
        ({"course.tsv": FILES["course.tsv"].replace("H00", "P50")}, "level", "not_in_list"),
    ],
)
def test_a_code_that_means_nothing_here_is_named_with_what_to_write(reads, changed, field, kind):
    found = reads(changed)
    assert (found.faults[0].field, found.faults[0].kind) == (field, kind)


def test_a_membership_without_a_stage_is_kept_aside(reads):
    found = reads(
        {"studentcourseinstance.tsv": "\n".join(FILES["studentcourseinstance.tsv"].splitlines()[:4]) + "\n"}
    )
    assert [(f.field, f.kind, f.cells["enrolment_id"]) for f in found.faults] == [
        ("mode", "not_there", "m3"),
        ("mode", "not_there", "m4"),
    ]


def test_personal_tutors_are_those_whose_link_says_so_and_whose_student_is_here(reads):
    found = reads()
    links = found.rows(PersonalTutor, "enrolment_id", "staff_id", "from_date")
    assert links == [("m1", "t1", date(2025, 9, 22)), ("m3", "t1", date(2023, 10, 1))]
    assert found.rows(Staff, "staff_id", "given_name", "family_name") == [("t1", "Helen", "Fairweather")]
    assert found.summary.skipped["staff who are nobody's personal tutor"] == 1
    assert found.summary.skipped["links of staff that are not personal tutoring"] == 1
    assert any("LECTURES" in note for note in found.summary.notes)


def test_modules_have_the_days_of_their_period_or_of_those_registered_on_them(reads):
    columns = ("module_id", "module_title", "credits", "start_date", "end_date")
    assert reads().rows(ModuleDelivery, *columns) == [
        ("ALG-26", "Algorithms", 20, date(2026, 9, 21), date(2027, 1, 22)),
        ("WRI-26", "Writing", 0, date(2026, 10, 5), date(2026, 12, 11)),
    ]


def test_a_registration_ends_only_where_the_student_left_before_the_module_did(reads):
    columns = ("student_id", "module_id", "enrolment_id", "from_date", "until_date")
    assert reads().rows(ModuleRegistration, *columns) == [
        ("s1", "ALG-26", "m1", date(2026, 9, 21), None),
        ("s2", "ALG-26", "m2", date(2026, 9, 28), date(2026, 10, 30)),
        ("s1", "WRI-26", "m1", date(2026, 10, 5), date(2026, 12, 4)),
        ("s3", "WRI-26", "m3", date(2026, 10, 12), None),
    ]


def test_an_assessment_is_due_on_the_day_that_most_were_given(reads):
    found = reads()
    columns = ("assessment_id", "assessment_title", "due_date", "weight", "exam")
    assert found.rows(Assessment, *columns) == [
        ("CW1", "Coursework 1", date(2026, 11, 6), 34, False),
        ("EX1", "Examination", date(2027, 1, 14), 67, True),
        ("FO1", "Practice", None, 0, False),
    ]
    assert "2 weights were rounded to whole per cent." in found.summary.notes


def test_a_later_day_is_an_extension_and_of_several_opportunities_the_latest_counts(reads):
    found = reads()
    columns = ("student_id", "handed_in", "late", "extension_until", "mark")
    assert found.rows(Submission, *columns) == [
        ("s1", date(2026, 11, 7), True, None, 65),
        (
            "s3",
            date(2026, 11, 19),
            False,
            date(2026, 11, 20),
            None,
        ),  # the mark that is not agreed is not taken
        ("s2", date(2026, 12, 4), False, date(2026, 12, 4), None),
    ]
    assert found.summary.skipped["earlier opportunities at the same assessment"] == 1


def test_a_sitting_is_known_once_there_is_a_day_on_which_it_was_held(reads):
    found = reads()
    columns = ("student_id", "assessment_id", "day", "attended", "mark")
    assert found.rows(ExamSitting, *columns) == [("s1", "EX1", date(2027, 1, 14), True, 58)]
    assert found.summary.skipped["examinations without a day on which they were sat"] == 1


def test_a_qualification_comes_with_a_course_that_was_completed(reads):
    assert reads().rows(Qualification) == [
        {
            "student_id": "s4",
            "enrolment_id": "m4",
            "qualification": "Honours degree",
            "classification": "Upper second class",
            "awarded_on": date(2026, 7, 3),
        }
    ]


def test_without_any_agreement_it_is_said_that_nobody_will_see_the_students(reads):
    said = "No day of agreement came with the enrolments; until it does, nobody sees these students."
    assert said in reads({"extension.tsv": None}).summary.notes
    assert said not in reads().summary.notes


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"course.tsv": None}, "missing_file"),
        ({"moduleinstance.tsv": None}, "missing_file"),
        ({"student.json": "[]"}, "kind"),
        ({"student_.tsv": FILES["student.tsv"]}, "twice"),
        ({"student.tsv": FILES["student.tsv"].replace("STUDENT_ID", "ID")}, "header"),
    ],
)
def test_a_bundle_that_is_not_whole_is_refused_with_what_is_missing(reads, changed, kind):
    found = reads(changed)
    assert (found.summary.refused_kind, found.summary.format) == (kind, "jisc-udd")
    assert len(found.summary.refused) > 20


def test_entities_may_be_called_as_in_the_definitions_and_unknown_files_are_named(reads):
    found = reads(
        {
            "student_on_a_module_instance.tsv": FILES["studentmoduleinstance.tsv"],
            "studentmoduleinstance.tsv": None,
            "coursesubject.tsv": "COURSE_ID\tSUBJECT_ID\nBSC-CS\t100366\n",
        }
    )
    assert found.summary.accepted["registrations"] == 4
    assert "Not opened, for nothing in them is needed: coursesubject.tsv." in found.summary.notes
