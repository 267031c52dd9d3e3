"""What is due by the retention schedule: proposed, and approved or refused by somebody. `disposing` does it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import aliased

import policy
from auth.refusals import MovedOn
from auth.refusals.compliance import NotYourOwn
from auth.viewer import Role, Viewer
from data_access import (
    access_cuts,
    disposals_due,
    equality_passing,
    gate,
    legal_holds,
    ownerless,
    request_rows,
)
from data_access.gate import Opened
from data_access.legal_holds import DECIDE, LOOK
from data_access.tables import Disposal, DisposalPerson, Person
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
    """Refuse a proposal, with a reason: the records stay, and are proposed again when they are due again.

    MovedOn, also where what was approved has begun to go.
    """
    said = legal_holds.why(reason)
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = _proposed(opened, number, State.REFUSED)
        approved = row.state is State.APPROVED and row.decided_at
        if approved and access_cuts.taken(number, approved):
            raise MovedOn
        _decide(opened, row, State.REFUSED, said, at)
        opened.session.execute(delete(DisposalPerson).where(DisposalPerson.disposal == number))


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
