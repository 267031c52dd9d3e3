"""Which cells are hidden beside the small ones, so that no table, nor all of them together, gives one away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from privacy.attacker import Attacker
from privacy.cells import Cells, Key
from privacy.disclosure import FEW, Profile, headcount
from privacy.lattice import ALL

CANDIDATES = 5
"""So many values a hidden count may have at least: as many as a rounded one."""
_FOREVER = 10**6
"""Wider than anything can be left open: whatever tells of a total is asked for."""
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
        settled: dict[str, tuple[frozenset[Key], Totals]] = {}
        told: dict[str, tuple[frozenset[Key], Totals]] = {}
        while True:
            stuck: list[tuple[str, Key]] = []
            for name, beside in self.beside.items():
                beside |= {key for keys in self.beside.values() for key in keys if key[1] == ALL}
                if settled.get(name) != (frozenset(beside), self.totals):
                    stuck += ((name, total) for total in self._protect(name))
                    settled[name] = frozenset(beside), self.totals
                if name not in told or told[name][0] != beside:
                    told[name] = frozenset(beside), self._told(name)
            before, self.totals = self.totals, _narrowest(totals for _, totals in told.values())
            eased = [1 for name, total in stuck if self._elsewhere(name, total)]
            if stuck and not eased and self.totals == before:
                raise ArithmeticError(f"nothing is left to hide around {stuck}")
            for name, _ in stuck:
                settled.pop(name, None)
            if not stuck and self.totals == before and self._alike():
                return

    def follow(self, said: Mapping[str, str]) -> None:
        """Hide every total of which something else was said before than would be now, or nothing."""
        self.beside = {
            name: {
                key
                for key, count in exact.items()
                if count >= self.rules.smallest and headcount(count, self.rules) != said.get(key[0])
            }
            for name, exact in self.exact.items()
        }

    def heads(self, name: str) -> dict[Key, str]:
        """What is said of every headcount of a table."""
        beside = self.beside[name]
        counts = self.exact[name].items()
        return {key: FEW if key in beside else headcount(count, self.rules) for key, count in counts}

    def _alike(self) -> bool:
        """Whether every table hides the same totals."""
        return len({frozenset(key for key in keys if key[1] == ALL) for keys in self.beside.values()}) == 1

    def _attacker(self, name: str, totals: Totals) -> Attacker:
        return Attacker(
            self.cells[name], self.heads(name), frozenset(self.beside[name]), self.rules, totals=totals
        )

    def _protect(self, name: str) -> list[Key]:
        """Hide cells of this table until it gives no small one away; hidden totals by which others still do.

        What is hidden is always one of the cells by which the attacker knows: the least of them.
        """
        small = sorted(key for key, count in self.exact[name].items() if count < self.rules.smallest)
        knowing = self._attacker(name, self.totals)
        knowing.look_around(small, CANDIDATES - 1)
        stuck = []
        for key in small:
            while behind := knowing.behind(key, CANDIDATES - 1)[0]:
                if not (said := [one for one in behind if self._said(name, one)]):
                    stuck += sorted(one for one in behind if one[1] == ALL and one in self.beside[name])
                    break
                least = min(said, key=lambda one: self._worth(name, one))
                self.beside[name].add(least)
                knowing.hide(least)
        return stuck

    def _said(self, name: str, key: Key) -> bool:
        return self.exact[name].get(key, 0) >= self.rules.smallest and key not in self.beside[name]

    def _worth(self, name: str, key: Key) -> tuple[int, Key]:
        """How much is lost with it: as many people as there are, of a total in every table."""
        return self.exact[name][key] * (len(self.cells) if key[1] == ALL else 1), key

    def _elsewhere(self, name: str, total: Key) -> bool:
        """Hide the least group of another table by which it tells anything of this total."""
        for other in self.cells:
            if other != name:
                behind, _ = self._attacker(other, {}).behind(total, _FOREVER)
                if said := [key for key in behind if self._said(other, key)]:
                    self.beside[other].add(min(said, key=lambda key: self._worth(other, key)))
                    return True
        return False

    def _told(self, name: str) -> Totals:
        """The totals of this table that follow more narrowly than rounding leaves them."""
        totals = [key for key in self.exact[name] if key[1] == ALL]
        return self._attacker(name, {}).narrowed(totals)


def _narrowest(told: Iterable[Totals]) -> Totals:
    found: dict[Key, tuple[int, int]] = {}
    for totals in told:
        for key, (low, high) in totals.items():
            least, most = found.get(key, (low, high))
            found[key] = max(low, least), min(high, most)
    return found
