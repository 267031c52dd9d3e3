"""The cells of one table of a release: which nodes and groups there are, and which sums tie them together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from privacy.grouping import Combination, Grouping
from privacy.lattice import ALL, Lattice

Key = tuple[str, str]
"""A node, and a cell of the grouping or everybody."""
Sum = tuple[tuple[Key, ...], tuple[Key, ...]]
"""Cells that add up to as many as others do."""


@dataclass(frozen=True)
class Cells:
    """A table: the groups of one characteristic at every node that shows them, and everybody at each."""

    lattice: Lattice
    grouping: Grouping

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every cell, node by node, everybody first."""
        return tuple(
            (node.id, cell) for node in self.lattice.nodes for cell in (ALL, *self.grouping.at(node.kind))
        )

    @cached_property
    def unshown(self) -> tuple[Key, ...]:
        """What the steps shown at a node tell apart together and none by itself: counted, and never shown."""
        shown = set(self.keys)
        parts = ((node.id, part) for node in self.lattice.nodes for part in self.grouping.parts(node.kind))
        return tuple(key for key in parts if key not in shown)

    def summed(self, counts: Mapping[tuple[str, Combination], int]) -> dict[Key, int]:
        """The count of every cell, from those of each leaf and combination."""
        found = dict.fromkeys(self.keys, 0)
        for (leaf, combination), count in counts.items():
            for node in self.lattice.chain(leaf):
                found[node, ALL] += count
                for cell in self.grouping.at(self.lattice.node(node).kind):
                    if self.grouping.holds(cell, combination):
                        found[node, cell] += count
        return found

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Every equation that holds between cells: of groups at one node, and of a node and those under it."""
        return (*self._by_group(), *self._by_node())

    def _by_group(self) -> Iterator[Sum]:
        for node in self.lattice.nodes:
            if parts := self.grouping.parts(node.kind):
                yield ((node.id, ALL),), tuple((node.id, part) for part in parts)
            for cell, of in self.grouping.sums(node.kind):
                yield ((node.id, cell),), tuple((node.id, part) for part in of)

    def _by_node(self) -> Iterator[Sum]:
        for node in self.lattice.nodes:
            under = self.lattice.children(node.id)
            if under:
                yield ((node.id, ALL),), tuple((one, ALL) for one in under)
                for own, part in self.grouping.joined(node.kind, self.lattice.node(under[0]).kind):
                    yield tuple((node.id, one) for one in own), tuple((one, part) for one in under)


@dataclass(frozen=True)
class Counted:
    """What goes into one table: its cells; how many people; and by measure how many have it.

    The counts are of a leaf and a combination of groups.
    """

    cells: Cells
    people: Mapping[tuple[str, Combination], int]
    having: Mapping[str, Mapping[tuple[str, Combination], int]] = field(default_factory=dict)
