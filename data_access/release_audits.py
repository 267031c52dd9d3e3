"""Releases that wait for a second person, each with what the attacker left: for compliance, who decide about them."""

from datetime import datetime

from sqlalchemy import select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.releases import told
from data_access.tables import Release as Row
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.releases import Release, State

_CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)


def waiting(viewer: Viewer, at: datetime) -> tuple[tuple[Release, str], ...]:
    """The releases that are built and not decided about, the oldest first, each with its audit report as JSON."""
    with gate.reading(viewer, None, _CHECK, at, only={Role.COMPLIANCE}) as opened:
        question = select(Row).where(Row.state == State.BUILT).order_by(Row.id)
        return tuple((told(row), row.audit) for row in opened.session.scalars(question))
