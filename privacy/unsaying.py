"""Which shares are left unsaid, so that the others tell of no few people, and no more of a hidden headcount."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from privacy.attacker import PEOPLE, Attacker, Share
from privacy.cells import Counted, Key
from privacy.disclosure import FEW, NEARLY_ALL, UNSURE, number, rate
from privacy.families import Family
from privacy.hiding import CANDIDATES, Hiding
from privacy.lattice import ALL
from privacy.nearby import Nearby

WIDE = 2
"""How far apart the fewest and the most of those must lie who have what is measured: three values at least."""
Asked = tuple[str, bool, Key]
"""A count that must stay open: of whom by measure, or of people; whether of those without; and the cell."""
Said = dict[str, dict[Key, str]]
"""By measure the share of each cell, or the mark in its place."""


@dataclass
class Unsaying:
    """The shares of all tables of one cohort. They share the nodes: what one leaves unsaid of everybody none says."""

    tables: Mapping[str, Counted]
    hiding: Hiding
    said: dict[str, Said] = field(default_factory=dict)
    unsaid: dict[str, list[Share]] = field(default_factory=dict)

    def settle(self, families: Sequence[Family], before: Collection[tuple[str, str]]) -> None:
        """Say all shares but those of everybody that were not said `before`; and leave unsaid what must be."""
        for name, of in self.tables.items():
            heads = self.hiding.heads(name)
            self.said[name] = {measure: self._shares(name, measure, heads) for measure in of.having}
            self.unsaid[name] = []
            for measure, node in before:
                if self.said[name].get(measure, {}).get((node, ALL), FEW) != FEW:
                    self.said[name][measure][node, ALL] = UNSURE
        for name in self.tables:
            self._keep_open(name, families, self._small(name))
        for family in families:
            self._settle(family)

    def _settle(self, family: Family) -> None:
        """Until no table tells of few by the shares of a family; of cells that fall silent for another's sake too."""
        for name in self.tables:
            self._follow(name, family)
            self._keep_open(name, [family], self._silent(name, family))
        while followed := {name: more for name in self.tables if (more := self._follow(name, family))}:
            for name, more in followed.items():
                self._keep_open(name, [family], [(measure, False, key) for measure, key in more])

    def _follow(self, name: str, family: Family) -> list[Share]:
        """Leave unsaid here what other tables leave unsaid of everybody at a node; which shares that are."""
        unsaid = {share for of in self.unsaid.values() for share in of if share[1][1] == ALL}
        found = sorted(one for one in unsaid if one[0] in family.measures and self._shown(name, one))
        for share in found:
            self._unsay(name, share)
        return found

    def _keep_open(self, name: str, families: Sequence[Family], asked: Sequence[Asked]) -> None:
        """Leave shares of a table unsaid until what is asked about is open to an attacker who knows the others.

        Attackers are asked in turn, each about the nodes that are open to it, the one who is told least last: what
        is open to one before stays so.
        """
        there = [
            replace(one, measures=tuple(m for m in one.measures if m in self.said[name])) for one in families
        ]
        shares = {measure: self.said[name][measure] for one in there for measure in one.measures}
        left = set(asked)
        if not left or not any(_tells(share) for said in shares.values() for share in said.values()):
            return
        heads, beside = self.hiding.heads(name), frozenset(self.hiding.beside[name])
        near = Nearby(self.tables[name], heads, beside, self.hiding.rules, there, shares, self.hiding.totals)
        for school, inside in near.schools.items():
            if any(key[0] in inside for _, _, key in left):
                self._against(name, *near.all_but({school}), left)
        _strike(near, left)
        if left:
            self._against(name, *near.everybody(), left)
        if left:
            raise ArithmeticError(f"nothing is left to leave unsaid around {sorted(left)}")

    def _against(self, name: str, nodes: Collection[str], attacker: Attacker, left: set[Asked]) -> None:
        """Leave shares of these nodes unsaid for what is asked about there; what is open then is `left` no more.

        Of a cell whose share is left unsaid, too, few may not be told apart.
        """
        before = -1
        while before < len(self.unsaid[name]):
            before = len(self.unsaid[name])
            for one in _looked_around(attacker, [one for one in left if one[2][0] in nodes]):
                self._hold(name, attacker, nodes, one, left)

    def _hold(
        self, name: str, attacker: Attacker, nodes: Collection[str], asked: Asked, left: set[Asked]
    ) -> None:
        """The same for one count."""
        measure, without, key = asked
        while any(behind := attacker.behind(key, _width(measure), measure, without=without)):
            shown = [one for one in behind[1] if one[1][0] in nodes and self._shown(name, one)]
            if not shown:
                return
            share = min(shown, key=lambda one: (self.hiding.exact[name][one[1]], one))
            attacker.unsay(*share)
            self._unsay(name, share)
            left.add((share[0], False, share[1]))
        left.discard(asked)

    def _small(self, name: str) -> list[Asked]:
        smallest = self.hiding.rules.smallest
        return [(PEOPLE, False, key) for key, count in self.hiding.exact[name].items() if count < smallest]

    def _silent(self, name: str, family: Family) -> list[Asked]:
        """The cells without a share, of which few may not be told apart who have what is measured.

        Where it is said that nearly all have it, few are without it.
        """
        return [
            (measure, share == NEARLY_ALL, key)
            for measure in family.measures
            for key, share in self.said[name].get(measure, {}).items()
            if key in self._several[name] and number(share) is None
        ]

    @cached_property
    def _several(self) -> Mapping[str, set[Key]]:
        """The cells of which is not known that at most one is there, so that more can be open of who has what."""
        return {name: set(self._of_several(name)) for name in self.tables}

    def _of_several(self, name: str) -> Iterator[Key]:
        heads, beside = self.hiding.heads(name), frozenset(self.hiding.beside[name])
        cells = self.tables[name].cells
        attacker = Attacker(cells, heads, beside, self.hiding.rules, totals=self.hiding.totals)
        for key, count in self.hiding.exact[name].items():
            if count >= WIDE or (count and attacker.people(key)[1] >= WIDE):
                yield key

    def _shares(self, name: str, measure: str, heads: Mapping[Key, str]) -> dict[Key, str]:
        of, rules = self.tables[name], self.hiding.rules
        having = of.cells.summed(of.having[measure])
        return {
            key: FEW if heads[key] == FEW else rate(having[key], count, rules)
            for key, count in self.hiding.exact[name].items()
        }

    def _shown(self, name: str, share: Share) -> bool:
        measure, key = share
        return self.said[name].get(measure, {}).get(key, FEW) not in (FEW, UNSURE)

    def _unsay(self, name: str, share: Share) -> None:
        measure, key = share
        self.said[name][measure][key] = UNSURE
        self.unsaid[name].append(share)


def _looked_around(attacker: Attacker, asked: Collection[Asked]) -> list[Asked]:
    """The same in order, after a look at what is open anyway."""
    ordered = sorted(asked)
    for (measure, without), of in groupby(ordered, key=lambda one: one[:2]):
        attacker.look_around([key for _, _, key in of], _width(measure), measure, without=without)
    return ordered


def _strike(near: Nearby, left: set[Asked]) -> None:
    """Strike off what is open to attackers who are told everything but two schools, four, and so on.

    Few need so many, and to leave a share unsaid for one of these could be too much.
    """
    many = 2
    while left and many < len(near.schools):
        for schools in near.together(many):
            others = {node for one, of in near.schools.items() if one not in schools for node in of}
            if around := [one for one in left if one[2][0] not in others]:
                _, attacker = near.all_but(schools)
                for measure, without, key in _looked_around(attacker, around):
                    if not any(attacker.behind(key, _width(measure), measure, without=without)):
                        left.discard((measure, without, key))
        many *= 2


def _tells(share: str) -> bool:
    """Whether it says more than that hardly any have it, who then may be anywhere."""
    return number(share) is not None or share == NEARLY_ALL


def _width(measure: str) -> int:
    return WIDE if measure else CANDIDATES - 1
