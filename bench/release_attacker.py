"""An attacker of the bench's own, to check the builder's: it works with the figures that a manager sees.

Its unknowns are students by leaf and by what they are in one characteristic, and those of them who have what is
measured. Each published figure is a plain sum of them. It shares no constraint with `privacy`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, hstack, vstack

from privacy.cells import Counted, Key
from privacy.families import Family
from privacy.grouping import Combination
from privacy.lattice import ALL
from privacy.release import Release

Families = tuple[Family, ...]
Limits = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Of each row the least and the most."""
SMALLEST = 10
NEARLY_ALL = "[DPH]"
COUNTS = 5
"""So many values must remain of a hidden headcount."""
SHARES = 3
"""So many of those who have what is measured, where no share is said."""
_NEAR = 1e-6
_FEW = 6  # questions that are cheaper put one by one
_GRID = ((50, 5), (200, 2), (10**9, 1))  # up to which headcount a share is to so many points


@dataclass(frozen=True)
class Question:
    """How many at a cell are people, or have what a measure counts, or have it not; and how many must remain."""

    key: Key
    measure: str
    without: bool
    remain: int


class Reader:
    """What follows from one table for who is told all students but those of some leaves: all leaves, and nobody is.

    What stays open to one who is told more stays open to everybody.
    """

    def __init__(self, of: Counted, made: Release, families: Sequence[Family], leaves: Sequence[str]) -> None:
        """Set up the programme: unknowns in blocks of people and of each measure, by leaf and combination."""
        self.measures = [m for family in families for m in family.measures if m in of.having]
        lattice, grouping, ours = of.cells.lattice, of.cells.grouping, set(leaves)
        self.unknown = [(leaf, one) for leaf in leaves for one in sorted(grouping.combinations)]
        there = {node for leaf in leaves for node in lattice.chain(leaf)}
        self.keys = {key: n for n, key in enumerate(key for key in made.headcounts if key[0] in there)}
        inside = [
            (self.keys[node, cell], place)
            for place, (leaf, own) in enumerate(self.unknown)
            for node in lattice.chain(leaf)
            for cell in (ALL, *grouping.at(lattice.node(node).kind))
            if cell == ALL or grouping.holds(cell, own)
        ]
        shape = len(self.keys), len(self.unknown)
        self.sums = csr_matrix((np.ones(len(inside)), np.array(inside).T), shape)
        self.told = {
            name: self._outside(of, {one: n for one, n in counts.items() if one[0] not in ours})
            for name, counts in (("", of.people), *((m, of.having[m]) for m in self.measures))
        }
        self.rows: list[csr_matrix] = []
        self.within: list[Limits] = []
        self._headcounts(made)
        for family in families:
            self._related(family)
        for measure in self.measures:
            self._shares(made, measure)
        self.solver = _solver(vstack(self.rows).tocsc(), self.within)

    def given_away(self, asked: Sequence[Question], dice: np.random.Generator) -> list[Question]:
        """Those of the questions of which fewer counts remain than must."""
        if not asked:
            return []
        sums = csr_matrix(vstack([self._sum(one) for one in asked]))
        out = np.array([self._offset(one) for one in asked])
        lows, highs = np.full(len(asked), inf), np.full(len(asked), -inf)

        def look(weights: NDArray[np.float64]) -> None:
            seen = sums @ self._least(sums.T @ weights) + out
            np.minimum(lows, seen, out=lows)
            np.maximum(highs, seen, out=highs)

        def short() -> NDArray[np.intp]:
            remain = np.floor(highs + _NEAR) - np.ceil(lows - _NEAR) + 1
            return np.flatnonzero(remain < [one.remain for one in asked])

        idle = way = 0
        look(np.zeros(len(asked)))
        while len(left := short()) > _FEW and idle < 4:
            way, weights = 1 - way, np.zeros(len(asked))
            weights[left] = (1 - 2 * way) * (0.1 + dice.random(len(left)))
            look(weights)
            idle = idle + 1 if len(short()) == len(left) else 0
        for one in short():
            for side in (1.0, -1.0):
                weights = np.zeros(len(asked))
                weights[one] = side
                look(weights)
        return [asked[one] for one in short()]

    def alone(self, key: Key) -> bool:
        """Whether it follows that at most one is at a cell: of one nothing can be left open."""
        asked = Question(key, "", False, 0)
        most = (self._sum(asked) @ self._least(-self._sum(asked).toarray().ravel())).item() + self._offset(
            asked
        )
        return bool(most < 2 - _NEAR)

    def _outside(self, of: Counted, counts: Mapping[tuple[str, Combination], int]) -> NDArray[np.float64]:
        summed = of.cells.summed(counts)
        return np.array([float(summed[key]) for key in self.keys])

    def _block(self, name: str, rows: csr_matrix) -> csr_matrix:
        """These sums of the people, or of those who have the measure, over all unknowns."""
        none, place = csr_matrix(rows.shape), ["", *self.measures].index(name)
        return csr_matrix(hstack([rows if n == place else none for n in range(1 + len(self.measures))]))

    def _sum(self, asked: Question) -> csr_matrix:
        row = self.sums[[self.keys[asked.key]]]
        found = self._block(asked.measure, row)
        return self._block("", row) - found if asked.without else found

    def _offset(self, asked: Question) -> float:
        place = self.keys[asked.key]
        found = self.told[asked.measure][place]
        return float(self.told[""][place] - found if asked.without else found)

    def _add(self, rows: csr_matrix, lows: NDArray[np.float64], highs: NDArray[np.float64]) -> None:
        self.rows.append(rows)
        self.within.append((lows, highs))

    def _headcounts(self, made: Release) -> None:
        beside = set(made.audit.beside)
        lows, highs = np.array([_people(made.headcounts[key], key in beside) for key in self.keys]).T
        self._add(self._block("", self.sums), lows - self.told[""], highs - self.told[""])

    def _related(self, family: Family) -> None:
        """Nobody has what is measured who is not there; measures shut each other out, or others are of the first."""
        one, size = csr_matrix(np.eye(len(self.unknown))), len(self.unknown)
        zero, any_ = np.zeros(size), np.full(size, inf)
        own = [self._block(m, one) for m in family.measures if m in self.measures]
        for of in own:
            self._add(self._block("", one) - of, zero, any_)
        for of in own[1:]:
            self._add(self._block("", one) - own[0] - of if family.apart else own[0] - of, zero, any_)

    def _shares(self, made: Release, measure: str) -> None:
        people, having = self._block("", self.sums), self._block(measure, self.sums)
        said = [made.shares[measure][key] for key in self.keys]
        number = np.array([_number(share) for share in said])
        half = np.array([_half(made.headcounts[key]) for key in self.keys])
        n, x = self.told[""], self.told[measure]
        told = np.flatnonzero(~np.isnan(number))
        for way in (1, -1):
            part = ((number + way * half) / 100)[told]
            rows = way * (people[told].multiply(part[:, None]) - having[told])
            self._add(csr_matrix(rows), way * (x[told] - part * n[told]), np.full(len(told), inf))
        hardly = np.array([n for n, share in enumerate(said) if share == "[DPL]"], dtype=int)
        nearly = np.array([n for n, share in enumerate(said) if share == NEARLY_ALL], dtype=int)
        others, y = people - having, n - x
        for rows, out, few in ((having, x, hardly), (others, y, nearly)):
            self._add(rows[few], np.full(len(few), -inf), 2 - out[few])
            self._add(rows[told], 3 - out[told], np.full(len(told), inf))

    def _least(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """The counts at which the weighted sum is least."""
        size = len(cost)
        self.solver.changeColsCost(size, np.arange(size, dtype=np.int32), np.asarray(cost, dtype=np.float64))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.solver.clearSolver()
            self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the release contradicts itself: {self.solver.getModelStatus()}")
        return np.array(self.solver.getSolution().col_value)


def _solver(matrix: csc_matrix, within: Sequence[Limits]) -> highspy.Highs:
    """HiGHS with the programme in it: every count is nought at least."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.full(lp.num_col_, 1e5)
    lp.row_lower_, lp.row_upper_ = (np.concatenate(side) for side in zip(*within, strict=True))
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    solver.run()  # dual simplex finds a beginning soonest; from there each question is a short way by the primal one
    solver.setOptionValue("simplex_strategy", 4)
    return solver


def _people(said: str, beside: bool) -> tuple[float, float]:
    """Between which counts a headcount lies, rounded to five and hidden under ten, by what is said of it."""
    if said.startswith("["):
        return (10, 1e5) if beside else (0, 9)
    return max(10, int(said) - 2), int(said) + 2


def _number(share: str) -> float:
    return float("nan") if share.startswith("[") else float(share)


def _half(headcount: str) -> float:
    """How far a share may be from the one that is said of so many."""
    if headcount.startswith("["):
        return 0.0
    return next(points for up_to, points in _GRID if int(headcount) <= up_to) / 2


def questions(
    of: Counted, made: Release, families: Sequence[Family]
) -> Iterator[tuple[Families, list[Question]]]:
    """What must be open in a table: hidden headcounts to who knows every share, and silent shares, by family."""
    exact = of.cells.summed(of.people)
    yield tuple(families), [Question(key, "", False, COUNTS) for key, n in exact.items() if n < SMALLEST]
    for family in families:
        silent = [
            Question(key, measure, share == NEARLY_ALL, SHARES)
            for measure in family.measures
            for key, share in made.shares.get(measure, {}).items()
            if exact[key] and share.startswith("[")
        ]
        yield (family,), silent


def given_away(of: Counted, made: Release, families: Families, asked: Sequence[Question]) -> list[Question]:
    """Those that the figures of a table give away.

    Who is told all but one school is asked first, about that school and about all together. What stays open there is
    open to everybody; of the rest the next is told one school less, and in the end nothing else.
    """
    left, lattice, dice = list(asked), of.cells.lattice, np.random.default_rng(7)
    leaves = [node.id for node in lattice.nodes if not lattice.children(node.id)]
    schools = {
        school: [leaf for leaf in leaves if school in lattice.chain(leaf)]
        for school in lattice.children(lattice.nodes[0].id)
    }
    by_size = sorted(schools, key=lambda school: len(schools[school]))
    for untold in range(len(schools)):
        for school, own in schools.items():
            beside = [leaf for one in [s for s in by_size if s != school][:untold] for leaf in schools[one]]
            there = {node for leaf in own for node in lattice.chain(leaf)}
            if here := [one for one in left if one.key[0] in there]:
                reader = Reader(of, made, families, [*own, *beside])
                shut = set(reader.given_away(here, dice))
                if len(own) + len(beside) == len(leaves):
                    shut = {one for one in shut if not (one.measure and reader.alone(one.key))}
                left = [one for one in left if one.key[0] not in there or one in shut]
    return left
