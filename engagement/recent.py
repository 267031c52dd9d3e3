"""What one student did in the window of the rating, over all modules: the figures a sentence may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from engagement.measure import Counts, Parts, weighted_mean
from policy.engagement import Engagement


class Part(StrEnum):
    """The parts of the score."""

    ATTENDANCE = "attendance"
    VLE = "vle"
    SUBMISSIONS = "submissions"
    MARKS = "marks"


@dataclass(frozen=True)
class ModuleScore:
    """One module's share of a rating: what was counted, the parts and their weighted mean, in hundredths."""

    code: str
    title: str
    credits: int
    counts: Counts
    parts: Parts
    score: int | None


@dataclass(frozen=True)
class Window:
    """The taught days that were looked back over: how many there were, and how many make a whole window."""

    first: date
    last: date
    days: int
    length: int

    @property
    def words(self) -> str:
        """The window as staff read it."""
        if self.days < self.length:
            return f"the {self.days} teaching days so far" if self.days > 1 else "the first teaching day"
        return f"the last {self.length} teaching days"


@dataclass(frozen=True)
class Recent:
    """Figures of the window. `weak` are the parts under Good, the lowest first; `window` is None before term.

    `online` says that the VLE told us enough to go by, `quiet` that it then showed no activity at all;
    `last_online` is the last day before that had any.
    """

    window: Window | None = None
    attended: int = 0
    held: int = 0
    authorised: int = 0
    unrecorded: int = 0
    due: int = 0
    late: int = 0
    missing: int = 0
    online: bool = False
    quiet: bool = False
    last_online: date | None = None
    weak: tuple[Part, ...] = ()


def recent(
    modules: Sequence[ModuleScore], window: Window | None, rules: Engagement, last_online: date | None = None
) -> Recent:
    """The figures of all modules together."""
    counts = [module.counts for module in modules]
    attended, held = classes(counts, rules.excused)
    online = any(module.parts.vle is not None for module in modules)
    return Recent(
        window=window,
        attended=attended,
        held=held,
        authorised=sum(c.authorised for c in counts),
        unrecorded=sum(c.unrecorded for c in counts),
        due=sum(c.due for c in counts),
        late=sum(c.late for c in counts),
        missing=sum(c.missing for c in counts),
        online=online,
        quiet=online and not any(c.active_days for c in counts),
        last_online=last_online,
        weak=_weak(modules, 100 * rules.bands.good),
    )


def classes(counts: Sequence[Counts], excused: Literal["excluded", "met"]) -> tuple[int, int]:
    """Classes attended, of those that were held, recorded and had to be attended; as the measure counts them."""
    attended = sum(c.attended for c in counts)
    held = sum(c.expected - c.cancelled - c.unrecorded for c in counts)
    authorised = sum(c.authorised for c in counts)
    return (attended + authorised, held) if excused == "met" else (attended, held - authorised)


def _weak(modules: Sequence[ModuleScore], good: int) -> tuple[Part, ...]:
    """The parts whose credit-weighted mean is under `good`, the lowest first."""
    means = {
        part: weighted_mean((module.credits, getattr(module.parts, part)) for module in modules)
        for part in Part
    }
    found = sorted((mean, part) for part, mean in means.items() if mean is not None and mean < good)
    return tuple(part for _, part in found)
