"""A release as the cells that are stored: each figure as it is said, with the verdict on its gap."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from privacy.cells import Counted, Key
from privacy.characteristics import UNKNOWN
from privacy.disclosure import FEW, UNSURE, Profile, statistic
from privacy.evidence import Verdict, verdicts
from privacy.grouping import Combination, Grouping
from privacy.lattice import ALL, Node
from privacy.release import Release
from privacy.releases import NOT_SHOWN, PEOPLE, WAIT

Waits = Mapping[tuple[str, Combination], Sequence[int]]
"""By leaf and combination of groups how many days each student waited who did."""


@dataclass(frozen=True)
class Said:
    """One figure of one group at one node: a number or the mark in its place; and the verdict on its gap.

    `step` is that of the groups, the finest first; `place` the group's among them, everybody's being 0.
    """

    node: str
    dimension: str
    step: int
    place: int
    figure: str
    group: str
    value: str
    verdict: str = ""


def said(dimension: str, counted: Counted, made: Release, waits: Waits, rules: Profile) -> Iterator[Said]:
    """Every figure of one table. Of a step that more than half of a node's students have not told, none is said."""
    cells = counted.cells
    exact = cells.summed(counted.people)
    having = {measure: cells.summed(counts) for measure, counts in counted.having.items()}
    waited = _waited(counted, waits)
    for node in cells.lattice.nodes:
        for step, groups in _steps(cells.grouping, node):
            hidden = 2 * exact.get((node.id, groups.get(UNKNOWN, "")), 0) > exact[node.id, ALL]
            judged = {
                m: _judged(cells.grouping, step, groups, node, exact, having[m], made.shares[m])
                for m in having
            }
            for place, (group, cell) in enumerate(((ALL, ALL), *groups.items())):
                key = node.id, cell
                for figure, value in _figures(made, key, waited.get(key, ()), rules):
                    shown = not hidden or cell == ALL
                    verdict = judged.get(figure, {}).get(group, "") if shown else ""
                    value = value if shown else NOT_SHOWN
                    yield Said(node.id, dimension, step, place, figure, group, value, verdict)


def _steps(grouping: Grouping, node: Node) -> Iterator[tuple[int, dict[str, str]]]:
    """The steps shown at the node: of each its number, and the cell of every group."""
    for n, step in enumerate(grouping.steps):
        if node.kind in step.kinds:
            yield n, {group: grouping.cell(n, group) for group in step.groups}
    if not grouping.steps:
        yield 0, {}


def _figures(made: Release, key: Key, waited: Sequence[int], rules: Profile) -> Iterator[tuple[str, str]]:
    yield PEOPLE, made.headcounts[key]
    yield from ((measure, shares[key]) for measure, shares in made.shares.items())
    if made.shares:
        few = made.headcounts[key] == FEW or not waited
        yield WAIT, UNSURE if few else statistic(median(waited), [len(waited)], rules=rules)


def _judged(
    grouping: Grouping,
    step: int,
    groups: Mapping[str, str],
    node: Node,
    exact: Mapping[Key, int],
    having: Mapping[Key, int],
    shares: Mapping[Key, str],
) -> Mapping[str, Verdict]:
    """The verdicts on one measure's gaps among the groups that are compared; none on a share that is not said."""
    if not grouping.steps:
        return {}
    of = grouping.steps[step]
    keys = {group: (node.id, cell) for group, cell in groups.items() if group not in of.beside}
    told = {group: key for group, key in keys.items() if exact[key] and shares[key] not in (FEW, UNSURE)}
    if of.reference and of.reference not in told:
        return dict.fromkeys(keys, Verdict.TOO_FEW)
    found = verdicts({group: (having[key], exact[key]) for group, key in told.items()}, of.reference)
    return {group: found.get(group, Verdict.TOO_FEW) for group in keys if group != of.reference}


def _waited(counted: Counted, waits: Waits) -> Mapping[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    lattice, grouping = counted.cells.lattice, counted.cells.grouping
    for (leaf, combination), days in waits.items():
        for node in lattice.chain(leaf):
            for cell in grouping.at(lattice.node(node).kind):
                if grouping.holds(cell, combination):
                    found[node, cell] += days
            found[node, ALL] += days
    return found
