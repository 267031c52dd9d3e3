"""Student records between their rows: who is one person, whose key it is, and what is refused for disagreeing."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import policy
from data_access.loads.known import Known
from data_access.records import Batch, ContactRecord, IdentityRecord, ModuleKeyRecord, PersonRecord
from data_access.tables import ContactKind
from ingest import reader, student_batch
from ingest.admission import Admission
from ingest.limits import FROM_PAGE
from ingest.staging import Staged
from policy.days import number
from privacy.labels import Source
from tests.ingest.records_reading import written

NOTHING = Known(**{field.name: {} if "dict" in str(field.type) else frozenset() for field in fields(Known)})
STUDENTS = "student_id,given_name,family_name,university_email,phone\n"
ENROLMENTS = (
    "enrolment_id,student_id,course_id,course_title,school,level,mode,stage,"
    "start_date,expected_end,status,agreed_on\n"
)
FILES = {
    "students.csv": STUDENTS
    + "w1,Ann,Oakes,w1@students.example,020 7946 0018\nw2,Bo,Elm,,+44 (0)20 7946-0019\nw3,Cy,,,\n",
    "staff.csv": "staff_id,given_name,family_name\ns1,Tess,Vale\n",
    "enrolments.csv": ENROLMENTS
    + "e1,w1,PHD,PhD Botany,Plants,research,full-time,1,2026-09-21,2029-06-01,enrolled,2026-09-20\n"
    + "e2,w2,BSC,BSc Botany,Plants,undergraduate,full-time,1,2026-09-21,2029-06-01,enrolled,2026-09-20\n"
    + "e3,w2,MSC,MSc Botany,Plants,taught postgraduate,part-time,1,2026-09-21,2029-06-01,enrolled,2026-09-20\n",
    "modules.csv": "module_id,module_title,credits,start_date,end_date\nM1,Mosses,20,2026-09-21,2026-12-13\n"
    "M2,Ferns,20,2026-09-21,2026-12-13\n",
    "assessments.csv": "assessment_id,module_id,assessment_title,weight,exam\nX1,M1,Examination,50,yes\n",
}


@pytest.fixture
def admits(tmp_path: Path):
    """The nouns of these files beside those of FILES, and what was refused of them."""

    def admit(
        changes: dict[str, str] | None = None, known: Known = NOTHING
    ) -> tuple[dict[str, Any], Admission]:
        folder = tmp_path / "staging"
        folder.mkdir()
        path = written(tmp_path / "records", FILES | (changes or {}))
        summary = reader.read(path, Source.STUDENT_RECORDS, "student-records-template", FROM_PAGE, folder)
        assert summary.refused == ""
        admission = Admission(Staged(folder, summary))
        rules = policy.current().institution.regulations
        return dict(student_batch.nouns(admission, known, rules)), admission

    return admit


def refused(admission: Admission) -> list[tuple[str, str, str]]:
    faults = [*admission.staged.faults(), *admission.faults]
    return [(fault.sheet, fault.field, fault.kind) for fault in faults]


def test_every_noun_has_its_place_in_a_batch(admits):
    found, admission = admits()
    assert set(found) <= {field.name for field in fields(Batch)}
    assert refused(admission) == []


def test_how_students_can_be_reached_is_what_the_cells_say(admits):
    assert admits()[0]["contacts"] == [
        ContactRecord("w1", ContactKind.EMAIL, "w1@students.example"),
        ContactRecord("w1", ContactKind.PHONE, "020 7946 0018"),
        ContactRecord("w2", ContactKind.PHONE, "+44 (0)20 7946-0019"),
    ]


@pytest.mark.parametrize(
    ("cells", "field", "kind"),
    [
        ("canary.example,", "university_email", "not_an_email"),
        ("canary@localhost,", "university_email", "not_an_email"),
        ("canary@a@x.example,", "university_email", "not_an_email"),
        ("can ary@x.example,", "university_email", "not_an_email"),
        (f"canary@{'x' * 240}.example.org,", "university_email", "not_an_email"),
        (",canary 020 7946 0018", "phone", "not_a_phone"),
        (",+() -", "phone", "not_a_phone"),
        (f",{'0' * 41}", "phone", "not_a_phone"),
    ],
)
def test_a_way_to_reach_somebody_that_is_none_is_refused_without_being_kept(admits, cells, field, kind):
    found, admission = admits({"students.csv": f"{STUDENTS}w1,Ann,Oakes,{cells}\n"})
    assert (refused(admission)[0], [p.key for p in found["people"]]) == (("students", field, kind), ["s1"])
    (fault,) = admission.staged.faults()
    assert (fault.value, set(fault.cells)) == ("", {"student_id", "given_name", "family_name"})
    assert "canary" not in repr(fault)


@pytest.mark.parametrize(
    "rows",
    [
        "w1,,Oakes,canary@x.example,07946\n",
        "w1,Ann,Oakes,canary@x.example,07946\nw1,Bo,Oakes,canary@x.example,07946\n",
        "s1,Ann,Oakes,canary@x.example,07946\n",
        "w1,Ann,Oakes,canary@x.example,07946,more\n",
    ],
    ids=["a field is missing", "told twice", "two people", "too many cells"],
)
def test_no_way_to_reach_somebody_is_kept_with_a_refused_row(admits, rows):
    _, admission = admits({"students.csv": STUDENTS + rows})
    assert admission.staged.summary.faulty or admission.faults
    said = repr([*admission.staged.faults(), *admission.faults])
    assert "canary" not in said
    assert "07946" not in said


def test_who_stands_among_students_and_staff_by_one_name_is_one_person(admits):
    found, admission = admits({"staff.csv": "staff_id,given_name,family_name\nw1,Ann,Oakes\ns1,Tess,Vale\n"})
    assert [person for person in found["people"] if person.key == "w1"] == [
        PersonRecord("w1", "Ann", "Oakes")
    ]
    assert refused(admission) == []


def test_a_key_that_is_a_student_and_somebody_else_on_the_staff_is_neither(admits):
    found, admission = admits({"staff.csv": "staff_id,given_name,family_name\nw3,Tess,Vale\n"})
    assert [person.key for person in found["people"]] == ["w1", "w2"]
    assert refused(admission) == [
        ("students", "student_id", "contradiction"),
        ("staff", "staff_id", "contradiction"),
    ]


def test_a_key_of_another_system_is_one_persons_and_told_for_two_nobodys(admits):
    rows = "person_id,system,key\nw1,vle,ann\nw1,vle,ann.o\nw2,vle,x\ns1,vle,x\ns1,attendance,ann\nw9,vle,y\n"
    found, admission = admits({"identities.csv": rows})
    assert found["identities"] == [
        IdentityRecord(Source.VLE, "ann", "w1"),
        IdentityRecord(Source.VLE, "ann.o", "w1"),
        IdentityRecord(Source.ATTENDANCE, "ann", "s1"),
    ]
    assert refused(admission) == [
        ("identities", "key", "twice"),
        ("identities", "key", "twice"),
        ("identities", "person_id", "unknown"),
    ]
    assert admission.unmatched == {("person", "w9"): 1}


def test_the_key_of_a_module_leads_to_one_module(admits):
    rows = "module_id,system,key\nM1,timetable,A/1\nM1,timetable,B\nM2,timetable,B\nM9,vle,C\nM1,other,D\n"
    found, admission = admits({"module keys.csv": rows})
    assert found["module_keys"] == [ModuleKeyRecord(Source.TIMETABLE, "A/1", "M1")]
    assert [(field, kind) for _, field, kind in refused(admission)] == [
        ("system", "not_in_list"),
        ("key", "twice"),
        ("key", "twice"),
        ("module_id", "unknown"),
    ]


def test_milestones_and_meetings_are_those_of_research_students_alone(admits):
    found, admission = admits(
        {
            "milestones.csv": "student_id,enrolment_id,milestone,due_date,met_on\nw1,e1,Review,2026-12-11,\n"
            "w1,,Upgrade,2026-11-02,2026-11-03\nw2,e2,Review,2026-12-11,\nw1,e2,Review,2027-01-11,\nw9,,R,2027-01-11,\n",
            "meetings.csv": "student_id,due_date,held_on\nw1,2026-11-18,2026-11-19\nw2,2026-11-18,\n",
        }
    )
    assert [(m.student, m.title, m.met_day) for m in found["milestones"]] == [
        ("w1", "Upgrade", number(date(2026, 11, 3))),
        ("w1", "Review", None),
    ]
    assert [m.student for m in found["supervisions"]] == ["w1"]
    assert sorted(refused(admission)) == [
        ("milestones", "student_id", "contradiction"),
        ("milestones", "student_id", "contradiction"),
        ("milestones", "student_id", "unknown"),
        ("supervision meetings", "student_id", "contradiction"),
    ]


def test_sittings_and_awards_belong_to_what_is_known(admits):
    found, admission = admits(
        {
            "sittings.csv": "student_id,assessment_id,day,attended,mark\nw2,X1,2027-01-14,yes,58\n"
            "w2,X9,2027-01-14,no,\n",
            "awards.csv": "student_id,enrolment_id,qualification,classification,awarded_on\n"
            "w2,e2,BSc (Hons),First class,2026-07-05\nw1,e2,BSc (Ord),,2026-07-05\nw1,e9,MRes,,2026-07-05\n",
        }
    )
    assert [(s.student, s.assessment, s.attended, s.mark) for s in found["sittings"]] == [
        ("w2", "X1", True, 58)
    ]
    assert [(a.student, a.enrolment, a.title) for a in found["awards"]] == [("w2", "e2", "BSc (Hons)")]
    assert refused(admission) == [
        ("qualifications", "enrolment_id", "unknown"),
        ("qualifications", "student_id", "contradiction"),
        ("examination sittings", "assessment_id", "unknown"),
    ]


def test_a_registration_counts_towards_an_enrolment_of_the_same_student(admits):
    rows = "student_id,module_id,enrolment_id,from_date\nw1,M1,,2026-09-21\nw1,M2,e2,2026-09-21\nw2,M1,,2026-09-21\n"
    found, admission = admits({"registrations.csv": rows + "w2,M2,e3,2026-09-21\n"})
    assert [(r.student, r.module, r.enrolment) for r in found["registrations"]] == [
        ("w1", "M1", "e1"),
        ("w2", "M2", "e3"),
    ]
    assert refused(admission) == [
        ("registrations", "enrolment_id", "unknown"),  # two enrolments: which one is not guessed
        ("registrations", "student_id", "contradiction"),
    ]


def test_an_enrolment_does_not_pass_from_one_student_to_another(admits):
    known = replace(NOTHING, people=frozenset({"w7"}), enrolments=frozenset({"e1"}), whose={"e1": "w7"})
    found, admission = admits(known=known)
    assert [one.key for one in found["enrolments"]] == ["e2", "e3"]
    assert refused(admission) == [("enrolments", "student_id", "contradiction")]


def test_a_course_that_is_spelt_two_ways_is_told_and_keeps_nobody_out(admits):
    other = FILES["enrolments.csv"] + (
        "e9,w3,BSC,BSc (Hons) Botany,Plants,undergraduate,full-time,1,2026-09-21,2029-06-01,enrolled,2026-09-20\n"
    )
    found, admission = admits({"enrolments.csv": other})
    assert "e9" in {enrolment.key for enrolment in found["enrolments"]}
    assert [c.title for c in found["courses"] if c.code == "BSC"] == ["BSc Botany"]
    assert admission.faults == []
    assert admission.notes == [
        "enrolments: course_id “BSC” has other values in course_title, school, level on 1 row; "
        "those of its first row count."
    ]


def test_what_is_known_already_may_be_spoken_of(admits):
    known = replace(
        NOTHING,
        people=frozenset({"w7"}),
        whose={"e7": "w7"},
        research=frozenset({"e7"}),
        modules=frozenset({"M7"}),
    )
    found, admission = admits(
        {
            "meetings.csv": "student_id,due_date,held_on\nw7,2026-11-18,\n",
            "registrations.csv": "student_id,module_id,from_date\nw7,M7,2026-09-21\n",
            "identities.csv": "person_id,system,key\nw7,vle,gus\n",
        },
        known,
    )
    assert [m.student for m in found["supervisions"]] == ["w7"]
    assert [r.enrolment for r in found["registrations"]] == ["e7"]
    assert [i.key for i in found["identities"]] == ["gus"]
    assert refused(admission) == []
