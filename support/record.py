"""All that support holds about one student, as one side of it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from support.before_after import BeforeAfter
from support.escalation import Escalation
from support.meeting import Meeting
from support.note import Note
from support.offer import Offer
from support.plan import Plan
from support.sharing import Shareable


@dataclass(frozen=True)
class Record:
    """Conversations, plans, notes, what is shared and to whom the student was passed on, each the latest first.

    `effects` are the scores before each agreed plan and since, by the plan's number.
    """

    offers: tuple[Offer, ...]
    meetings: tuple[Meeting, ...]
    plans: tuple[Plan, ...]
    notes: tuple[Note, ...]
    shareables: tuple[Shareable, ...]
    passed_on: tuple[Escalation, ...]
    effects: Mapping[int, BeforeAfter]
