"""Who is registered on which module: for the whole year, next semester's too."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.records import RegistrationRecord
from data_access.tables import Mode
from ingest.demo.courses import Course, courses
from ingest.demo.modules import Module, supervised, taught
from ingest.demo.students import Student
from ingest.demo.year import Year


@dataclass(frozen=True)
class Taken:
    """A student's registration on a module, both days included."""

    student: Student
    module: Module
    first: date
    last: date

    @property
    def record(self) -> RegistrationRecord:
        """The registration as student records have it."""
        return RegistrationRecord(
            self.student.key, self.module.code, self.student.enrolment, self.first, self.last
        )


def taken(year: Year, students: list[Student], rng: Random) -> list[Taken]:
    """Every registration of the year, stage by stage."""
    groups: dict[tuple[Course, int], list[Student]] = defaultdict(list)
    for student in students:
        groups[student.place.course, student.place.stage].append(student)
    stages = [(course, stage) for course in courses() for stage in range(1, course.years + 1)]
    return [one for stage in stages if groups[stage] for one in _stage(year, *stage, groups[stage], rng)]


def _stage(year: Year, course: Course, stage: int, group: list[Student], rng: Random) -> Iterator[Taken]:
    if course.research:
        for n, student in enumerate(group, start=1):
            yield from _on(supervised(year, course, stage, n, rng), [student])
        return
    for module in taught(year, course, stage, rng):
        yield from _on(module, [s for s in group if module.part_time or s.place.mode is Mode.FULL_TIME])


def _on(module: Module, group: list[Student]) -> Iterator[Taken]:
    """The group's registrations; one who leaves is on the module until then, or never."""
    starts, ends = module.record.starts, module.record.ends
    for student in group:
        last = min(ends, student.left - timedelta(days=1)) if student.left else ends
        if starts <= last:
            yield Taken(student, module, starts, last)
