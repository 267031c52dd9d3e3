"""Reminders, each written once: of a conversation the day before, and of actions that a student must see to soon."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CursorResult, not_, select, update
from sqlalchemy.orm import InstrumentedAttribute

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate, outbox
from data_access.gate import Opened
from data_access.restricted import restricted
from data_access.scope import active
from data_access.tables import Enrolment, Meeting, MeetingStep, Person, SupportAction, SupportPlan
from engagement import words
from policy.days import LONDON, london_day
from privacy.labels import Category
from privacy.purposes import Purpose
from support.action import State as ActionState
from support.meeting import State as MeetingState
from support.offer import Slot
from support.party import Party
from support.plan import IN_FORCE

_REMIND = Act(Action.WRITE, Category.SUPPORT, Purpose.FOLLOW_UP)
_SOON = timedelta(days=2)
_USED = not_(restricted(Purpose.FOLLOW_UP))


def write(viewer: Viewer, at: datetime) -> int:
    """Write the reminders of today; how many. What was reminded of once never is again."""
    with gate.writing(viewer, None, _REMIND, at, only={Role.SERVICE}) as opened:
        return _meetings(opened, at) + _actions(opened, at)


def key_of_meeting(row: Meeting) -> str:
    """The key of the reminder of a meeting as it is planned now."""
    return f"meeting-reminder-{row.id}-{row.sequence}"


def key_of_action(number: int, due: date) -> str:
    """The key of the reminder of an action while it is due on that day."""
    return f"action-reminder-{number}-{due}"


def _meetings(opened: Opened, at: datetime) -> int:
    """Of the conversations of tomorrow; before a weekend in which nothing is sent, up to the first day after it.

    What was agreed today needs none: the invitation has just come.
    """
    first = london_day(at) + timedelta(days=1)
    just_now = select(MeetingStep.meeting).where(
        MeetingStep.state == MeetingState.PLANNED, MeetingStep.at >= _midnight(london_day(at))
    )
    coming = (
        select(Meeting, Person.given_name, Person.family_name)
        .join(Person, Person.number == Meeting.tutor)
        .join(Enrolment, Enrolment.id == Meeting.enrolment)
        .where(Meeting.state == MeetingState.PLANNED, Meeting.reminded_at.is_(None), _USED, active())
        .where(Meeting.starts_at >= _midnight(first), Meeting.starts_at < _midnight(_last(first)))
        .where(Meeting.id.not_in(just_now))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    written = 0
    for meeting, given, family in opened.session.execute(coming, {"today": london_day(at)}).all():
        slot = Slot(meeting.id, meeting.starts_at, meeting.minutes)
        said = {
            "tutor": f"{given} {family}",
            "when": slot.said,
            "place": meeting.place or meeting.format.value,
        }
        if _first(opened, Meeting.id, Meeting.reminded_at, meeting.id, at):
            outbox.tell(opened, meeting.enrolment, "meeting-reminder", key_of_meeting(meeting), said, at)
            written += 1
    return written


def _actions(opened: Opened, at: datetime) -> int:
    """Of open actions due today or in the two days after: a student's own, and what they turn to a service for.

    Tutors and advisers read of theirs in the weekly e-mail.
    """
    today, a, p = london_day(at), SupportAction, SupportPlan
    due = (
        select(a.id, a.text, a.due, p.enrolment)
        .join(p, p.id == a.plan)
        .join(Enrolment, Enrolment.id == p.enrolment)
        .where(
            a.owner.in_((Party.STUDENT, Party.SERVICE)), a.state == ActionState.OPEN, a.reminded_at.is_(None)
        )
        .where(p.state.in_(IN_FORCE), a.due >= today, a.due <= today + _SOON, _USED, active())
        .order_by(a.due, a.id)
    )
    written = 0
    for number, text, day, enrolment in opened.session.execute(due, {"today": today}).all():
        said = {"action": text, "due": words.day(day)}
        if _first(opened, a.id, a.reminded_at, number, at):
            outbox.tell(opened, enrolment, "action-reminder", key_of_action(number, day), said, at)
            written += 1
    return written


def _first(
    opened: Opened,
    numbers: InstrumentedAttribute[int],
    reminded: InstrumentedAttribute[datetime | None],
    number: int,
    at: datetime,
) -> bool:
    """Whether nobody has reminded of it before; from now on somebody has."""
    here = update(numbers.class_).where(numbers == number, reminded.is_(None)).values({reminded: at})
    changed: Any = opened.session.execute(here.execution_options(synchronize_session=False))
    return isinstance(changed, CursorResult) and changed.rowcount == 1


def _last(first: date) -> date:
    """The day after the last one to remind of: weekends are passed over where nothing is sent in them."""
    last = first
    while policy.current().messages.quiet.weekends and last.weekday() > 4:
        last += timedelta(days=1)
    return last + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), LONDON)
