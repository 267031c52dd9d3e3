"""The form of a tutor who offers a conversation: how, where, when, and in which words."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import streamlit as st

from components import day_box, messages_preview, sensitive
from components.begun import Seen
from policy.days import LONDON
from support import wording
from support.offer import Format, Invitation

TIMES = 3
MINUTES = (15, 20, 30, 45, 60)
_LONGEST = 1000
_PLACE = 200
Look = Callable[[Invitation], None]
"""Shows what the student will read of an offer."""


def new(made: int, today: date, terms: Sequence[str], seen: Seen, look: Look) -> Invitation | None:
    """The form of a new offer in its box, open while there is nothing else; another form once it is sent."""
    with st.expander("Offer a conversation", icon=":material/forum:", expanded=not made):
        return show(f"new-{made}", "Send the offer", today, terms, seen, look)


def show(
    key: str, send: str, today: date, terms: Sequence[str], seen: Seen, look: Look | None = None
) -> Invitation | None:
    """The form; what was filled in when it was sent in this run. Times are London's; `terms` look sensitive.

    With `look` the tutor can see before that what the student will read. Words that should be put differently are
    shown once before they go; `seen` remembers which were.
    """
    with st.form(f"offer-{key}", width=760):
        ways: list[Format] = list(Format)
        how = st.radio("How you talk", ways, format_func=_capital, horizontal=True, key=f"how-{key}")
        place = st.text_input(
            "Where, or how to join the call",
            max_chars=_PLACE,
            placeholder="Room 4.12, or a link",
            key=f"place-{key}",
        )
        st.caption("Up to three times. A line without a day is left out.")
        typed = [_time(key, n, today) for n in range(TIMES)]
        minutes = st.selectbox("How long", MINUTES, index=2, format_func=_minutes, key=f"long-{key}")
        text = st.text_area(
            "Your words",
            max_chars=_LONGEST,
            placeholder="What you would like to talk about, in a friendly way. No score, nothing about health.",
            key=f"text-{key}",
        )
        asked = sensitive.ask(text or "", terms, key=f"kept-{key}")
        with st.container(horizontal=True):
            sent = st.form_submit_button(send, type="primary")
            first = look and st.form_submit_button("Look at it first", icon=":material/visibility:")
        try:
            times = [datetime.combine(day_box.read(on), at, LONDON) for on, at in typed if on.strip()]
        except ValueError as fault:
            if sent or first:
                st.error(str(fault))
            return None
    invitation = Invitation(how, place, text, minutes, tuple(times), asked.why)
    if look and first:
        with st.container(border=True, width=760, key=f"looked-{key}"):
            look(invitation)
    return invitation if sent and _read(invitation, send, key, seen, look) and asked.settled else None


def _read(invitation: Invitation, send: str, key: str, seen: Seen, look: Look | None) -> bool:
    """Whether it may go: nothing is to be put differently, or the tutor has read what, and sends the same again.

    A number that is quoted never goes.
    """
    said, stops = wording.check(invitation.text), wording.refused(invitation.text)
    known = seen.get(f"worded-{key}") == invitation.text
    if not said or (known and not stops):
        return True
    seen[f"worded-{key}"] = invitation.text
    with st.container(border=True, width=760, key=f"worded-{key}"):
        if look:
            look(invitation)
        else:
            messages_preview.differently(said)
        if stops:
            st.error("Nothing is sent. Please leave the number out.")
        else:
            st.info(f"Nothing is sent yet. If these are the words you want, press “{send}” once more.")
    return False


def _time(key: str, n: int, today: date) -> tuple[str, time]:
    """A day as it was typed, empty where there is none, and a time of day."""
    left, right = st.columns(2)
    with left:
        on = day_box.ask(f"Day {n + 1}", today, key=f"day-{n}-{key}")
    at = right.time_input(f"Time {n + 1}", time(10), step=900, key=f"time-{n}-{key}")
    return on, at


def _capital(how: Format) -> str:
    return how.value.capitalize()


def _minutes(number: int) -> str:
    return f"{number} minutes"
