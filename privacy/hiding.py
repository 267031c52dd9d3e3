"""Which cells are hidden beside the small ones, so that no table, nor all of them together, gives one away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from privacy.attacker import Attacker
from privacy.cells import Cells, Key
from privacy.disclosure import FEW, Profile, headcount
from privacy.lattice import ALL

CANDIDATES = 5
"""So many values a hidden count may have at least: as many as a rounded one."""
Exact = Mapping[Key, int]
Totals = Mapping[Key, tuple[int, int]]
"""What is known of how many are at a node, as the fewest and the most."""


@dataclass
class Hiding:
    """The tables of one cohort, which share the nodes: a total that is hidden in one is hidden in all.

    What one table tells of a total narrows what another hides. So all are looked at again, with what the others
    tell, until nothing changes.
    """

    cells: Mapping[str, Cells]
    exact: Mapping[str, Exact]
    rules: Profile
    beside: dict[str, set[Key]] = field(default_factory=dict)
    totals: Totals = field(default_factory=dict)

    def settle(self) -> None:
        """Hide until every small cell is open; ArithmeticError where hiding everything would not do."""
        self.beside = {name: set() for name in self.cells}
        told: dict[str, Totals] = {}
        while True:
            before = self._count(), self.totals
            stuck = [(name, key) for name in self.cells for key in self._protect(name)]
            if stuck and not [1 for name, key in stuck if self._elsewhere(name, key, told)]:
                raise ArithmeticError(f"nothing is left to hide around {stuck}")
            told = {name: self._told(name) for name in self.cells}
            self.totals = _narrowest(told)
            if not stuck and (self._count(), self.totals) == before:
                return

    def heads(self, name: str) -> dict[Key, str]:
        """What is said of every headcount of a table."""
        beside = self.beside[name]
        counts = self.exact[name].items()
        return {key: FEW if key in beside else headcount(count, self.rules) for key, count in counts}

    def _count(self) -> int:
        return sum(len(keys) for keys in self.beside.values())

    def _attacker(self, name: str, totals: Totals) -> Attacker:
        return Attacker(
            self.cells[name], self.heads(name), frozenset(self.beside[name]), self.rules, totals=totals
        )

    def _protect(self, name: str) -> list[Key]:
        """Hide cells of this table until it gives no small one away; those that others' totals give away."""
        beside = self.beside[name]
        beside |= {key for keys in self.beside.values() for key in keys if key[1] == ALL}
        small = sorted(key for key, count in self.exact[name].items() if count < self.rules.smallest)
        knowing = self._attacker(name, self.totals)
        alone = self._attacker(name, {}) if self.totals else knowing
        knowing.look_around(small, CANDIDATES - 1)
        stuck = []
        for key in small:
            while knowing.told_people(key, CANDIDATES - 1):
                if not alone.told_people(key, CANDIDATES - 1):
                    stuck.append(key)
                    break
                another = self._next(name, key)
                if another is None:
                    raise ArithmeticError(f"nothing is left to hide beside {key}")
                beside.add(another)
                for attacker in {id(one): one for one in (knowing, alone)}.values():
                    attacker.hide(another)
        return stuck

    def _next(self, name: str, small: Key) -> Key | None:
        """The smallest cell that is still said, of those nearest to a small one."""
        exact = self.exact[name]
        for near in (*self.cells[name].near(small), list(exact)):
            if said := [key for key in near if self._said(name, key)]:
                return min(said, key=lambda key: (exact[key], key))
        return None

    def _said(self, name: str, key: Key) -> bool:
        return self.exact[name].get(key, 0) >= self.rules.smallest and key not in self.beside[name]

    def _elsewhere(self, name: str, small: Key, told: Mapping[str, Totals]) -> bool:
        """Hide a group of another table that narrows the total nearest to a small cell of this one."""
        lattice = self.cells[name].lattice
        parent = lattice.node(small[0]).parent
        sisters = lattice.children(parent) if parent else ()
        for node in (*lattice.chain(small[0]), *sisters, *lattice.children(small[0])):
            found = []
            for other in self.cells:
                if other != name and (node, ALL) in told.get(other, {}):
                    groups = [key for key in self.exact[other] if key[0] == node and key[1] != ALL]
                    found += [(other, key) for key in groups if self._said(other, key)]
            if found:
                other, key = min(found, key=lambda one: (self.exact[one[0]][one[1]], one))
                self.beside[other].add(key)
                return True
        return False

    def _told(self, name: str) -> Totals:
        """The totals of this table that follow more narrowly than rounding leaves them."""
        totals = [key for key in self.exact[name] if key[1] == ALL]
        return self._attacker(name, {}).narrowed(totals)


def _narrowest(told: Mapping[str, Totals]) -> Totals:
    found: dict[Key, tuple[int, int]] = {}
    for totals in told.values():
        for key, (low, high) in totals.items():
            least, most = found.get(key, (low, high))
            found[key] = max(low, least), min(high, most)
    return found
