"""The same year as a table: every week, every figure of the chart, in words where there is none."""

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
    if box.open:
        weeks = [w for w in timeline.weeks if w.monday <= timeline.today or w.work]
        box.table(
            [_row(week) for week in weeks],
            hide_index=True,
            border="horizontal",
            alt="The academic year week by week: VLE, attendance and work",
        )


def _row(week: Week) -> dict[str, str]:
    return {
        "Week": _whole(words.days(week.monday, week.sunday)) + _pause(week),
        "VLE": ", ".join(map(_whole, _online(week).split(", "))),
        "Attendance": ", ".join(map(_whole, _classes(week).split(", "))),
        "Work due": "  \n".join(_piece(piece) for piece in week.work) or "–",
    }


def _whole(text: str) -> str:
    """Kept on one line, so that on a phone the table is scrolled rather than squeezed."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")


def _pause(week: Week) -> str:
    return "" if week.kind is Kind.TEACHING else f" ({week.kind})"


def _online(week: Week) -> str:
    known = week.known[Source.VLE]
    if not week.active_days and known not in _COUNTED:
        return known.capitalize()
    said = f"{words.of(week.active_days, 'day')} active, {words.of(week.views, 'page view')}"
    return said + (f" ({known})" if known is Known.IN_PART else "")


def _classes(week: Week) -> str:
    known, said = week.known[Source.ATTENDANCE], timeline_words.classes(week)
    if not said:
        return "No classes" if known in _COUNTED else known.capitalize()
    return said.capitalize() + (f" ({known})" if known is Known.IN_PART else "")


def _piece(piece: Work) -> str:
    due = f"due {words.short_day(piece.on)}" + (" after an extension" if piece.extended else "")
    done = ", " + _whole(f"handed in {words.short_day(piece.handed_in)}") if piece.handed_in else ""
    return f"{plain(piece.title)} ({plain(piece.module)}), {_whole(due)}: {_whole(piece.state)}{done}"
