"""The keys by which systems know a person, and the refused rows in which one of them stands."""

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from data_access.tables import Enrolment, QuarantinedRow, SourceKey


def of(session: Session, person: int) -> frozenset[str]:
    """The person's own keys in all systems, those of their enrolments among them."""
    keys = session.scalars(select(SourceKey.key).where(SourceKey.person == person))
    enrolments = session.scalars(select(Enrolment.key).where(Enrolment.student == person))
    return frozenset([*keys, *enrolments])


def refused(own: Collection[str]) -> ColumnElement[bool]:
    """Whether one of the keys stands in a refused row: as what it is about, or in one of its cells."""
    q = QuarantinedRow
    written = (json.dumps(key, ensure_ascii=False) for key in sorted(own))
    return or_(false(), q.key.in_(own), *(q.cells.contains(key, autoescape=True) for key in written))
