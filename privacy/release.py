"""A release: what may be said of every node and group of one cohort, so that no small group can be worked out.

Each figure keeps the rules of `disclosure`; then cells are hidden beside it until an attacker who knows all rules
and all tables bounds no hidden count to fewer than five values. Exact counts go in, and none comes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from privacy.attacker import Attacker
from privacy.cells import Cells, Key
from privacy.disclosure import FEW, NEARLY_ALL, ONS_10_5_OFS, UNSURE, Profile, number, rate
from privacy.families import Family
from privacy.grouping import Combination
from privacy.hiding import Hiding
from privacy.lattice import ALL

_WIDE = 2
"""How far apart the fewest and the most of those must lie who have what is measured: three values at least."""


@dataclass(frozen=True)
class Counted:
    """What goes into one table: its cells; how many people; and by measure how many have it.

    The counts are of a leaf and a combination of groups.
    """

    cells: Cells
    people: Mapping[tuple[str, Combination], int]
    having: Mapping[str, Mapping[tuple[str, Combination], int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Audit:
    """What the attacker left: how many cells are hidden for being small, and which were hidden beside them.

    `beside` and `unsaid` are for compliance alone: they name cells, and hold no counts.
    """

    small: int
    beside: tuple[Key, ...]
    unsaid: tuple[tuple[str, Key], ...] = ()


@dataclass(frozen=True)
class Release:
    """The headcounts of all cells of a table, and by measure the shares; each a number or a mark, as text."""

    headcounts: Mapping[Key, str]
    shares: Mapping[str, Mapping[Key, str]]
    audit: Audit


def build(
    tables: Mapping[str, Counted], families: Sequence[Family] = (), rules: Profile = ONS_10_5_OFS
) -> dict[str, Release]:
    """The release of all tables of one cohort, by name. They share the nodes: a total hidden in one is in all."""
    cells = {name: one.cells for name, one in tables.items()}
    hiding = Hiding(cells, {name: one.cells.summed(one.people) for name, one in tables.items()}, rules)
    hiding.settle()
    return _alike({name: _one(name, one, hiding, families) for name, one in tables.items()})


def _one(name: str, of: Counted, hiding: Hiding, families: Sequence[Family]) -> Release:
    exact, heads, rules = hiding.exact[name], hiding.heads(name), hiding.rules
    beside = frozenset(hiding.beside[name])
    shares: dict[str, dict[Key, str]] = {}
    unsaid: list[tuple[str, Key]] = []
    for family in families:
        there = replace(family, measures=tuple(m for m in family.measures if m in of.having))
        said = {m: _shares(of.cells.summed(of.having[m]), exact, heads, rules) for m in there.measures}
        shares |= said
        if any(_tells(share) for of_measure in said.values() for share in of_measure.values()):
            attacker = Attacker(of.cells, heads, beside, rules, there, said, hiding.totals)
            silent = sorted(key for key, count in exact.items() if 0 < count < rules.smallest_rate)
            for measure in there.measures:
                unsaid += _unsay(of.cells, exact, attacker, measure, silent, said)
    small = sum(count < rules.smallest for count in exact.values())
    return Release(heads, shares, Audit(small, tuple(sorted(beside)), tuple(unsaid)))


def _tells(share: str) -> bool:
    """Whether it says more than that hardly any have it, who then may be anywhere."""
    return number(share) is not None or share == NEARLY_ALL


def _shares(
    having: Mapping[Key, int], exact: Mapping[Key, int], heads: Mapping[Key, str], rules: Profile
) -> dict[Key, str]:
    return {
        key: FEW if heads[key] == FEW else rate(having[key], count, rules) for key, count in exact.items()
    }


def _unsay(
    cells: Cells,
    exact: Mapping[Key, int],
    attacker: Attacker,
    measure: str,
    silent: Sequence[Key],
    said: Mapping[str, dict[Key, str]],
) -> Iterator[tuple[str, Key]]:
    """Leave shares unsaid in `said` until they tell nothing of cells that are too small for one; which they are."""
    attacker.look_around(silent, _WIDE, measure)
    for key in silent:
        while _given_away(attacker, measure, key):
            which, near = _contributing(cells, measure, key, exact, said)
            attacker.unsay(which, near)
            said[which][near] = UNSURE
            yield which, near


def _given_away(attacker: Attacker, measure: str, key: Key) -> bool:
    """Whether so little is left open of how many have it that a few people are told apart."""
    return attacker.told_having(measure, key, _WIDE) and attacker.people(key)[1] >= _WIDE


def _contributing(
    cells: Cells, measure: str, silent: Key, exact: Mapping[Key, int], said: Mapping[str, Mapping[Key, str]]
) -> tuple[str, Key]:
    """The smallest cell with a share, of those nearest to the silent one; of the last measure of the family first."""
    order = list(said)[::-1]
    for near in (*cells.near(silent), cells.within(silent), list(exact)):
        for which in order:
            shown = [key for key in near if said[which].get(key, FEW) not in (FEW, UNSURE)]
            if shown:
                return which, min(shown, key=lambda key: (exact[key], key))
    raise ArithmeticError(f"nothing is left to leave unsaid beside {silent}")


def _alike(made: Mapping[str, Release]) -> dict[str, Release]:
    """What one table leaves unsaid of everybody at a node, none says."""
    silent = {(m, key) for one in made.values() for m, key in one.audit.unsaid if key[1] == ALL}
    return {
        name: replace(
            one,
            shares={
                measure: {
                    key: UNSURE if (measure, key) in silent and share != FEW else share
                    for key, share in shares.items()
                }
                for measure, shares in one.shares.items()
            },
        )
        for name, one in made.items()
    }
