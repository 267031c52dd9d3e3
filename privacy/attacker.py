"""The attacker: what can be worked out from a table by whoever knows its rules and all that it says.

A linear programme. The counts of all cells are unknown; they add up as the cells do, and each published figure
bounds one of them. A hidden cell is given away when the smallest and the largest value that it can have lie close
together. One programme answers every question, each from where the last one ended (HiGHS, primal simplex).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, floor, inf

import highspy
import numpy as np
from numpy.typing import NDArray

from privacy.cells import Cells, Key
from privacy.disclosure import FEW, HARDLY_ANY, NEARLY_ALL, Profile, number, step, values
from privacy.families import Family
from privacy.lattice import ALL

_NEAR = 1e-6
_IDLE = 2
"""So many looks that showed nothing new are enough."""
_SO_FEW = 4
"""Cells that are cheaper asked about one by one."""
_BINDS = 1e-7
"""A dual value above this: what is counted would move further if this were not said."""
_UNKNOWN = 1e7
"""More than any university has: what is known of a count of which nothing is said."""
PEOPLE = ""
"""The name, among those of the measures, of how many people there are."""
Said = Mapping[Key, str]
Range = tuple[float, float]
Share = tuple[str, Key]
"""The measure and the cell of a share."""
_Row = tuple[Range, Sequence[tuple[int, float]]]


class Attacker:
    """What follows from the headcounts of one table, and from the shares of the measures of some families."""

    def __init__(
        self,
        cells: Cells,
        headcounts: Said,
        beside: frozenset[Key],
        rules: Profile,
        families: Sequence[Family] = (),
        shares: Mapping[str, Said] | None = None,
        totals: Mapping[Key, tuple[int, int]] | None = None,
    ) -> None:
        """`beside` are the cells hidden beside the small ones: the attacker guesses rightly which they are.

        `totals` is what other tables tell of some cells, as the fewest and the most.
        """
        self._rules, self._place = rules, {key: n for n, key in enumerate((*cells.keys, *cells.unshown))}
        self._measures = tuple(measure for family in families for measure in family.measures)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._solver.setOptionValue(option, value)
        self._size = len(self._place) * (1 + len(self._measures))
        bounds = [(0.0, _UNKNOWN)] * self._size
        for key, said in headcounts.items():
            low, high = _people(key, said, beside, rules)
            least, most = (totals or {}).get(key, (0.0, _UNKNOWN))
            bounds[self._place[key]] = (max(low, least), min(high, most))
        # Said of each count, though it follows from the sums: with bounds far off the solver loses its way.
        self._roots = [(node.id, ALL) for node in cells.lattice.nodes if node.parent is None]
        self._everybody = sum(bounds[self._place[key]][1] for key in self._roots)
        self._lows, self._highs = np.minimum(np.array(bounds), self._everybody).T.copy()
        self._solver.addVars(self._size, self._lows, self._highs)
        self._rows = 0
        self._add(self._adding_up(cells))
        self._keys = list(self._place)
        self._share_rows: dict[Share, range] = {}
        self._of_row: dict[int, Share] = {}
        for family in families:
            self._add(self._related(cells, family))
        for measure, said_of in (shares or {}).items():
            for key, said in said_of.items():
                self._share(measure, key, said, headcounts[key])
        looked_at = self._size + len(self._place) * len(self._measures)
        self._fewest = np.full(looked_at, np.inf)
        self._most = np.full(looked_at, -np.inf)
        self._questions = np.arange(self._size, dtype=np.int32)
        self._begin()

    def people(self, key: Key) -> tuple[int, int]:
        """The fewest and the most people that the cell can have."""
        return self._range(self._place[key])

    def behind(
        self, key: Key, width: int, measure: str = PEOPLE, *, without: bool = False
    ) -> tuple[set[Key], set[Share]]:
        """The cells and the shares that tell a count to less than the width: without them more would be open.

        The count is of people, or of those who have what the measure counts, or are without it. Where it is open
        nothing is behind it.
        """
        return self._behind(self._having(measure, key, without) if measure else self._place[key], width)

    def look_around(
        self, keys: Sequence[Key], width: int, measure: str = PEOPLE, *, without: bool = False
    ) -> None:
        """Find counts that fit the table and lie so far apart in as many of these cells at once as can be.

        What two of them show to be open needs no question of its own. It changes no answer, only its price.
        """
        left = np.array(
            [self._having(measure, key, without) if measure else self._place[key] for key in keys], dtype=int
        )
        lows = np.append(self._lows, np.zeros(len(self._fewest) - self._size))
        left = left[self._most[left] - self._fewest[left] < width - _NEAR]
        dice, idle = np.random.default_rng(len(keys)), 0
        while len(left) > _SO_FEW and idle < _IDLE:
            # Each where it has not been yet; by chance the one more than the other, for not all can go at once.
            upwards = self._fewest[left] <= lows[left] + _NEAR
            self._least(self._weights(left, np.where(upwards, -1.0, 1.0) * (0.2 + dice.random(len(left)))))
            before, left = len(left), left[self._most[left] - self._fewest[left] < width - _NEAR]
            idle = idle + 1 if len(left) == before else 0

    def narrowed(self, keys: Sequence[Key]) -> dict[Key, tuple[int, int]]:
        """The range of each of these cells that follows, where it is narrower than what its own figure says."""
        found = {}
        for key in keys:
            place = self._place[key]
            low, high = ceil(self._lows[place] - _NEAR), floor(self._highs[place] + _NEAR)
            reached = self._fewest[place] <= low + _NEAR and self._most[place] >= high - _NEAR
            if not reached and (told := self.people(key)) != (low, high):
                found[key] = told
        return found

    def hide(self, key: Key) -> None:
        """The headcount of this cell is hidden now, though it is not small. What was open stays open."""
        if key in self._roots:
            self._forget_everybody()
        self._solver.changeColBounds(self._place[key], float(self._rules.smallest), self._everybody)

    def tell(self, counts: Mapping[str, Mapping[Key, int]]) -> None:
        """These counts are known to the last person: of people by the name "", of a measure by its own."""
        for measure, of in counts.items():
            for key, count in of.items():
                place = self._having(measure, key) if measure else self._place[key]
                self._solver.changeColBounds(place, float(count), float(count))

    def _forget_everybody(self) -> None:
        """How many there are at most is not known any more, so no count is bounded by it."""
        self._highs[self._highs >= self._everybody] = _UNKNOWN
        self._everybody = _UNKNOWN
        self._solver.changeColsBounds(self._size, self._questions, self._lows, self._highs)

    def unsay(self, measure: str, key: Key) -> None:
        """The share of this cell is not said any more."""
        self._solver.changeColBounds(self._having(measure, key), 0.0, self._everybody)
        for row in self._share_rows.get((measure, key), ()):
            self._solver.changeRowBounds(row, -inf, inf)

    def _having(self, measure: str, key: Key, without: bool = False) -> int:
        """The place of a count; who is without is none, but the difference of two, and stands behind them all."""
        block = self._measures.index(measure)
        first = self._size + len(self._place) * block if without else len(self._place) * (1 + block)
        return first + self._place[key]

    def _adding_up(self, cells: Cells) -> Iterator[_Row]:
        for block in range(1 + len(self._measures)):
            first = block * len(self._place)
            for wholes, parts in cells.sums:
                weighted = [(first + self._place[whole], -1.0) for whole in wholes]
                yield (0.0, 0.0), weighted + [(first + self._place[part], 1.0) for part in parts]

    def _related(self, cells: Cells, family: Family) -> Iterator[_Row]:
        """Nobody has what is counted who is not there; nor two measures of which one shuts out the other.

        Of what is the sum of others it follows from them.
        """
        wholes = {whole for of, _ in cells.sums if len(of) == 1 for whole in of}
        for key, place in self._place.items():
            if key in wholes:
                continue
            columns = [self._having(measure, key) for measure in family.measures]
            for one in columns:
                yield (0.0, inf), [(place, 1.0), (one, -1.0)]
            if family.apart:
                yield (0.0, inf), [(place, 1.0), *((one, -1.0) for one in columns)]
            elif len(columns) > 1:
                yield from (((0.0, inf), [(columns[0], 1.0), (one, -1.0)]) for one in columns[1:])

    def _share(self, measure: str, key: Key, said: str, headcount: str) -> None:
        one, place, edge = self._having(measure, key), self._place[key], float(self._rules.edge)
        others = [(place, 1.0), (one, -1.0)]
        rows: list[_Row] = []
        if said == HARDLY_ANY:
            self._solver.changeColBounds(one, 0.0, edge)
        elif said == NEARLY_ALL:
            rows = [((0.0, edge), others)]
        elif (share := number(said)) is not None:
            half = step(int(headcount), self._rules) / 2
            self._solver.changeColBounds(one, edge + 1, self._everybody)
            rows = [
                ((-inf, 0.0), [(one, 1.0), (place, -(share + half) / 100)]),
                ((0.0, inf), [(one, 1.0), (place, -(share - half) / 100)]),
                ((edge + 1, inf), others),
            ]
        self._share_rows[measure, key] = range(self._rows, self._rows + len(rows))
        self._of_row |= dict.fromkeys(self._share_rows[measure, key], (measure, key))
        if rows:
            self._add(rows)

    def _add(self, rows: Iterable[_Row]) -> None:
        """Add rows: each a sum of weighted counts, and between what it lies."""
        listed = list(rows)
        flat = [one for _, weighted in listed for one in weighted]
        begins = np.cumsum([0, *(len(weighted) for _, weighted in listed)])[:-1].astype(np.int32)
        lows, highs = np.array([within for within, _ in listed], dtype=np.float64).reshape(-1, 2).T
        places = np.array([place for place, _ in flat], dtype=np.int32)
        weights = np.array([weight for _, weight in flat], dtype=np.float64)
        self._solver.addRows(len(listed), lows, highs, len(flat), begins, places, weights)
        self._rows += len(listed)

    def _open(self, place: int) -> int:
        low, high = self._fewest[place], self._most[place]
        return -1 if low > high else floor(high + _NEAR) - ceil(low - _NEAR)

    def _range(self, place: int) -> tuple[int, int]:
        wanted = self._weights([place], np.ones(1))
        return ceil(self._least(wanted) - _NEAR), floor(-self._least(-wanted) + _NEAR)

    def _behind(self, place: int, width: int) -> tuple[set[Key], set[Share]]:
        """What binds the fewest and the most that a count can be, by the dual values; nothing where it is open."""
        heads, shares, many = set[Key](), set[Share](), len(self._place)
        for way in (1.0, -1.0):
            if self._open(place) >= width:
                break
            self._least(self._weights([place], np.array([way])))
            solution = self._solver.getSolution()
            for column in np.flatnonzero(np.abs(solution.col_dual) > _BINDS):
                block, within = divmod(int(column), many)
                if block:
                    shares.add((self._measures[block - 1], self._keys[within]))
                else:
                    heads.add(self._keys[within])
            binding = np.flatnonzero(np.abs(solution.row_dual) > _BINDS)
            shares |= {self._of_row[row] for row in binding.tolist() if row in self._of_row}
        return (set(), set()) if self._open(place) >= width else (heads, shares)

    def _begin(self) -> None:
        """Find any counts that fit, the quickest way; the questions go on from there."""
        for option, value in _AT_FIRST.items():
            self._solver.setOptionValue(option, value)
        self._solver.run()
        for option in _AT_FIRST:
            self._solver.setOptionValue(option, _OPTIONS[option])

    def _weights(
        self, places: Sequence[int] | NDArray[np.int_], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The weight of each count in a sum of these, of which each counts for so much."""
        wanted, many = np.zeros(self._size), len(self._place)
        for place, weight in zip(places, weights, strict=True):
            if place < self._size:
                wanted[place] += weight
            else:
                wanted[(place - self._size) % many] += weight
                wanted[place - self._size + many] -= weight
        return wanted

    def _least(self, wanted: NDArray[np.float64]) -> float:
        """The least of a weighted sum; how far each count went on the way is remembered."""
        self._solver.changeColsCost(self._size, self._questions, wanted)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._solver.clearSolver()  # a large table can lead it astray: once more, from the beginning
            self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("the release contradicts itself: no counts fit it")
        counts = np.array(self._solver.getSolution().col_value)
        people, *having = counts.reshape(-1, len(self._place))
        found = np.concatenate([counts, *(people - of_measure for of_measure in having)])
        np.minimum(self._fewest, found, out=self._fewest)
        np.maximum(self._most, found, out=self._most)
        return float(wanted @ counts)


_OPTIONS: Mapping[str, str | int | bool] = {
    "output_flag": False,
    "presolve": "off",
    "simplex_strategy": 4,
    "threads": 1,
}
"""Primal simplex without anything before it: a new question begins where the last one ended."""
_AT_FIRST: Mapping[str, str | int] = {"presolve": "on", "simplex_strategy": 1}
"""Dual simplex of what is left when all that is plain is taken out."""


def _people(key: Key, said: str, beside: frozenset[Key], rules: Profile) -> Range:
    if said == FEW and key in beside:
        return float(rules.smallest), _UNKNOWN
    low, high = values(said, rules)
    return float(low), float(high)
