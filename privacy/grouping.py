"""The groups of one characteristic in steps, and what follows from its being the same people in each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from privacy.lattice import KINDS

Combination = tuple[str, ...]
"""One group of each step: where somebody belongs in all of them."""


@dataclass(frozen=True)
class Step:
    """Groups that are shown together, whom gaps between them are measured against, and at which kinds of node.

    Those in `beside` are shown and compared with nobody.
    """

    groups: tuple[str, ...]
    reference: str = ""
    beside: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset(KINDS)


@dataclass(frozen=True)
class Grouping:
    """The steps, the finest first, and the combinations that anybody can be in.

    A cell is named by its group. Where two steps have groups of one name for other people, the later has its
    step's number with it; groups of several steps for the same people are one cell.
    """

    steps: tuple[Step, ...]
    combinations: frozenset[Combination]

    @classmethod
    def flat(cls, groups: Iterable[str]) -> "Grouping":
        """One step, shown everywhere."""
        names = tuple(groups)
        return cls((Step(names),), frozenset((name,) for name in names))

    def cell(self, step: int, group: str) -> str:
        """The name of the cell of a group."""
        return self._cells[step, group]

    def at(self, kind: str) -> tuple[str, ...]:
        """The cells that nodes of this kind show, step by step."""
        return self._at[kind]

    def holds(self, cell: str, combination: Combination) -> bool:
        """Whether whoever is in the combination is in the cell."""
        return combination in self._people[cell]

    def parts(self, kind: str) -> tuple[str, ...]:
        """What the steps shown at such a node tell apart together: each a cell, or counted without being shown."""
        return tuple(self._parts[kind])

    def told_apart(self, kind: str) -> Mapping[str, frozenset[Combination]]:
        """The same parts, each with the combinations that are in it."""
        return self._parts[kind]

    def sums(self, kind: str) -> list[tuple[str, tuple[str, ...]]]:
        """The cells shown at such a node that are the sum of several parts, with these."""
        parts = self._parts[kind]
        found = (
            (cell, tuple(p for p, people in parts.items() if people <= self._people[cell]))
            for cell in self.at(kind)
        )
        return [(cell, of) for cell, of in found if of != (cell,)]

    def joined(self, kind: str, under: str) -> list[tuple[tuple[str, ...], str]]:
        """For every part at the nodes right under such a node the parts at the node itself that are as many."""
        parts = self._parts[kind].items()
        return [
            (tuple(own for own, people in parts if people <= of), part)
            for part, of in self._parts[under].items()
        ]

    def _of_step(self, step: int) -> tuple[str, ...]:
        return tuple(self._cells[step, group] for group in self.steps[step].groups)

    @cached_property
    def _at(self) -> Mapping[str, tuple[str, ...]]:
        shown = {
            kind: [self._of_step(n) for n, step in enumerate(self.steps) if kind in step.kinds]
            for kind in KINDS
        }
        return {
            kind: tuple(dict.fromkeys(c for cells in steps for c in cells)) for kind, steps in shown.items()
        }

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, frozenset[Combination]]]:
        return {kind: self._told_apart(kind) if self.at(kind) else {} for kind in KINDS}

    def _told_apart(self, kind: str) -> Mapping[str, frozenset[Combination]]:
        shown = [n for n, step in enumerate(self.steps) if kind in step.kinds]
        parts: dict[Combination, set[Combination]] = {}
        for one in sorted(self.combinations):
            parts.setdefault(tuple(one[n] for n in shown), set()).add(one)
        cells = {self._people[cell]: cell for cell in self.at(kind)}
        return {
            cells.get(people, " + ".join(part)): people
            for part, ones in parts.items()
            for people in (frozenset(ones),)
        }

    @cached_property
    def _cells(self) -> Mapping[tuple[int, str], str]:
        found: dict[tuple[int, str], str] = {}
        named: dict[frozenset[Combination], str] = {}
        for n, step in enumerate(self.steps):
            for group in step.groups:
                people = frozenset(one for one in self.combinations if one[n] == group)
                taken = group in named.values() and named.get(people) != group
                found[n, group] = named.setdefault(people, f"{group} {n + 1}" if taken else group)
        return found

    @cached_property
    def _people(self) -> Mapping[str, frozenset[Combination]]:
        return {
            cell: frozenset(one for one in self.combinations if one[n] == group)
            for (n, group), cell in self._cells.items()
        }
