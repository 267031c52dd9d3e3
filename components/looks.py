"""Who looked at the student's record: when, who, in which role, at what and why; and who was refused."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import given_outside
from components.plain import plain
from engagement import words
from policy.days import LONDON, london_day
from policy.retention import Rule
from privacy.break_glass import Told
from privacy.disclosed import Disclosed
from privacy.labels import Retention
from privacy.looked import Look
from privacy.retention import length

_PAGE = 20
_OTHERS, _OWN = "Others", "My own visits too"


def show(
    looks: Sequence[Look], told: Sequence[Told], given: Sequence[Disclosed], schedule: Mapping[str, Rule]
) -> None:
    """A sentence, the choice whether the student's own visits count, and the looks, so many at a time.

    The schedule says for how long each line is kept. Then the emergencies that the student was told of, and what was
    given to organisations outside.
    """
    others = [look for look in looks if not look.own]
    rule = schedule.get(Retention.AUDIT)
    st.markdown(summary(others))
    chosen = st.segmented_control("Show", [_OTHERS, _OWN], default=_OTHERS, required=True, key="looks-of")
    shown = others if chosen == _OTHERS else list(looks)
    pages = -(-len(shown) // _PAGE)
    first = (st.pagination(pages, key=f"looks-{chosen}") - 1) * _PAGE if pages > 1 else 0
    if rows := [_row(look) for look in shown[first : first + _PAGE]]:
        st.table(rows, hide_index=True, border="horizontal", alt="Who looked at your record")
    st.caption(
        "Each line was written down when it happened and cannot be changed unseen. A look at a list of students is "
        "one line for each page that was opened; the same look again within a few minutes is not written twice."
        + (f" A line is kept for at least {length(rule)}." if rule else "")
    )
    given_outside.show(told, given)


def summary(others: Sequence[Look]) -> str:
    """`3 people opened your record 12 times since 2 November 2026. 1 try was refused.`"""
    people = [look for look in others if look.by_person]
    if not people:
        return "Nobody but you has looked at your record yet."
    seen = [look for look in people if look.allowed]
    who = words.of(len({look.name for look in seen}), "person", "people")
    since = london_day(people[-1].at)
    said = f"{who} opened your record {words.of(len(seen), 'time')} since {words.day(since)} {since.year}."
    refused = len(people) - len(seen)
    tries = f" {words.of(refused, 'try', 'tries')} {'was' if refused == 1 else 'were'} refused."
    return said + tries if refused else said


def _row(look: Look) -> dict[str, str]:
    did = "Changed" if look.wrote else "Read"
    how = f"{did} {look.what}{', in a list' if look.in_list else ''}"
    role = f", {look.role.lower()}" if look.by_person and not look.own else ""
    when = f"{look.at.astimezone(LONDON):%-d %b %Y, %H:%M}"
    return {
        "Who, and when": f"{plain(look.name + role)}  \n:small[:gray[{when}]]",
        "What, and what for": plain(f"{how}: {look.why}" if look.allowed else f"Refused. {look.reason}"),
    }
