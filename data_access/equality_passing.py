"""Characteristics whose time is over: counted in a census, and the next one was built a while ago."""

from datetime import datetime

from sqlalchemy import func, select

from data_access import disposals_due, equality
from data_access.gate import Opened
from data_access.tables import Release
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Retention
from privacy.releases import Cohort
from privacy.retention import Due
from privacy.retention import due as falls_due


def due(opened: Opened, rule: Rule, at: datetime) -> Due:
    """Of how many students the profile is due, and how many of those are held back."""
    everybody, free = _names(opened, rule, at, held=False), _names(opened, rule, at, held=True)
    return Due(Retention.EQUALITY, len(everybody), len(everybody) - len(free), rule)


def carry_out(opened: Opened, rule: Rule, at: datetime) -> int:
    """Take what is due out of the store; of how many students that was."""
    names = _names(opened, rule, at, held=True)
    equality.dispose(opened, names)
    return len(names)


def _names(opened: Opened, rule: Rule, at: datetime, *, held: bool) -> list[str]:
    """The pseudonyms of those whose profile is due; with `held` without those who are held back."""
    since = _counted_at(opened, rule, at)
    but = disposals_due.kept(opened, [Retention.EQUALITY], at) if held else frozenset()
    if since is None or None in but:
        return []
    return equality.told_before(opened, since, [one for one in but if one is not None])


def _counted_at(opened: Opened, rule: Rule, at: datetime) -> datetime | None:
    """When the census before the last one was built whose period is over; None where there are not two yet.

    What was told before that has been counted in the one and was there for the other. A load since tells it anew.
    """
    censuses = select(func.min(Release.built_at).label("built")).where(Release.cohort == Cohort.CENSUS)
    first = censuses.group_by(Release.census).order_by("built")
    over = [
        built
        for built in opened.session.scalars(first)
        if falls_due(london_day(built), rule) <= london_day(at)
    ]
    return over[-2] if len(over) > 1 else None
