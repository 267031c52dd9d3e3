"""The nodes for which figures are released: a fixed tree, and nothing between its nodes.

Nobody chooses what is counted: a set of students that is no node is not computed, so that two sets can never
be subtracted that differ by one person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ALL = "*"
"""In the place of a group: everybody at the node."""

KINDS = ("university", "school", "course", "level")
"""The kinds of nodes, the widest first."""


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
    """A tree of nodes, each after the one around it. Students are counted at its leaves."""

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

    def chain(self, node: str) -> tuple[str, ...]:
        """The node, and every node around it, the university last."""
        found = [node]
        while (parent := self._by_id[found[-1]].parent) is not None:
            found.append(parent)
        return tuple(found)

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
