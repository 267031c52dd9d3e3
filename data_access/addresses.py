"""The address of whom one message is to, read at the moment of sending, and by nothing else."""

from datetime import datetime

from sqlalchemy import select

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.tables import Account, ContactDetail, ContactKind, Message
from privacy.labels import Category
from privacy.purposes import Purpose

_CONTACT = Act(Action.READ, Category.CONTACT, Purpose.COMMUNICATE)


def of(viewer: Viewer, message: Message, at: datetime) -> str | None:
    """The student's university e-mail; of a digest, the colleague's by the university's rule. None without any."""
    with gate.reading(viewer, None, _CONTACT, at, only={Role.SERVICE}) as opened:
        if message.enrolment is not None:
            theirs = ContactDetail.enrolment == message.enrolment, ContactDetail.kind == ContactKind.EMAIL
            return opened.session.scalar(select(ContactDetail.value).where(*theirs))
        rule = policy.current().messages.digest.address
        username = opened.session.scalar(select(Account.username).where(Account.person == message.to))
        return rule.format(username=username) if rule and username else None
