"""Messages on their way to the mail server: each is claimed by one sender, looked at again, and marked.

A message is marked as sent after the server took it. A sender that dies in between leaves it claimed; after a
quarter of an hour another takes it over and sends it again, under the same Message-ID: at least once, never lost.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, and_, func, or_, select, update

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import addresses, contracts, gate, may_send
from data_access.gate import Opened
from data_access.tables import Message, Person
from policy.messages import Messages
from policy.processors import Integration
from privacy.labels import Category
from privacy.purposes import Purpose
from support import delivery
from support.delivery import Claim, Letter, Outcome
from support.message import NEXT, Problem, State, emailed

SEND = Act(Action.WRITE, Category.MESSAGE, Purpose.COMMUNICATE)
_LOOK = Act(Action.READ, Category.MESSAGE, Purpose.COMMUNICATE)
_PLAIN = {"synchronize_session": False}
HELD_FOR = timedelta(minutes=15)
"""How long a sender may work on one message before another takes it over."""


def claim(viewer: Viewer, at: datetime) -> list[Claim]:
    """Take the next messages that are due, the longest waiting first; what another sender has is left to it.

    ContractOver, and every message waits, where the mail server is a processor's whose contract does not run.
    """
    contracts.needed(Integration.EMAIL, at)
    abandoned = and_(Message.state == State.SENDING, Message.claimed_at <= at - HELD_FOR)
    waiting = and_(Message.state == State.WAITING, Message.not_before <= at)
    free = or_(waiting, abandoned)
    most = policy.current().messages.sending.at_once
    due = select(Message.id).where(free).order_by(Message.not_before, Message.id).limit(most)
    with gate.writing(viewer, None, SEND, at, only={Role.SERVICE}) as opened:
        numbers = opened.session.scalars(due).all()
        taking = (
            update(Message).where(Message.id.in_(numbers), free).values(state=State.SENDING, claimed_at=at)
        )
        taken = set(opened.session.scalars(taking.returning(Message.id)).all())
    return [Claim(number, at) for number in numbers if number in taken]


def letter(viewer: Viewer, claim: Claim, at: datetime) -> Letter | None:
    """The e-mail of a claimed message, claimed anew from now; the one place where an address is read.

    None where it may not be sent, which is then noted with the message, or where it is another's by now.
    """
    with gate.writing(viewer, None, SEND, at, only={Role.SERVICE}) as opened:
        if not _move(opened, claim, State.SENDING, {"claimed_at": at}):
            return None
        claim = Claim(claim.message, at)
        row = opened.session.get_one(Message, claim.message)
        problem = may_send.problem(opened, row, at)
        if problem:
            _move(opened, claim, State.BLOCKED, {"problem": problem})
            return None
        name = opened.session.scalars(select(Person.given_name).where(Person.number == row.to)).one()
        opened.session.expunge(row)  # it is read once more after the transaction
    if (address := addresses.of(viewer, row, at)) is None:
        with gate.writing(viewer, None, SEND, at) as opened:
            _move(opened, claim, State.BLOCKED, {"problem": Problem.NO_ADDRESS})
        return None
    return _letter(policy.current().messages, claim, row, name, address)


def mark(viewer: Viewer, claim: Claim, outcome: Outcome, at: datetime) -> bool:
    """Note what came of it; False where another sender has the message by now, which then notes it itself."""
    with gate.writing(viewer, None, SEND, at, only={Role.SERVICE}) as opened:
        tries = opened.session.scalars(select(Message.tries).where(Message.id == claim.message)).one()
        return _move(opened, claim, *_follows(policy.current().messages, outcome, tries, at))


def give_back(viewer: Viewer, claims: list[Claim], at: datetime) -> None:
    """Let messages wait again that were claimed and not tried."""
    with gate.writing(viewer, None, SEND, at, only={Role.SERVICE}) as opened:
        for claim in claims:
            _move(opened, claim, State.WAITING, {})


def waiting(viewer: Viewer, at: datetime) -> int:
    """How many messages are still to be sent, now or later."""
    with gate.reading(viewer, None, _LOOK, at, only={Role.SERVICE}) as opened:
        left = select(func.count()).where(Message.state.in_((State.WAITING, State.SENDING)))
        return opened.session.scalars(left).one()


def _follows(ours: Messages, outcome: Outcome, tries: int, at: datetime) -> tuple[State, dict[str, Any]]:
    """The state after an outcome, and what else is noted. Only what a server said of one mailbox is a try."""
    sending = ours.sending
    match outcome:
        case Outcome.TAKEN:
            return State.SENT, {"sent_at": at, "problem": None}
        case Outcome.REFUSED:
            return State.BOUNCED, {"problem": Problem.REFUSED}
        case Outcome.DOWN:
            again = ours.quiet.after(at + sending.wait(1))
            return State.WAITING, {"not_before": again, "problem": Problem.SERVER_DOWN}
        case Outcome.LATER if tries + 1 >= sending.give_up_after:
            return State.BOUNCED, {"tries": tries + 1, "problem": Problem.UNREACHED}
        case Outcome.LATER:
            again = ours.quiet.after(at + sending.wait(tries + 1))
            return State.WAITING, {"tries": tries + 1, "not_before": again, "problem": Problem.LATER}


def _move(opened: Opened, claim: Claim, state: State, values: Mapping[str, Any]) -> bool:
    """Only a message that is still this sender's; whether it was."""
    if state is not State.SENDING and state not in NEXT[State.SENDING]:
        raise ValueError(f"a message that is being sent is never “{state}” next")
    mine = Message.id == claim.message, Message.state == State.SENDING, Message.claimed_at == claim.since
    moving = update(Message).where(*mine).values(state=state, **values)
    changed: Any = opened.session.execute(moving.execution_options(**_PLAIN))
    return isinstance(changed, CursorResult) and changed.rowcount == 1


def _letter(ours: Messages, claim: Claim, row: Message, name: str, address: str) -> Letter:
    number = delivery.number(row.key, ours.sending.from_address)
    to_a_colleague = row.enrolment is None
    text = row.body if to_a_colleague else emailed(ours, name, ours.template.get(row.template), row.body)
    return Letter(claim, number, address, row.subject, text, row.calendar)
