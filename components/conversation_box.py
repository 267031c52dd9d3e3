"""Conversations with one student, all of it in its order: what is offered, what is planned, and what was."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components import meeting_cards, offer_cards, offer_form
from components.begun import Seen
from components.offer_form import Look
from policy.days import london_day
from support.conversation_decisions import Decision, Send
from support.record import Record


def of_tutor(
    record: Record,
    confirmed: tuple[int, ...],
    terms: Sequence[str],
    seen: Seen,
    look: Look,
    at: datetime,
) -> Decision | None:
    """For the tutor; what was decided in this run. `confirmed` are the suggestions that an offer would answer.

    `terms` are the words of policy that look sensitive, `look` shows an offer as the student will read it, and
    `seen` remembers from run to run what was shown.
    """
    offers, meetings = record.offers, record.meetings
    today, made = london_day(at), len(offers) + len(meetings)  # another form once something is sent
    decided = offer_cards.of_tutor(offers, at, terms, seen)
    decided = meeting_cards.show(meetings, at, terms, tutor=True) or decided
    if invitation := offer_form.new(made, today, terms, seen, look):
        decided = Send(invitation, confirmed)
    decided = meeting_cards.contact(today, made, terms) or decided
    offer_cards.earlier(offers)
    return decided


def of_student(record: Record, terms: Sequence[str], at: datetime) -> Decision | None:
    """For the student; what was decided in this run."""
    offers, meetings = record.offers, record.meetings
    decided = offer_cards.of_student(offers, at, terms)
    decided = meeting_cards.show(meetings, at, terms, tutor=False) or decided
    with st.expander("Ask for a conversation", icon=":material/forum:", expanded=not (offers or meetings)):
        decided = meeting_cards.ask(len(offers), terms) or decided
    offer_cards.earlier(offers)
    return decided
