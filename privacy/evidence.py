"""How sure one can be of a gap between groups: judged by the exact counts, and told in three words only."""

from collections.abc import Mapping
from enum import StrEnum

from privacy.disclosure import ONS_10_5_OFS, Profile, number
from privacy.statistics import Interval, holm, newcombe, p_value

LEAST = 5
"""Points of 100 under which a gap is not called likely, however sure it is."""
_LEVEL = 0.05


class Verdict(StrEnum):
    """What can be told of a gap. There is no word for “no gap”: that is never shown."""

    TOO_FEW = "too few to say"
    LIKELY = "likely gap"
    UNCLEAR = "no clear evidence"


Counted = tuple[int, int]
"""How many of how many."""


def verdicts(
    groups: Mapping[str, Counted], reference: str, rules: Profile = ONS_10_5_OFS
) -> dict[str, Verdict]:
    """The verdict on each group's gap to the reference; all others together where no group is of that name.

    Several groups are held against each other (Holm), for of twenty gaps one is large by chance.
    """
    against = {name: _against(groups, name, reference) for name in groups if name != reference}
    tested = {
        name: (*groups[name], *other)
        for name, other in against.items()
        if _enough(groups[name], other, rules)
    }
    sure = dict(zip(tested, holm([p_value(*four) for four in tested.values()]), strict=True))
    return {name: _verdict(tested.get(name), sure.get(name, 1.0)) for name in against}


def _against(groups: Mapping[str, Counted], name: str, reference: str) -> Counted:
    if reference in groups:
        return groups[reference]
    others = [counted for other, counted in groups.items() if other != name]
    return sum(x for x, _ in others), sum(n for _, n in others)


def _enough(one: Counted, other: Counted, rules: Profile) -> bool:
    return all(n >= rules.smallest_rate and x > rules.edge and n - x > rules.edge for x, n in (one, other))


def _verdict(four: tuple[int, int, int, int] | None, adjusted: float) -> Verdict:
    if four is None:
        return Verdict.TOO_FEW
    x, n, y, m = four
    large = abs(x * m - y * n) * 100 >= LEAST * n * m
    return Verdict.LIKELY if large and adjusted < _LEVEL else Verdict.UNCLEAR


def gap(share: str, people: str, other: str, others: str) -> tuple[int, Interval] | None:
    """The gap in points and its interval, from published figures alone; None where one of them is a mark."""
    first, n, second, m = (number(said) for said in (share, people, other, others))
    if first is None or n is None or second is None or m is None:
        return None
    low, high = newcombe(round(n * first / 100), int(n), round(m * second / 100), int(m))
    return round(first - second), (low * 100, high * 100)
