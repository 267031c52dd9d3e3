"""For the student: who opened their record in an emergency, and what was given to organisations outside."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from engagement import words
from policy.days import LONDON
from privacy.break_glass import Told
from privacy.disclosed import Disclosed


def show(emergencies: Sequence[Told], disclosed: Sequence[Disclosed]) -> None:
    """A sentence where there is neither; otherwise each with who, when and on which ground."""
    if emergencies:
        st.subheader("In an emergency", anchor=False)
        st.markdown("\n".join(f"- {_emergency(one)}" for one in emergencies))
    st.subheader("Given to organisations outside", anchor=False)
    if disclosed:
        st.markdown("\n".join(f"- {_given(one)}" for one in disclosed))
    else:
        st.markdown("Nothing about you has been given to an organisation outside the university.")


def _emergency(one: Told) -> str:
    began, ended = (at.astimezone(LONDON) for at in (one.began_at, one.ends_at))
    return (
        f"**{plain(one.by)}**, {one.role.lower()}, on {began:%-d %B %Y} from {began:%H:%M} to {ended:%H:%M}. "
        f"{one.ground.words}. {one.state.words}."
    )


def _given(one: Disclosed) -> str:
    said = f"{words.day(one.given_on)} {one.given_on.year}: **{plain(one.recipient)}** received {plain(one.items)}."
    by = f" Approved by {plain(one.approved_by)}." if one.approved_by else ""
    return f"{said} {one.ground.words}: {plain(one.evidence)}.{by}"
