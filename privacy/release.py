"""A release: what may be said of every node and group of one cohort, so that no small group can be worked out.

Each figure keeps the rules of `disclosure`; then cells are hidden beside it until an attacker who knows all rules
and all tables bounds no hidden count to fewer than five values. Exact counts go in, and none comes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from privacy.attacker import Attacker, Share
from privacy.cells import Cells, Key
from privacy.disclosure import FEW, NEARLY_ALL, ONS_10_5_OFS, UNSURE, Profile, number, rate
from privacy.families import Family
from privacy.grouping import Combination
from privacy.hiding import Hiding
from privacy.lattice import ALL
from privacy.nearby import nearby

WIDE = 2
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


@dataclass(frozen=True)
class Before:
    """What an earlier release of the same students says: how many are at each node; and which shares it does not.

    These are named by measure and node.
    """

    headcounts: Mapping[str, str]
    unsaid: frozenset[tuple[str, str]]


def build(
    tables: Mapping[str, Counted],
    families: Sequence[Family] = (),
    rules: Profile = ONS_10_5_OFS,
    before: Before | None = None,
) -> dict[str, Release]:
    """The release of all tables of one cohort, by name. They share the nodes: a total hidden in one is in all.

    After another of the same students these are tables of nodes alone, and say nothing of them that was not said
    `before`.
    """
    cells = {name: one.cells for name, one in tables.items()}
    hiding = Hiding(cells, {name: one.cells.summed(one.people) for name, one in tables.items()}, rules)
    if before is None:
        hiding.settle()
    else:
        hiding.follow(before.headcounts)
    unsaid = before.unsaid if before else frozenset()
    return _alike({name: _one(name, one, hiding, families, unsaid) for name, one in tables.items()})


def _one(
    name: str, of: Counted, hiding: Hiding, families: Sequence[Family], before: frozenset[tuple[str, str]]
) -> Release:
    exact, heads, rules = hiding.exact[name], hiding.heads(name), hiding.rules
    beside = frozenset(hiding.beside[name])
    several = _several(exact, Attacker(of.cells, heads, beside, rules, totals=hiding.totals))
    shares: dict[str, dict[Key, str]] = {}
    unsaid: list[tuple[str, Key]] = []
    for family in families:
        there = replace(family, measures=tuple(m for m in family.measures if m in of.having))
        said = {m: _shares(of.cells.summed(of.having[m]), exact, heads, rules) for m in there.measures}
        for measure, node in before:
            if said.get(measure, {}).get((node, ALL), FEW) != FEW:
                said[measure][node, ALL] = UNSURE
        shares |= said
        if any(_tells(share) for of_measure in said.values() for share in of_measure.values()):
            whole = Attacker(of.cells, heads, beside, rules, there, said, hiding.totals)
            local = nearby(of.cells, of.people, of.having, heads, beside, rules, there, said)
            attackers = [*local, (frozenset(node.id for node in of.cells.lattice.nodes), whole)]
            asked = [(measure, without) for measure in there.measures for without in (False, True)]
            while more := [
                one for m, without in asked for one in _unsay(several, attackers, m, said, without)
            ]:
                unsaid += more  # of these, too, few may not be told apart
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


def _several(exact: Mapping[Key, int], attacker: Attacker) -> dict[Key, int]:
    """The cells of which is not known that at most one is there, so that more can be left open of who has what."""
    return {
        key: count
        for key, count in exact.items()
        if count >= WIDE or (count and attacker.people(key)[1] >= WIDE)
    }


def _silent(several: Mapping[Key, int], shares: Mapping[Key, str], *, without: bool) -> list[Key]:
    """The cells without a share, of which few may not be told apart who have what is measured.

    Where it is said that nearly all have it, few are `without` it.
    """
    return sorted(
        key for key in several if number(shares[key]) is None and (shares[key] == NEARLY_ALL) is without
    )


def _unsay(
    several: Mapping[Key, int],
    attackers: Sequence[tuple[frozenset[str], Attacker]],
    measure: str,
    said: Mapping[str, dict[Key, str]],
    without: bool,
) -> Iterator[Share]:
    """Leave shares unsaid in `said` until they tell nothing of cells that have none; which they are.

    The attackers are asked in turn, each about the nodes that are open to it, the one who knows the whole last: what
    is open to one before stays so.
    """
    left = _silent(several, said[measure], without=without)
    _, whole = attackers[-1]
    for nodes, attacker in attackers:
        own = [key for key in left if key[0] in nodes]
        attacker.look_around(own, WIDE, measure, without=without)
        for key in own:
            while behind := attacker.behind_having(measure, key, WIDE, without=without):
                if not (shown := [one for one in behind if one[1][0] in nodes and _shown(said, one)]):
                    break
                share = min(shown, key=lambda one: (several[one[1]], one))
                for asked in {id(one): one for one in (attacker, whole)}.values():
                    asked.unsay(*share)
                said[share[0]][share[1]] = UNSURE
                yield share
            else:
                left.remove(key)
    if left:
        raise ArithmeticError(f"nothing is left to leave unsaid around {left}")


def _shown(said: Mapping[str, Mapping[Key, str]], share: Share) -> bool:
    measure, key = share
    return said[measure].get(key, FEW) not in (FEW, UNSURE)


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
