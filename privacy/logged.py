"""The access log on a page: what somebody wants to see of it, and a line of it, by pseudonyms alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engagement import words
from policy.days import london_day

SESSION = "session"
"""The category of what is about signing in, accounts and roles, and about no record."""
ACTIONS: Mapping[str, str] = {
    "read": "Records read",
    "write": "Records written",
    SESSION: "Signing in, accounts and roles",
}


@dataclass(frozen=True)
class Wanted:
    """One day of the log; with a role, one of the ACTIONS or an outcome only the lines that have it."""

    day: date
    role: str = ""
    action: str = ""
    allowed: bool | None = None


@dataclass(frozen=True)
class Entry:
    """One line. `actor` and `students` are pseudonyms; `action` is an act on records, or an event of a session."""

    number: int
    at: datetime
    actor: str
    role: str
    action: str
    category: str
    basis: str
    students: tuple[str, ...]
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Day:
    """The lines of a day, the latest first, of which there are `all` in the log."""

    lines: tuple[Entry, ...]
    all: int


@dataclass(frozen=True)
class Cut:
    """That the lines up to this one, of this moment, were disposed of under a certificate with this number."""

    certificate: int
    line: int
    until: datetime

    @property
    def said(self) -> str:
        """`Lines up to number 412, of 22 November 2026, were disposed of under certificate 7.`"""
        day = london_day(self.until)
        return (
            f"Lines up to number {self.line:,}, of {words.day(day)} {day.year}, were disposed of under certificate "
            f"{self.certificate}."
        )
