"""The same year as tables: every week and every piece of work of the chart, in words where nothing is known."""

import streamlit as st

from components import timeline_words
from components.plain import plain
from engagement import words
from engagement.facts import Work
from engagement.lanes import Known, Week
from engagement.timeline import Timeline
from policy.calendar import Week as Kind
from privacy.labels import Source

_COUNTED = (Known.DATA, Known.IN_PART)


def show(timeline: Timeline) -> None:
    """A box that is filled when it is opened."""
    box = st.expander("Show as a table", icon=":material/table:", on_change="rerun", key="as-table")
    if not box.open:
        return
    with box:
        st.table(
            [_week(week) for week in timeline.weeks if week.monday <= timeline.today],
            hide_index=True,
            border="horizontal",
            alt="The academic year so far, week by week: VLE and attendance",
        )
        pieces = [piece for week in timeline.weeks for piece in week.work]
        if pieces:
            st.table(
                [_piece(piece) for piece in pieces],
                hide_index=True,
                border="horizontal",
                alt="The year's work by the day it is due",
            )


def _week(week: Week) -> dict[str, str]:
    pause = "" if week.kind is Kind.TEACHING else f" ({week.kind})"
    return {
        "Week": words.days(week.monday, week.sunday) + pause,
        "Active on the VLE": _online(week),
        "Attendance": _classes(week),
    }


def _online(week: Week) -> str:
    known = week.known[Source.VLE]
    if not week.active_days and known not in _COUNTED:
        return known.capitalize()
    said = f"{words.of(week.active_days, 'day')}, {words.of(week.views, 'page view')}"
    return said + (f" ({known})" if known is Known.IN_PART else "")


def _classes(week: Week) -> str:
    known, said = week.known[Source.ATTENDANCE], timeline_words.classes(week)
    if not said:
        return "No classes" if known in _COUNTED else known.capitalize()
    return said.capitalize() + (f" ({known})" if known is Known.IN_PART else "")


def _piece(piece: Work) -> dict[str, str]:
    done = f", {words.short_day(piece.handed_in)}" if piece.handed_in else ""
    return {
        "Work": f"{plain(piece.title)} ({plain(piece.module)})",
        "Due": words.short_day(piece.on) + (" (extended)" if piece.extended else ""),
        "Handed in": f"{piece.state.capitalize()}{done}",
    }
