"""People, the keys by which other systems know them, and how students can be reached, from staged student records."""

from collections.abc import Mapping

from data_access.records import ContactRecord, IdentityRecord, PersonRecord
from data_access.tables import ContactKind
from ingest.admission import Admission, Cells
from ingest.template.student_records import Identity, Staff, Student
from privacy.labels import Source

_KINDS = {"university_email": ContactKind.EMAIL, "phone": ContactKind.PHONE}
_TWO_NAMES = (
    "The same key stands among students and among staff with different names. Correct one of the two."
)


def people(admission: Admission) -> tuple[list[PersonRecord], list[ContactRecord]]:
    """Students and staff, and the students' contact details. Who is both, under one key and name, is one person."""
    students = admission.rows(Student, "student_id")
    staff = admission.rows(Staff, "staff_id")
    as_student = {row["student_id"]: _name(row) for row in students}
    as_staff = {row["staff_id"]: _name(row) for row in staff}
    students = admission.sound(
        Student, students, "student_id", lambda r: _other_name(r["student_id"], as_staff, r)
    )
    staff = admission.sound(Staff, staff, "staff_id", lambda r: _other_name(r["staff_id"], as_student, r))
    found = {row["student_id"]: row for row in students} | {row["staff_id"]: row for row in staff}
    return (
        [PersonRecord(key, *_name(row)) for key, row in found.items()],
        [
            ContactRecord(row["student_id"], kind, row[column])
            for row in students
            for column, kind in _KINDS.items()
            if row[column]
        ],
    )


def _name(row: Cells) -> tuple[str, str]:
    return row["given_name"], row["family_name"] or ""


def _other_name(key: str, elsewhere: Mapping[str, tuple[str, str]], row: Cells) -> str | None:
    return _TWO_NAMES if elsewhere.get(key, _name(row)) != _name(row) else None


def identities(admission: Admission, persons: frozenset[str]) -> list[IdentityRecord]:
    """Other systems' keys. One that is told for two people belongs, as far as we can tell, to neither."""
    rows = admission.rows(Identity, "key", "system")
    rows = admission.known(Identity, rows, "person_id", "person", persons)
    return [IdentityRecord(Source(r["system"]), r["key"], r["person_id"]) for r in rows]
