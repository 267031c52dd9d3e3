"""Disposal by the retention schedule: what is due, proposed, approved by somebody, done, and certified."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from sqlalchemy import CursorResult, delete, insert, not_, select, update
from sqlalchemy.orm import aliased

import policy
from auth.refusals import MovedOn, NotYourOwn
from auth.viewer import Role, Viewer
from data_access import (
    burials,
    database,
    disposals_due,
    equality_passing,
    erasing,
    gate,
    legal_holds,
    ownerless,
    refused_rows,
    request_rows,
    tombstones,
)
from data_access.gate import Opened
from data_access.legal_holds import DECIDE, LOOK
from data_access.scope import on_course
from data_access.tables import ContactDetail, Disposal, DisposalPerson, Enrolment, Person
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Retention
from privacy.request import Kind
from privacy.retention import NEXT, Due, Proposal, State, Why

_ERASED = (Retention.SENSITIVE, Retention.CONTACT, Retention.ENGAGEMENT, Retention.SUPPORT)
"""What goes when a request for erasure is upheld; that the person studied here, and what proves rights, stays."""
_WHY = {"delete": Why.DUE, "review": Why.REVIEW}
_A_YEAR = timedelta(days=365)


def due(viewer: Viewer, at: datetime) -> tuple[Due, ...]:
    """By class of the schedule how many people's records are due, and how many of them are held back."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        return tuple(_due(opened, kind, rule, at) for kind, rule in disposals_due.rules(opened))


def _due(opened: Opened, kind: str, rule: Rule, at: datetime) -> Due:
    if kind == Retention.EQUALITY:
        return equality_passing.due(opened, rule, at)
    people = disposals_due.everybody(opened, kind, rule, at)
    rows = sum(ownerless.over(opened, kind, rule, at).values())
    return Due(kind, len(people), len(disposals_due.held(opened, people, kind, at)), rule, rows)


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


def propose(viewer: Viewer, at: datetime) -> int:
    """Propose what is due and is no job's to do by itself; how many proposals. For jobs and compliance.

    What is to be reviewed comes up too, but not within a year of its last review.
    """
    with gate.writing(viewer, None, DECIDE, at) as opened:
        lately = (Disposal.why == Why.REVIEW) & (Disposal.decided_at > at - _A_YEAR)
        waiting = set(
            opened.session.scalars(
                select(Disposal.kind).where(Disposal.state.in_((State.PROPOSED, State.APPROVED)) | lately)
            )
        )
        made = 0
        for kind, rule in disposals_due.rules(opened):
            if rule.automatic or kind in waiting:
                continue
            people = disposals_due.people(opened, kind, rule, at)
            rows = disposals_due.of_nobody(opened, kind, rule, at)
            if people or rows:
                _add(opened, _WHY[rule.action], kind, people, at, rows)
                made += 1
        return made


def propose_erasure(viewer: Viewer, case: str, at: datetime) -> int:
    """Propose to erase what the student of an open request for erasure asked for; the proposal's number.

    Another colleague approves it. NotYoursToSee where there is no such open request.
    """
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        student = request_rows.student_of(opened, case, Kind.ERASURE)
        return _add(opened, Why.ERASURE, " ".join(kind.value for kind in _ERASED), [student], at)


def approve(viewer: Viewer, number: int, at: datetime) -> None:
    """Approve a proposal, by another person than who made it. MovedOn, NotYourOwn.

    A review ends only with the reason why the records stay: what is to go has another rule.
    """
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = _proposed(opened, number, State.APPROVED)
        if row.why is Why.REVIEW:
            raise MovedOn
        if row.proposed_by == viewer.person:
            raise NotYourOwn
        _decide(opened, row, State.APPROVED, "", at)


def refuse(viewer: Viewer, number: int, reason: str, at: datetime) -> None:
    """Refuse a proposal, with a reason: the records stay, and are proposed again when they are due again."""
    said = legal_holds.why(reason)
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = _proposed(opened, number, State.REFUSED)
        _decide(opened, row, State.REFUSED, said, at)
        opened.session.execute(delete(DisposalPerson).where(DisposalPerson.disposal == number))


def carry_out(viewer: Viewer, at: datetime) -> tuple[int, ...]:
    """Do what is automatic; the certificates' numbers. For jobs; compliance, by name, does what is approved too.

    One transaction each, safe to repeat. What is held back stays approved until it may go.
    """
    with gate.reading(viewer, None, LOOK, at) as opened:
        rules = disposals_due.rules(opened)
        # In the order in which they were proposed: what hangs on the core records goes before them.
        approved = select(Disposal.id).where(Disposal.state == State.APPROVED).order_by(Disposal.id)
        waiting = opened.session.scalars(approved).all()
    done = [_automatic(viewer, kind, rule, at) for kind, rule in rules if rule.automatic]
    if viewer.role is not Role.SERVICE:
        done += [_approved(viewer, one, at) for one in waiting]
    database.settle(*erasing.tables())
    return tuple(one for one in done if one)


def _automatic(viewer: Viewer, kind: str, rule: Rule, at: datetime) -> int | None:
    with gate.writing(viewer, None, DECIDE, at) as opened:
        if kind == Retention.CONTACT:
            return contacts(opened, at)
        if kind == Retention.EQUALITY:
            return _characteristics(opened, rule, at)
        if kind == Retention.QUARANTINE:
            gone = refused_rows.drop_older(opened, rule, at)
            return _certified(opened, kind, (), gone, at) if gone else None
        people = disposals_due.people(opened, kind, rule, at)
        burials.bury(opened, people, Retention(kind), at)
        counts = Counter(erasing.erase(_of(opened, people), people, Retention(kind), at))
        counts.update(_of_nobody(opened, kind, at))
        return _certified(opened, kind, people, counts, at) if counts else None


def contacts(opened: Opened, at: datetime) -> int | None:
    """Ways to reach somebody go with each course by itself, whatever is held: the statement says so.

    An interruption is no end: they are kept for the return, and nobody reads them meanwhile.
    """
    ended = (
        select(Enrolment.student, Enrolment.id)
        .where(not_(on_course()), Enrolment.id.in_(select(ContactDetail.enrolment)))
        .order_by(Enrolment.id)
    )
    rows = opened.session.connection().execute(ended, {"today": london_day(at)}).all()
    gone: Any = delete(ContactDetail).where(ContactDetail.enrolment.in_([row.id for row in rows]))
    number = opened.session.connection().execute(gone).rowcount if rows else 0
    tombstones.contacts(opened.session, rows, at)
    people = sorted({row.student for row in rows})
    return _certified(opened, Retention.CONTACT, people, {"contact_detail": number}, at) if number else None


def _characteristics(opened: Opened, rule: Rule, at: datetime) -> int | None:
    number = equality_passing.carry_out(opened, rule, at)
    nobody = range(number)  # the store knows no person's number
    counts = {"equality_profile": number}
    return _certified(opened, Retention.EQUALITY, nobody, counts, at) if number else None


def _approved(viewer: Viewer, number: int, at: datetime) -> int | None:
    with gate.writing(viewer, None, DECIDE, at) as opened:
        row = opened.session.get(Disposal, number, with_for_update=True)
        if row is None or row.state is not State.APPROVED:
            return None  # somebody else has just done it
        named = select(DisposalPerson.person).where(DisposalPerson.disposal == number)
        people = opened.session.scalars(named.order_by(DisposalPerson.person)).all()
        held = disposals_due.held(opened, people, row.kind, at, row.why)
        free = [one for one in people if one not in held]
        if people and not free:
            return None  # approved it stays, until what holds it back is over
        counts: Counter[str] = Counter()
        opened.session.execute(delete(DisposalPerson).where(DisposalPerson.disposal == number))
        for kind in row.kind.split():
            burials.bury(opened, free, Retention(kind), at)
            counts.update(erasing.erase(_of(opened, free), free, Retention(kind), at))
            if row.why is Why.DUE:
                counts.update(_of_nobody(opened, kind, at))
        if not people and not counts:
            return None  # what is about nobody is held back too
        row.people = len(free)
        _certify(row, counts, at)
        return number


def _of_nobody(opened: Opened, kind: str, at: datetime) -> Mapping[str, int]:
    """Delete what is over its time and about nobody, unless everybody's is held back."""
    rule = policy.current().retention.rules[kind]
    free = disposals_due.of_nobody(opened, kind, rule, at)
    return ownerless.drop(opened, kind, rule, at) if free else {}


def _certified(
    opened: Opened, kind: str, people: Sequence[int], counts: Mapping[str, int], at: datetime
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
    _certify(row, counts, at)
    return row.id


def _certify(row: Disposal, counts: Mapping[str, int], at: datetime) -> None:
    row.state, row.done_at = State.DONE, at
    row.counts = json.dumps(dict(sorted(counts.items())))
    said = [row.id, row.why, row.kind, row.version, row.people, row.counts, at.isoformat()]
    row.sha256 = sha256(json.dumps([str(one) for one in said]).encode()).hexdigest()


def _add(
    opened: Opened,
    why: Why,
    kind: str,
    people: Sequence[int],
    at: datetime,
    rows: Mapping[str, int] = MappingProxyType({}),
) -> int:
    row = Disposal(
        why=why,
        kind=kind,
        version=policy.current().retention.version,
        people=len(people),
        state=State.PROPOSED,
        proposed_at=at,
        proposed_by=opened.viewer.person or None,
        counts=json.dumps(dict(rows)) if rows else "",
    )
    opened.session.add(row)
    opened.session.flush()
    named = [{"disposal": row.id, "person": one} for one in people]
    if named:
        opened.session.execute(insert(DisposalPerson), named)
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


def _of(opened: Opened, people: Sequence[int]) -> Opened:
    """The same door, opened for these people by the schedule."""
    return Opened(opened.session, opened.viewer, opened.act, opened.enrolments, tuple(people))


def _one(opened: Opened, change: Any, otherwise: type[Exception]) -> None:
    done: CursorResult[Any] = opened.session.execute(change)  # type: ignore[assignment]
    if done.rowcount != 1:
        raise otherwise


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
