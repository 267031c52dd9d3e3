"""OneRoster: what a roster gives, header and file names as they are met in the wild, and what is never opened."""

from datetime import date

import pytest

from ingest.template.characteristics import Characteristics
from ingest.template.student_records import ModuleDelivery, ModuleRegistration, Student
from privacy.labels import Source
from tests.ingest.records_reading import read, written

MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.academicSessions,bulk
file.classes,bulk
file.enrollments,bulk
file.roles,bulk
file.users,bulk
"""
USERS = """sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,email,password,\
preferredGivenName,pronouns
u1,active,2026-10-01,true,ada,Adaeze,Okonkwo,ada@x.example,Secret1,Ada,she/her
u2,active,2026-10-01,true,ben,Ben,Müller,ben@x.example,Secret2,,
u3,active,2026-10-01,true,helen,Helen,Fairweather,h@x.example,Secret3,,
u4,tobedeleted,2026-10-01,true,cleo,Cleo,Left,c@x.example,Secret4,,
"""
ROLES = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,active,,u1,primary,student,,,org1
r2,active,,u2,primary,Student,,,org1
r3,active,,u2,secondary,aide,,,org1
r4,active,,u3,primary,teacher,,,org1
r5,tobedeleted,,u3,secondary,student,,,org1
"""
SESSIONS = """sourcedId,status,dateLastModified,title,type,startDate,endDate,schoolYear
t1,active,,Term 1,term,2026-09-21,2026-12-11,2027
t2,active,,Term 2,term,2027-01-11,2027-03-26,2027
t3,tobedeleted,,Term 3,term,2027-04-01,2027-06-26,2027
"""
CLASSES = """sourcedId,status,dateLastModified,title,courseSourcedId,classCode,classType,location,termSourcedIds
c1,active,,Algorithms,k1,,scheduled,Room 1,"t1,t2,t3"
c2,active,,Writing,k2,,scheduled,Room 2,t1
c3,tobedeleted,,Gone,k3,,scheduled,Room 3,t1
"""
ENROLLMENTS = """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
primary,beginDate,endDate
e1,active,,c1,org1,u1,student,,,
e2,active,,c2,org1,u1,student,,2026-10-05,2026-11-20
e3,active,,c1,org1,u2,student,,2026-09-28,2027-03-26
e4,active,,c1,org1,u3,teacher,true,,
e5,tobedeleted,,c2,org1,u2,student,,,
e6,active,,c3,org1,u2,student,,,
e7,active,,c9,org1,u2,student,,2026-09-28,
"""
FILES = {
    "manifest.csv": MANIFEST,
    "users.csv": USERS,
    "roles.csv": ROLES,
    "academicSessions.csv": SESSIONS,
    "classes.csv": CLASSES,
    "enrollments.csv": ENROLLMENTS,
}


@pytest.fixture
def reads(tmp_path):
    """Reads the bundle with some files changed; None takes one out."""

    def read_with(changes=None):
        files = {name: text for name, text in (FILES | (changes or {})).items() if text is not None}
        return read(written(tmp_path / "roster", files), Source.STUDENT_RECORDS)

    return read_with


def test_version_1_2_says_in_a_file_of_its_own_who_is_a_student(reads):
    found = reads()
    assert found.summary.format == "oneroster"
    assert found.rows(Student, "student_id", "given_name", "family_name", "university_email") == [
        ("u1", "Ada", "Okonkwo", "ada@x.example"),
        ("u2", "Ben", "Müller", "ben@x.example"),
    ]


def test_version_1_1_says_it_among_the_users(reads):
    users = USERS.replace("username,", "role,").replace(",ada,", ",student,").replace(",ben,", ",student,")
    changes = {"users.csv": users, "roles.csv": None, "manifest.csv": MANIFEST.replace("1.2", "1.1")}
    found = reads(changes | {"manifest.csv": changes["manifest.csv"].replace("file.roles,bulk\n", "")})
    assert found.rows(Student, "student_id") == ["u1", "u2"]


def test_a_class_lasts_from_the_first_of_its_sessions_to_the_last(reads):
    columns = ("module_id", "module_title", "credits", "start_date", "end_date")
    assert reads().rows(ModuleDelivery, *columns) == [
        ("c1", "Algorithms", 1, date(2026, 9, 21), date(2027, 3, 26)),
        ("c2", "Writing", 1, date(2026, 9, 21), date(2026, 12, 11)),
    ]


def test_a_place_on_a_class_has_its_own_days_or_those_of_the_class(reads):
    columns = ("student_id", "module_id", "enrolment_id", "from_date", "until_date")
    found = reads()
    assert found.rows(ModuleRegistration, *columns) == [
        ("u1", "c1", None, date(2026, 9, 21), None),
        ("u1", "c2", None, date(2026, 10, 5), date(2026, 11, 20)),
        ("u2", "c1", None, date(2026, 9, 28), None),
    ]
    assert [(f.line, f.field, f.kind, f.value) for f in found.faults] == [(8, "module_id", "not_there", "c9")]


def test_every_row_is_accounted_for_and_nothing_sensitive_stays(reads):
    found = reads()
    rows, accepted, faulty, skipped = found.counts
    files = (text for name, text in FILES.items() if name != "manifest.csv")
    assert rows == accepted + faulty + skipped == sum(len(text.splitlines()) - 1 for text in files)
    assert not any(word in found.text for word in ("Secret", "h@x", "c@x", "she/her", "Fairweather", "Left"))


@pytest.mark.parametrize(
    ("file", "right", "wild"),
    [
        ("users.csv", "sourcedId", "SourcedID"),
        ("users.csv", "givenName", "given_name"),
        ("users.csv", "familyName", "lastName"),
        ("users.csv", "sourcedId", "sourceId"),
        ("classes.csv", "termSourcedIds", "termSourcedId"),
        ("classes.csv", "termSourcedIds", "termSourceIds"),
        ("enrollments.csv", "userSourcedId", "userSourceId"),
        ("enrollments.csv", "classSourcedId", "Class Sourced Id"),
    ],
)
def test_misspelt_columns_are_read_and_noted(reads, file, right, wild):
    found = reads({file: FILES[file].replace(right, wild, 1)})
    assert found.counts == reads().counts
    same_letters = right.casefold() == "".join(c for c in wild if c.isalnum()).casefold()
    assert any(f"“{wild}” was read as {right}" in note for note in found.summary.notes) is not same_letters


def test_columns_in_another_order_mean_the_same(reads):
    lines = [line.split(",") for line in FILES["users.csv"].splitlines()]
    turned = "\n".join(",".join(reversed(line)) for line in lines) + "\n"
    assert reads({"users.csv": turned}).rows(Student) == reads().rows(Student)


@pytest.mark.parametrize("name", ["enrolments.csv", "Enrollements.csv", "ENROLLMENTS.CSV", "enrollment.csv"])
def test_misspelt_files_are_found(reads, name):
    found = reads({"enrollments.csv": None, name: ENROLLMENTS})
    assert found.summary.accepted["registrations"] == 3


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"manifest.csv": MANIFEST.replace("1.2", "1.0")}, "version"),
        ({"manifest.csv": MANIFEST.replace("file.users,bulk", "file.users,delta")}, "delta"),
        ({"users.csv": None}, "missing_file"),
        ({"manifest.csv": MANIFEST.replace("file.roles,bulk\n", ""), "roles.csv": None}, "missing_file"),
        ({"user.csv": USERS}, "twice"),
        ({"classes.csv": CLASSES.replace("title", "name")}, "header"),
    ],
)
def test_a_bundle_that_is_not_whole_or_of_another_kind_is_refused(reads, changes, kind):
    found = reads(changes)
    assert (found.summary.refused_kind, found.summary.format) == (kind, "oneroster")


def test_what_is_not_needed_is_not_opened(reads):
    # An open quotation mark, at which reading the file would stop.
    found = reads({"results.csv": 'sourcedId,"score\nu1,12\n'})
    assert found.summary.refused == ""
    assert "Not opened, for nothing in them is needed: results.csv." in found.summary.notes


def test_of_demographics_there_are_sex_and_day_of_birth_of_students_who_are_not_gone(reads):
    header = "sourcedId,status,dateLastModified,birthdate,sex,asian,white"
    rows = (
        "u1,active,,2006-01-02,Male,true,false",
        "u2,tobedeleted,,2005-01-02,female,,",
        "t1,active,,1970-05-06,female,,",
    )
    found = reads({"demographics.csv": "\n".join([header, *rows, "u1,active,,,quokka,,"]) + "\n"})
    assert found.rows(Characteristics, "student_id", "sex", "date_of_birth") == [
        ("u1", "11", date(2006, 1, 2))
    ]
    (fault,) = (fault for fault in found.faults if fault.sheet == Characteristics.sheet)
    assert (fault.field, fault.value, dict(fault.cells)) == ("sex", "", {"student_id": "u1"})
    assert not any(word in found.text for word in ("1970", "quokka"))


def test_a_folder_without_a_manifest_is_known_by_the_users(reads):
    found = reads({"manifest.csv": None})
    assert found.summary.format == "oneroster"
    assert found.summary.accepted["students"] == 2
