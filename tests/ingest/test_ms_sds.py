"""School Data Sync: OneRoster's roster in columns of its own."""

from datetime import date

from ingest.template.characteristics import Characteristics
from ingest.template.student_records import ModuleDelivery, ModuleRegistration, Student
from privacy.labels import Source
from tests.ingest.records_reading import read, written

FILES = {
    "users.csv": "sourcedId,username,givenName,familyName,password,email,phone\n"
    "11,ada,Ada,Okonkwo,Hunter2,ada@x.example,+441\n12,hel,Helen,Fairweather,Hunter3,h@x.example,+442\n",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
    "11,1,student,S1,,TRUE,2026-09-21,2027-06-11\n12,1,professor,S1,,TRUE,2026-09-21,2027-06-11\n",
    "academicSessions.csv": "sourcedId,title,type,schoolYear,startDate,endDate\n"
    "S1,Autumn,semester,2026,2026-09-21,2027-01-22\n",
    "classes.csv": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\n100,1,Algorithms,S1,C1\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role\n100,11,student\n100,12,professor\n",
    "userFlags.csv": "userSourcedId,flag\n11,freeLunch\n",
    "demographics.csv": "userSourcedId,sex,birthDate,raceCodes\n11,female,2006-01-02,asian\n"
    "12,male,1971-01-02,asian\n",
}


def test_the_roster_is_read_and_nothing_else_is_opened(tmp_path):
    found = read(written(tmp_path / "sds", FILES), Source.STUDENT_RECORDS)
    assert found.summary.format == "ms-sds"
    columns = ("student_id", "given_name", "university_email", "phone")
    assert found.rows(Student, *columns) == [("11", "Ada", "ada@x.example", "+441")]
    columns = ("module_id", "start_date", "end_date")
    assert found.rows(ModuleDelivery, *columns) == [("100", date(2026, 9, 21), date(2027, 1, 22))]
    columns = ("student_id", "module_id", "from_date", "until_date")
    assert found.rows(ModuleRegistration, *columns) == [("11", "100", date(2026, 9, 21), None)]
    assert found.counts == (10, 4, 0, 6)
    assert not any(word in found.text for word in ("Hunter", "h@x", "+442", "freeLunch", "asian", "1971"))
    assert "Not opened, for nothing in them is needed: userFlags.csv." in found.summary.notes


def test_of_demographics_there_are_the_students_sex_and_day_of_birth(tmp_path):
    found = read(written(tmp_path / "sds", FILES), Source.STUDENT_RECORDS)
    columns = ("student_id", "ethnicity", "sex", "disability", "date_of_birth")
    assert found.rows(Characteristics, *columns) == [("11", None, "10", None, date(2006, 1, 2))]


def test_without_roles_nobody_is_taken_for_a_student(tmp_path):
    folder = written(tmp_path / "sds", {name: text for name, text in FILES.items() if name != "roles.csv"})
    found = read(folder, Source.STUDENT_RECORDS)
    assert (found.summary.format, found.summary.refused_kind) == ("ms-sds", "missing_file")


def test_a_manifest_makes_it_a_oneroster_bundle(tmp_path):
    manifest = "propertyName,value\noneroster.version,1.2\nfile.users,bulk\n"
    found = read(written(tmp_path / "sds", FILES | {"manifest.csv": manifest}), Source.STUDENT_RECORDS)
    assert found.summary.format == "oneroster"
