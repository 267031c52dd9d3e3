"""One colleague's roles, each to be kept or taken away, and the form that gives another."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components import day_box
from components.people_decisions import Decision, Give, Keep, TakeAway
from components.people_list import by, days, full
from components.plain import plain
from engagement import words
from privacy.grants import Colleague, Grant

_LONGEST = 200


def choose(colleagues: Sequence[Colleague]) -> Colleague | None:
    """All colleagues but the one who asks, by name; the one chosen."""
    others = {one.username: one for one in colleagues if not one.own}
    username = st.selectbox(
        "Colleague",
        list(others),
        index=None,
        format_func=lambda username: f"{others[username].name} ({username})",
        placeholder="Choose a colleague",
        key="colleague",
        width=500,
    )
    return others.get(username or "")


def change(one: Colleague, titles: Mapping[str, str], today: date) -> Decision | None:
    """The colleague's roles with a way to take each away, and the form; what was decided in this run."""
    decided: Decision | None = None
    for given in one.grants:
        decided = card(given) or decided
    if not one.grants:
        st.markdown(f"{plain(one.name)} has no role at present.")
    return _give(one, titles, today) or decided


def card(given: Grant, *, review: bool = False) -> Decision | None:
    """One role of somebody, with the buttons; what was decided. For a review, whose it is stands first."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        who = f"**{plain(given.name)}** · " if review else ""
        st.markdown(f"{who}**{given.title}**  \n{_since(given)}  \n{plain(given.reason)}", width="stretch")
        if given.own:
            st.caption("Yours: another administrator looks after it.", width="content")
            return None
        kept = review and st.button(
            "Still needed",
            icon=":material/check:",
            key=f"keep-{given.id}",
            help=f"{given.name}: {given.title}",
        )
        return Keep(given.id) if kept else _take_away(given)


def _take_away(given: Grant) -> TakeAway | None:
    with (
        st.popover("Take away", icon=":material/person_remove:", key=f"away-{given.id}"),
        st.form(f"away-form-{given.id}", border=False),
    ):
        st.markdown(
            f"**{plain(given.name)}** loses the role “{given.title}” at once, and is signed out of it."
        )
        reason = st.text_input("Why", max_chars=_LONGEST, key=f"away-why-{given.id}")
        sent = st.form_submit_button("Take the role away", type="primary")
    return TakeAway(given.username, given.role, reason or "") if sent else None


def _since(given: Grant) -> str:
    looked = f" · found needed {full(given.reviewed_on)}" if given.reviewed_on else ""
    return f"{words.sentence(days(given)).rstrip('.')} · given {by(given.given_by)}{looked}"


def _give(one: Colleague, titles: Mapping[str, str], today: date) -> Give | None:
    made = f"{one.username}-{len(one.grants)}"  # another form once the role is given
    with st.form(f"give-{made}", width=760):
        st.markdown(f"**Give {plain(one.name)} a role**")
        role = st.selectbox("Role", list(titles), format_func=titles.__getitem__, key=f"role-{made}")
        left, right = st.columns(2)
        with left:
            first = day_box.ask("First day", today, key=f"first-{made}", filled=True)
        with right:
            last = day_box.ask("Last day, if it is to end by itself", today, key=f"last-{made}")
        reason = st.text_input(
            "Why", max_chars=_LONGEST, key=f"why-{made}", help="They read it on My account."
        )
        if not st.form_submit_button("Give the role", type="primary"):
            return None
    try:
        until = day_box.read(last) if last.strip() else None
        return Give(one.username, role, day_box.read(first), until, reason or "")
    except ValueError:
        st.error(day_box.HELP)
        return None
