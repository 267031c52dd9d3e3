"""Releases, read by managers once approved, and by compliance, who approve or withdraw them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, null, select, update

from auth.permissions import Act, Action
from auth.refusals import MovedOn, NoSuchRelease
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.tables import Person, ReleaseCell, ReleaseNode
from data_access.tables import Release as Row
from privacy.labels import Category
from privacy.lattice import Node
from privacy.purposes import Duty, Purpose
from privacy.releases import NEXT, PEOPLE, Cell, Release, State, Table

_MONITOR = Act(Action.READ, Category.PUBLISHED, Purpose.EQUALITY)
_CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)
_DECIDE = Act(Action.WRITE, Category.PUBLISHED, Purpose.EQUALITY)


def all_of(viewer: Viewer, at: datetime) -> tuple[Release, ...]:
    """The releases, the latest census first: to managers the approved ones, to compliance all."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        question: Any = select(Row, Person.given_name, Person.family_name)
        question = question.outerjoin(Person, Person.number == Row.approved_by)
        if viewer.role is Role.MANAGER:  # who reads no person's row, not even a colleague's
            question = select(Row, null(), null()).where(Row.state == State.APPROVED)
        question = question.order_by(Row.census.desc(), Row.id.desc())
        return tuple(
            Release(
                id=row.id,
                census=row.census,
                state=row.state,
                built_at=row.built_at,
                rule=row.rule,
                approved_at=row.approved_at,
                approved_by=" ".join(part for part in (given, family) if part),
            )
            for row, given, family in opened.session.execute(question)
        )


def nodes(viewer: Viewer, release: int, at: datetime) -> tuple[Node, ...]:
    """The nodes of a release in their order. NoSuchRelease for one that the viewer does not see."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        _seen(opened, release)
        n = ReleaseNode
        question = select(n.node, n.name, n.kind, n.parent).where(n.release == release).order_by(n.place)
        return tuple(Node(*row) for row in opened.session.execute(question))


def tables(viewer: Viewer, release: int, node: str, at: datetime) -> dict[str, Table]:
    """Every characteristic at one node, by name. NoSuchRelease too for a node that is none."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        _seen(opened, release)
        n, c = ReleaseNode, ReleaseCell
        named = select(n.node, n.name, n.kind, n.parent).where(n.release == release, n.node == node)
        found = opened.session.execute(named).one_or_none()
        if found is None:
            raise NoSuchRelease
        cells = select(c.dimension, c.place, c.category, c.figure, c.value, c.verdict)
        rows = opened.session.execute(cells.where(c.release == release, c.node == node)).all()
    by_group: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_group[row.dimension][row.place].append(row)
    return {
        dimension: Table(Node(*found), dimension, tuple(_cell(groups[place]) for place in sorted(groups)))
        for dimension, groups in by_group.items()
    }


def series(
    viewer: Viewer, of: Sequence[Release], node: str, dimension: str, at: datetime
) -> list[tuple[Release, Table]]:
    """One characteristic at one node in several releases; those that have no such node are left out."""
    found = []
    for one in of:
        if one.state is State.APPROVED and node in {each.id for each in nodes(viewer, one.id, at)}:
            found.append((one, tables(viewer, one.id, node, at)[dimension]))
    return found


def approve(viewer: Viewer, release: int, at: datetime) -> None:
    """Approve a release, by compliance; one of the same census that was approved before is withdrawn with it."""
    gate.only(viewer, Role.COMPLIANCE)
    with gate.writing(viewer, None, _DECIDE, at) as opened:
        row = _seen(opened, release)
        before = update(Row).where(Row.census == row.census, Row.state == State.APPROVED)
        opened.session.execute(before.values(state=State.WITHDRAWN))
        _move(opened, row, State.APPROVED, approved_at=at, approved_by=viewer.person)


def withdraw(viewer: Viewer, release: int, at: datetime) -> None:
    """Take a release out of sight, by compliance. Its cells stay as they are, for the record."""
    gate.only(viewer, Role.COMPLIANCE)
    with gate.writing(viewer, None, _DECIDE, at) as opened:
        _move(opened, _seen(opened, release), State.WITHDRAWN)


def _act(viewer: Viewer) -> Act:
    return _MONITOR if viewer.role is Role.MANAGER else _CHECK


def _seen(opened: Opened, release: int) -> Row:
    row = opened.session.get(Row, release)
    if row is None or (opened.viewer.role is Role.MANAGER and row.state is not State.APPROVED):
        raise NoSuchRelease
    return row


def _move(opened: Opened, row: Row, state: State, **values: Any) -> None:
    if state not in NEXT[row.state]:
        raise MovedOn
    here = update(Row).where(Row.id == row.id, Row.state == row.state)
    changed: Any = opened.session.execute(here.values(state=state, **values))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn


def _cell(rows: list[Any]) -> Cell:
    shares = {row.figure: row.value for row in rows if row.figure != PEOPLE}
    verdicts = {row.figure: row.verdict for row in rows if row.figure != PEOPLE}
    people = next(row.value for row in rows if row.figure == PEOPLE)
    return Cell(rows[0].category, people, shares, verdicts)
