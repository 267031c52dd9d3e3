"""Support of one student for their tutor: conversations, plans, notes, each with what can be decided."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from components import (
    conversation_box,
    escalation_box,
    meeting_cards,
    note_box,
    plan_box,
    plan_form,
    share_box,
    support_lists,
    support_tabs,
)
from components.begun import Seen
from components.messages_preview import Writer
from components.plan_choices import Choices
from engagement.tutee import Tutee
from policy.days import london_day
from support.decisions import Decision
from support.escalation import SeniorTutor
from support.party import Party
from support.record import Record


def show(
    record: Record,
    tutee: Tutee,
    choices: Choices,
    writer: Writer,
    seniors: Sequence[SeniorTutor],
    seen: Seen,
    part: str | None,
    at: datetime,
) -> Decision | None:
    """All of it; what was decided in this run. `part` is open first, `seen` remembers from run to run."""
    today, rules = london_day(at), choices.rules
    decided: Decision | None = None
    talks, planned, written = support_tabs.show(record, part)
    with talks:
        confirmed, terms = support_lists.confirmed(tutee), rules.tripwire.terms
        look = partial(writer.look, name=tutee.given_name)
        decided = conversation_box.of_tutor(record, confirmed, terms, seen, look, at)
        decided = (
            escalation_box.of_tutor(record.passed_on, seniors, tutee.name, rules.tripwire.terms) or decided
        )
    with planned:
        decided = plan_box.show(record.plans, record.effects, Party.TUTOR, choices, seen, today) or decided
        if share_box.open_now(record.shareables):
            st.subheader("What advisers do", anchor=False)
        decided = share_box.of_tutor(record.shareables, tutee.name, rules.tripwire.terms) or decided
        decided = plan_form.box(tutee.name, choices, record.plans, today) or decided
    with written:
        decided = note_box.show(record.notes, Party.TUTOR, rules, seen) or decided
        return note_box.fresh(rules, len(record.notes), meeting_cards.held(record.meetings)) or decided
