"""A person's own account: who is signed in, the roles held and since when, and the places signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from components.plain import plain
from policy.days import LONDON

LEAVE = "Sign out"


@dataclass(frozen=True)
class Held:
    """A role in words, since when, and why."""

    role: str
    since: date
    reason: str


@dataclass(frozen=True)
class Place:
    """One session: `handle` names it, `here` is this one."""

    handle: str
    browser: str
    role: str
    began_at: datetime
    seen_at: datetime
    here: bool


def bar(name: str, role: str, others: Sequence[str]) -> str | None:
    """One line above every page: who is signed in, as what. `LEAVE`, or the other role they choose."""
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    ):
        chosen = None
        if others:
            st.caption(plain(name), width="content")
            chosen = st.menu_button(
                role, others, type="tertiary", format_func=lambda other: f"Switch to {other}"
            )
        else:
            st.caption(f"{plain(name)} · {role}", width="content")
        return LEAVE if st.button(LEAVE, icon=":material/logout:", type="tertiary") else chosen


def roles(held: Sequence[Held], active: str) -> str | None:
    """The roles of the person, with a button to switch to each but the active one; the one chosen."""
    chosen = None
    for role in held:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            mark = " :blue-badge[active now]" if role.role == active else ""
            st.markdown(
                f"**{role.role}**{mark}  \nSince {_day(role.since)} · {plain(role.reason)}", width="stretch"
            )
            if role.role != active and st.button(f"Switch to {role.role}", icon=":material/swap_horiz:"):
                chosen = role.role
    return chosen


def places(sessions: Sequence[Place]) -> str | None:
    """Where the person is signed in, with a button to end each but this one; the handle of the one chosen."""
    ended = None
    for place in sessions:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            mark = " :blue-badge[this one]" if place.here else f" as {place.role}"
            st.markdown(
                f"**{place.browser}**{mark}  \n"
                f"Began {_moment(place.began_at)} · last used {_moment(place.seen_at)}",
                width="stretch",
            )
            if not place.here and st.button("Sign out there", key=f"end-{place.handle}"):
                ended = place.handle
    return ended


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {_day(local.date())}"
