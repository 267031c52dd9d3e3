"""The table of tutees: one row each, who needs attention first; each row leads to that tutee's timeline.

A table of its own, because Streamlit's grid is drawn on a canvas: it cuts sentences off, has no links, and
cannot become cards on a phone.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from components import rating_badge
from engagement import sentences, words
from engagement.measure import half_up
from engagement.recent import Recent
from engagement.standing import Standing, points
from engagement.tutee import Deadline, Tutee

_HERE = Path(__file__)
_table = st.components.v2.component(
    "la_tutees",
    html='<div id="tutees"></div>',
    css=_HERE.with_suffix(".css").read_text("utf-8"),
    js=_HERE.with_suffix(".js").read_text("utf-8"),
)

_COLUMNS = (
    {"title": "Tutee", "kind": "name"},
    {"title": "Rating", "kind": "word"},
    {"title": "Why", "kind": "sentence"},
    {"title": "Change", "kind": "short", "help": "Points of 100 since last week"},
    {"title": "Last 8 weeks", "kind": "line", "help": "The score of each week, from 0 to 100"},
    {"title": "Attendance", "kind": "short", "help": "Classes attended, of those that count for the rating"},
    {"title": "Last activity", "kind": "short", "help": "In a class, on the VLE, or handing in work"},
    {"title": "Next deadline", "kind": "deadline"},
)


def choose(tutees: Sequence[Tutee], today: date, address: str) -> Tutee | None:
    """The table; the tutee whose row was clicked in this run. `address` is where the links lead."""
    if not tutees:
        st.info("No tutee matches. Take a filter away to see more.", icon=":material/filter_alt_off:")
        return None
    data = {
        "label": "Your tutees, who needs attention first",
        "address": address,
        "columns": _COLUMNS,
        "rows": [{"id": tutee.id, "cells": _cells(tutee, today)} for tutee in tutees],
    }
    opened = _table(key="tutees", data=data, on_opened_change=_nothing).opened
    return next((tutee for tutee in tutees if tutee.id == opened), None)


def _cells(tutee: Tutee, today: date) -> list[Any]:
    standing = tutee.standing
    return [
        [tutee.name, f"{standing.course}, stage\N{NO-BREAK SPACE}{standing.stage}"],
        rating_badge.words(standing.rating).split(" ", 1),
        _why(tutee),
        _change(standing),
        _weeks(standing),
        _attendance(standing.recent),
        _ago(standing.last_active, today),
        _deadline(tutee.deadline),
    ]


def _why(tutee: Tutee) -> list[str] | str:
    said, answer = sentences.reason(tutee)
    return [said, answer] if answer else said


def _change(standing: Standing) -> str:
    if standing.incomparable:
        return "Not comparable"
    said = sentences.change(standing.change)
    return {"no change": "No change", "": "–"}.get(said) or said.replace("down", "▼").replace("up", "▲")


def _weeks(standing: Standing) -> dict[str, Any]:
    said = ", ".join("none" if score is None else str(points(score)) for score in standing.history)
    scores = [None if score is None else score / 100 for score in standing.history]
    return {"scores": scores, "label": f"Scores of the last eight weeks, oldest first: {said}"}


def _attendance(recent: Recent) -> list[str] | str:
    if not recent.held:
        return "No classes"
    return [f"{recent.attended} of {recent.held}", f"{half_up(100 * recent.attended, recent.held)}%"]


def _ago(last: date | None, today: date) -> list[str] | str:
    if last is None:
        return "None yet"
    days = (today - last).days
    return [{0: "Today", 1: "Yesterday"}.get(days, f"{days} days ago"), words.short_day(last)]


def _deadline(deadline: Deadline | None) -> list[str] | str:
    return [deadline.title, words.short_day(deadline.on)] if deadline else "None known"


def _nothing() -> None:
    """The trigger only has to be named to come back."""
