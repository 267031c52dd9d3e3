"""A register that is printed: its title, what it is for, and parts of sentences and tables; and one print of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from policy.days import LONDON

Cell = str | int
NOT_YET = "not filled in yet"


@dataclass(frozen=True)
class Table:
    """Rows under a heading. `about` says what they are; where there is no row `none` stands in their place."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""
    none: str = "None."


@dataclass(frozen=True)
class Text:
    """Sentences under a heading, each a paragraph."""

    title: str
    sentences: tuple[str, ...]


Part = Table | Text


@dataclass(frozen=True)
class Register:
    """One register. `name` stands in addresses and files, `about` says what it is for."""

    name: str
    title: str
    about: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Print:
    """A register as it was printed: of which university, when, by which version, from which configuration."""

    register: Register
    institution: str
    version: str
    sha256: str
    at: datetime

    @property
    def stamp(self) -> tuple[str, ...]:
        """What every print says of itself."""
        return (
            f"Printed on {self.at.astimezone(LONDON):%-d %B %Y at %H:%M} by Learner Analytics {self.version}.",
            f"Made from the configuration with the SHA-256 {self.sha256}.",
        )

    @property
    def file(self) -> str:
        """The name of its files, without the ending."""
        return f"{self.register.name}-{self.at.astimezone(LONDON):%Y-%m-%d}"


def day(on: date | None) -> str:
    """`23 November 2026`; nothing where there is none."""
    return f"{on:%-d %B %Y}" if on else ""


def said(value: str | None) -> str:
    """The words, or that nobody has filled them in."""
    return value or NOT_YET


def listed(values: Sequence[str], none: str = "none") -> str:
    """One after the other, with semicolons."""
    return "; ".join(values) or none


def a_year_on(on: date | None) -> date | None:
    """The day a year later, by which something is looked over again; of 29 February the 28th."""
    if on is None:
        return None
    return on.replace(year=on.year + 1, day=28 if (on.month, on.day) == (2, 29) else on.day)
