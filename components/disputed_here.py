"""What a student disputes of what is written here: told to both sides, and answered by the tutor with reasons."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from components.plan_words import full
from policy.days import london_day
from privacy.dispute import LONGEST, Dispute, State, Ticket
from privacy.dispute_decisions import KeepOwn
from privacy.labels import Source

_HOW = "Put it right where it stands below, and it is settled. If it is right as it is, say why."


def answer(tickets: Sequence[Ticket], name: str) -> KeepOwn | None:
    """Each, the oldest first, with the form for reasons; what was kept in this run."""
    kept: KeepOwn | None = None
    for one in tickets:
        with st.container(border=True, key=f"disputed-{one.reference}"):
            due = f", answer due by {full(one.due)}" if one.due else ""
            said = f" “{plain(one.text)}”" if one.text else ""
            st.markdown(
                f":orange-badge[disputed] **{plain(one.about)}**  \nWritten: “{plain(one.value)}”  \n"
                f"{plain(name)} says: {plain(one.claim)}.{said}  \n"
                f":gray[Since {full(london_day(one.raised_at))}{due}]"
            )
            kept = _keep(one) or kept
    return kept


def told(disputes: Sequence[Dispute]) -> None:
    """The student's own open disputes of what is written here, one line each."""
    for one in disputes:
        if one.state is State.DISPUTED and one.kind.system is Source.HERE:
            since = full(london_day(one.raised_at))
            st.caption(
                f":orange-badge[disputed] {plain(one.about)}: you have said so since {since}, and your tutor sees it."
            )


def _keep(one: Ticket) -> KeepOwn | None:
    key = f"keep-{one.reference}"
    with (
        st.expander("It is right as it is", icon=":material/verified:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        st.caption(_HOW)
        reasons = st.text_area(
            "Why it is right", max_chars=LONGEST, help="The student reads it.", key=f"{key}-why"
        )
        return KeepOwn(one.reference, reasons or "") if st.form_submit_button("Keep it") else None
