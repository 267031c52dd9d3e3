"""The nodes for which figures are released: a fixed tree, and nothing between its nodes.

Nobody chooses what is counted: a set of students that is no node is not computed, so that two sets can never
be subtracted that differ by one person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ALL = "*"
"""In the place of a category: everybody at the node."""

Key = tuple[str, str]
"""A node and a category of one characteristic."""


@dataclass(frozen=True)
class Node:
    """The university, a school, a course, or one level of a course; `parent` is the id of the node around it."""

    id: str
    name: str
    kind: str
    parent: str | None = None


class UnknownNode(LookupError):
    """There is no such node in the release."""


@dataclass(frozen=True)
class Lattice:
    """A tree of nodes, each after the one around it. Counts are of its leaves."""

    nodes: tuple[Node, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> "Lattice":
        """The tree; ValueError where a node stands before the one around it, or twice."""
        seen: set[str] = set()
        made = tuple(nodes)
        for node in made:
            if node.id in seen or (node.parent is not None and node.parent not in seen):
                raise ValueError(f"{node.id} is there twice, or before the node around it")
            seen.add(node.id)
        return cls(made)

    def node(self, wanted: str) -> Node:
        """The node of this id; UnknownNode."""
        if wanted not in self._by_id:
            raise UnknownNode(wanted)
        return self._by_id[wanted]

    def children(self, node: str) -> tuple[str, ...]:
        """The nodes right under it."""
        return self._children.get(node, ())

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The nodes with nothing under them."""
        return tuple(node.id for node in self.nodes if node.id not in self._children)

    @cached_property
    def under(self) -> Mapping[str, tuple[str, ...]]:
        """Of each node the leaves under it; of a leaf itself."""
        found: dict[str, list[str]] = {node.id: [] for node in self.nodes}
        for leaf in self.leaves:
            at: str | None = leaf
            while at is not None:
                found[at].append(leaf)
                at = self._by_id[at].parent
        return {node: tuple(leaves) for node, leaves in found.items()}

    def summed(self, counts: Mapping[Key, int], categories: Iterable[str]) -> dict[Key, int]:
        """The count of every node and category, and of everybody at each node, from those of the leaves."""
        found: dict[Key, int] = {}
        for node, leaves in self.under.items():
            for category in categories:
                found[node, category] = sum(counts.get((leaf, category), 0) for leaf in leaves)
            found[node, ALL] = sum(found[node, category] for category in categories)
        return found

    @cached_property
    def _by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for node in self.nodes:
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node.id)
        return {parent: tuple(children) for parent, children in found.items()}
