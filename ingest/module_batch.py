"""Modules, the keys by which other systems know them, and registrations, from staged student records."""

from collections import defaultdict
from collections.abc import Mapping

from data_access.records import ModuleKeyRecord, ModuleRecord, RegistrationRecord
from ingest.admission import Admission, Cells
from ingest.enrolment_batch import of_its_student
from ingest.template.student_records import ModuleDelivery, ModuleIdentity, ModuleRegistration
from privacy.labels import Source


def modules(admission: Admission) -> list[ModuleRecord]:
    """Deliveries of modules."""
    rows = admission.rows(ModuleDelivery, "module_id")
    return [
        ModuleRecord(r["module_id"], r["module_title"], r["credits"], r["start_date"], r["end_date"])
        for r in rows
    ]


def module_keys(admission: Admission, codes: frozenset[str]) -> list[ModuleKeyRecord]:
    """Other systems' keys. One that is told for two modules belongs, as far as we can tell, to neither."""
    rows = admission.rows(ModuleIdentity, "key", "system")
    rows = admission.known(ModuleIdentity, rows, "module_id", "module", codes)
    return [ModuleKeyRecord(Source(r["system"]), r["key"], r["module_id"]) for r in rows]


def registrations(
    admission: Admission, persons: frozenset[str], codes: frozenset[str], whose: Mapping[str, str]
) -> list[RegistrationRecord]:
    """Who is on which module. Where a row names no enrolment, it is the student's only one."""
    only = _only(whose)

    def resolve(row: Cells) -> Cells:
        return row | {"enrolment_id": row["enrolment_id"] or only.get(row["student_id"], "")}

    rows = admission.rows(ModuleRegistration, "student_id", "module_id", resolve=resolve)
    rows = admission.known(ModuleRegistration, rows, "student_id", "student", persons)
    rows = admission.known(ModuleRegistration, rows, "module_id", "module", codes)
    rows = admission.known(ModuleRegistration, rows, "enrolment_id", "enrolment", frozenset(whose))
    rows = admission.sound(ModuleRegistration, rows, "student_id", of_its_student(whose))
    return [
        RegistrationRecord(
            r["student_id"], r["module_id"], r["enrolment_id"], r["from_date"], r["until_date"]
        )
        for r in rows
    ]


def _only(whose: Mapping[str, str]) -> dict[str, str]:
    """The enrolment of each student who has but one."""
    enrolments: dict[str, list[str]] = defaultdict(list)
    for enrolment, student in whose.items():
        enrolments[student].append(enrolment)
    return {student: keys[0] for student, keys in enrolments.items() if len(keys) == 1}
