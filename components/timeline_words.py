"""What the chart says of a week or a piece of work when one points at it: figures, source and load date."""

from html import escape

from engagement import words
from engagement.facts import Presence, Work
from engagement.lanes import Known, Week
from privacy.labels import Source

_COUNTED = (Known.DATA, Known.IN_PART)


def online(week: Week) -> str:
    """The week on the VLE."""
    known = week.known[Source.VLE]
    said = f"{words.of(week.active_days, 'day')} active, {words.of(week.views, 'page view')}"
    return _week(week, Source.VLE, said if week.active_days or known in _COUNTED else "")


def attendance(week: Week) -> str:
    """The week's classes by what became of them."""
    said = classes(week)
    known = week.known[Source.ATTENDANCE]
    return _week(week, Source.ATTENDANCE, said or ("No classes" if known in _COUNTED else ""))


def classes(week: Week) -> str:
    """`5 attended, 1 late, 2 absent`; empty without classes."""
    return ", ".join(f"{week.classes[p]} {p}" for p in Presence if week.classes.get(p))


def piece(work: Work) -> str:
    """One piece of work."""
    due = f"due {words.short_day(work.on)}" + (" after an extension" if work.extended else "")
    done = f", handed in {words.short_day(work.handed_in)}" if work.handed_in else ""
    return (
        f"<b>{escape(work.title)}</b> ({escape(work.module)})<br>{work.state.capitalize()}: {due}{done}"
        f"<br>{_source(Source.STUDENT_RECORDS, words.short_day(work.loaded))}"
    )


def _week(week: Week, system: Source, said: str) -> str:
    known = week.known[system]
    lines = [f"<b>{words.days(week.monday, week.sunday)}</b> ({week.kind})"]
    lines += [said] if said else []
    lines += [known.capitalize()] if known is not Known.DATA else []
    if system in week.loaded:
        lines.append(_source(system, words.short_day(week.loaded[system])))
    return "<br>".join(lines)


def _source(system: Source, loaded: str) -> str:
    return f"Source: {system.words}, loaded {loaded}"
