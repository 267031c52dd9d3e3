"""Research students' supervision meetings and milestones: those of the whole year, and what has been done so far."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random

from data_access.records import MilestoneRecord, SupervisionRecord
from ingest.demo.habits import Kind
from ingest.demo.students import Student
from ingest.demo.year import Year
from policy.days import number

_FIRST, _EVERY, _MEETINGS = 9, 21, 13  # days into the year, days between two, and how many
_MILESTONES = {  # weeks into the year
    "Project registration": 5,
    "Ethics approval": 12,
    "Data management plan": 19,
    "Annual progress review": 26,
    "Thesis outline": 33,
}
_LAPSED = 60  # days ago that the story's supervision ended; the first meeting of the year was held
_HELD, _LATE = 0.9, 0.15  # of meetings that are held at all, of milestones that are late


def meetings(year: Year, students: Iterable[Student], rng: Random) -> Iterator[SupervisionRecord]:
    """Every third week, vacations or not; most are held on their day or within the two days before."""
    for student in _research(students):
        for n in range(_MEETINGS):
            due = number(year.calendar.first) + _FIRST + n * _EVERY
            held, early = rng.random() < _HELD, rng.randrange(3)
            if student.habits.kind is Kind.LAPSED:
                held = n == 0 or not _lapsed(year, due)
            yield SupervisionRecord(student.key, due, _so_far(year, student, due - early if held else None))


def milestones(year: Year, students: Iterable[Student], rng: Random) -> Iterator[MilestoneRecord]:
    """Five a year, met some days before they are due, or some after."""
    for student in _research(students):
        for title, weeks in _MILESTONES.items():
            due = number(year.calendar.first + timedelta(weeks=weeks)) + rng.randrange(5)
            late, by = rng.random() < _LATE, rng.randint(1, 9)
            met: int | None = due + by if late else due - by
            if student.habits.kind is Kind.LAPSED:
                met = None if _lapsed(year, due) else due
            yield MilestoneRecord(student.key, title, due, _so_far(year, student, met))


def _research(students: Iterable[Student]) -> Iterator[Student]:
    return (student for student in students if student.place.course.research)


def _lapsed(year: Year, due: int) -> bool:
    return due > number(year.today) - _LAPSED


def _so_far(year: Year, student: Student, day: int | None) -> int | None:
    """The day, if it has come, and the student was still there."""
    last = min(year.yesterday, student.left - timedelta(days=1)) if student.left else year.yesterday
    return day if day is not None and day <= number(last) else None
