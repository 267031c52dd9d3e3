"""A year looked at more closely: other days, one module, one system; and what is said of what is seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from engagement import comparison, words
from engagement.away import away
from engagement.lanes import stretches
from engagement.period import Period, period
from engagement.score_line import Line, Middle, line
from engagement.timeline import Timeline
from engagement.view import View
from policy.calendar import Calendar
from policy.engagement import Engagement
from privacy.labels import Source


def at(
    timeline: Timeline, view: View, middle: tuple[Middle, ...], calendar: Calendar, rules: Engagement
) -> Timeline:
    """The same student's year, as far as the view shows it. Everything is counted anew from the same facts."""
    facts = timeline.facts.of(view.module, view.source)
    gone = away(timeline.facts.of(view.module, None))
    span = (view.first, view.last)

    def again(of: Period | None) -> Period | None:
        days = calendar.window(of.last, of.length) if of else []
        return period(facts, days, of.length, rules.excused) if of else None

    return replace(
        timeline,
        view=view,
        stretches=stretches(facts, gone, calendar, span, view.by, timeline.today),
        now=again(timeline.now),
        before=again(timeline.before),
        inside=_inside(timeline, view, rules),
        lines=tuple(_lines(timeline, view, rules)) if view.score or view.others else (),
        away=gone,
        middle=tuple(box for box in middle if span[0] <= box.week <= span[1]),
        marks=tuple(m for m in timeline.marks if view.source is None and span[0] <= m.on <= span[1]),
    )


def finding(timeline: Timeline) -> str:
    """The title of the chart: what changed lately where that is in view, else what there was in these days."""
    if compared(timeline):
        return comparison.finding(timeline)
    if timeline.inside is None:
        return "These weeks are still to come"
    return words.sentence(_counted(timeline.inside))[:-1] or "Nothing recorded in these weeks"


def figures(timeline: Timeline) -> str:
    """The figures behind the title; empty where the title has them."""
    if compared(timeline):
        return comparison.figures(timeline)
    return f"Counted over {words.days(timeline.view.first, min(timeline.view.last, timeline.today))}."


def narrowed(timeline: Timeline) -> str:
    """What is left out, in a sentence; empty where all of a year is looked at."""
    view = timeline.view
    left = [f"the module {view.module}"] if view.module else []
    left += [f"{_SOURCES[view.source]}"] if view.source else []
    return f"Only {words.listed(left)} is looked at here." if left else ""


_SOURCES = {
    Source.VLE: "use of the VLE",
    Source.ATTENDANCE: "attendance",
    Source.STUDENT_RECORDS: "work handed in",
}


def compared(timeline: Timeline) -> bool:
    """Whether the title can compare now with before: the window of the rating is in view, and counts are in it."""
    now, view = timeline.now, timeline.view
    inside = now is None or (view.first <= now.first and now.last <= view.last)
    return inside and view.source is not Source.STUDENT_RECORDS


def _inside(timeline: Timeline, view: View, rules: Engagement) -> Period | None:
    last = min(view.last, timeline.today)
    days = [view.first + timedelta(days=n) for n in range((last - view.first).days + 1)]
    return period(timeline.facts.of(view.module, view.source), days, len(days), rules.excused)


def _lines(timeline: Timeline, view: View, rules: Engagement) -> Iterator[Line]:
    """Of the module that is looked at; else one of each course."""
    span = (view.first, view.last)
    if view.source is not None:
        return
    if view.module is not None:
        yield line(view.module, timeline.facts.scores.get(view.module, ()), rules.bands, span)
        return
    for standing in timeline.standings:
        yield line(standing.course, standing.scores, rules.bands, span)


def _counted(inside: Period) -> str:
    said = []
    if inside.held:
        said.append(f"{inside.attended} of {words.of(inside.held, 'class', 'classes')} attended")
    if inside.days_online is not None:
        said.append(f"{words.of(inside.days_online, 'day')} on the VLE")
    if inside.due and inside.missing == inside.due:
        said.append(words.missing(inside.missing, inside.due))
    elif inside.due:
        said.append(f"{words.pieces(inside.due - inside.missing, inside.due)} handed in")
    return words.listed(said) if said else ""


def span_words(first: date, last: date) -> str:
    """`21 September 2026 to 30 May 2027`."""
    return f"{words.day(first)} {first.year} to {words.day(last)} {last.year}"
