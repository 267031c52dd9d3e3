"""The gaps in what was recorded of one opened student: on record, or days of which a whole system told nothing.

They are facts about a feed, not about the student, so they are read without projection.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from data_access.gate import Opened
from data_access.prepared import Statement, once, parameter, run
from data_access.tables import FeedDay, FeedGap
from engagement.facts import Gap
from engagement.feeds import FEEDS, Heard, spans
from engagement.freshness import Freshness
from policy.days import day
from privacy.labels import Source


def gaps(
    opened: Opened, asked: Mapping[str, Any], codes: Mapping[int, str], fresh: Mapping[Source, Freshness]
) -> list[Gap]:
    """Those on record; and the other days of which a whole system told nothing, as far as it has been loaded.

    `asked` has the days and the modules, whose `codes` go by number.
    """
    noted = [
        Gap(r.system, codes.get(r.module), r.first, r.last, r.reason) for r in run(opened, _noted, asked)
    ]
    whole = [gap for gap in noted if gap.module is None]
    days: dict[tuple[Source, Heard], list[date]] = {}
    for system, said, number_of in run(opened, _silent, asked):
        on, told = day(number_of), fresh.get(system)
        explained = any(gap.system is system and gap.first <= on <= gap.last for gap in whole)
        if told and told.up_to and on <= told.up_to and not explained:
            days.setdefault((system, said), []).append(on)
    silences = [
        Gap(system, None, first, last, "", noted=said is Heard.SILENT)
        for (system, said), found in days.items()
        for first, last in spans(found)
    ]
    return [*noted, *silences]


@once
def _noted(opened: Opened) -> Statement:
    return (
        select(FeedGap.system, FeedGap.module, FeedGap.first, FeedGap.last, FeedGap.reason)
        .where(
            FeedGap.module.is_(None) | FeedGap.module.in_(parameter("modules", expanding=True)),
            FeedGap.last >= parameter("date"),
        )
        .order_by(FeedGap.first, FeedGap.id)
    )


@once
def _silent(opened: Opened) -> Statement:
    return select(FeedDay.system, FeedDay.heard, FeedDay.day).where(
        FeedDay.system.in_(FEEDS),
        FeedDay.day.between(parameter("since"), parameter("until")),
        FeedDay.heard != Heard.TOLD,
    )
