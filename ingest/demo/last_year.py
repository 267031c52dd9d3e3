"""Last year's final stage at the demo university: students who have finished or left, so that nobody sees them.

They are there for how well the rating works: whether somebody left or failed follows from habits, and from chance.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from random import Random

from data_access.tables import Mode, Status
from ingest.demo.courses import courses
from ingest.demo.habits import Habits, Kind, anybody, reliable
from ingest.demo.people import names
from ingest.demo.registrations import taken
from ingest.demo.signins import SENIOR_TUTOR, TUTOR
from ingest.demo.students import Place, Student
from ingest.demo.university import University, chance
from ingest.demo.year import Year

_PART = 4  # of this year's students, one in so many
_FIRST_KEY = 110_001
_KINDS = {  # of a thousand students; those who stop, fade or leave without a sign may leave
    Kind.FADE: 125,
    Kind.STOP: 65,
    Kind.LEAVER: 35,
    Kind.RETURN: 60,
    Kind.CARDED: 20,
    Kind.EXCUSED: 30,
    Kind.STEADY: 120,
}
_LEAVE = {Kind.FADE: 0.65, Kind.STOP: 0.75, Kind.LEAVER: 1.0}
_SIGNED_IN = {TUTOR.key, SENIOR_TUTOR.key}
_COMPLETED = timedelta(weeks=4)  # after the last term
_TURNS = range(40, 176)  # taught days before the year's end at which a story turns
_LAGS = range(10, 40)  # and after it, in taught days, student records hear that somebody left
_STRUGGLE, _FALLS_SHORT = 0.2, 27  # the chance of the least diligent, and what it takes from each mark


def last_year(of: University) -> University:
    """The year before that of this university, with a quarter as many students, all in their final stage."""
    year, seed = of.year.before, -1 - of.seed
    rng = chance(seed, "students")
    students = list(_students(year, of, rng))
    return University(year, seed, {}, students, taken(year, students, chance(seed, "modules")))


def _students(year: Year, of: University, rng: Random) -> Iterator[Student]:
    tutors = cycle(sorted({student.tutor for student in of.students} - _SIGNED_IN))
    known = frozenset(of.staff.values()) | {student.name for student in of.students}
    people = names(known, chance(-1 - of.seed, "names"))
    places = list(_places(len(of.students) // _PART))
    kinds = rng.choices(
        [*_KINDS, Kind.ORDINARY], [*_KINDS.values(), 1000 - sum(_KINDS.values())], k=len(places)
    )
    for n, (place, kind) in enumerate(zip(places, kinds, strict=True)):
        turn, lag = rng.choice(_TURNS), rng.choice(_LAGS)
        leaves = rng.random() < _LEAVE.get(kind, 0)
        yield Student(
            key=f"H{_FIRST_KEY + n}",
            name=next(people),
            place=place,
            tutor=next(tutors),
            habits=_habits(kind, turn, rng),
            left=year.calendar.taught_days[lag - 1 - turn] if leaves else year.calendar.last + _COMPLETED,
            left_as=Status.WITHDRAWN if leaves else Status.COMPLETED,
        )


def _places(count: int) -> Iterator[Place]:
    """The final stages of the taught courses, full-time: whoever was on one is there no more."""
    taught = [course for course in courses() if not course.research]
    whole = sum(course.share for course in taught)
    for course in taught:
        for _ in range(max(1, round(count * course.share / whole))):
            yield Place(course, course.years, Mode.FULL_TIME)


def _habits(kind: Kind, turn: int, rng: Random) -> Habits:
    """Anybody's, with the story's turn moved to `turn` taught days before the end; some struggle with the work."""
    if kind is Kind.STEADY:
        return reliable(kind)
    found = anybody(kind, -turn, rng)
    diligence = (found.attends - 0.46) / 0.48
    struggles = rng.random() < _STRUGGLE * (1 - diligence)
    return replace(found, mark=found.mark - _FALLS_SHORT) if struggles else found
