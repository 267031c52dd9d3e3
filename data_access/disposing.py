"""Disposal as it is carried out: what is automatic, what was approved, and the certificate of each."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, not_, select

import policy
from auth.viewer import Role, Viewer
from data_access import (
    access_cuts,
    access_log,
    burials,
    database,
    disposals_due,
    equality_passing,
    erasing,
    gate,
    ownerless,
    refused_rows,
    tombstones,
)
from data_access.gate import Opened
from data_access.legal_holds import DECIDE, LOOK
from data_access.scope import on_course
from data_access.tables import AUDIT, AccessLine, ContactDetail, Disposal, DisposalPerson, Enrolment
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Retention
from privacy.retention import State, Why

_LOG = f"{AUDIT}.{AccessLine.__tablename__}"


def carry_out(viewer: Viewer, at: datetime) -> tuple[int, ...]:
    """Do what is automatic; the certificates' numbers. For jobs; compliance, by name, does what is approved too.

    One transaction each, safe to repeat. What is held back stays approved until it may go.
    """
    with gate.reading(viewer, None, LOOK, at) as opened:
        rules = disposals_due.rules(opened)
        # In the order in which they were proposed: what hangs on the core records goes before them.
        approved = select(Disposal.id, Disposal.kind).where(Disposal.state == State.APPROVED)
        waiting = opened.session.execute(approved.order_by(Disposal.id)).all()
    done = [_automatic(viewer, kind, rule, at) for kind, rule in rules if rule.automatic]
    if viewer.role is not Role.SERVICE:
        for row in waiting:
            if row.kind == Retention.AUDIT:
                _cut(viewer, row.id, at)
            done.append(_approved(viewer, row.id, at))
    database.settle(*erasing.tables(), _LOG)
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
                counts.update(_of_nobody(opened, kind, at) | _of_the_log(row))
        if not people and not counts:
            return None  # what is about nobody is held back too
        row.people = len(free)
        _certify(row, counts, at)
        return number


def _cut(viewer: Viewer, number: int, at: datetime) -> None:
    """Cut the access log as far as it may be, in one transaction after another: nobody who writes waits for long."""
    more = 1
    while more:
        with gate.writing(viewer, None, DECIDE, at) as opened:
            row = opened.session.get(Disposal, number, with_for_update=True)
            kept = disposals_due.kept(opened, [Retention.AUDIT], at)
            if row is None or row.state is not State.APPROVED or None in kept:
                return
            ends = ownerless.ended(policy.current().retention.rules[Retention.AUDIT], at)
            named = {access_log.pseudonym(one) for one in kept if one}
            more = access_cuts.cut(opened.session.connection(), number, ends, named, at)


def _of_the_log(row: Disposal) -> dict[str, int]:
    """How many lines of the access log have gone under this approval."""
    lines = access_cuts.taken(row.id, row.decided_at) if row.decided_at else 0
    return {AccessLine.__tablename__: lines} if lines else {}


def _of_nobody(opened: Opened, kind: str, at: datetime) -> dict[str, int]:
    """Delete what is over its time and about nobody, unless everybody's is held back."""
    rule = policy.current().retention.rules[kind]
    free = disposals_due.of_nobody(opened, kind, rule, at)
    return dict(ownerless.drop(opened, kind, rule, at)) if free else {}


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


def _of(opened: Opened, people: Sequence[int]) -> Opened:
    """The same door, opened for these people by the schedule."""
    return Opened(opened.session, opened.viewer, opened.act, opened.enrolments, tuple(people))
