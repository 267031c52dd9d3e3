"""Disposal by the retention schedule: what is due, proposed, approved by somebody, done, and certified."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import CursorResult, Select, delete, func, insert, not_, select, update
from sqlalchemy.orm import aliased

import policy
from auth.permissions import Act, Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile, MovedOn, NotYourOwn, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import access_log, disposals_held, equality_passing, erasing, gate, tombstones
from data_access.gate import Opened
from data_access.scope import active
from data_access.tables import (
    ContactDetail,
    Disposal,
    DisposalPerson,
    Enrolment,
    EnrolmentStatus,
    LegalHold,
    Person,
    RightsCase,
)
from engagement.studies import Status
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Category, Retention
from privacy.purposes import Duty
from privacy.request import Kind
from privacy.retention import NEXT, Due, Hold, Proposal, State, Why, last_end_due

LOOK = Act(Action.READ, Category.DISPOSAL, Duty.RETENTION)
DECIDE = Act(Action.WRITE, Category.DISPOSAL, Duty.RETENTION)
_SHORTEST = 15
_OVER = (Status.COMPLETED, Status.WITHDRAWN, Status.TRANSFERRED, Status.DECEASED)
_ERASED = (Retention.SENSITIVE, Retention.CONTACT, Retention.ENGAGEMENT, Retention.SUPPORT)
"""What goes when a request for erasure is upheld; that the person studied here, and what proves rights, stays."""


def due(viewer: Viewer, at: datetime) -> tuple[Due, ...]:
    """By class of the schedule how many people's records are due, and how many of them are held back."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        return tuple(_due(opened, kind, rule, at) for kind, rule in _rules())


def proposals(viewer: Viewer, at: datetime) -> tuple[Proposal, ...]:
    """Every proposal and certificate, the latest first."""
    by, decided = aliased(Person), aliased(Person)
    question = (
        select(Disposal, by.given_name, by.family_name, decided.given_name, decided.family_name)
        .outerjoin(by, by.number == Disposal.proposed_by)
        .outerjoin(decided, decided.number == Disposal.decided_by)
        .order_by(Disposal.id.desc())
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        return tuple(_proposal(viewer, *row) for row in opened.session.execute(question))


def holds(viewer: Viewer, at: datetime) -> tuple[Hold, ...]:
    """Every hold, the latest first; students by the pseudonym of the access log."""
    question = (
        select(LegalHold, Person.given_name, Person.family_name)
        .join(Person, Person.number == LegalHold.placed_by)
        .order_by(LegalHold.id.desc())
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        return tuple(
            Hold(
                id=row.id,
                student=access_log.pseudonym(row.student) if row.student else "",
                kind=row.kind,
                reason=row.reason,
                placed_by=f"{given} {family}",
                placed_at=row.placed_at,
                lifted_at=row.lifted_at,
            )
            for row, given, family in opened.session.execute(question)
        )


def hold(viewer: Viewer, case: str, kind: str, reason: str, at: datetime) -> int:
    """Hold back records for a legal reason: of the student of a request by its reference, of a class, or both.

    FullerReasonNeeded; NotYoursToSee where there is no such request.
    """
    said = _said(reason)
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        student = _student_of(opened, case) if case else None
        row = LegalHold(student=student, kind=kind, reason=said, placed_by=viewer.person, placed_at=at)
        opened.session.add(row)
        opened.session.flush()
        return row.id


def lift(viewer: Viewer, number: int, at: datetime) -> None:
    """End a hold. GoneMeanwhile when it is over already."""
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        change = update(LegalHold).where(LegalHold.id == number, LegalHold.lifted_at.is_(None))
        _one(opened, change.values(lifted_at=at, lifted_by=viewer.person), GoneMeanwhile)


def propose(viewer: Viewer, at: datetime) -> int:
    """Propose what is due and is no job's to do by itself; how many proposals. For jobs and compliance."""
    with gate.writing(viewer, None, DECIDE, at) as opened:
        waiting = set(
            opened.session.scalars(
                select(Disposal.kind).where(Disposal.state.in_((State.PROPOSED, State.APPROVED)))
            )
        )
        made = 0
        for kind, rule in _rules():
            people = _people(opened, kind, rule, at)
            if rule.action == "delete" and not rule.automatic and people and kind not in waiting:
                _add(opened, Why.DUE, kind, people, at)
                made += 1
        return made


def propose_erasure(viewer: Viewer, case: str, at: datetime) -> int:
    """Propose to erase what the student of an open request for erasure asked for; the proposal's number.

    Another colleague approves it. NotYoursToSee where there is no such open request.
    """
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        student = _student_of(opened, case, Kind.ERASURE)
        return _add(opened, Why.ERASURE, " ".join(kind.value for kind in _ERASED), [student], at)


def approve(viewer: Viewer, number: int, at: datetime) -> None:
    """Approve a proposal, by another person than who made it. MovedOn, NotYourOwn."""
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = _proposed(opened, number, State.APPROVED)
        if row.proposed_by == viewer.person:
            raise NotYourOwn
        _decide(opened, row, State.APPROVED, "", at)


def refuse(viewer: Viewer, number: int, reason: str, at: datetime) -> None:
    """Refuse a proposal, with a reason: the records stay, and are proposed again when they are due again."""
    said = _said(reason)
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = _proposed(opened, number, State.REFUSED)
        _decide(opened, row, State.REFUSED, said, at)
        opened.session.execute(delete(DisposalPerson).where(DisposalPerson.disposal == number))


def carry_out(viewer: Viewer, at: datetime) -> tuple[int, ...]:
    """Do what is automatic, then what was approved; the certificates' numbers. One transaction each, safe to repeat.

    A job does it, or compliance by name.
    """
    done = [_automatic(viewer, kind, rule, at) for kind, rule in _rules() if rule.automatic]
    with gate.reading(viewer, None, LOOK, at) as opened:
        approved = opened.session.scalars(select(Disposal.id).where(Disposal.state == State.APPROVED)).all()
    done += [_approved(viewer, one, at) for one in approved]
    return tuple(one for one in done if one)


def bury_again(viewer: Viewer, at: datetime) -> int:
    """Delete from a restored database what had been disposed of since its backup; how many rows. For `restore`."""
    kinds: Mapping[str, set[str]] = defaultdict(set)
    for stone in tombstones.all_of():
        kinds[stone.kind].add(stone.person)
    number = 0
    with gate.writing(viewer, None, DECIDE, at) as opened:
        known = {access_log.pseudonym(one): one for one in opened.session.scalars(select(Person.number))}
        for kind, people in kinds.items():
            found = [known[one] for one in sorted(people & set(known))]
            number += sum(erasing.erase(_of(opened, found), found, Retention(kind)).values())
    return number


def _automatic(viewer: Viewer, kind: str, rule: Rule, at: datetime) -> int | None:
    with gate.writing(viewer, None, DECIDE, at) as opened:
        if kind == Retention.CONTACT:
            return _contacts(opened, rule, at)
        if kind == Retention.EQUALITY:
            return _characteristics(opened, rule, at)
        people = _people(opened, kind, rule, at)
        counts = erasing.erase(_of(opened, people), people, Retention(kind))
        return _certified(opened, kind, people, counts, at) if counts else None


def _contacts(opened: Opened, rule: Rule, at: datetime) -> int | None:
    """Ways to reach somebody go with each course by itself, whatever is held: the statement says so."""
    ended = select(Enrolment.id).where(not_(active())).params(today=london_day(at))
    people = opened.session.scalars(
        select(Enrolment.student)
        .where(Enrolment.id.in_(select(ContactDetail.enrolment)), Enrolment.id.in_(ended))
        .params(today=london_day(at))
        .distinct()
    ).all()
    gone: Any = delete(ContactDetail).where(ContactDetail.enrolment.in_(ended))
    number = opened.session.connection().execute(gone, {"today": london_day(at)}).rowcount
    counts = {"contact_detail": number}
    return _certified(opened, Retention.CONTACT, people, counts, at, bury=False) if number else None


def _characteristics(opened: Opened, rule: Rule, at: datetime) -> int | None:
    number = equality_passing.carry_out(opened, rule, at)
    counts = {"equality_profile": number}
    nobody = range(number)  # the store knows no person's number
    return _certified(opened, Retention.EQUALITY, nobody, counts, at, bury=False) if number else None


def _approved(viewer: Viewer, number: int, at: datetime) -> int | None:
    with gate.writing(viewer, None, DECIDE, at) as opened:
        row = opened.session.get(Disposal, number, with_for_update=True)
        if row is None or row.state is not State.APPROVED:
            return None  # somebody else has just done it
        named = select(DisposalPerson.person).where(DisposalPerson.disposal == number)
        people = opened.session.scalars(named.order_by(DisposalPerson.person)).all()
        free = [one for one in people if one not in _held(opened, people, row.kind, row.why)]
        counts: dict[str, int] = defaultdict(int)
        opened.session.execute(delete(DisposalPerson).where(DisposalPerson.disposal == number))
        for kind in row.kind.split():
            for table, rows in erasing.erase(_of(opened, free), free, Retention(kind)).items():
                counts[table] += rows
            tombstones.add(free, kind, at)
        row.people = len(free)
        _certify(row, counts, at)
        return number


def _certified(
    opened: Opened,
    kind: str,
    people: Sequence[int],
    counts: Mapping[str, int],
    at: datetime,
    *,
    bury: bool = True,
) -> int:
    row = Disposal(
        why=Why.DUE,
        kind=kind,
        version=policy.current().retention.version,
        people=len(people),
        state=State.DONE,
        proposed_at=at,
    )
    opened.session.add(row)
    opened.session.flush()
    if bury:
        tombstones.add(people, kind, at)
    _certify(row, counts, at)
    return row.id


def _certify(row: Disposal, counts: Mapping[str, int], at: datetime) -> None:
    row.state, row.done_at = State.DONE, at
    row.counts = json.dumps(dict(sorted(counts.items())))
    said = [row.id, row.why, row.kind, row.version, row.people, row.counts, at.isoformat()]
    row.sha256 = sha256(json.dumps([str(one) for one in said]).encode()).hexdigest()


def _rules() -> list[tuple[str, Rule]]:
    """The schedule; what hangs on others goes first, the core records last."""
    return sorted(
        policy.current().retention.rules.items(), key=lambda one: (one[0] == Retention.CORE, one[0])
    )


def _due(opened: Opened, kind: str, rule: Rule, at: datetime) -> Due:
    if kind == Retention.EQUALITY:
        return equality_passing.due(opened, rule, at)
    everybody = opened.session.scalars(_ended(last_end_due(london_day(at), rule), kind)).all()
    return Due(kind, len(everybody), len(_held(opened, everybody, kind)), rule)


def _people(opened: Opened, kind: str, rule: Rule, at: datetime) -> list[int]:
    """Whose records of the class are due, and nothing holds them back."""
    everybody = opened.session.scalars(_ended(last_end_due(london_day(at), rule), kind)).all()
    held = _held(opened, everybody, kind)
    return [one for one in everybody if one not in held]


def _ended(by: date, kind: str) -> Select[int]:
    """Who has finished every course by that day, and of whom there is anything of the class still."""
    last = (
        select(Enrolment.student, func.max(EnrolmentStatus.first).label("first"))
        .join(EnrolmentStatus, EnrolmentStatus.enrolment == Enrolment.id)
        .where(EnrolmentStatus.superseded_at.is_(None))
        .group_by(Enrolment.student)
        .subquery()
    )
    running = (
        select(EnrolmentStatus.id)
        .join(Enrolment, Enrolment.id == EnrolmentStatus.enrolment)
        .where(
            Enrolment.student == last.c.student,
            EnrolmentStatus.superseded_at.is_(None),
            EnrolmentStatus.status.not_in(_OVER),
            EnrolmentStatus.last.is_(None) | (EnrolmentStatus.last > by),
        )
        .exists()
    )
    there = erasing.any_of(Retention(kind), last.c.student)
    return (
        select(last.c.student)
        .where(~running, last.c.first <= by + timedelta(days=1), there)
        .order_by(last.c.student)
    )


def _held(opened: Opened, people: Collection[int], kind: str, why: Why = Why.DUE) -> frozenset[int]:
    """Those of the people whose records may not go now: a hold, or a request that is not answered."""
    held = frozenset() if kind == Retention.CONTACT else disposals_held.people(opened, kind, why)
    return frozenset(people) if None in held else frozenset(one for one in people if one in held)


def _add(opened: Opened, why: Why, kind: str, people: Sequence[int], at: datetime) -> int:
    row = Disposal(
        why=why,
        kind=kind,
        version=policy.current().retention.version,
        people=len(people),
        state=State.PROPOSED,
        proposed_at=at,
        proposed_by=opened.viewer.person or None,
    )
    opened.session.add(row)
    opened.session.flush()
    opened.session.execute(insert(DisposalPerson), [{"disposal": row.id, "person": one} for one in people])
    return row.id


def _proposed(opened: Opened, number: int, to: State) -> Disposal:
    row = opened.session.get(Disposal, number, with_for_update=True)
    if row is None or to not in NEXT[row.state]:
        raise MovedOn
    return row


def _decide(opened: Opened, row: Disposal, to: State, reason: str, at: datetime) -> None:
    here = Disposal.id == row.id, Disposal.state == row.state
    values = {"state": to, "decided_by": opened.viewer.person, "decided_at": at, "reason": reason}
    _one(opened, update(Disposal).where(*here).values(values), MovedOn)


def _student_of(opened: Opened, case: str, kind: Kind | None = None) -> int:
    mine = RightsCase.reference == case, RightsCase.ended_at.is_(None)
    question = select(RightsCase.student).where(*mine)
    found = opened.session.scalar(question.where(RightsCase.kind == kind) if kind else question)
    if found is None:
        raise NotYoursToSee("There is no open request of that number.")
    return found


def _of(opened: Opened, people: Sequence[int]) -> Opened:
    """The same door, opened for these people by the schedule."""
    return Opened(opened.session, opened.viewer, opened.act, opened.enrolments, tuple(people))


def _one(opened: Opened, change: Any, otherwise: type[Exception]) -> None:
    done: CursorResult[Any] = opened.session.execute(change)  # type: ignore[assignment]
    if done.rowcount != 1:
        raise otherwise


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if len(said) < _SHORTEST:
        raise FullerReasonNeeded
    return said


def _proposal(viewer: Viewer, row: Disposal, *names: str | None) -> Proposal:
    by, decided = (f"{names[n]} {names[n + 1]}" if names[n] else "" for n in (0, 2))
    return Proposal(
        id=row.id,
        why=row.why,
        kind=row.kind,
        version=row.version,
        people=row.people,
        state=row.state,
        proposed_at=row.proposed_at,
        proposed_by=by or "the night’s job",
        own=row.proposed_by == viewer.person,
        decided_by=decided,
        decided_at=row.decided_at,
        reason=row.reason,
        done_at=row.done_at,
        rows=sum(json.loads(row.counts).values()) if row.counts else 0,
        sha256=row.sha256,
    )
