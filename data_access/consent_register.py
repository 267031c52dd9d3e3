"""The register of consents for information compliance: what was decided when, and nothing of what it is about."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import access_log, gate
from data_access.consent_rows import last
from data_access.tables import Consent, ConsentRecipient, ConsentStep, Enrolment
from privacy.consent import State
from privacy.consent_record import Recorded
from privacy.labels import Category
from privacy.purposes import Duty

LOOK = Act(Action.READ, Category.CONSENT, Duty.AUDIT)


def entries(viewer: Viewer, at: datetime) -> tuple[Recorded, ...]:
    """Every consent that was ever asked for, the latest first."""
    readers = (
        select(func.count())
        .where(ConsentRecipient.consent == Consent.id)
        .correlate(Consent)
        .scalar_subquery()
    )
    question = (
        select(Consent, Enrolment.student, last(ConsentStep.state), last(ConsentStep.at), readers)
        .join(Enrolment, Enrolment.id == Consent.enrolment)
        .order_by(Consent.id.desc())
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        rows = opened.session.execute(question).all()
    return tuple(
        Recorded(
            c.id,
            access_log.pseudonym(student),
            state,
            c.asked_at,
            since,
            c.last_day,
            c.version,
            c.sha256,
            number,
        )
        for c, student, state, since, number in rows
    )


def counts(found: tuple[Recorded, ...]) -> Mapping[State, int]:
    """How many stand in each state."""
    return {state: number for state in State if (number := sum(one.state is state for one in found))}
