"""What of the year is looked at: buttons, and two boxes; all of it stands in the address, so it can be bookmarked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from engagement import view as views
from engagement.timeline import Timeline
from engagement.view import By, View
from policy.calendar import Calendar
from policy.days import monday
from privacy.labels import Source

_ALL_MODULES, _ALL_SOURCES = "All modules", "All sources"
_SOURCES = {"VLE": Source.VLE, "Attendance": Source.ATTENDANCE, "Work": Source.STUDENT_RECORDS}
"""Only sources that a lane is drawn from; work is what student records tell of here."""


def chosen(timeline: Timeline, calendar: Calendar, *, score: bool) -> View:
    """The view of the address, and the means to change it. With `score` its line is there from the start."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        by = st.segmented_control(
            "Week by week or day by day",
            [str(one) for one in By],
            default=str(By.WEEKS),
            required=True,
            key="by",
            bind="query-params",
            label_visibility="collapsed",
        )
        view = asked({**st.query_params, "by": by or ""}, timeline, calendar)
        _jump("Whole year", views.year(calendar), view)
        _jump("This term", views.term(calendar, timeline.today), view)
        _jump("Last 4 weeks", views.lately(calendar, timeline.today), view)
        _jump("Earlier", views.moved(calendar, view, -1), view, icon=":material/chevron_left:")
        _jump("Later", views.moved(calendar, view, 1), view, icon=":material/chevron_right:")
        with st.popover("Module, source, score", icon=":material/tune:"):
            return _of(view, timeline, score=score)


def _of(view: View, timeline: Timeline, *, score: bool) -> View:
    """The same days, of what is chosen here."""
    titles = _titles(timeline)
    module = st.selectbox("Module", [_ALL_MODULES, *titles], key="module", bind="query-params")
    source = st.selectbox("Source", [_ALL_SOURCES, *_SOURCES], key="source", bind="query-params")
    own = st.toggle("Score of each week", value=score, key="score", bind="query-params")
    others = st.toggle("Middle half of the others on the same modules", key="others", bind="query-params")
    return replace(
        view,
        module=titles.get(module),
        source=_SOURCES.get(source),
        score=own or others,
        others=others,
    )


def asked(params: Mapping[str, str], timeline: Timeline, calendar: Calendar) -> View:
    """The view of an address. What cannot be understood is left out: the whole year, by weeks, and of everything."""
    by = By.DAYS if params.get("by") == By.DAYS else By.WEEKS
    usual = views.lately(calendar, timeline.today) if by is By.DAYS else views.year(calendar)
    others = params.get("others") == "true"
    return View(
        *(_span(params, calendar) or usual),
        by=by,
        module=_titles(timeline).get(params.get("module", "")),
        source=_SOURCES.get(params.get("source", "")),
        score=others or params.get("score") == "true",
        others=others,
    )


def address(view: View, timeline: Timeline) -> dict[str, str]:
    """The address of a view, which `asked` understands."""
    found = {"from": f"{view.first}", "to": f"{view.last}", "by": str(view.by)}
    if view.module:
        found["module"] = next(title for title, code in _titles(timeline).items() if code == view.module)
    if view.source:
        found["source"] = next(name for name, source in _SOURCES.items() if source is view.source)
    flags = {"score": view.score, "others": view.others}
    return found | {name: "true" for name, on in flags.items() if on}


def drags() -> bool:
    """Whether days are chosen by dragging over the chart too: on a phone that would stand in the way of scrolling."""
    return "Mobi" not in (st.context.headers.get("User-Agent") or "")


def go(span: tuple[date, date], calendar: Calendar) -> None:
    """Show these days from the next run on, in whole weeks."""
    first, last = views.within(calendar, span[0], _weeks(span))
    st.query_params.update({"from": f"{first}", "to": f"{last}"})


def _span(params: Mapping[str, str], calendar: Calendar) -> tuple[date, date] | None:
    try:
        span = date.fromisoformat(params.get("from", "")), date.fromisoformat(params.get("to", ""))
    except ValueError:
        return None
    return views.within(calendar, span[0], _weeks(span)) if span[0] <= span[1] else None


def _weeks(span: tuple[date, date]) -> int:
    return (monday(span[1]) - monday(span[0])).days // 7 + 1


def _titles(timeline: Timeline) -> dict[str, str]:
    """The modules as they are chosen, `COM2001 Databases`, each with its code."""
    return {f"{module.code} {module.title}": module.code for module in timeline.facts.modules}


def _jump(label: str, span: tuple[date, date], view: View, icon: str | None = None) -> None:
    """A button to these days; it rests where they are what is seen already."""
    here = span == (view.first, view.last)
    days = {"from": f"{span[0]}", "to": f"{span[1]}"}
    st.button(label, icon=icon, disabled=here, on_click=st.query_params.update, args=(days,), key=label)
