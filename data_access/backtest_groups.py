"""Last year's students by characteristic, for the gaps of the back-test: the one part of it that reads these."""

from datetime import datetime

from sqlalchemy import not_, select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import equality, gate
from data_access.restricted import restricted
from data_access.tables import Enrolment
from engagement import backtest
from engagement.backtest import Week
from policy.engagement import Bands
from privacy.flagged import Student
from privacy.labels import Category
from privacy.purposes import Purpose

_COUNT = Act(Action.READ, Category.ENGAGEMENT, Purpose.EQUALITY)


def students(viewer: Viewer, week: Week, bands: Bands, at: datetime) -> list[Student]:
    """Everybody who was looked at that week, with what the separate store holds of them now. For the job.

    Whoever asked not to be counted in equality monitoring is left out. Of somebody who has left for longer than
    the store keeps anything there is no profile.
    """
    known = equality.finest(viewer, at)
    counted = select(Enrolment.id, Enrolment.student).where(not_(restricted(Purpose.EQUALITY)))
    with gate.reading(viewer, None, _COUNT, at, only={Role.SERVICE}) as opened:
        people = dict(opened.session.execute(counted).all())
    flags = backtest.flags(bands)
    return [
        Student(
            known.get(equality.pseudonym(people[one.student])),
            one.outcome.bad,
            frozenset(name for name, flag in flags.items() if flag(one)),
        )
        for one in week.seen
        if one.student in people
    ]
