"""What is disputed at present, as SQL: the facts, the work and the missing work leave it out, and so do all engines.

Each is a list of keys and not a question per row: it is short, and the database reads it once.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_

from data_access.tables import Dispute
from privacy.dispute import Kind, State


def class_of(student: Any, event: Any) -> ColumnElement[bool]:
    """Whether this student says that their register of this class is wrong."""
    return tuple_(student, event).in_(_open(Kind.ATTENDANCE, Dispute.event))


def work_of(student: Any, assessment: Any) -> ColumnElement[bool]:
    """Whether this student says that what is recorded of this piece of work is wrong."""
    return tuple_(student, assessment).in_(_open(Kind.WORK, Dispute.assessment))


def online_of(student: Any, module: Any, day: Any) -> ColumnElement[bool]:
    """Whether this student says that their use of the module's pages on this day is wrong."""
    return tuple_(student, module, day).in_(_open(Kind.ONLINE, Dispute.module, Dispute.day))


def meeting_of(student: Any, due: Any) -> ColumnElement[bool]:
    """Whether this student says that what is recorded of the supervision meeting due on this day is wrong."""
    return tuple_(student, due).in_(_open(Kind.SUPERVISION, Dispute.day))


def milestone_of(student: Any, title: Any, due: Any) -> ColumnElement[bool]:
    """Whether this student says that what is recorded of this milestone is wrong."""
    return tuple_(student, title, due).in_(_open(Kind.MILESTONE, Dispute.name, Dispute.day))


def _open(kind: Kind, *key: Any) -> Select[Any]:
    filled = [column.is_not(None) for column in key]
    return select(Dispute.student, *key).where(Dispute.state == State.DISPUTED, Dispute.kind == kind, *filled)
