"""Roles and cover as people hold them: who, from when to when, given by whom, and why."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Grant:
    """A role of one colleague, both days included; without a last day it stands until it is taken away.

    `due` says that nobody has found it needed for as long as policy allows; `own` that it is the asking
    administrator's, which another one looks after.
    """

    id: int
    name: str
    username: str
    role: str
    title: str
    first: date
    last: date | None
    given_by: str
    reason: str
    reviewed_on: date | None
    reviewed_by: str | None
    due: bool
    own: bool

    @property
    def looked_at(self) -> date:
        """The day on which somebody last found it needed: the last review, or else its first day."""
        return self.reviewed_on or self.first


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account, and the roles they hold or will hold, in the usual order."""

    name: str
    username: str
    own: bool
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class Tutor:
    """A personal tutor by their opaque id, and how many tutees they have today."""

    id: str
    name: str
    tutees: int


@dataclass(frozen=True)
class Cover:
    """Somebody who sees an absent tutor's tutees for a while. The reason names the tutor who is absent."""

    id: int
    covering: str
    reason: str
    first: date
    last: date
    tutees: int
    given_by: str
