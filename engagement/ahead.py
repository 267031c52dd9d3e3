"""What could help a student next: what is due, what is still missing, what was missed, and the classes to come.

Concrete, from the facts alone, and in their own words: no score, no rank, no verdict.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engagement import words
from engagement.facts import Agreed, Facts, Presence, Work, WorkState
from engagement.period import Period
from policy.days import LONDON, london_day
from privacy.labels import Source

DEADLINES, MISSING = 3, 3
"""How many of each are named."""


@dataclass(frozen=True)
class ComingClass:
    """A class in the timetable of one of the student's modules, still to come."""

    starts_at: datetime
    module: str
    kind: str


def steps(facts: Facts, now: Period | None, today: date) -> list[str]:
    """What could be done next, the most pressing first; empty where nothing is known to wait."""
    return [
        *_still_missing(facts, today),
        *_deadlines(facts, today),
        *_agreed(facts, today),
        *(_missed(facts, now) if now else ()),
        *(_unopened(facts, now, today) if now else ()),
    ]


def classes(coming: Sequence[ComingClass]) -> list[str]:
    """A line for each day: `Tue 24 Nov: 09:00 Lecture, Databases; 14:00 Seminar, Networks`."""
    days: dict[date, list[str]] = {}
    for one in coming:
        at = one.starts_at.astimezone(LONDON)
        days.setdefault(london_day(one.starts_at), []).append(f"{at:%H:%M} {one.kind}, {one.module}")
    return [f"{words.short_day(day)}: {'; '.join(said)}" for day, said in days.items()]


def _still_missing(facts: Facts, today: date) -> Iterator[str]:
    """Of modules that still run. Whether it can still be handed in is for the university to say, so: ask."""
    running = {module.code for module in facts.modules if module.on(today)}
    lacking = [w for w in facts.work if w.state is WorkState.MISSING and not w.disputed]
    missing = [w for w in lacking if w.module in running]
    for work in reversed(missing[-MISSING:]):
        yield f"{_title(work, facts)} was due on {words.day(work.on)} and has not reached us."
    if more := missing[:-MISSING]:
        yield f"{words.of(len(more), 'earlier piece', 'earlier pieces')} of work not handed in."
    if missing:
        yield "Ask whoever teaches the module whether work that is late can still be handed in."


def _deadlines(facts: Facts, today: date) -> Iterator[str]:
    """What is still to come: of work whose day is over, student records have only not told us yet."""
    due = [work for work in facts.work if work.state is WorkState.OPEN and work.on >= today]
    for work in due[:DEADLINES]:
        extended = ", with your extension" if work.extended else ""
        yield f"{_title(work, facts)} is due {_when(work.on, today)}{extended}."


def _agreed(facts: Facts, today: date) -> Iterator[str]:
    """A research student's milestones not met, meetings not held lately, and the next of each."""
    open_still = [one for one in facts.agreed if one.done is None]
    past = [one for one in open_still if one.on < today]
    for one in past:
        if one.title:
            yield f"Your milestone “{one.title}” was due on {words.day(one.on)} and is not recorded as met."
    if lapsed := [one for one in past if not one.title][-MISSING:]:
        named = words.listed(words.day(one.on) for one in lapsed)
        due = "the supervision meeting" if len(lapsed) == 1 else "supervision meetings"
        yield f"No record has reached us of {due} due on {named}. You could write to your supervisor about it."
    for one in _next_of_each([one for one in open_still if one.on >= today]):
        what = f"Your milestone “{one.title}”" if one.title else "A meeting with your supervisor"
        yield f"{what} is due {_when(one.on, today)}."


def _next_of_each(coming: Sequence[Agreed]) -> Iterator[Agreed]:
    """The next meeting and the next milestone, where there is one."""
    for milestone in (False, True):
        yield from [one for one in coming if bool(one.title) is milestone][:1]


def _missed(facts: Facts, now: Period) -> Iterator[str]:
    """Classes of the window that the student was not in, whatever the reason: what they covered can be read up."""
    lines = [facts.trusted(line) for line in facts.registers if now.first <= line.on <= now.last]
    away = Counter(line.module for line in lines if line.presence in (Presence.ABSENT, Presence.AUTHORISED))
    if away:
        named = [f"{count} of {_module(code, facts)}" for code, count in away.most_common()]
        total = words.of(sum(away.values()), "class", "classes")
        yield (
            f"You were not in {total} between {words.day(now.first)} and {words.day(now.last)}: "
            f"{words.listed(named)}. "
            "The VLE pages of a module say what was covered."
        )


def _unopened(facts: Facts, now: Period, today: date) -> Iterator[str]:
    """Modules whose pages were not opened in the window, where the VLE told us of all of it."""
    if Source.VLE not in facts.reach or facts.behind(Source.VLE, now.last):
        return
    opened = {o.module for o in facts.online if now.first <= o.on <= now.last}
    gaps = [g for g in facts.gaps if g.system is Source.VLE and g.noted]
    gaps = [g for g in gaps if g.first <= now.last and g.last >= now.first]
    quiet = [
        module
        for module in facts.modules
        if module.on(today)
        and module.on(now.first)
        and module.code not in opened
        and not any(gap.module in (None, module.code) for gap in gaps)
    ]
    if quiet:
        yield (
            f"The VLE pages of {words.listed(_quoted(m.title) for m in quiet)} have not been opened since "
            f"{words.day(now.first)}. They are where to catch up first."
        )


def _when(on: date, today: date) -> str:
    days = (on - today).days
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {words.of(days, 'day')}")
    return f"{near}, on {words.short_day(on)}"


def _title(work: Work, facts: Facts) -> str:
    return f"“{work.title}” ({_module(work.module, facts)})"


def _module(code: str, facts: Facts) -> str:
    return next((module.title for module in facts.modules if module.code == code), code)


def _quoted(title: str) -> str:
    return f"“{title}”"
