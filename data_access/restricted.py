"""Whose data are kept and not used for a purpose, as one SQL expression, for the scope and for jobs."""

from sqlalchemy import ColumnElement, select

from data_access.tables import Enrolment, Restriction
from privacy.purposes import Purpose


def restricted(purpose: Purpose) -> ColumnElement[bool]:
    """Whether the student of an enrolment has their data left unused for `purpose` at present."""
    runs = (Restriction.purpose == purpose, Restriction.lifted_at.is_(None))
    return Enrolment.student.in_(select(Restriction.student).where(*runs))
