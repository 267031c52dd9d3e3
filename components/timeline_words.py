"""What the chart says of a week, a day or a piece of work when one points at it: figures, source and load date."""

from html import escape
from textwrap import wrap

from engagement import words
from engagement.facts import Presence, Work
from engagement.lanes import COUNTED, Known, Stretch
from policy.calendar import Week as Kind
from privacy.labels import Source

_LINE = 46


def online(one: Stretch) -> str:
    """The week or day on the VLE."""
    return _said(one, Source.VLE, used(one) if one.active_days or one.known[Source.VLE] in COUNTED else "")


def used(one: Stretch) -> str:
    """`3 days active, 41 page views`; of a day the page views alone."""
    views = words.of(one.views, "page view")
    return views if one.days == 1 else f"{words.of(one.active_days, 'day')} active, {views}"


def attendance(one: Stretch) -> str:
    """The classes by what became of them."""
    known = one.known[Source.ATTENDANCE]
    return _said(one, Source.ATTENDANCE, classes(one) or ("No classes" if known in COUNTED else ""))


def classes(one: Stretch) -> str:
    """`5 attended, 1 late, 2 absent`; empty without classes."""
    return ", ".join(f"{one.classes[p]} {p}" for p in Presence if one.classes.get(p))


def piece(work: Work) -> str:
    """One piece of work."""
    due = f"due {words.short_day(work.on)}" + (" after an extension" if work.extended else "")
    done = f", handed in {words.short_day(work.handed_in)}" if work.handed_in else ""
    return (
        f"<b>{escape(work.title)}</b> ({escape(work.module)})"
        f"<br>{work.state.capitalize()}: {due}{done}{disputed(work)}"
        f"<br>{_source(Source.STUDENT_RECORDS, words.short_day(work.loaded))}"
    )


def disputed(work: Work) -> str:
    """`, disputed since Mon 23 Nov`; empty where nobody says that it is wrong."""
    return f", disputed since {words.short_day(work.disputed)}" if work.disputed else ""


def when(one: Stretch) -> str:
    """`9–15 November`, or of a day `Mon 9 Nov`."""
    return words.days(one.first, one.last) if one.days > 1 else words.short_day(one.first)


def kind(one: Stretch) -> list[str]:
    """What sets these days apart: `vacation`, `Good Friday`, `authorised absence`; empty on ordinary ones."""
    pause = [] if one.kind is Kind.TEACHING else [str(one.kind)]
    return [*pause, *one.closed, *(f"{why[:1].lower()}{why[1:]}" for why in one.away)]


def known(one: Stretch, system: Source) -> str:
    """What is known of a system then, if it is not simply data."""
    said = one.known[system]
    return str(said) if said is not Known.IN_PART or one.days > 1 else "part of the day without data"


def broken(text: str) -> str:
    """The text in lines that fit beside the pointer on a phone."""
    return "<br>".join(wrap(text, _LINE))


def _said(one: Stretch, system: Source, figures: str) -> str:
    kinds = ", ".join(kind(one)) or "teaching"
    lines = [f"<b>{when(one)}</b> ({escape(kinds)})"]
    lines += [figures] if figures else []
    lines += [known(one, system).capitalize()] if one.known[system] is not Known.DATA else []
    if system in one.loaded:
        lines.append(_source(system, words.short_day(one.loaded[system])))
    return "<br>".join(lines)


def _source(system: Source, loaded: str) -> str:
    return f"Source: {system.words}, loaded {loaded}"
