"""What the student it is about is not shown yet: an emergency that they are told of later, a disclosure shown later.

Both for a recorded reason, such as an investigation that telling would spoil, and both up to a day.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, false, not_, or_, select, true

from data_access.access_log import pseudonym
from data_access.gate import Opened
from data_access.tables import AccessLine, Disclosure, Emergency, EmergencyStep
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Duty


def shown(table: Table, at: datetime) -> ColumnElement[bool]:
    """Whether a row of the table is shown to whom it is about; of most tables, every row."""
    told = Emergency.told_at <= at
    match table.name:
        case Emergency.__tablename__:
            return told
        case EmergencyStep.__tablename__:
            return EmergencyStep.emergency.in_(select(Emergency.id).where(told))
        case Disclosure.__tablename__:
            return Disclosure.shown_from <= london_day(at)
    return true()


def lines_shown(opened: Opened, person: int, at: datetime) -> ColumnElement[bool]:
    """Whether a line of the access log is shown to the person it is about."""
    emergencies = opened.session.execute(
        select(Emergency.person, Emergency.began_at, Emergency.ends_at).where(
            Emergency.student == person, or_(Emergency.told_at.is_(None), Emergency.told_at > at)
        )
    )
    disclosures = opened.session.execute(
        select(Disclosure.recorded_by, Disclosure.recorded_at).where(
            Disclosure.student == person, Disclosure.shown_from > london_day(at)
        )
    )
    log = AccessLine
    hidden = [
        and_(
            log.actor == pseudonym(r.person),
            log.basis == str(Duty.EMERGENCY),
            log.at.between(r.began_at, r.ends_at),
        )
        for r in emergencies
    ]
    hidden += [
        and_(
            log.actor == pseudonym(r.recorded_by),
            log.category == str(Category.REGISTER),
            log.basis == str(Duty.AUDIT),
            log.at == r.recorded_at,
        )
        for r in disclosures
    ]
    return not_(or_(false(), *hidden))
