"""What was loaded about one student: modules, days online, registers, work, and where a feed has a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from privacy.labels import Source

USUAL = 2
"""Days that a feed may be behind without a word: a weekend."""


class Presence(StrEnum):
    """What became of a class at which the student was expected."""

    ATTENDED = "attended"
    LATE = "late"
    ABSENT = "absent"
    AUTHORISED = "authorised absence"
    CANCELLED = "cancelled"
    NOT_RECORDED = "not recorded"
    DISPUTED = "disputed"


class WorkState(StrEnum):
    """What became of a piece of work. It is open until its day is over and student records have told of that day."""

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "not handed in"
    OPEN = "open"


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
    """A day on which the student used a module's pages, and when we were told.

    Here and below `disputed` is the day on which the student said that what is recorded is wrong.
    """

    on: date
    module: str
    views: int
    loaded: date
    disputed: date | None = None


@dataclass(frozen=True)
class RegisterLine:
    """One class at which the student was expected, and when we were told."""

    on: date
    module: str
    presence: Presence
    loaded: date
    disputed: date | None = None


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
    disputed: date | None = None


@dataclass(frozen=True)
class Gap:
    """Days, both included, of which a system told us nothing: of one module, or with None of all.

    It is `noted` when it is on record, or longer than a weekend: beside it nothing is held against what was before.
    """

    system: Source
    module: str | None
    first: date
    last: date
    reason: str
    noted: bool = True

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
    disputed: date | None = None


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

    @property
    def counted_online(self) -> Sequence[Online]:
        """The days online that count: no gap in the feed, and not disputed."""
        return [o for o in self.online if not o.disputed and self.told(Source.VLE, o.on, o.module)]

    def told(self, system: Source, day: date, module: str) -> bool:
        """Whether the system told us of that module on that day at all."""
        return not any(gap.system is system and gap.covers(day, module) for gap in self.gaps)

    def behind(self, system: Source, day: date) -> bool:
        """Whether what the system told us ends well before that day: not where it never told us anything."""
        reach = self.reach.get(system)
        return bool(reach and (day - reach.up_to).days > USUAL)

    def trusted(self, line: RegisterLine) -> RegisterLine:
        """The line; or, as in the measure, the same class as not recorded where its register lies in a gap.

        What its student disputes says nothing until it is settled.
        """
        if line.disputed:
            return replace(line, presence=Presence.DISPUTED)
        if line.presence is Presence.CANCELLED or self.told(Source.ATTENDANCE, line.on, line.module):
            return line
        return replace(line, presence=Presence.NOT_RECORDED)
