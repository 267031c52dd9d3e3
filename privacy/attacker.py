"""The attacker: what can be worked out from a release by whoever knows its rules and all that it says.

A linear programme. The counts of the leaves are unknown; each published figure bounds a sum of them; a hidden
cell is given away when the smallest and the largest value that it can have lie close together.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from privacy.disclosure import HARDLY_ANY, NEARLY_ALL, Profile, number, step, values
from privacy.lattice import ALL, Key, Lattice

_NEAR = 1e-6
_LOOKS = 8
_Solution = NDArray[np.float64]
Weighted = list[tuple[int, float]]
"""Variables with their coefficients."""
Bound = tuple[Weighted, float]
"""Such a sum, and what it is at most."""


class Attacker:
    """What follows from the published headcounts of one characteristic, and from the shares of one measure."""

    def __init__(
        self,
        lattice: Lattice,
        categories: Sequence[str],
        headcounts: Mapping[Key, str],
        rates: Mapping[Key, str],
        rules: Profile,
        beside: frozenset[Key],
    ) -> None:
        """`beside` are the cells hidden beside the small ones: the attacker guesses rightly which they are."""
        self._rules, self._beside, self._cells = rules, beside, _places(lattice, categories)
        self._people = len(lattice.leaves) * len(categories)
        bounds = [bound for key, said in headcounts.items() for bound in self._headcount(key, said)]
        if rates:
            for place in range(self._people):  # nobody has what is counted who is not there
                bounds.append(([(self._people + place, 1.0), (place, -1.0)], 0.0))
            for key, said in rates.items():
                bounds += self._rate(key, said, headcounts[key])
        self._size = self._people * (2 if rates else 1)
        self._above, self._limits = _matrix(bounds, self._size)
        self._solutions: list[_Solution] = []

    def people(self, key: Key) -> tuple[int, int]:
        """The fewest and the most people that the cell can hold."""
        return self._range(self._cells[key])

    def having(self, key: Key) -> tuple[int, int]:
        """The fewest and the most of them who can have what the measure counts."""
        return self._range(self._shifted(key))

    def told_people(self, key: Key, width: int) -> bool:
        """Whether the cell's people are known to less than so many from the fewest to the most."""
        return self._told(self._cells[key], width)

    def told_having(self, key: Key, width: int) -> bool:
        """The same of those who have what the measure counts."""
        return self._told(self._shifted(key), width)

    def look_around(self, keys: Sequence[Key], *, having: bool) -> None:
        """Find counts that fit the release and lie far apart in many of these cells at once.

        What two of them show to be open needs no programme of its own. It changes no answer, only its price.
        """
        cells = [self._shifted(key) if having else self._cells[key] for key in keys]
        for look in range(_LOOKS if cells else 0):
            wanted = np.zeros(self._size)
            for n, places in enumerate(cells):
                wanted[places] += (
                    -1 if n >> look & 1 else 1
                )  # any two cells go apart in one look and together in another
            self._least(wanted)
            self._least(-wanted)

    def _shifted(self, key: Key) -> list[int]:
        return [self._people + place for place in self._cells[key]]

    def _told(self, places: list[int], width: int) -> bool:
        """By the solutions found before, where two of them lie far enough apart; else by one or two more."""
        for way in (1.0, -1.0):
            seen = [solution[places].sum() for solution in self._solutions]
            if seen and _whole(min(seen), max(seen)) >= width:
                return False
            wanted = np.zeros(self._size)
            wanted[places] = way
            self._least(wanted)
        seen = [solution[places].sum() for solution in self._solutions]
        return _whole(min(seen), max(seen)) < width

    def _headcount(self, key: Key, said: str) -> list[Bound]:
        places = self._cells[key]
        if key in self._beside:
            return [(_sum(places, -1), -self._rules.smallest)]
        low, high = values(said, self._rules)
        return [(_sum(places), high), (_sum(places, -1), -low)]

    def _rate(self, key: Key, said: str, headcount: str) -> list[Bound]:
        people = self._cells[key]
        having = [self._people + place for place in people]
        edge = float(self._rules.edge)
        if said == HARDLY_ANY:
            return [(_sum(having), edge)]
        if said == NEARLY_ALL:
            return [(_sum(people) + _sum(having, -1), edge)]
        if (share := number(said)) is None:
            return []
        half = step(int(headcount), self._rules) / 2
        low, high = (share - half) / 100, (share + half) / 100
        return [
            (_sum(having) + _sum(people, -high), 0.0),
            (_sum(having, -1) + _sum(people, low), 0.0),
            (_sum(having, -1), -edge - 1),
            (_sum(having) + _sum(people, -1), -edge - 1),
        ]

    def _range(self, places: Iterable[int]) -> tuple[int, int]:
        wanted = np.zeros(self._size)
        wanted[list(places)] = 1
        return ceil(self._least(wanted) - _NEAR), floor(-self._least(-wanted) + _NEAR)

    def _least(self, wanted: _Solution) -> float:
        """The least of a weighted sum; the counts at which it is reached are remembered."""
        found = linprog(wanted, A_ub=self._above, b_ub=self._limits, method="highs")
        if not found.success:
            raise ArithmeticError("the release contradicts itself: no counts fit it")
        self._solutions.append(found.x)
        return float(found.fun)


def _places(lattice: Lattice, categories: Sequence[str]) -> dict[Key, list[int]]:
    """Of each cell the variables that it is the sum of: one for each leaf and category."""
    order = {leaf: n * len(categories) for n, leaf in enumerate(lattice.leaves)}
    return {
        (node, category): [
            order[leaf] + place
            for leaf in under
            for place, one in enumerate(categories)
            if category in (ALL, one)
        ]
        for node, under in lattice.under.items()
        for category in (*categories, ALL)
    }


def _whole(low: float, high: float) -> int:
    """How far the whole numbers between them reach."""
    return floor(high + _NEAR) - ceil(low - _NEAR)


def _sum(places: Iterable[int], times: float = 1) -> Weighted:
    return [(place, float(times)) for place in places]


def _matrix(bounds: Sequence[Bound], size: int) -> tuple[csr_matrix, _Solution]:
    rows = [n for n, (weighted, _) in enumerate(bounds) for _ in weighted]
    columns = [place for weighted, _ in bounds for place, _ in weighted]
    weights = [weight for weighted, _ in bounds for _, weight in weighted]
    limits = np.array([limit for _, limit in bounds], dtype=np.float64)
    return csr_matrix((weights, (rows, columns)), shape=(len(bounds), size)), limits
