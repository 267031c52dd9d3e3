"""That there is news of a request, told to the student in the transaction that is open."""

from datetime import datetime

from sqlalchemy import func, select

from data_access import outbox
from data_access.gate import Opened
from data_access.tables import CaseStep, Enrolment, RightsCase


def tell(opened: Opened, case: RightsCase, at: datetime) -> None:
    """Write the message, once for each step; what the news is stands on the student's own page alone."""
    opened.session.flush()
    newest = select(func.max(Enrolment.id)).where(Enrolment.student == case.student)
    enrolment = opened.session.scalar(newest)
    step = opened.session.scalar(select(func.max(CaseStep.id)).where(CaseStep.case == case.id))
    if enrolment is not None:
        outbox.tell(
            opened, enrolment, "request", f"request-{case.id}-{step}", {"reference": case.reference}, at
        )
