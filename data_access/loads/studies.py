"""Schools, courses, modules with other systems' keys, enrolments and registrations as rows."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Values, compare
from data_access.loads.numbers import Nouns
from data_access.loads.whole import certain, numbered, told_no_longer
from data_access.records import Batch, EnrolmentRecord
from data_access.tables import Course, Enrolment, Module, ModuleKey, Registration, School


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """What is studied, and by whom. A row that the batch does not speak of stays as it is."""
    return [
        *_courses(session, nouns, batch, run),
        _modules(session, nouns, batch, run),
        _module_keys(session, nouns, batch, run),
        _enrolments(session, nouns, batch.enrolments, run),
        *_registrations(session, nouns, batch, run),
    ]


def _courses(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    names = list(dict.fromkeys(course.school for course in batch.courses))
    nouns.schools.mint(names)
    nouns.courses.mint(course.code for course in batch.courses)
    schools: list[Values] = [{"id": nouns.schools[name], "name": name, "run": run} for name in names]
    courses: list[Values] = [
        asdict(course)
        | {"id": nouns.courses[course.code], "school": nouns.schools[course.school], "run": run}
        for course in batch.courses
    ]
    return [
        compare(session, schools, (School.id,), School.id),
        compare(session, courses, (Course.id,), Course.id),
    ]


def _modules(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.modules.mint(module.code for module in batch.modules)
    rows: list[Values] = [
        asdict(module) | {"id": nouns.modules[module.code], "run": run} for module in batch.modules
    ]
    return compare(session, rows, (Module.id,), Module.id)


def _module_keys(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.modules.learn(one.module for one in batch.module_keys)
    rows: list[Values] = [
        asdict(one) | {"module": nouns.modules[one.module], "run": run} for one in batch.module_keys
    ]
    return compare(session, rows, (ModuleKey.system, ModuleKey.key), ModuleKey.key)


def _enrolments(session: Session, nouns: Nouns, enrolments: Sequence[EnrolmentRecord], run: int) -> Change:
    nouns.enrolments.mint(enrolment.key for enrolment in enrolments)
    nouns.people.learn(enrolment.student for enrolment in enrolments)
    nouns.courses.learn(enrolment.course for enrolment in enrolments)
    rows: list[Values] = [
        {
            "id": nouns.enrolments[enrolment.key],
            "key": enrolment.key,
            "student": nouns.people[enrolment.student],
            "course": nouns.courses[enrolment.course],
            "mode": enrolment.mode,
            "stage": enrolment.stage,
            "starts": enrolment.starts,
            "expected_end": enrolment.expected_end,
            "run": run,
        }
        for enrolment in enrolments
    ]
    return compare(session, rows, (Enrolment.id,), Enrolment.id)


def _registrations(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """Who is on which module. A registration goes when a whole sheet speaks of both and tells it no longer.

    One on a module that the sheet does not speak of stays: last year's modules are not in this year's sheet.
    """
    nouns.people.learn(registration.student for registration in batch.registrations)
    nouns.modules.learn(registration.module for registration in batch.registrations)
    nouns.enrolments.learn(registration.enrolment for registration in batch.registrations)
    rows: list[Values] = [
        {
            "student": nouns.people[registration.student],
            "module": nouns.modules[registration.module],
            "enrolment": nouns.enrolments[registration.enrolment],
            "first": registration.first,
            "last": registration.last,
            "run": run,
        }
        for registration in batch.registrations
    ]
    key = (Registration.student, Registration.module)
    students = certain(batch, "registrations", (one.student for one in batch.registrations))
    gone = told_no_longer(session, rows, key, Registration.student, numbered(nouns.people, students))
    modules = {row["module"] for row in rows}
    spoken_of = [row for row in gone.delete if row["module"] in modules]
    return [
        replace(gone, delete=spoken_of),
        compare(session, rows, key, Registration.student),
    ]
