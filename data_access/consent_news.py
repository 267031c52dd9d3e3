"""What an adviser hears of a consent that is over, when sentences written under it were shared with them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from auth.viewer import Role, Viewer
from data_access import gate
from data_access.consent_rows import last
from data_access.shared_with_me import LOOK
from data_access.tables import (
    Consent,
    ConsentStep,
    Enrolment,
    Person,
    SensitiveExtract,
    SensitiveNote,
    SharedAction,
)
from policy.days import london_day
from privacy.consent import State
from privacy.consent_record import Over

_LONG_ENOUGH = timedelta(days=90)


def of(viewer: Viewer, at: datetime) -> tuple[Over, ...]:
    """The consents that ended in the last 90 days, the latest first; each once, however much was shared under it.

    It follows from the ledger: no end is forgotten. A student whose share has ended is not named any more.
    """
    with gate.reading(viewer, None, LOOK, at, only={Role.ADVISER}) as opened:
        since = last(ConsentStep.at)
        question = (
            select(
                Enrolment.student,
                Person.given_name,
                Person.family_name,
                func.min(SensitiveExtract.at).label("shared_at"),
                since.label("ended_at"),
            )
            .select_from(SensitiveExtract)
            .join(SharedAction, SharedAction.id == SensitiveExtract.share)
            .join(SensitiveNote, SensitiveNote.id == SensitiveExtract.note)
            .join(Consent, Consent.id == SensitiveNote.consent)
            .join(Enrolment, Enrolment.id == Consent.enrolment)
            .join(Person, Person.number == Enrolment.student)
            .where(SharedAction.recipient == viewer.person)
            .where(last(ConsentStep.state).in_((State.WITHDRAWN, State.LAPSED)))
            .where(since > at - _LONG_ENOUGH, since <= at)
            .group_by(Consent.id, Enrolment.student, Person.given_name, Person.family_name)
            .order_by(since.desc(), Consent.id.desc())
        )
        rows = opened.session.execute(question).all()
        return tuple(
            Over(
                f"{row.given_name} {row.family_name}" if row.student in opened.students else "",
                london_day(row.shared_at),
                london_day(row.ended_at),
            )
            for row in rows
        )
