"""What an adviser hears of a record that was put right after something of the student was shared with them."""

from datetime import datetime, timedelta

from sqlalchemy import select

from auth.viewer import Role, Viewer
from data_access import gate
from data_access.shared_with_me import LOOK
from data_access.tables import CorrectionNews, Dispute, Person
from policy.days import london_day
from privacy.dispute import News

_LONG_ENOUGH = timedelta(days=90)


def of(viewer: Viewer, at: datetime) -> tuple[News, ...]:
    """The corrections of the last 90 days, the latest first: the kind of record alone, and no value of it.

    A student whose share has ended is not named any more.
    """
    with gate.reading(viewer, None, LOOK, at, only={Role.ADVISER}) as opened:
        n = CorrectionNews
        question = (
            select(Dispute.kind, Dispute.student, Person.given_name, Person.family_name, n.shared_on, n.at)
            .join_from(n, Dispute, Dispute.id == n.dispute)
            .join(Person, Person.number == Dispute.student)
            .where(n.recipient == viewer.person, n.at > at - _LONG_ENOUGH, n.at <= at)
            .order_by(n.at.desc(), n.dispute.desc())
        )
        rows = opened.session.execute(question).all()
        return tuple(
            News(
                row.kind,
                f"{row.given_name} {row.family_name}" if row.student in opened.students else "",
                row.shared_on,
                london_day(row.at),
            )
            for row in rows
        )
