"""The search box and the filters above the tutees; all of them stand in the address, so they can be bookmarked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from components import search
from engagement.measure import Rating
from engagement.suggestion import SAID, STANDING, State
from engagement.tutee import Tutee
from support.going_on import GoingOn, Part

_NOTHING = "nothing suggested"
_WEEKS = (2, 4, 6, 8, 12)
_ANSWERS = [SAID[state] for state in State if state in STANDING] + [_NOTHING]

_Told = Callable[[Tutee], set[str]]
_TELLS: Mapping[str, _Told] = {
    "rating": lambda tutee: {str(tutee.standing.rating)},
    "suggestion": lambda tutee: {SAID[one.state] for one in tutee.suggestions} or {_NOTHING},
    "course": lambda tutee: {tutee.standing.course},
    "level": lambda tutee: {tutee.standing.level},
    "stage": lambda tutee: {str(tutee.standing.stage)},
    "mode": lambda tutee: {tutee.standing.mode},
}
"""What a filter asks of a tutee, by the filter's name in the address."""


def narrowed(tutees: Sequence[Tutee], support: Mapping[str, GoingOn], today: date) -> list[Tutee]:
    """The tutees that match what is typed and chosen, in the same order; `support` is by a tutee's id."""
    left, middle, right, more = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    with left:
        typed = search.box("Name or course")
    with middle:
        chosen = {"rating": _choice("Rating", "rating", [str(rating) for rating in Rating])}
    with right:
        chosen["suggestion"] = _choice("Suggestion to talk", "suggestion", _ANSWERS)
    with more.popover("More filters", icon=":material/tune:", width="stretch"):
        for label in ("Course", "Level", "Stage", "Mode"):
            name = label.lower()
            there = sorted({value for tutee in tutees for value in _TELLS[name](tutee)})
            chosen[name] = _choice(label, name, there)
        going_on = set(_choice("Support", "support", [part.value for part in Part]))
        weeks = st.selectbox(
            "No contact for", _WEEKS, None, _weeks, key="weeks", placeholder="Any", bind="query-params"
        )

    def supported(tutee: Tutee) -> bool:
        own = support.get(tutee.id, GoingOn())
        return (not going_on or bool(going_on & set(own.said))) and (
            not weeks or own.no_contact_for(weeks, today)
        )

    return [tutee for tutee in tutees if _matches(tutee, typed, chosen) and supported(tutee)]


def _weeks(number: int) -> str:
    return f"{number} weeks"


def _choice(label: str, name: str, options: Sequence[str]) -> list[str]:
    return st.multiselect(label, options, key=name, placeholder="Any", bind="query-params")


def _matches(tutee: Tutee, typed: str, chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether the tutee has every typed word, and of every filter that is used one of the values."""
    return search.matches(f"{tutee.name} {tutee.standing.course}", typed) and all(
        not wanted or _TELLS[name](tutee) & set(wanted) for name, wanted in chosen.items()
    )
