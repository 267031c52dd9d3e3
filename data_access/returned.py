"""E-mails that a mail server took and sent back later: the message says so from then on."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update

import policy
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.sending import SEND
from data_access.tables import Message
from support import delivery
from support.message import Problem, State

_BACK_WITHIN = timedelta(days=14)  # mail servers give up after a few days


def note(viewer: Viewer, numbers: Collection[str], at: datetime) -> int:
    """Note that the messages with these Message-IDs came back; how many of ours there were among them.

    A message that is not marked as sent, or was noted before, is left as it is.
    """
    ours = policy.current().messages.sending.from_address
    lately = select(Message.id, Message.key).where(
        Message.state == State.SENT, Message.sent_at > at - _BACK_WITHIN
    )
    with gate.writing(viewer, None, SEND, at, only={Role.SERVICE}) as opened:
        rows = opened.session.execute(lately).all()
        back = [row.id for row in rows if delivery.number(row.key, ours) in numbers]
        here = update(Message).where(Message.id.in_(back), Message.state == State.SENT)
        noting = here.values(state=State.BOUNCED, problem=Problem.RETURNED).returning(Message.id)
        return len(opened.session.scalars(noting).all())
