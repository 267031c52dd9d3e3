"""Attackers who are told everything but one school: what stays open to one of them stays open to everybody.

Each looks at a small table, so that few cells of a large university need a question of the whole.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from privacy.attacker import Attacker
from privacy.cells import Cells, Counted, Key
from privacy.disclosure import Profile
from privacy.families import Family
from privacy.grouping import Combination
from privacy.lattice import Lattice, Node

_REST = "all others"
Counts = Mapping[tuple[str, Combination], int]
"""How many there are, by leaf and combination of groups."""


def nearby(
    of: Counted,
    asked: Collection[str],
    heads: Mapping[Key, str],
    beside: Collection[Key],
    rules: Profile,
    families: Sequence[Family],
    shares: Mapping[str, Mapping[Key, str]],
    totals: Mapping[Key, tuple[int, int]],
) -> Iterator[tuple[frozenset[str], Attacker]]:
    """One for each node right under a root around what is asked about, with the nodes that are open to it.

    `totals` is what other tables tell of how many are at nodes: of those inside they know no more than anybody.
    """
    lattice, measures = of.cells.lattice, [measure for family in families for measure in family.measures]
    for node in lattice.nodes:
        if node.parent is None or lattice.node(node.parent).parent is not None:
            continue
        inside = frozenset(one.id for one in lattice.nodes if node.id in lattice.chain(one.id))
        if inside.isdisjoint(asked):
            continue
        local = Cells(_around(lattice, node, inside), of.cells.grouping)
        known = set(local.keys)
        attacker = Attacker(
            local,
            {key: said for key, said in heads.items() if key in known},
            frozenset(known.intersection(beside)),
            rules,
            families,
            {m: {key: share for key, share in shares[m].items() if key in known} for m in measures},
            {key: told for key, told in totals.items() if key in known},
        )
        rest = {"": of.people, **{measure: of.having[measure] for measure in measures}}
        attacker.tell({m: _outside(local, counts, inside) for m, counts in rest.items()})
        yield inside, attacker


def _around(lattice: Lattice, school: Node, inside: Collection[str]) -> Lattice:
    """The tree with one node in the place of all others of the school's kind."""
    nodes = [node for node in lattice.nodes if node.parent is None or node.id in inside]
    return Lattice.of([*nodes, Node(_REST, _REST, school.kind, school.parent)])


def _outside(cells: Cells, counts: Counts, inside: Collection[str]) -> dict[Key, int]:
    """The counts of that one node, of every cell and part."""
    found: Counter[Combination] = Counter()
    for (leaf, combination), count in counts.items():
        if leaf not in inside:
            found[combination] += count
    return {
        (_REST, cell): sum(count for one, count in found.items() if one in combinations)
        for cell, combinations in cells.grouping.told_apart(cells.lattice.node(_REST).kind).items()
    }
