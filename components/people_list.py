"""Who has which role: a search box, a filter, and a card for each colleague.

Not a table: long names would make it wider than a phone, and its scrolling part cannot be reached by keyboard.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from components import search
from components.plain import plain
from engagement import words
from privacy.grants import Colleague, Grant

_PAGE = 20
NOBODY = "No role at present"


def show(colleagues: Sequence[Colleague], titles: Sequence[str]) -> None:
    """The filters and the cards, so many at a time."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        typed = search.box("Name or username")
    with right:
        wanted = st.multiselect(
            "Role", [*titles, NOBODY], key="role", placeholder="Any role", bind="query-params"
        )
    shown = [
        found
        for one in colleagues
        if search.matches(f"{one.name} {one.username}", typed) and (found := _holding(one, wanted))
    ]
    if not shown:
        st.info("Nobody matches. Take a filter away to see more.", icon=":material/filter_alt_off:")
        return
    pages = -(-len(shown) // _PAGE)
    page = st.pagination(pages, key=f"people-{typed}-{wanted}") if pages > 1 else 1
    for one in shown[(page - 1) * _PAGE : page * _PAGE]:
        _card(one)


def summary(colleagues: Sequence[Colleague], due: int) -> str:
    """`8 colleagues hold 9 roles. 2 of them are to be reviewed.`"""
    roles = sum(len(one.grants) for one in colleagues)
    said = f"{words.of(len(colleagues), 'colleague')} and {words.of(roles, 'role')}."
    if due:
        return f"{said} **{words.of(due, 'role')} to be reviewed.**"
    return f"{said} None is to be reviewed at present."


def _holding(one: Colleague, wanted: Sequence[str]) -> Colleague | None:
    """The colleague with those of their roles that are wanted; None without any."""
    if not wanted:
        return one
    kept = tuple(given for given in one.grants if given.title in wanted)
    return replace(one, grants=kept) if kept or (not one.grants and NOBODY in wanted) else None


def _card(one: Colleague) -> None:
    with st.container(border=True):
        left, right = st.columns([1, 2])
        you = " (you)" if one.own else ""
        left.markdown(f"**{plain(one.name)}**{you}  \n:gray[{plain(one.username)}]")
        for given in one.grants:
            right.markdown(
                f"**{given.title}**, {days(given)}  \n:gray[{plain(given.reason)} · given {by(given.given_by)}]"
            )
        if not one.grants:
            right.markdown(NOBODY)


def days(given: Grant) -> str:
    """`since 23 November 2026`, or from when to when."""
    if given.last:
        return f"{full(given.first)} – {full(given.last)}"
    return f"since {full(given.first)}"


def by(giver: str) -> str:
    """`by eve`, or that it was a job and nobody."""
    job = giver.removeprefix("service:")
    return f"by {plain(giver)}" if job == giver else f"by the job “{plain(job)}”"


def full(on: date) -> str:
    """`23 November 2026`."""
    return f"{words.day(on)} {on.year}"
