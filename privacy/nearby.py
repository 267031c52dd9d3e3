"""Attackers who are told everything but some schools: what stays open to one of them stays open to everybody.

Each looks at a small table, so that few cells of a large university need a question of the whole.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from privacy.attacker import PEOPLE, Attacker
from privacy.cells import Cells, Counted, Key
from privacy.disclosure import Profile
from privacy.families import Family
from privacy.grouping import Combination
from privacy.lattice import Lattice, Node

_REST = "all others"


@dataclass(frozen=True)
class Nearby:
    """A table, and what is said of it: of the headcounts, and of the measures of some families.

    `totals` is what other tables tell of how many are at nodes: of the schools that are open to them these attackers
    know no more than anybody.
    """

    of: Counted
    heads: Mapping[Key, str]
    beside: frozenset[Key]
    rules: Profile
    families: Sequence[Family]
    shares: Mapping[str, Mapping[Key, str]]
    totals: Mapping[Key, tuple[int, int]]

    @cached_property
    def schools(self) -> Mapping[str, frozenset[str]]:
        """The nodes right under a root, each with all that are inside it."""
        lattice = self.of.cells.lattice
        roots = {node.id for node in lattice.nodes if node.parent is None}
        found: dict[str, set[str]] = {node.id: set() for node in lattice.nodes if node.parent in roots}
        for node in lattice.nodes:
            if node.id not in roots:
                found[lattice.chain(node.id)[-2]].add(node.id)
        return {school: frozenset(inside) for school, inside in found.items()}

    def together(self, many: int) -> Iterator[tuple[str, ...]]:
        """The schools, so many at a time."""
        names = tuple(self.schools)
        for first in range(0, len(names), many):
            start = min(first, len(names) - many)
            yield names[start : start + many]

    def everybody(self) -> tuple[frozenset[str], Attacker]:
        """The attacker who is told nothing but what is said; all nodes are open to them."""
        cells = self.of.cells
        return frozenset(node.id for node in cells.lattice.nodes), self._attacker(cells)

    def all_but(self, schools: Collection[str]) -> tuple[frozenset[str], Attacker]:
        """One who is told everything but these schools, with the nodes that are open to them."""
        inside = frozenset().union(*(self.schools[school] for school in schools))
        local = Cells(self._around(inside), self.of.cells.grouping)
        attacker = self._attacker(local)
        attacker.tell(dict(self._outside(local, schools)))
        return inside, attacker

    def _attacker(self, cells: Cells) -> Attacker:
        known = cells.keys
        return Attacker(
            cells,
            {key: self.heads[key] for key in known if key in self.heads},
            self.beside.intersection(known),
            self.rules,
            self.families,
            {
                measure: {key: said[key] for key in known if key in said}
                for measure, said in self.shares.items()
            },
            {key: self.totals[key] for key in known if key in self.totals},
        )

    def _around(self, inside: Collection[str]) -> Lattice:
        """The tree with one node in the place of all other schools."""
        nodes = [node for node in self.of.cells.lattice.nodes if node.parent is None or node.id in inside]
        school = next(node for node in nodes if node.parent is not None)
        return Lattice.of([*nodes, Node(_REST, _REST, school.kind, school.parent)])

    def _outside(self, cells: Cells, schools: Collection[str]) -> Iterator[tuple[str, dict[Key, int]]]:
        """By measure, and of people, the counts of that one node, of every cell and part."""
        told_apart = cells.grouping.told_apart(cells.lattice.node(_REST).kind)
        for measure, by_school in self._counted.items():
            found: Counter[Combination] = Counter()
            for school, counts in by_school.items():
                if school not in schools:
                    found.update(counts)
            yield (
                measure,
                {
                    (_REST, cell): sum(found[one] for one in combinations)
                    for cell, combinations in told_apart.items()
                },
            )

    @cached_property
    def _counted(self) -> Mapping[str, Mapping[str, Counter[Combination]]]:
        """By measure, and of people, and by school how many are of each combination of groups."""
        school_of = {node: school for school, inside in self.schools.items() for node in inside}
        measures = [measure for family in self.families for measure in family.measures]
        return {
            measure: _by_school(counts, school_of)
            for measure, counts in {
                PEOPLE: self.of.people,
                **{one: self.of.having[one] for one in measures},
            }.items()
        }


def _by_school(
    counts: Mapping[tuple[str, Combination], int], school_of: Mapping[str, str]
) -> dict[str, Counter[Combination]]:
    found: dict[str, Counter[Combination]] = {}
    for (leaf, combination), count in counts.items():
        found.setdefault(school_of[leaf], Counter())[combination] += count
    return found
