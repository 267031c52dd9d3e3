"""The register of disclosures: what was given to organisations outside, on which ground, and by whose leave."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import DaysDoNotFit, FullerReasonNeeded
from auth.refusals.compliance import EvidenceNeeded, NotAgreedTo, RecipientNeeded
from auth.refusals.rights import NoSuchStudent
from auth.viewer import Role, Viewer
from data_access import access_log, gate
from data_access.access_log import Line, pseudonym
from data_access.gate import Opened
from data_access.tables import Disclosure, Enrolment, Person, SourceKey, SupportAction, SupportPlan
from policy.days import london_day
from privacy.disclosed import SHORTEST, Disclosed, Ground, Record
from privacy.labels import Category, Source
from privacy.purposes import Duty
from support.action import State as ActionState
from support.party import Party
from support.plan import IN_FORCE

_READ = Act(Action.READ, Category.REGISTER, Duty.AUDIT)
_WRITE = Act(Action.WRITE, Category.REGISTER, Duty.AUDIT)
_OWN = Act(Action.READ, Category.REGISTER, Duty.RIGHTS)
_BY, _APPROVED = aliased(Person), aliased(Person)


def record(viewer: Viewer, decided: Record, at: datetime) -> None:
    """Write a disclosure down. One that rests on the law is approved by whoever of compliance writes it down.

    RecipientNeeded, EvidenceNeeded; NoSuchStudent; NotAgreedTo where it should rest on agreed support and no action
    of a plan in force is for others; DaysDoNotFit for a day that lies ahead, or for showing it before it was written
    down; FullerReasonNeeded where it is shown later without saying why.
    """
    said = _said(decided, at)
    with gate.writing(viewer, None, _WRITE, at, only={Role.COMPLIANCE}) as opened:
        student = _student(opened, decided.key.strip())
        if decided.ground.agreed and not _agreed(opened, student):
            raise NotAgreedTo
        approved = None if decided.ground.agreed else viewer.person
        opened.session.add(
            Disclosure(
                student=student, recorded_at=at, recorded_by=viewer.person, approved_by=approved, **said
            )
        )
        # The act itself is about nobody yet; this line says about whom it was.
        access_log.append(opened.session.connection(), Line(viewer, _WRITE, (student,), at))


def all_of(viewer: Viewer, at: datetime) -> tuple[Disclosed, ...]:
    """The whole register, the latest first. Students go by their name in the access log."""
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE, Role.SERVICE}) as opened:
        return _found(opened)


def own(viewer: Viewer, at: datetime) -> tuple[Disclosed, ...]:
    """What was given outside about the viewer, the latest first; not what is shown to them later."""
    with gate.reading(viewer, None, _OWN, at, only={Role.STUDENT}) as opened:
        return _found(opened, Disclosure.student == viewer.person, Disclosure.shown_from <= london_day(at))


def by_ground(viewer: Viewer, since: datetime, at: datetime) -> dict[Ground, int]:
    """How many disclosures were written down since then, by ground; every ground is there."""
    lately = Disclosure.recorded_at >= since, Disclosure.recorded_at <= at
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE, Role.SERVICE}) as opened:
        rows = opened.session.execute(
            select(Disclosure.ground, func.count().label("number")).where(*lately).group_by(Disclosure.ground)
        )
        return dict.fromkeys(Ground, 0) | {r.ground: r.number for r in rows}


def _said(decided: Record, at: datetime) -> dict[str, object]:
    recipient, items, evidence = (
        " ".join(text.split()) for text in (decided.recipient, decided.items, decided.evidence)
    )
    today, why = london_day(at), " ".join(decided.why_later.split())
    if not recipient or not items:
        raise RecipientNeeded
    if len(evidence) < SHORTEST:
        raise EvidenceNeeded
    if decided.given_on > today or (decided.later and decided.later <= today):
        raise DaysDoNotFit
    if decided.later and len(why) < SHORTEST:
        raise FullerReasonNeeded
    return {
        "recipient": recipient,
        "items": items,
        "ground": decided.ground,
        "evidence": evidence,
        "given_on": decided.given_on,
        "shown_from": decided.later or today,
        "why_later": why if decided.later else "",
    }


def _student(opened: Opened, key: str) -> int:
    """The student of that very number in student records; nobody is searched for."""
    found = opened.session.scalars(
        select(SourceKey.person)
        .join(Enrolment, Enrolment.student == SourceKey.person)
        .where(SourceKey.system == Source.STUDENT_RECORDS, func.lower(SourceKey.key) == key.lower())
    ).first()
    if found is None:
        raise NoSuchStudent
    return found


def _agreed(opened: Opened, student: int) -> bool:
    """Whether a plan that stands has an open action for an adviser, with a yes to sharing it, or for a service."""
    mine = (
        select(SupportAction.id)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .where(
            Enrolment.student == student,
            SupportPlan.state.in_(IN_FORCE),
            SupportAction.state == ActionState.OPEN,
            SupportAction.may_share_at.is_not(None) | (SupportAction.owner == Party.SERVICE),
        )
        .limit(1)
    )
    return opened.session.scalar(mine) is not None


def _found(opened: Opened, *where: ColumnElement[bool]) -> tuple[Disclosed, ...]:
    names = _BY.given_name, _BY.family_name, _APPROVED.given_name, _APPROVED.family_name
    rows = opened.session.execute(
        select(Disclosure, *names)
        .join(_BY, _BY.number == Disclosure.recorded_by)
        .outerjoin(_APPROVED, _APPROVED.number == Disclosure.approved_by)
        .where(*where)
        .order_by(Disclosure.given_on.desc(), Disclosure.id.desc())
    )
    return tuple(
        Disclosed(
            student=pseudonym(one.student),
            recipient=one.recipient,
            items=one.items,
            ground=one.ground,
            evidence=one.evidence,
            given_on=one.given_on,
            recorded_at=one.recorded_at,
            recorded_by=f"{given} {family}",
            approved_by=f"{approved} {last}" if approved else "",
            shown_from=one.shown_from,
            why_later=one.why_later,
        )
        for one, given, family, approved, last in rows
    )
