"""Presentations: a module delivered from February (B) or October (J), and the years it is moved by."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from auth.refusals import Refusal
from data_access.records import CourseRecord, ModuleRecord
from data_access.tables import Level
from ingest.oulad.rows import Faulty, Row, Shape, read
from ingest.oulad.tally import Tally

_MONTHS = {"B": 2, "J": 10}
_SHAPE = Shape(
    ("code_module", "code_presentation", "module_presentation_length"), ("code_module", "code_presentation")
)
_SCHOOL = "Open data set"
_CREDITS = 60


class NoPresentations(Refusal):
    """The table courses has no presentation that can be used."""


@dataclass(frozen=True)
class Presentation:
    """One delivery of a module. Its days count from 0; the files have clicks up to and on day `length`."""

    module: str
    name: str
    starts: date
    length: int

    @property
    def code(self) -> str:
        """The module's code in the store, such as AAA-2013J."""
        return f"{self.module}-{self.name}"

    @property
    def ends(self) -> date:
        """The last day."""
        return self.date(self.length)

    def date(self, day: int) -> date:
        """The date of a day of the presentation."""
        return self.starts + timedelta(days=day)


def of(module: str, name: str) -> str:
    """The code of a presentation by the two columns that name it in every table."""
    return f"{module}-{name}"


def presentations(file: Path, tally: Tally) -> list[Presentation]:
    """The presentations in the years they were given in, in the order of the file."""
    found = read(file, _SHAPE, tally, _presentation)
    if not found:
        raise NoPresentations
    return found


def moved(all_of_them: Sequence[Presentation], clicked: Iterable[str], today: date) -> list[Presentation]:
    """All by the same whole number of years: the latest with clicks began within the year up to today.

    Where none has clicks, the latest of all did. `clicked` are codes.
    """
    codes = set(clicked)
    latest = max(p.starts for p in all_of_them if p.code in codes or not codes)
    years = today.year - latest.year
    if _later(latest, years) > today:
        years -= 1
    return [replace(p, starts=_later(p.starts, years)) for p in all_of_them]


def courses(of_them: Iterable[Presentation]) -> list[CourseRecord]:
    """Each module as a course, in one school."""
    modules = dict.fromkeys(p.module for p in of_them)
    return [CourseRecord(code, f"Module {code}", _SCHOOL, Level.UNDERGRADUATE) for code in modules]


def modules(of_them: Iterable[Presentation]) -> list[ModuleRecord]:
    """Each presentation as a module. The files give no credits of modules: every one counts 60."""
    return [
        ModuleRecord(p.code, f"Module {p.module}, presentation {p.name}", _CREDITS, p.starts, p.ends)
        for p in of_them
    ]


def _later(first: date, years: int) -> date:
    return first.replace(year=first.year + years)  # the first of a month, so every year has it


def _presentation(row: Row) -> Presentation:
    name = row.text("code_presentation")
    parts = re.fullmatch(r"((?:19|20)\d\d)([BJ])", name)
    length = row.whole("module_presentation_length")
    if not parts:
        raise Faulty("code_presentation is not a year and B or J")
    if not 1 <= length <= 1000:
        raise Faulty("module_presentation_length is not a number of days")
    starts = date(int(parts[1]), _MONTHS[parts[2]], 1)
    return Presentation(row.text("code_module"), name, starts, length)
