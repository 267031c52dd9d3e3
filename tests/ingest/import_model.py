"""What loads of registers and of the list of students must leave behind, worked out in plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engagement.studies import Register

Pair = tuple[str, str]
"""A student and a class."""

STUDENTS = tuple(f"w{n:03d}" for n in range(1, 7))
DAYS = {"T1": 1, "T2": 3, "T3": 5, "T4": 2, "T5": 3, "T6": 4}
"""The classes, and the day of October on which each was held."""
MODULES = {event: "M1" if event < "T4" else "M2" for event in DAYS}
SLIP = "presnt"
"""What a bad row says in place of what the register said."""


@dataclass(frozen=True)
class Registers:
    """A file of registers: the marks in it, pairs whose mark has a slip, and how often its first row stands again."""

    good: Mapping[Pair, Register]
    bad: Sequence[Pair] = ()
    again: int = 0

    @property
    def lines(self) -> list[str]:
        """The rows of the file."""
        good = [f"{student},{event},{mark}" for (student, event), mark in self.good.items()]
        return good + [f"{student},{event},{SLIP}" for student, event in self.bad] + good[:1] * self.again

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day that it speaks for."""
        found = [DAYS[event] for _, event in self.good]
        return min(found), max(found)

    @property
    def modules(self) -> set[str]:
        """The modules that it speaks for."""
        return {MODULES[event] for _, event in self.good}


@dataclass(frozen=True)
class Loaded:
    """A file that was loaded, and when it had been taken."""

    lines: tuple[str, ...]
    days: tuple[int, int]
    modules: set[str]
    taken_at: datetime
    order: int


@dataclass
class Model:
    """What is stored: names, marks, the slips that wait with the file they came in, those set aside or put right."""

    names: dict[str, str] = field(default_factory=dict)
    marks: dict[Pair, Register] = field(default_factory=dict)
    waiting: dict[Pair, tuple[str, ...]] = field(default_factory=dict)
    aside: set[Pair] = field(default_factory=set)
    put_right: set[tuple[tuple[str, ...], Pair]] = field(default_factory=set)
    loads: list[Loaded] = field(default_factory=list)
    runs: int = 0

    def older(self, file: Registers, taken_at: datetime) -> bool:
        """Whether what is stored for the file's days and modules is newer."""
        first, last = file.days
        near = [load for load in self.loads if first <= load.days[1] and load.days[0] <= last]
        met = [load for load in near if load.modules & file.modules]
        if not met:
            return False
        newest = max(met, key=lambda load: (load.taken_at, load.order))
        lines = tuple(file.lines)
        if newest.lines == lines:
            return False
        return taken_at < newest.taken_at or any(load.lines == lines for load in met)

    def corrected(self, file: Registers) -> int:
        """How many marks the file changes."""
        return sum(self.marks.get(pair, mark) != mark for pair, mark in file.good.items())

    def new(self, file: Registers) -> int:
        """How many marks the file adds."""
        return len(file.good.keys() - self.marks.keys())

    def late(self, file: Registers) -> int:
        """How many marks the file adds on days that earlier loads had reached."""
        reached = max((load.days[1] for load in self.loads), default=0)
        return sum(DAYS[event] <= reached for _, event in file.good.keys() - self.marks.keys())

    def load(self, file: Registers, taken_at: datetime) -> None:
        """Take the file in."""
        lines = tuple(file.lines)
        for pair in file.good.keys() & self.waiting.keys():
            self.put_right.add((self.waiting.pop(pair), pair))
        for pair in file.bad:
            if pair not in self.aside and (lines, pair) not in self.put_right:
                self.waiting[pair] = lines
        self.marks |= file.good
        self.runs += 1
        self.loads.append(Loaded(lines, file.days, file.modules, taken_at, self.runs))

    def replay(self, mended: Mapping[Pair, Register]) -> None:
        """Take in the slips that were put right."""
        for pair in mended:
            self.put_right.add((self.waiting.pop(pair), pair))
        self.marks |= mended
        self.runs += 1

    def set_aside(self, pairs: Sequence[Pair]) -> None:
        """Give these slips up."""
        for pair in pairs:
            del self.waiting[pair]
        self.aside |= set(pairs)
