"""The parts of a page of support, side by side, each with how much of it there is; the address can name one."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from support.meeting import State as MeetingState
from support.note import State as NoteState
from support.offer import OPEN
from support.plan import State as PlanState
from support.record import Record

TALKS, PLANS, NOTES = PARTS = ("conversations", "plans", "notes")
"""The parts by their names in the address."""


def show(record: Record, part: str | None) -> Sequence[DeltaGenerator]:
    """The tabs of conversations, plans and notes; the part named in the address is the one that is open."""
    counts = (
        sum(one.state in OPEN for one in record.offers)
        + sum(one.state is MeetingState.PLANNED for one in record.meetings),
        sum(one.state is not PlanState.CLOSED for one in record.plans),
        sum(one.state is not NoteState.APPROVED for one in record.notes),
    )
    labels = [
        f"{name.capitalize()} ({count})" if count else name.capitalize()
        for name, count in zip(PARTS, counts, strict=True)
    ]
    return st.tabs(labels, default=labels[PARTS.index(part) if part in PARTS else 0])
