"""What the tests of messages share: something to tell, an address that stands nowhere else, and a row to look at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate, outbox
from data_access.tables import ContactDetail, ContactKind, Message
from privacy.labels import Category
from privacy.purposes import Purpose
from tests.cast import ADA, BEN, NOW, Member
from tests.conftest import University

JOB = Viewer.service("send")
CANARY = "ben.canary-7f3q@mail.university.example"
ADDRESS = insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value=CANARY, run=1)
WORDS = {
    "tutor": "Ada Okonkwo-Byrne",
    "times": "Tuesday 24 November 2026, 10:00 to 10:30",
    "when": "Tuesday 24 November 2026, 10:00 to 10:30",
    "place": "Room 1.02",
    "text": "How is the term going?",
    "until": "30 November",
    "action": "Ask the library for help",
    "due": "25 November",
    "adviser": "Avi Rosenthal",
    "reference": "R-ABCDEFGH",
    "who": "Sue Abernathy",
}
SUPPORT = Act(Action.WRITE, Category.SUPPORT, Purpose.OFFER)


def tell(
    key: str,
    template: str = "offer-changed",
    at: datetime = NOW,
    calendar: str | None = None,
    by: Member = ADA,
    to: Member = BEN,
) -> None:
    """One message, written as the functions of support do it."""
    with gate.writing(by.viewer, to.id, SUPPORT, at) as opened:
        outbox.tell(opened, opened.enrolments[0], template, key, WORDS, at, calendar)


def rows(store: University) -> list[Mapping[str, Any]]:
    """All messages, as they are stored."""
    with store.session() as session:
        return list(session.execute(select(Message.__table__).order_by(Message.id)).mappings())


def states(store: University) -> list[tuple[str, Any, Any]]:
    """Of each message its key, state and problem."""
    return [(row["key"], row["state"], row["problem"]) for row in rows(store)]


def rules(monkeypatch: pytest.MonkeyPatch, **parts: Mapping[str, Any]) -> None:
    """Change parts of the policy of messages for one test: `rules(monkeypatch, sending={"host": "127.0.0.1"})`."""
    now = policy.current()
    changed = {name: getattr(now.messages, name).model_copy(update=dict(to)) for name, to in parts.items()}
    ours = replace(now, messages=now.messages.model_copy(update=changed))
    monkeypatch.setattr(policy, "current", lambda: ours)
