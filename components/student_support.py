"""Support for the student themselves: conversations, plans, notes, each with what they can decide."""

from datetime import datetime

import streamlit as st

from components import conversation_box, escalation_box, note_box, plan_box, share_box, support_tabs
from components.begun import Seen
from components.plan_choices import Choices
from policy.days import london_day
from support.decisions import Decision
from support.party import Party
from support.record import Record


def show(record: Record, choices: Choices, seen: Seen, part: str | None, at: datetime) -> Decision | None:
    """All of it; what was decided in this run. `part` is open first, `seen` remembers from run to run."""
    decided: Decision | None = None
    talks, planned, written = support_tabs.show(record, part)
    with talks:
        decided = conversation_box.of_student(record, choices.rules.tripwire.terms, at)
        escalation_box.of_student(record.passed_on)
    with planned:
        decided = (
            plan_box.show(record.plans, record.effects, Party.STUDENT, choices, seen, london_day(at))
            or decided
        )
        if share_box.open_now(record.shareables):
            st.subheader("What advisers do", anchor=False)
        share_box.of_student(record.shareables)
    with written:
        return note_box.show(record.notes, Party.STUDENT, choices.rules, seen) or decided
