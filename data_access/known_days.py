"""Of which days the systems told us at all: outside the gaps of their feeds, and as far as they were loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access import feed_days, reach
from data_access.tables import FeedGap
from engagement.feeds import FEEDS, Heard, spans
from privacy.labels import Source

_Modules = tuple[int, ...]


@dataclass(frozen=True)
class Gap:
    """Days, both included, without a feed: of one module, or with None of all.

    It is `noted` when it is on record, or is of a whole system and longer than a weekend.
    """

    system: Source
    module: int | None
    first: date
    last: date
    noted: bool = True

    def of(self, system: Source, module: int) -> bool:
        """Whether that system's feed of that module is the one that failed."""
        return self.system is system and self.module in (None, module)


def gaps(session: Session) -> tuple[Gap, ...]:
    """All gaps that are recorded now, and the days of which a whole system told nothing."""
    rows = session.execute(select(FeedGap.system, FeedGap.module, FeedGap.first, FeedGap.last))
    silences = (
        Gap(system, None, first, last, noted=said is Heard.SILENT)
        for (system, said), days in feed_days.silent(session).items()
        for first, last in spans(days)
    )
    return (*(Gap(*row) for row in rows), *silences)


@dataclass(frozen=True)
class KnownDays:
    """The gaps of the feeds, and the last day that each system has told of. Students of one course share answers."""

    all_gaps: tuple[Gap, ...]
    up_to: Mapping[Source, date]
    _answers: dict[tuple[str, _Modules], frozenset[date]] = field(default_factory=dict)

    @classmethod
    def read(cls, session: Session) -> "KnownDays":
        """As it is stored now."""
        return cls(gaps(session), reach.days(session))

    def unknown(self, modules: _Modules, first: date, last: date) -> frozenset[date]:
        """Days on which the VLE told of none of these modules, or the registers of one of them are missing."""
        return self._once("unknown", modules, first, last)

    def gaps(self, modules: _Modules, first: date, last: date) -> frozenset[date]:
        """Days on which a feed of any of these modules has a gap that is noted."""
        return self._once("gaps", modules, first, last)

    def _once(self, asked: str, modules: _Modules, first: date, last: date) -> frozenset[date]:
        key = asked, modules
        if key not in self._answers:
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            answer = self._unknown if asked == "unknown" else self._gap
            self._answers[key] = frozenset(day for day in days if answer(modules, day))
        return self._answers[key]

    def _unknown(self, modules: _Modules, day: date) -> bool:
        online = day <= self.up_to.get(Source.VLE, date.min) and not all(
            self._lost(Source.VLE, module, day) for module in modules
        )
        registers = self.up_to.get(Source.ATTENDANCE)
        missing = registers is not None and (
            day > registers or any(self._lost(Source.ATTENDANCE, module, day) for module in modules)
        )
        return not online or missing

    def _gap(self, modules: _Modules, day: date) -> bool:
        noted = [gap for gap in self.all_gaps if gap.noted and gap.first <= day <= gap.last]
        return any(gap.of(system, module) for gap in noted for system in FEEDS for module in modules)

    def _lost(self, system: Source, module: int, day: date) -> bool:
        return any(gap.of(system, module) and gap.first <= day <= gap.last for gap in self.all_gaps)
