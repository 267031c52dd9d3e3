"""Whether a message may be e-mailed at this moment: everything that stops one, in the order in which it is asked.

Asked at the moment of sending and not when it was written: a course may have ended in between.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

import policy
from auth.viewer import Role
from data_access import reminders
from data_access.gate import Opened
from data_access.restricted import restricted
from data_access.scope import active, covers
from data_access.tables import (
    Account,
    Enrolment,
    Meeting,
    Message,
    RoleGrant,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy.purposes import Purpose
from support.action import State as ActionState
from support.meeting import State as MeetingState
from support.message import Problem, State
from support.plan import IN_FORCE

DIGESTS: Mapping[str, Role] = {
    "digest": Role.TUTOR,
    "digest-adviser": Role.ADVISER,
    "digest-senior-tutor": Role.SENIOR_TUTOR,
    "digest-compliance": Role.COMPLIANCE,
}
"""The weekly e-mails to colleagues, by the names under which they are kept, and the role that each is for."""
_DIGEST_HOURS = 48


def problem(opened: Opened, message: Message, at: datetime) -> Problem | None:
    """The first thing that stops it; None when it may go."""
    return next((found for found, stops in _ASKED if stops(opened, message, at)), None)


def _enrolment_ended(opened: Opened, message: Message, at: datetime) -> bool:
    if message.enrolment is None:
        return False
    studying = select(Enrolment.id).where(Enrolment.id == message.enrolment, active())
    return opened.session.scalar(studying, {"today": london_day(at)}) is None


def _left_unused(opened: Opened, message: Message, at: datetime) -> bool:
    """Whether the student asked that their data be not used for this, nor for writing to them at all."""
    template = policy.current().messages.template.get(message.template)
    if message.enrolment is None or (template and template.answers_a_right):
        return False
    asked_so = or_(restricted(message.purpose), restricted(Purpose.COMMUNICATE))
    found = select(Enrolment.id).where(Enrolment.id == message.enrolment, asked_so)
    return opened.session.scalar(found) is not None


def _role_ended(opened: Opened, message: Message, at: datetime) -> bool:
    """Of a digest: whether whom it is to has the role no more that it is for."""
    if message.enrolment is not None:
        return False
    held = (
        select(RoleGrant.id)
        .join(Account, Account.person == RoleGrant.person)
        .where(RoleGrant.person == message.to, RoleGrant.role == DIGESTS[message.template], Account.active)
        .where(covers(RoleGrant.first, RoleGrant.last))
    )
    return opened.session.scalars(held, {"today": london_day(at)}).first() is None


def _too_late(opened: Opened, message: Message, at: datetime) -> bool:
    template = policy.current().messages.template.get(message.template)
    hours = template.within_hours if template else _DIGEST_HOURS
    return at > message.made_at + timedelta(hours=hours)


def _overtaken(opened: Opened, message: Message, at: datetime) -> bool:
    """Of a reminder: whether the meeting or the action stands no more as it did when it was written."""
    stands = _REMINDS.get(message.template)
    number = re.match(rf"{message.template}-(\d+)-", message.key)
    return stands is not None and number is not None and not stands(opened, int(number[1]), message.key)


def _meeting_stands(opened: Opened, number: int, key: str) -> bool:
    row = opened.session.get(Meeting, number)
    return row is not None and row.state is MeetingState.PLANNED and reminders.key_of_meeting(row) == key


def _action_stands(opened: Opened, number: int, key: str) -> bool:
    a = SupportAction
    asked = select(a.id, a.due).join(SupportPlan, SupportPlan.id == a.plan)
    runs = a.id == number, a.state == ActionState.OPEN, SupportPlan.state.in_(IN_FORCE)
    row = opened.session.execute(asked.where(*runs)).one_or_none()
    return row is not None and reminders.key_of_action(row.id, row.due) == key


def _capped(opened: Opened, message: Message, at: datetime) -> bool:
    """Enough was e-mailed to this student in these days, in all or about the same thing.

    What is being sent at this moment counts too, the older message before the younger.
    """
    ours = policy.current().messages
    template = ours.template.get(message.template)
    if template is None or template.confirmation:
        return False
    gone = or_(
        (Message.state == State.SENT) & (Message.sent_at > at - timedelta(days=ours.cap.days)),
        (Message.state == State.SENDING) & (Message.id < message.id),
    )
    counted = [name for name, one in ours.template.items() if not one.confirmation]
    same = [name for name in counted if ours.template[name].about == template.about]
    sent = select(Message.template, func.count()).where(Message.to == message.to, gone)
    rows = opened.session.execute(sent.where(Message.template.in_(counted)).group_by(Message.template))
    number = dict(rows.all())
    return sum(number.values()) >= ours.cap.all or sum(number.get(name, 0) for name in same) >= ours.cap.same


_REMINDS: Mapping[str, Callable[[Opened, int, str], bool]] = {
    "meeting-reminder": _meeting_stands,
    "action-reminder": _action_stands,
}
_Stops = Callable[[Opened, Message, datetime], bool]
_ASKED: tuple[tuple[Problem, _Stops], ...] = (
    (Problem.ENROLMENT_ENDED, _enrolment_ended),
    (Problem.LEFT_UNUSED, _left_unused),
    (Problem.ROLE_ENDED, _role_ended),
    (Problem.TOO_LATE, _too_late),
    (Problem.OVERTAKEN, _overtaken),
    (Problem.CAP, _capped),
)
"""What is asked of each message. Whoever adds a reason adds a line."""
