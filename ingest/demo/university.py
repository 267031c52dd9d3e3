"""The demo university of one day: its year, its people, and who has taken what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from random import Random

from ingest.demo.courses import courses
from ingest.demo.modules import Module
from ingest.demo.people import Name, names
from ingest.demo.registrations import Taken, taken
from ingest.demo.signins import SENIOR_TUTOR, SIGN_INS, TUTOR
from ingest.demo.stories import STORIES
from ingest.demo.students import Student, students, tutors_needed
from ingest.demo.year import Year, around

_FIRST_TUTOR = 1101


@dataclass(frozen=True)
class University:
    """The year, the staff by key, the students, and their registrations. All follow from day, size and seed."""

    year: Year
    seed: int
    staff: dict[str, Name]
    students: list[Student]
    taken: list[Taken]

    @cached_property
    def modules(self) -> list[Module]:
        """Every module of the year that somebody takes."""
        return list({one.module.code: one.module for one in self.taken}.values())

    def chance(self, what: str) -> Random:
        """The chance for one kind of thing: one each, so that none depends on how much there is of another."""
        return chance(self.seed, what)


def university(today: date, size: int, seed: int) -> University:
    """The university on that day with about so many students."""
    year = around(today)
    named = {one.key: one.name for one in SIGN_INS if one.key.startswith("S")}
    people = names(frozenset(named.values()) | {story.name for story in STORIES}, chance(seed, "names"))
    tutors = _tutors(size)
    staff = named | {key: next(people) for keys in tutors.values() for key in keys if key not in named}
    found = students(year, size, tutors, people, chance(seed, "students"))
    return University(year, seed, staff, found, taken(year, found, chance(seed, "modules")))


def chance(seed: int, what: str) -> Random:
    """Numbers for one kind of thing, always the same for one seed."""
    return Random(f"{seed}/{what}")  # noqa: S311 - a demo, no secret


def _tutors(size: int) -> dict[str, list[str]]:
    """The keys of each school's tutors; the two who can sign in are in the school of the stories."""
    course = next(course for course in courses() if course.code == STORIES[0].course)
    signed_in = {course.school: [TUTOR.key, SENIOR_TUTOR.key]}
    keys: Iterator[str] = (f"S{number}" for number in count(_FIRST_TUTOR))
    return {
        school: (own := signed_in.get(school, [])) + [next(keys) for _ in range(needed - len(own))]
        for school, needed in tutors_needed(size).items()
    }
