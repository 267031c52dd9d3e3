"""What was loaded about one student: modules, days online, registers, work, and where a feed has a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from privacy.labels import Source


class Presence(StrEnum):
    """What became of a class at which the student was expected."""

    ATTENDED = "attended"
    LATE = "late"
    ABSENT = "absent"
    AUTHORISED = "authorised absence"
    CANCELLED = "cancelled"
    NOT_RECORDED = "not recorded"


class WorkState(StrEnum):
    """What became of a piece of work."""

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "not handed in"
    DUE = "still to come"


@dataclass(frozen=True)
class Studied:
    """A module, and the student's first and last day on it."""

    code: str
    title: str
    first: date
    last: date

    def on(self, day: date) -> bool:
        """Whether the student is on the module that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Online:
    """A day on which the student used a module's pages, and when we were told."""

    on: date
    module: str
    views: int
    loaded: date


@dataclass(frozen=True)
class RegisterLine:
    """One class at which the student was expected, and when we were told."""

    on: date
    module: str
    presence: Presence
    loaded: date


@dataclass(frozen=True)
class Work:
    """One piece of work, due `on` the day that holds for the student; `extended` says that it was moved."""

    on: date
    module: str
    title: str
    extended: bool
    handed_in: date | None
    state: WorkState
    loaded: date


@dataclass(frozen=True)
class Gap:
    """Days, both included, of which a system told us nothing: of one module, or with None of all."""

    system: Source
    module: str | None
    first: date
    last: date
    reason: str

    def covers(self, day: date, module: str) -> bool:
        """Whether nothing was told of that module on that day."""
        return self.first <= day <= self.last and self.module in (None, module)


@dataclass(frozen=True)
class Reach:
    """How far a system's data go. Without an entry a system has never told us anything."""

    up_to: date
    loaded: date


@dataclass(frozen=True)
class Facts:
    """What was loaded about one student: modules, days online, registers and work, oldest first."""

    modules: Sequence[Studied] = ()
    online: Sequence[Online] = ()
    registers: Sequence[RegisterLine] = ()
    work: Sequence[Work] = ()
    gaps: Sequence[Gap] = ()
    reach: Mapping[Source, Reach] = field(default_factory=dict)

    def told(self, system: Source, day: date, module: str) -> bool:
        """Whether the system told us of that module on that day at all."""
        return not any(gap.system is system and gap.covers(day, module) for gap in self.gaps)

    def trusted(self, line: RegisterLine) -> RegisterLine:
        """The line; or, as in the measure, the same class as not recorded where its register lies in a gap."""
        if line.presence is Presence.CANCELLED or self.told(Source.ATTENDANCE, line.on, line.module):
            return line
        return replace(line, presence=Presence.NOT_RECORDED)
