"""A release: what may be said of every node and group of one census, so that no small group can be worked out.

Each figure keeps the rules of `disclosure`; then cells are hidden beside it until an attacker who knows all
rules bounds no hidden count to fewer than five values. Exact counts go in, and none comes out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacy.attacker import Attacker
from privacy.disclosure import FEW, ONS_10_5_OFS, UNSURE, Profile, headcount, rate
from privacy.lattice import ALL, Key, Lattice

CANDIDATES = 5
"""So many values a hidden count may have at least: as many as a rounded one."""
_WIDE = 2
"""How far apart the fewest and the most of those must lie who have what is measured: three values at least."""


@dataclass(frozen=True)
class Audit:
    """What the attacker left: how many cells are hidden for being small, and which were hidden beside them.

    `beside` and `unsaid` are for compliance alone: they name cells, and hold no counts.
    """

    small: int
    beside: tuple[Key, ...]
    unsaid: tuple[tuple[str, Key], ...]


@dataclass(frozen=True)
class Release:
    """The headcounts of all cells, and by measure the shares; each a number or a mark, as text."""

    headcounts: Mapping[Key, str]
    rates: Mapping[str, Mapping[Key, str]]
    audit: Audit


def build(
    lattice: Lattice,
    categories: Sequence[str],
    people: Mapping[Key, int],
    having: Mapping[str, Mapping[Key, int]],
    rules: Profile = ONS_10_5_OFS,
    hidden: frozenset[Key] = frozenset(),
) -> Release:
    """The release of one characteristic. `people` are of leaf and category; `having` by measure, of the same.

    `hidden` are cells to be hidden in any case, because another characteristic must hide them.
    """
    exact = lattice.summed(people, categories)
    found = frozenset(_beside(lattice, categories, exact, rules, hidden))
    heads = _headcounts(exact, found, rules)
    rates, unsaid = {}, []
    for measure, counts in having.items():
        rates[measure], left = _rates(lattice, categories, exact, counts, heads, found, rules)
        unsaid += [(measure, key) for key in left]
    small = sum(count < rules.smallest for count in exact.values())
    return Release(heads, rates, Audit(small, tuple(sorted(found)), tuple(unsaid)))


def beside(
    lattice: Lattice,
    categories: Sequence[str],
    people: Mapping[Key, int],
    rules: Profile = ONS_10_5_OFS,
) -> frozenset[Key]:
    """The cells that this characteristic must hide beside its small ones."""
    return frozenset(_beside(lattice, categories, lattice.summed(people, categories), rules, frozenset()))


def _headcounts(exact: Mapping[Key, int], beside: Iterable[Key], rules: Profile) -> dict[Key, str]:
    hidden = frozenset(beside)
    return {key: FEW if key in hidden else headcount(count, rules) for key, count in exact.items()}


def _beside(
    lattice: Lattice,
    categories: Sequence[str],
    exact: Mapping[Key, int],
    rules: Profile,
    before: frozenset[Key],
) -> set[Key]:
    """The cells that are hidden beside the small ones, one after the other, until none of these is given away."""
    small = sorted(key for key, count in exact.items() if count < rules.smallest)
    beside = {key for key in before if exact[key] >= rules.smallest}
    safe: set[Key] = set()  # hiding more only widens what the attacker must allow for
    while True:
        heads = _headcounts(exact, beside, rules)
        attacker = Attacker(lattice, categories, heads, {}, rules, frozenset(beside))
        attacker.look_around([key for key in small if key not in safe], having=False)
        found = next((key for key in small if key not in safe and _given_away(attacker, key, safe)), None)
        if found is None:
            return beside
        beside.add(_next(lattice, categories, found, exact, beside, rules))


def _given_away(attacker: Attacker, key: Key, safe: set[Key]) -> bool:
    if attacker.told_people(key, CANDIDATES - 1):
        return True
    safe.add(key)
    return False


def _next(
    lattice: Lattice,
    categories: Sequence[str],
    small: Key,
    exact: Mapping[Key, int],
    beside: set[Key],
    rules: Profile,
) -> Key:
    """The smallest cell that is still said, of those beside it at the node and under the same parent."""
    node, category = small
    parent = lattice.node(node).parent
    nearest: list[list[Key]] = [[(node, one) for one in categories], [(node, ALL)], [], []]
    if parent is not None:
        nearest[0] += [(one, category) for one in lattice.children(parent)]
        nearest[2:] = [[(parent, category)], [(parent, ALL)]]
    for cells in (*nearest, list(exact)):
        said = [key for key in cells if key not in beside and exact[key] >= rules.smallest]
        if said:
            return min(said, key=lambda key: (exact[key], key))
    raise ArithmeticError(f"nothing is left to hide beside {small}")


def _rates(
    lattice: Lattice,
    categories: Sequence[str],
    exact: Mapping[Key, int],
    counts: Mapping[Key, int],
    heads: Mapping[Key, str],
    beside: frozenset[Key],
    rules: Profile,
) -> tuple[dict[Key, str], list[Key]]:
    """The shares of one measure, and those among them that are left unsaid so that no other is given away."""
    having = lattice.summed(counts, categories)
    said = {
        key: FEW if heads[key] == FEW else rate(having[key], count, rules) for key, count in exact.items()
    }
    unsaid: list[Key] = []
    silent = sorted(key for key, one in said.items() if one in (FEW, UNSURE) and exact[key])
    while True:
        attacker = Attacker(lattice, categories, heads, said, rules, beside)
        attacker.look_around(silent, having=True)
        found = next((key for key in silent if _told(attacker, key)), None)
        if found is None:
            return said, unsaid
        near = _contributing(lattice, categories, found, exact, said)
        said[near] = UNSURE
        unsaid.append(near)


def _told(attacker: Attacker, key: Key) -> bool:
    """Whether so little is left open of how many have it that a few people are told apart."""
    return attacker.told_having(key, _WIDE) and attacker.people(key)[1] >= _WIDE


def _contributing(
    lattice: Lattice,
    categories: Sequence[str],
    silent: Key,
    exact: Mapping[Key, int],
    said: Mapping[Key, str],
) -> Key:
    """The smallest cell with a share, of those that stand beside, around or under the silent one."""
    node, category = silent
    parent = lattice.node(node).parent
    cells = [(node, one) for one in (*categories, ALL)]
    if parent is not None:
        cells += [(one, category) for one in (*lattice.children(parent), parent)] + [(parent, ALL)]
    cells += [(one, category) for one in lattice.children(node)]
    near = [key for key in cells if key != silent and said[key] not in (FEW, UNSURE)]
    if not near:
        near = [key for key, one in said.items() if one not in (FEW, UNSURE)]
    if not near:
        raise ArithmeticError(f"nothing is left to leave unsaid beside {silent}")
    return min(near, key=lambda key: (exact[key], key))
