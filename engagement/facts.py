"""What was loaded about one student: modules, days online, registers, work, and where a feed has a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

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
class Agreed:
    """What a research student was to do `on` a day: reach the milestone of that title, or meet a supervisor."""

    on: date
    title: str | None
    done: date | None
    loaded: date


@dataclass(frozen=True)
class Away:
    """Days, both included, on which nothing was expected of this student, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True)
class Reach:
    """How far a system's data go. Without an entry a system has never told us anything."""

    up_to: date
    loaded: date


@dataclass(frozen=True)
class Facts:
    """What was loaded about one student: modules, days online, registers and work, oldest first.

    `interrupted` are the interruptions of study; `scores` holds each module's score by the Monday of its week,
    in hundredths.
    """

    modules: Sequence[Studied] = ()
    online: Sequence[Online] = ()
    registers: Sequence[RegisterLine] = ()
    work: Sequence[Work] = ()
    gaps: Sequence[Gap] = ()
    agreed: Sequence[Agreed] = ()
    interrupted: Sequence[Away] = ()
    scores: Mapping[str, Sequence[tuple[date, int | None]]] = field(default_factory=dict)
    reach: Mapping[Source, Reach] = field(default_factory=dict)

    def of(self, module: str | None, system: Source | None) -> "Facts":
        """The facts of one module, of what one system tells, or of both; None leaves out nothing.

        Meetings and milestones belong to no module, and stay only where all is looked at.
        """

        def kept(rows: Sequence[Any], of: Source) -> Sequence[Any]:
            wanted = system in (None, of)
            return [row for row in rows if wanted and module in (None, row.module)]

        everything = module is None and system is None
        return replace(
            self,
            modules=[one for one in self.modules if module in (None, one.code)],
            online=kept(self.online, Source.VLE),
            registers=kept(self.registers, Source.ATTENDANCE),
            work=kept(self.work, Source.STUDENT_RECORDS),
            gaps=[gap for gap in self.gaps if None in (module, gap.module) or gap.module == module],
            agreed=self.agreed if everything else (),
            reach={s: reach for s, reach in self.reach.items() if system in (None, s)},
        )

    def told(self, system: Source, day: date, module: str) -> bool:
        """Whether the system told us of that module on that day at all."""
        return not any(gap.system is system and gap.covers(day, module) for gap in self.gaps)

    def trusted(self, line: RegisterLine) -> RegisterLine:
        """The line; or, as in the measure, the same class as not recorded where its register lies in a gap."""
        if line.presence is Presence.CANCELLED or self.told(Source.ATTENDANCE, line.on, line.module):
            return line
        return replace(line, presence=Presence.NOT_RECORDED)
