"""Why this week's rating is not held against last week's: what is missing in the days of either, and since when."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from engagement import words
from engagement.away import AUTHORISED, away
from engagement.facts import Facts
from engagement.period import Period
from engagement.standing import Standing
from privacy.labels import Source

_DATA = {Source.ATTENDANCE: "attendance data", Source.VLE: "VLE data"}
_WEEK = timedelta(weeks=1)
_Span = tuple[date, date]


def why_not(standing: Standing, facts: Facts, now: Period | None) -> str:
    """The reason where both weeks have a score and no change is told; else empty. `now` is the rating's window."""
    if not standing.incomparable or now is None:
        return ""
    why = [*_missing(facts, now), *_excused(facts, now)]
    return words.listed(why or ["data of one of the two weeks are missing"])


def _missing(facts: Facts, now: Period) -> Iterator[str]:
    for system, data in _DATA.items():
        gaps = [(gap.first, gap.last) for gap in facts.gaps if gap.system is system and gap.noted]
        if facts.behind(system, now.last):
            gaps.append((facts.reach[system].up_to + timedelta(days=1), now.last))
        if spans := _within(gaps, now):
            told = facts.reach[system].up_to if system in facts.reach else now.last
            lasts = max(last for _, last in spans) >= min(told, now.last)
            first = min(first for first, _ in spans)
            yield f"{data} are missing " + (f"since {words.day(first)}" if lasts else f"for {_days(spans)}")


def _excused(facts: Facts, now: Period) -> Iterator[str]:
    if spans := _within(((one.first, one.last) for one in away(facts) if one.why == AUTHORISED), now):
        yield f"an absence was authorised for {_days(spans)}"


def _within(spans: Iterable[_Span], now: Period) -> list[_Span]:
    """Those of the spans that lie in the days looked back over now or a week ago."""
    first, last = now.first - _WEEK, now.last
    return sorted({(max(a, first), min(b, last)) for a, b in spans if a <= last and b >= first})


def _days(spans: list[_Span]) -> str:
    return words.listed(words.days(first, last) for first, last in spans)
