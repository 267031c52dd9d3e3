"""What counts for a student just now and what is missing: each source in a sentence, calm about what is not there."""

from collections.abc import Iterator, Sequence
from datetime import date

from engagement import comparable, words
from engagement.facts import Facts, Gap
from engagement.period import Period
from engagement.standing import Standing
from privacy.labels import Source

_FEEDS = (Source.ATTENDANCE, Source.VLE)


def days(now: Period | None, standings: Sequence[Standing]) -> str:
    """Which days are looked at; empty before term, and for research students, whose days are their own."""
    if now is None or _research_alone(standings):
        return ""
    return f"Between {words.day(now.first)} and {words.day(now.last)}, the days looked at just now:"


def counted(facts: Facts, now: Period | None, standings: Sequence[Standing]) -> list[str]:
    """Classes, the VLE and work in the window, and what a research student has in their place."""
    said = [
        f"{words.of(r.counts.meetings_due, 'supervision meeting')} due in the last {r.days} days and "
        f"{words.of(r.counts.milestones_due, 'milestone')} due this year count."
        for r in (standing.research for standing in standings)
        if r
    ]
    if _research_alone(standings):
        return [*said, "Classes, days on the VLE and other work are shown, and do not count."]
    if now is None:
        return said
    why = dict.fromkeys(comparable.why_not(standing, facts, now) for standing in standings)
    beside = [f"Not comparable with last week: {reason}." for reason in why if reason]
    return [*said, _classes(now, facts), _online(now, facts), _work(now), *beside]


def missing(facts: Facts, now: Period | None, standings: Sequence[Standing]) -> list[str]:
    """Days of the window of which a system told us nothing, and systems that tell us nothing at all."""
    if now is None or not facts.modules or _research_alone(standings):
        return []
    said = [_no_feed(system) for system in _FEEDS if system not in facts.reach]
    said += [_late(system, facts) for system in _FEEDS if facts.behind(system, now.last)]
    return said + list(_gaps(facts, now))


def _research_alone(standings: Sequence[Standing]) -> bool:
    return bool(standings) and all(standing.research for standing in standings)


def _classes(now: Period, facts: Facts) -> str:
    if Source.ATTENDANCE not in facts.reach:
        return "No classes count, because no registers reach us."
    count = f"{words.of(now.held, 'class counts', 'classes count')}" if now.held else "No class counts"
    aside = [
        f"{number} {what}"
        for number, what in (
            (now.authorised, "with authorised absence"),
            (now.unrecorded, "without a register"),
            (now.disputed, "disputed"),
        )
        if number
    ]
    return f"{count}; left out: {words.listed(aside)}." if aside else f"{count}."


def _online(now: Period, facts: Facts) -> str:
    if now.days_online is None:
        return "The VLE does not count, because nothing of these days has reached us."
    return f"Days on the VLE count: {words.of(now.days_online, 'day')} so far."


def _work(now: Period) -> str:
    if not now.due:
        return "No work was due in these days, so none counts. Marks of the modules so far do."
    return f"{words.of(now.due, 'piece of work counts', 'pieces of work count')}, and marks of the modules so far."


def _no_feed(system: Source) -> str:
    return f"{system.words}: nothing has reached us this year. That counts neither for nor against you."


def _late(system: Source, facts: Facts) -> str:
    return f"{system.words}: nothing after {words.day(facts.reach[system].up_to)} has reached us yet."


def _gaps(facts: Facts, now: Period) -> Iterator[str]:
    seen: set[tuple[Source, str | None, date, date]] = set()
    for gap in facts.gaps:
        key = (gap.system, gap.module, gap.first, gap.last)
        if gap.first <= now.last and gap.last >= now.first and key not in seen:
            seen.add(key)
            yield _gap(gap, facts)


def _gap(gap: Gap, facts: Facts) -> str:
    titles = {module.code: module.title for module in facts.modules}
    of = f" of “{titles.get(gap.module, gap.module)}”" if gap.module else ""
    return (
        f"{gap.system.words}: nothing{of} reached us for {words.days(gap.first, gap.last)}. "
        "These days count neither for nor against you."
    )
