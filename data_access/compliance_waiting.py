"""What waits for information compliance, in counts: for the line above their pages and for the weekly e-mail."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import case, func, or_, select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import colleagues, gate
from data_access.gate import Opened
from data_access.scope import OPEN_TO_TEAM
from data_access.tables import Breach, Emergency, RightsCase
from policy.days import london_day
from privacy import breach, break_glass
from privacy.due import SOON, Due
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.request import State
from support.digest import Waiting

_COUNT = Act(Action.READ, Category.REGISTER, Duty.AUDIT)
_WITH_STUDENT = (State.CLARIFYING, State.ID_PENDING)


def due(viewer: Viewer, at: datetime) -> Due:
    """What waits for the viewer to see to: what is theirs to answer, and emergencies that others declared."""
    with gate.reading(viewer, None, _COUNT, at, only={Role.COMPLIANCE}) as opened:
        return _due(opened, viewer.person, at)


def of_compliance(opened: Opened, at: datetime) -> Mapping[int, Mapping[Waiting, int]]:
    """By officer how much waits of each, for the weekly e-mail; what does not is left out."""
    found = {
        one.number: _due(opened, one.number, at) for one in colleagues.holding(opened, Role.COMPLIANCE, at)
    }
    counts = {
        person: {
            Waiting.OVERDUE: waits.overdue,
            Waiting.THIS_WEEK: waits.this_week,
            Waiting.BREACHES: waits.breaches,
            Waiting.EMERGENCIES: waits.emergencies,
        }
        for person, waits in found.items()
    }
    return {
        person: {k: n for k, n in waits.items() if n}
        for person, waits in counts.items()
        if any(waits.values())
    }


def _due(opened: Opened, person: int, at: datetime) -> Due:
    c, today = RightsCase, london_day(at)
    late = func.count(case((c.due < today, c.id)))
    # One whose day cannot be worked out is in nobody's week, so it is in this one.
    soon = func.count(case((or_(c.due.is_(None), c.due.between(today, today + SOON)), c.id)))
    open_now = c.ended_at.is_(None), OPEN_TO_TEAM, c.state.not_in(_WITH_STUDENT)
    overdue, this_week = opened.session.execute(select(late, soon).where(*open_now), {"who": person}).one()
    undecided = select(func.count(), func.min(Breach.due_at)).where(Breach.state == breach.State.OPEN)
    breaches, breach_by = opened.session.execute(undecided).one()
    others = Emergency.state == break_glass.State.DECLARED, Emergency.person != person
    emergencies = opened.session.scalar(select(func.count()).select_from(Emergency).where(*others)) or 0
    return Due(overdue, this_week, breaches, breach_by, emergencies)
