"""The search box and the filters above the tutees; all of them stand in the address, so they can be bookmarked."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components import search
from engagement.measure import Rating
from engagement.suggestion import SAID, STANDING, State
from engagement.tutee import Tutee

_NOTHING = "nothing suggested"
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


def narrowed(tutees: Sequence[Tutee]) -> list[Tutee]:
    """The tutees that match what is typed and chosen, in the same order."""
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
    return [tutee for tutee in tutees if _matches(tutee, typed, chosen)]


def _choice(label: str, name: str, options: Sequence[str]) -> list[str]:
    return st.multiselect(label, options, key=name, placeholder="Any", bind="query-params")


def _matches(tutee: Tutee, typed: str, chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether the tutee has every typed word, and of every filter that is used one of the values."""
    return search.matches(f"{tutee.name} {tutee.standing.course}", typed) and all(
        not wanted or _TELLS[name](tutee) & set(wanted) for name, wanted in chosen.items()
    )
