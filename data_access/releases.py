"""Releases as they are read: by managers once approved, by compliance before too."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Line
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import defer

from auth.permissions import Act, Action
from auth.refusals.compliance import NoSuchRelease
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.tables import Release as Row
from data_access.tables import ReleaseCell, ReleaseNode
from privacy.groupings import GROUPINGS
from privacy.labels import Category
from privacy.lattice import Node
from privacy.purposes import Duty, Purpose
from privacy.releases import PEOPLE, WAIT, Cell, Release, State, Table

_MONITOR = Act(Action.READ, Category.PUBLISHED, Purpose.EQUALITY)
_CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)
_NO_SHARES = frozenset({PEOPLE, WAIT})
_UNREAD = defer(Row.audit)  # as long as the release is large, and for compliance alone

_n, _c = ReleaseNode, ReleaseCell
_NODES = (
    select(_n.node, _n.name, _n.kind, _n.parent).where(_n.release == bindparam("release")).order_by(_n.place)
)
_NODE = _NODES.where(_n.node == bindparam("node"))
_COLUMNS: Any = (
    *(_c.release, _c.node, _c.dimension, _c.step, _c.place),
    *(_c.group, _c.figure, _c.value, _c.verdict),
)
_CELLS: Select[Any] = select(*_COLUMNS).order_by(_c.dimension, _c.step, _c.place)
_OURS = _CELLS.where(_c.release == bindparam("release"))
_HERE = _OURS.where(_c.node == bindparam("node"))
_HERE_BY = _HERE.where(_c.dimension == bindparam("dimension"))
_SERIES = _CELLS.where(
    _c.release.in_(bindparam("releases", expanding=True)),
    _c.node == bindparam("node"),
    _c.dimension == bindparam("dimension"),
)
_STEP = _OURS.where(
    _c.node.in_(bindparam("nodes", expanding=True)),
    _c.dimension == bindparam("dimension"),
    _c.step == bindparam("step"),
)
_STEP_OF = _STEP.where(_c.figure.in_(bindparam("figures", expanding=True)))


def all_of(viewer: Viewer, at: datetime) -> tuple[Release, ...]:
    """The releases, the latest day first: to managers the approved ones, to compliance and jobs all."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        question = select(Row).options(_UNREAD).order_by(Row.census.desc(), Row.id.desc())
        return tuple(told(row) for row in opened.session.scalars(_seen_by(viewer, question)))


def nodes(viewer: Viewer, release: int, at: datetime) -> tuple[Node, ...]:
    """The nodes of a release in their order. NoSuchRelease for one that the viewer does not see."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        seen(opened, release)
        return _listed(opened, release)


def tables(
    viewer: Viewer, release: int, node: str, at: datetime, dimension: str | None = None
) -> dict[str, tuple[Table, ...]]:
    """Every characteristic at one node, by name, the finest step first; or only one of them.

    NoSuchRelease too for a node or a characteristic that is none.
    """
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        if dimension is not None:
            _ours(dimension)
        seen(opened, release)
        found = _node(opened, release, node)
        asked = {"release": release, "node": node, "dimension": dimension}
        rows = opened.session.execute(_HERE if dimension is None else _HERE_BY, asked).all()
    return {dimension: _tables(found, of) for dimension, of in _by(rows, "dimension").items()}


def under(
    viewer: Viewer, release: int, node: str, dimension: str, step: int, figure: str, at: datetime
) -> tuple[Table, ...]:
    """The courses under a node: of each one step of a characteristic, with one figure and the headcounts.

    A course that is not told apart so finely is not among them. NoSuchRelease as `tables`.
    """
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        _ours(dimension)
        listed = _around(opened, release, node)
        courses = [one for one in listed.values() if one.kind == "course" and _inside(one, node, listed)]
        return _at_step(opened, release, courses, dimension, step, figure)


def beneath(viewer: Viewer, release: int, node: str, dimension: str, at: datetime) -> tuple[Table, ...]:
    """The nodes right below a node: of each the coarsest step of a characteristic. NoSuchRelease as `tables`."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        _ours(dimension)
        nodes = [one for one in _around(opened, release, node).values() if one.parent == node]
        coarsest = max(0, len(GROUPINGS[dimension].steps) - 1)  # which every kind of node shows
        return _at_step(opened, release, nodes, dimension, coarsest)


def series(
    viewer: Viewer, of: Sequence[Release], node: str, dimension: str, at: datetime
) -> list[tuple[Release, tuple[Table, ...]]]:
    """The steps of one characteristic at one node in several releases; those without such a node are left out."""
    with gate.reading(viewer, None, _act(viewer), at) as opened:
        _ours(dimension)
        named = {one.id: one for one in of}
        asked = {"releases": list(named), "node": node, "dimension": dimension}
        shown = select(Row.id).where(Row.id.in_(named))
        allowed = set(opened.session.scalars(_seen_by(viewer, shown)))
        rows = _by(opened.session.execute(_SERIES, asked), "release")
        places = {
            one.release: Node(one.node, one.name, one.kind, one.parent)
            for one in opened.session.scalars(select(ReleaseNode).where(ReleaseNode.node == node))
        }
    return [
        (one, _tables(places[number], rows[number]))
        for number, one in named.items()
        if number in rows and number in allowed
    ]


def _ours(dimension: str) -> None:
    """NoSuchRelease for a characteristic that no release is made by."""
    if dimension not in GROUPINGS:
        raise NoSuchRelease


def _act(viewer: Viewer) -> Act:
    """Managers monitor by releases; whoever else may see them checks them."""
    return _MONITOR if viewer.role is Role.MANAGER else _CHECK


def seen(opened: Opened, release: int) -> Row:
    """The release, if the viewer sees it; NoSuchRelease."""
    row = opened.session.get(Row, release, options=[_UNREAD])
    if row is None or (opened.viewer.role is Role.MANAGER and row.state is not State.APPROVED):
        raise NoSuchRelease
    return row


def _seen_by(viewer: Viewer, question: Select[Any]) -> Select[Any]:
    return question.where(Row.state == State.APPROVED) if viewer.role is Role.MANAGER else question


def told(row: Row) -> Release:
    """A release without its cells."""
    return Release(
        id=row.id,
        cohort=row.cohort,
        census=row.census,
        state=row.state,
        built_at=row.built_at,
        rule=row.rule,
        profile=row.profile,
        approved_at=row.approved_at,
        approved_by=row.approved_name,
    )


def _listed(opened: Opened, release: int) -> tuple[Node, ...]:
    return tuple(Node(*row) for row in opened.session.execute(_NODES, {"release": release}))


def _around(opened: Opened, release: int, node: str) -> dict[str, Node]:
    """All nodes of a release that the viewer sees, by name; NoSuchRelease where this one is not among them."""
    seen(opened, release)
    listed = {one.id: one for one in _listed(opened, release)}
    if node not in listed:
        raise NoSuchRelease
    return listed


def _at_step(
    opened: Opened, release: int, nodes: Sequence[Node], dimension: str, step: int, figure: str | None = None
) -> tuple[Table, ...]:
    """Of each node that shows it one step of a characteristic; of one figure and the headcounts, or of all."""
    asked = {
        "release": release,
        "nodes": [one.id for one in nodes],
        "dimension": dimension,
        "step": step,
        "figures": (PEOPLE, figure),
    }
    rows = _by(opened.session.execute(_STEP if figure is None else _STEP_OF, asked), "node")
    return tuple(_tables(one, rows[one.id])[0] for one in nodes if one.id in rows)


def _node(opened: Opened, release: int, node: str) -> Node:
    row = opened.session.execute(_NODE, {"release": release, "node": node}).one_or_none()
    if row is None:
        raise NoSuchRelease
    return Node(*row)


def _inside(node: Node, around: str, listed: dict[str, Node]) -> bool:
    while node.parent is not None and node.parent != around:
        node = listed[node.parent]
    return node.parent == around


def _by(rows: Iterable[Line[Any]], name: str) -> dict[Any, list[Line[Any]]]:
    found: dict[Any, list[Line[Any]]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _tables(node: Node, rows: Sequence[Any]) -> tuple[Table, ...]:
    """The steps of one characteristic at one node, from all their rows."""
    found: dict[int, dict[int, tuple[str, dict[str, str], dict[str, str]]]] = defaultdict(dict)
    for _, _, _, step, place, group, figure, value, verdict in rows:
        _, values, verdicts = found[step].setdefault(place, (group, {}, {}))
        values[figure], verdicts[figure] = value, verdict
    return tuple(
        Table(node, rows[0].dimension, step, tuple(_cell(*cell) for cell in cells.values()))
        for step, cells in found.items()
    )


def _cell(group: str, values: dict[str, str], verdicts: dict[str, str]) -> Cell:
    """A cell, from what is said of each figure of it: what is no share is taken out of them."""
    people, wait = values.pop(PEOPLE), values.pop(WAIT, "")
    for figure in _NO_SHARES:
        verdicts.pop(figure, None)
    return Cell(group, people, values, verdicts, wait)
