"""A release: what may be said of every node and group of one cohort, so that no small group can be worked out.

Each figure keeps the rules of `disclosure`; then cells are hidden beside it until an attacker who knows all rules
and all tables bounds no hidden count to fewer than five values. Exact counts go in, and none comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from privacy.cells import Counted, Key
from privacy.disclosure import ONS_10_5_OFS, Profile
from privacy.families import Family
from privacy.hiding import Hiding
from privacy.unsaying import Unsaying


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
    unsaying = Unsaying(tables, hiding)
    unsaying.settle(families, before.unsaid if before else frozenset())
    return {name: _one(name, hiding, unsaying) for name in tables}


def _one(name: str, hiding: Hiding, unsaying: Unsaying) -> Release:
    small = sum(count < hiding.rules.smallest for count in hiding.exact[name].values())
    audit = Audit(small, tuple(sorted(hiding.beside[name])), tuple(unsaying.unsaid[name]))
    return Release(hiding.heads(name), unsaying.said[name], audit)
