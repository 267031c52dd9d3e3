"""The university's name, its schools and courses: read from `courses.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data_access.tables import Level

UNIVERSITY = "University of Harrowmere"
SUPPORT = "IT Help at Harrowmere"
CONTACT = "it-help@harrowmere.example"


@dataclass(frozen=True)
class Course:
    """One course. `share` is in thousandths of all students, `part_time` in hundredths of the course's.

    `small_class` is what its smaller classes are called, `work` what its students hand in.
    """

    code: str
    title: str
    school: str
    level: Level
    share: int
    part_time: int
    small_class: str
    work: tuple[str, ...]
    stages: tuple[tuple[str, ...], ...]
    dissertation: str | None = None

    @property
    def research(self) -> bool:
        """Whether it is rated by supervision and milestones, in place of classes and coursework."""
        return self.level is Level.RESEARCH

    @property
    def years(self) -> int:
        """How long it takes full-time."""
        return 3 if self.research else len(self.stages)


@cache
def courses() -> tuple[Course, ...]:
    """The catalogue, school by school."""
    text = Path(__file__).with_name("courses.toml").read_text("utf-8")
    return tuple(
        Course(
            **{
                **course,
                "school": school["name"],
                "level": Level(course["level"]),
                "work": tuple(course["work"]),
                "stages": tuple(tuple(titles) for titles in course["stages"]),
            }
        )
        for school in tomllib.loads(text)["school"]
        for course in school["course"]
    )
