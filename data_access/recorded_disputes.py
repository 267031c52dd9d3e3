"""What of one opened student's record is disputed at present, with the day on which they said so."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from data_access.gate import Opened
from data_access.prepared import STUDENTS, Statement, once, run
from data_access.tables import Dispute
from policy.days import london_day
from privacy.dispute import LEFT_OUT, Kind, State


@dataclass(frozen=True)
class Disputed:
    """The disputed days, by the number of the class, of the piece of work, and of the module and the day.

    Of research by the milestone's title, None for a meeting, and the day it was due.
    """

    classes: dict[int, date] = field(default_factory=dict)
    work: dict[int, date] = field(default_factory=dict)
    online: dict[tuple[int, int], date] = field(default_factory=dict)
    agreed: dict[tuple[str | None, int], date] = field(default_factory=dict)


def disputed(opened: Opened) -> Disputed:
    """What is disputed of what a rating is made of."""
    found = Disputed()
    for row in run(opened, _disputed, {"students": opened.students}):
        since = london_day(row.raised_at)
        match row.kind:
            case Kind.ATTENDANCE:
                found.classes[row.event] = since
            case Kind.WORK:
                found.work[row.assessment] = since
            case Kind.ONLINE:
                found.online[row.module, row.day] = since
            case Kind.SUPERVISION | Kind.MILESTONE:
                found.agreed[row.name, row.day] = since
    return found


@once
def _disputed(opened: Opened) -> Statement:
    d = Dispute
    columns = opened.columns(d.kind, d.event, d.assessment, d.module, d.day, d.name, d.raised_at)
    return select(*columns).where(d.student.in_(STUDENTS), d.state == State.DISPUTED, d.kind.in_(LEFT_OUT))
