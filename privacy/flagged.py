"""Whether flags serve all alike: of those who ended badly and of the others, the shares flagged, group by group.

Exact students go in; the cells that come out keep the rules of a release of one table, attacker and all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engagement.backtest import BAD, OTHERS
from engagement.published import Cell
from privacy import release_cells
from privacy.cells import Cells, Counted
from privacy.characteristics import LADDER, UNKNOWN, Dimension, Profile
from privacy.disclosure import ONS_10_5_OFS
from privacy.families import Family
from privacy.grouping import Combination, Grouping, Step
from privacy.lattice import Lattice, Node
from privacy.release import build
from privacy.releases import WAIT

_COMPARED = (Dimension.SEX, Dimension.AGE, Dimension.DISABILITY, Dimension.DEPRIVATION)
_TREE = Lattice.of([Node("u", "", "university")])


@dataclass(frozen=True)
class Student:
    """What is held of somebody, how the year ended for them, and how they had been flagged."""

    profile: Profile | None = field(repr=False)
    bad: bool
    flags: frozenset[str]


def cells(students: Sequence[Student], flags: Sequence[str]) -> Iterator[Cell]:
    """The report `groups`: a row for everybody and for each group of each characteristic, in their order."""
    for who, bad in ((BAD, True), (OTHERS, False)):
        theirs = [one for one in students if one.bad is bad]
        tables = {dimension.value: _table(dimension, theirs, flags) for dimension in _COMPARED}
        made = build(tables, [Family((flag,)) for flag in flags])
        for name, counted in tables.items():
            for one in release_cells.said(name, counted, made[name], {}, ONS_10_5_OFS):
                row = f"{name}/{one.place}/{one.group}"
                if one.figure != WAIT:
                    yield Cell("groups", row, f"{who}: {one.figure}", one.value)
                if one.verdict:
                    yield Cell("groups", row, f"{who}: {one.figure}: evidence", one.verdict)


def _table(dimension: Dimension, theirs: Sequence[Student], flags: Sequence[str]) -> Counted:
    """The coarsest groups: of those who left or failed there are few."""
    groups = LADDER[dimension][-1]
    step = Step(groups.names, groups.reference, groups.beside)
    grouping = Grouping((step,), frozenset((name,) for name in groups.names))
    people: Counter[tuple[str, Combination]] = Counter()
    having: Mapping[str, Counter[tuple[str, Combination]]] = {flag: Counter() for flag in flags}
    for one in theirs:
        held = one.profile.held.get(dimension, UNKNOWN) if one.profile else UNKNOWN
        here = _TREE.nodes[0].id, (groups.group(held),)
        people[here] += 1
        for flag in one.flags:
            having[flag][here] += 1
    return Counted(Cells(_TREE, grouping), people, having)
