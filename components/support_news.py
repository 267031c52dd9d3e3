"""What is new with a tutor's tutees since last Monday: a line for each answer, with the way to the student."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from components import student_line
from components.support_tabs import NOTES, PLANS, TALKS
from engagement import words
from policy.days import london_day
from support.digest import Waiting
from support.news import News

_FIRST = 8
_SAID: Mapping[tuple[Waiting, str], str] = {
    (Waiting.ANSWERS, "accepted"): "agreed to a time",
    (Waiting.ANSWERS, "declined"): "does not want a conversation now",
    (Waiting.ANSWERS, "withdrawn"): "took back the wish to talk",
    (Waiting.CALLED_OFF, "cancelled"): "called a meeting off",
    (Waiting.AGREED, "agreed"): "agreed to the plan",
    (Waiting.AGREED, "proposed"): "took back the agreement to the plan",
    (Waiting.AGREED, "closed"): "ended the plan",
    (Waiting.CHANGES, "open"): "added or changed an action",
    (Waiting.CHANGES, "done"): "marked an action as done",
    (Waiting.CHANGES, "declined by the student"): "left an action out",
    (Waiting.NOTES, "approved by the student"): "approved a note",
    (Waiting.NOTES, "the student added a comment"): "added a comment to a note",
}
_PARTS = {Waiting.ANSWERS: TALKS, Waiting.CALLED_OFF: TALKS, Waiting.HANDED_BACK: TALKS, Waiting.NOTES: NOTES}


def show(news: Sequence[News], page: Path) -> None:
    """The newest first; more than a few of them in a box. Nothing where there is nothing new."""
    if not news:
        return
    st.subheader("New since Monday of last week", anchor=False)
    for one in news[:_FIRST]:
        _line(one, page)
    if further := news[_FIRST:]:
        with st.expander(f"{len(further)} more"):
            for one in further:
                _line(one, page)


def said(one: News) -> str:
    """What became of it, for the line after the student's name."""
    if one.what is Waiting.OUTCOMES:
        return f"{one.by} said what came of an action"
    if one.what is Waiting.HANDED_BACK:
        return f"the help of {one.by} has ended"
    return _SAID[one.what, one.state]


def _line(one: News, page: Path) -> None:
    sentence = f"{said(one)}, {words.short_day(london_day(one.at))}"
    part = _PARTS.get(one.what, PLANS)
    student_line.show(page, (one.student_id, one.student), part, sentence, "reply")
