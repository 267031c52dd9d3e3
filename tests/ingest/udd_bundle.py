"""An invented bundle of Jisc's data definitions: four students, two courses, two modules, one personal tutor."""

from tests.ingest.records_reading import tsv

STUDENT = tsv("""
    STUDENT_ID | DOB        | ETHNICITY | SEXID | LAST_NAME | FIRST_NAME | PRIMARY_EMAIL_ADDRESS  | PHOTO_URL
    s1         | 2006-01-02 | 31        | 2     | Okonkwo   | Ada        | ada@students.example   | https://x.example/1
    s2         | 2005-03-04 | 10        | 1     | Müller    | Ben        | ben@students.example   |
    s3         | 1999-05-06 | 98        | 3     |           | Suharto    | s3@students.example    |
    s4         | 2004-07-08 | 22        | 2     | Ferreira  | Dora       | dora@students.example  |
""")

COURSE = tsv("""
    COURSE_ID | TENANT_ID | TITLE               | COURSE_AIM | INST_TIER_1         | INST_TIER_2
    BSC-CS    | 10000001  | Computer Science    | H00        | School of Computing | Software
    PHD-CS    | 10000001  | Computing, research | D00        | School of Computing |
""")

COURSE_INSTANCE = tsv("""
    COURSE_INSTANCE_ID | COURSE_ID | START_DATE | END_DATE   | ACADEMIC_YEAR
    BSC-CS-25          | BSC-CS    | 2025-09-22 | 2026-06-12 | 2025
    BSC-CS-26          | BSC-CS    | 2026-09-21 | 2027-06-11 | 2026
    PHD-CS-26          | PHD-CS    | 2026-10-01 | 2027-09-30 | 2026
""")

_MEMBERSHIPS = """
    STUDENT_COURSE_MEMBERSHIP_ID | STUDENT_ID | COURSE_ID | WITHDRAWAL_REASON | COURSE_OUTCOME |
    COURSE_GRADE | COURSE_AIM_ATTAINED | COURSE_EXPECTED_END_DATE | COURSE_END_DATE | COURSE_JOIN_DATE |
    ACTIVE_MEMBERSHIP | VISA
    ---
    m1 | s1 | BSC-CS |    |    |   |     | 2028-06-02 |            | 2025-09-22 | 1 | Tier4
    m2 | s2 | BSC-CS | 3  | 04 |   |     | 2028-06-02 | 2026-10-30 | 2025-09-22 | 2 |
    m3 | s3 | PHD-CS |    |    |   |     | 2027-09-30 |            | 2023-10-01 | 1 |
    m4 | s4 | BSC-CS |    | 01 | 2 | H00 | 2026-06-12 | 2026-07-03 | 2023-09-25 | 2 |
"""
MEMBERSHIP = tsv(_MEMBERSHIPS)

STAGE = tsv("""
    STUDENT_COURSE_MEMBERSHIP_ID | COURSE_INSTANCE_ID | STUDENT_ID | MODE | YEAR_PRG | PROGRESSION |
    LOCATION_OF_STUDY | ACADEMIC_YEAR
    ---
    m1 | BSC-CS-26 | s1 | 01 | 2 | 10 | Z | 2026
    m1 | BSC-CS-25 | s1 | 01 | 1 | 10 | Z | 2025
    m2 | BSC-CS-26 | s2 | 1  | 2 | 30 | Z | 2026
    m3 | PHD-CS-26 | s3 | 44 | 4 | 10 | Z | 2026
    m4 | BSC-CS-25 | s4 | 31 | 3 | 20 | Z | 2025
""")

STAFF = tsv("""
    STAFF_ID | FIRST_NAME | LAST_NAME   | PRIMARY_EMAIL_ADDRESS
    t1       | Helen      | Fairweather | helen@staff.example
    t2       | Igor       | Nobody      | igor@staff.example
""")

STAFF_LINK = tsv("""
    STAFF_ID | PROPERTY_NAME                | PROPERTY_VALUE | RELATIONSHIP   | SCOPE
    t1       | STUDENT_ID                   | s1             | PERSONAL_TUTOR | here
    t1       | student_course_membership_id | m3             | Personal tutor | here
    t1       | STUDENT_ID                   | s2             | PERSONAL_TUTOR | here
    t2       | MOD_INSTANCE_ID              | ALG-26         | LECTURES       | here
""")

MODULE = tsv("""
    MOD_ID | MOD_NAME   | MOD_CREDITS | CREDIT_BEARING
    ALG    | Algorithms | 20          | 1
    WRI    | Writing    |             | 0
""")

MODULE_INSTANCE = tsv("""
    MOD_INSTANCE_ID | MOD_ID | MOD_PERIOD | MOD_ACADEMIC_YEAR
    ALG-26          | ALG    | SEM1       | 2026
    WRI-26          | WRI    |            | 2026
""")

PERIOD = tsv("""
    PERIOD_CODE | ACADEMIC_YEAR | PERIOD_NAME | PERIOD_START_DATE | PERIOD_END_DATE
    SEM1        | 2026          | Semester 1  | 2026-09-21        | 2027-01-22
    SEM1        | 2025          | Semester 1  | 2025-09-22        | 2026-01-23
""")

STUDENT_MODULE = tsv("""
    STUDENT_COURSE_MEMBERSHIP_ID | MOD_INSTANCE_ID | COURSE_INSTANCE_ID | STUDENT_ID | MOD_START_DATE |
    MOD_END_DATE | MOD_ACADEMIC_YEAR
    ---
    m1 | ALG-26 | BSC-CS-26 | s1 |            | 2027-01-22 | 2026
    m2 | ALG-26 | BSC-CS-26 | s2 | 2026-09-28 | 2026-10-30 | 2026
    m1 | WRI-26 | BSC-CS-26 | s1 | 2026-10-05 | 2026-12-04 | 2026
    m3 | WRI-26 | PHD-CS-26 | s3 | 2026-10-12 | 2026-12-11 | 2026
""")

ASSESSMENT = tsv("""
    ASSESS_INSTANCE_ID | MOD_INSTANCE_ID | ASSESS_TYPE | ASSESS_DETAIL | ASSESS_SUMMATIVE |
    ASSESS_WEIGHT | MOD_ACADEMIC_YEAR
    ---
    CW1 | ALG-26 | 1 | Coursework 1 | 1 | 33.5 | 2026
    EX1 | ALG-26 | 2 | Examination  |   | 66.5 | 2026
    FO1 | ALG-26 | 1 | Practice     | 2 | 50   | 2026
""")

STUDENT_ASSESSMENT = tsv("""
    STUDENT_COURSE_MEMBERSHIP_ID | ASSESS_INSTANCE_ID | ASSESS_SEQ_ID | MOD_INSTANCE_ID | STUDENT_ID |
    ASSESS_DUE_DATE | ASSESS_SUBMISSION_DATE | ASSESS_ACTUAL_MARK | ASSESS_AGREED_MARK
    ---
    m1 | CW1 | 1 | ALG-26 | s1 | 2026-11-06 | 2026-11-07 | 70 | 64.5
    m2 | CW1 | 1 | ALG-26 | s2 | 2026-11-06 |            |    |
    m3 | CW1 | 1 | ALG-26 | s3 | 2026-11-20 | 2026-11-19 | 50 |
    m2 | CW1 | 2 | ALG-26 | s2 | 2026-12-04 | 2026-12-04 |    |
    m1 | EX1 | 1 | ALG-26 | s1 | 2027-01-14 | 2027-01-14 |    | 58
    m2 | EX1 | 1 | ALG-26 | s2 | 2027-01-14 |            |    |
""")

EXTENSION = tsv("""
    CONTROLLER | ENTITY                    | REF_KEY | PROPERTY_NAME | PROPERTY_VALUE
    ours       | student_course_membership | m1      | AGREED_ON     | 2025-09-20
    ours       | student                   | s1      | SPORTS        | Y
""")

FILES = {
    "student.tsv": STUDENT,
    "course.tsv": COURSE,
    "courseinstance.tsv": COURSE_INSTANCE,
    "studentcoursemembership.tsv": MEMBERSHIP,
    "studentcourseinstance.tsv": STAGE,
    "staff.tsv": STAFF,
    "stafflink.tsv": STAFF_LINK,
    "module.tsv": MODULE,
    "moduleinstance.tsv": MODULE_INSTANCE,
    "period.tsv": PERIOD,
    "studentmoduleinstance.tsv": STUDENT_MODULE,
    "assessmentinstance.tsv": ASSESSMENT,
    "studentassessmentinstance.tsv": STUDENT_ASSESSMENT,
    "extension.tsv": EXTENSION,
}


def membership(key: str, changes: dict[str, str]) -> str:
    """The memberships with one of them changed."""
    header, *lines = MEMBERSHIP.splitlines()
    names = header.split("\t")
    rows = [line.split("\t") for line in lines]
    for row in rows:
        if row[0] == key:
            for name, value in changes.items():
                row[names.index(name)] = value
    return "\n".join([header, *("\t".join(row) for row in rows)]) + "\n"


def stage(**changes: str) -> str:
    """The stages, with the latest one of the first membership changed."""
    header, first, *lines = STAGE.splitlines()
    names, row = header.split("\t"), first.split("\t")
    for name, value in changes.items():
        row[names.index(name)] = value
    return "\n".join([header, "\t".join(row), *lines]) + "\n"
