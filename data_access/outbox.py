"""What a student must be told, written down in the transaction of what happened; a job sends it later."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

import policy
from auth.refusals import NotYoursToSee
from auth.viewer import Role
from data_access.gate import Opened
from data_access.tables import Enrolment, Message
from privacy.purposes import Purpose
from support.message import State, written


def tell(
    opened: Opened,
    enrolment: int,
    template: str,
    key: str,
    words: Mapping[str, str],
    at: datetime,
    calendar: str | None = None,
) -> None:
    """Write one message to the student of an enrolment, in the transaction that is open.

    `key` is the message's own for good: one that was used before writes nothing. `calendar` is an iCalendar
    text that goes with the e-mail. Raises NotYoursToSee for an enrolment that is not among those opened, and
    KeyError for a template or a word that is missing.
    """
    if opened.viewer.role is not Role.SERVICE and enrolment not in opened.enrolments:
        raise NotYoursToSee
    ours = policy.current().messages
    chosen = ours.template[template]
    subject, body = written(chosen, words)
    row = {
        "key": key,
        "to": select(Enrolment.student).where(Enrolment.id == enrolment).scalar_subquery(),
        "enrolment": enrolment,
        "by": opened.viewer.person or None,
        "template": template,
        "purpose": Purpose(chosen.purpose),
        "subject": subject,
        "body": body,
        "calendar": calendar,
        "made_at": at,
        "not_before": ours.quiet.after(at),
        "state": State.WAITING,
    }
    put(opened, row)


def put(opened: Opened, row: Mapping[str, object]) -> bool:
    """Write a message unless its key was used before; whether it was written."""
    connection = opened.session.connection()
    opened.session.flush()  # what the message tells of comes first
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    once = insert(Message).values(**row).on_conflict_do_nothing(index_elements=["key"])
    return connection.execute(once.returning(Message.id)).scalar() is not None
