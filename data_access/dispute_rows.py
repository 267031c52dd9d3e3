"""Disputes as values: read from their rows inside a transaction that is open."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select

from data_access.gate import Opened
from data_access.tables import CorrectionNews, DisputeStep, EnrolmentStatus, Person, RightsCase
from data_access.tables import Dispute as Row
from policy.days import day, london_day
from privacy.dispute import Dispute, Kind, State, Step


def read(opened: Opened) -> tuple[Dispute, ...]:
    """Those of the students opened, the latest first."""
    question = (
        select(Row, RightsCase.reference, RightsCase.due)
        .join(RightsCase, RightsCase.id == Row.case)
        .where(Row.student.in_(opened.students))
        .order_by(Row.id.desc())
    )
    found = opened.session.execute(question).all()
    numbers = [row.id for row, _, _ in found]
    steps, told = _steps(opened, numbers), _told(opened, numbers)
    return tuple(
        Dispute(
            reference=row.reference,
            kind=row.kind,
            about=row.about,
            value=row.value,
            claim=row.claim,
            text=row.text,
            state=row.state,
            raised_at=row.raised_at,
            request=request,
            steps=tuple(steps[row.id]),
            now=row.now or "",
            answer=row.answer or "",
            told=tuple(told[row.id]),
            due=due,
        )
        for row, request, due in found
    )


def marked(opened: Opened) -> Mapping[str, Mapping[str, date]]:
    """Of the students opened, by table and key of a row, as in `pack_rows`, the day since which it is disputed."""
    question = select(Row).where(Row.student.in_(opened.students), Row.state == State.DISPUTED)
    found: dict[str, dict[str, date]] = defaultdict(dict)
    for row in opened.session.scalars(question):
        table, key = _held(opened, row)
        found[table][":".join(str(part) for part in key)] = london_day(row.raised_at)
    return found


def _held(opened: Opened, row: Row) -> tuple[str, tuple[object, ...]]:
    """The table, and the parts of the key without the student."""
    match row.kind:
        case Kind.ATTENDANCE:
            return "attendance", (row.event,)
        case Kind.WORK:
            return "submission", (row.assessment,)
        case Kind.ONLINE:
            return "vle_day", (row.module, row.day)
        case Kind.SUPERVISION:
            return "supervision", (row.day,)
        case Kind.MILESTONE:
            return "milestone", (row.name, row.day)
        case Kind.SITTING:
            return "sitting", (row.assessment, row.day)
        case Kind.AWARD:
            return "award", (row.enrolment, row.name)
        case Kind.MODULE:
            return "registration", (row.module,)
        case Kind.COURSE:
            return "enrolment", (row.enrolment,)
        case Kind.STATUS:
            return "enrolment_status", (opened.session.scalar(_status(row)),)
        case Kind.NAME:
            return "person", ()
        case Kind.CONTACT:
            return "contact_detail", (row.enrolment, row.name)
        case Kind.SERVICE:
            return "service_use", (row.name, row.day)
        case Kind.NOTE:
            return "note", (row.note,)
        case Kind.PLAN:
            return "support_plan", (row.item,)
        case Kind.ACTION:
            return "support_action", (row.item,)
        case Kind.MEETING:
            return "meeting", (row.item,)


def _status(row: Row) -> Select[int]:
    s = EnrolmentStatus
    begun = s.enrolment == row.enrolment, s.first == day(row.day or 0)
    return select(s.id).where(*begun, s.superseded_at.is_(None))


def _steps(opened: Opened, of: Sequence[int]) -> dict[int, list[Step]]:
    d = DisputeStep
    question = select(d.dispute, d.state, d.at, d.why).where(d.dispute.in_(of)).order_by(d.id)
    found: dict[int, list[Step]] = defaultdict(list)
    for dispute, state, at, why in opened.session.execute(question):
        found[dispute].append(Step(state, at, why))
    return found


def _told(opened: Opened, of: Sequence[int]) -> dict[int, list[str]]:
    question = (
        select(CorrectionNews.dispute, Person.given_name, Person.family_name)
        .join(Person, Person.number == CorrectionNews.recipient)
        .where(CorrectionNews.dispute.in_(of))
        .order_by(Person.family_name, Person.given_name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for dispute, given, family in opened.session.execute(question):
        found[dispute].append(f"{given} {family}")
    return found
