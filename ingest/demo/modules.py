"""The modules of the year: what is taught on each stage of a course, and when in the week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.records import ModuleRecord
from ingest.demo.courses import Course
from ingest.demo.year import SEMESTERS, TERMS, Year

_CREDITS, _DISSERTATION, _RESEARCH = 20, 60, 120
# Wednesday afternoons are free for sport, as everywhere.
_HOURS = tuple((day, hour) for day in range(5) for hour in (9, 11, 14, 16) if day != 2 or hour < 12)


@dataclass(frozen=True)
class Slot:
    """A class in every taught week: the day of the week from Monday 0, the hour, and how many hours."""

    kind: str
    day: int
    hour: int
    hours: int


@dataclass(frozen=True)
class Module:
    """One delivery. `weeks` are the Mondays of the weeks it is taught in; `part_time`: taken by all alike."""

    record: ModuleRecord
    course: Course
    weeks: tuple[date, ...]
    slots: tuple[Slot, ...]
    part_time: bool

    @property
    def code(self) -> str:
        """The code of this delivery."""
        return self.record.code


def taught(year: Year, course: Course, stage: int, rng: Random) -> Iterator[Module]:
    """The modules of one stage, as many in each semester, whose classes never clash; then the dissertation."""
    titles = course.stages[stage - 1]
    each = len(titles) // len(SEMESTERS)
    for semester in range(len(SEMESTERS)):
        hours = rng.sample(_HOURS, 2 * each + 1)
        for n in range(each):
            place = semester * each + n
            record = ModuleRecord(
                _code(year, course, stage, place + 1), titles[place], _CREDITS, *year.semester(semester)
            )
            lecture, small = hours[2 * n : 2 * n + 2]
            slots = (Slot("Lecture", *lecture, hours=1), Slot(course.small_class, *small, hours=2))
            # Part-time students leave the last module of each semester for another year.
            yield _module(year, course, record, slots, part_time=n < each - 1)
    if course.dissertation:
        summer = year.calendar.first + timedelta(weeks=TERMS["Summer"][0])
        record = ModuleRecord(
            _code(year, course, stage, 9), course.dissertation, _DISSERTATION, summer, year.calendar.last
        )
        yield _module(year, course, record, (Slot(course.small_class, *hours[-1], hours=2),))


def supervised(year: Year, course: Course, stage: int, n: int, rng: Random) -> Module:
    """The module of one research student: a seminar, and what is written on the way."""
    record = ModuleRecord(
        _code(year, course, stage, n),
        course.stages[0][0],
        _RESEARCH,
        year.calendar.first,
        year.calendar.last,
    )
    return _module(year, course, record, (Slot(course.small_class, *rng.choice(_HOURS), hours=1),))


def _module(
    year: Year, course: Course, record: ModuleRecord, slots: tuple[Slot, ...], *, part_time: bool = True
) -> Module:
    weeks = year.taught_weeks(record.starts, record.ends)
    return Module(record, course, tuple(weeks), slots, part_time)


def _code(year: Year, course: Course, stage: int, n: int) -> str:
    level = 8 if course.research else 7 if course.years == 1 else 3 + stage
    return f"{course.code}{level}{stage}{n:02}-{year.calendar.year[2:4]}"
