"""Disclosure control of one table: what may be said of a count or a share, so that nobody is told apart by it.

The rules and their vectors are those of the statistics offices: the ONS rule of ten and five, the rates of the
OfS and HESA. Many tables beside each other need more than this; these are the rules of each number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEW = "[c]"
UNSURE = "[u]"
HARDLY_ANY = "[DPL]"
NEARLY_ALL = "[DPH]"


@dataclass(frozen=True)
class Profile:
    """The numbers of the rules. `grid`: up to which rounded headcount a share is to so many points; above, to one.

    A headcount is said of `smallest` people or more, a share of `smallest_rate`, a mean or median of `smallest_mean`.
    """

    smallest: int
    nearest: int
    smallest_rate: float
    smallest_mean: int
    edge: int
    grid: tuple[tuple[int, int], ...]


_GRID = ((50, 5), (200, 2))
ONS_10_5_OFS = Profile(smallest=10, nearest=5, smallest_rate=23, smallest_mean=23, edge=2, grid=_GRID)
"""The strictest: counts of ten or more to five (ONS), shares of 23 or more and not of hardly any (OfS)."""
NHS_OPENSAFELY = Profile(smallest=8, nearest=5, smallest_rate=23, smallest_mean=23, edge=2, grid=_GRID)
"""Counts of eight or more to five: the smallest that is said, ten, stands for eight to twelve."""
HESA = Profile(smallest=0, nearest=5, smallest_rate=22.5, smallest_mean=8, edge=-1, grid=_GRID)
"""Every count to five, so that nought is nought to two; means of more than seven; shares of 22.5 or more: theirs are
also of full-person equivalents."""
PROFILES: Mapping[str, Profile] = {
    "ons_10_5_ofs": ONS_10_5_OFS,
    "nhs_opensafely": NHS_OPENSAFELY,
    "hesa": HESA,
}
"""The rules that policy chooses from, by name."""


def meaning(rules: Profile = ONS_10_5_OFS) -> dict[str, str]:
    """What stands in the place of a number, in words."""
    few = (
        f"fewer than {rules.smallest} students, or none, or as many as would tell of such a group: not shown"
    )
    return {
        **({FEW: few} if rules.smallest else {}),
        UNSURE: (
            f"fewer than {rules.smallest_rate:g} students, of whom a share means little; or it would tell of a few"
        ),
        **({HARDLY_ANY: "two students at most, or none"} if rules.edge > 0 else {}),
        **({NEARLY_ALL: "all students but two at most, or all"} if rules.edge > 0 else {}),
    }


MEANING = meaning()
"""The same by the strictest rules."""


def rounded(value: float, nearest: int) -> int:
    """To the nearest multiple, halves up: 2.5 to the nearest 5 is 5."""
    return int(value / nearest + 0.5) * nearest


def headcount(n: int, rules: Profile = ONS_10_5_OFS) -> str:
    """How many people, to the nearest five; under ten it is not said, and none is under ten too."""
    return FEW if n < rules.smallest else str(rounded(n, rules.nearest))


def values(said: str, rules: Profile = ONS_10_5_OFS) -> tuple[int, int]:
    """The smallest and the largest headcount of which this is said."""
    if said == FEW:
        return 0, rules.smallest - 1
    near = int(said)
    half = rules.nearest // 2
    return max(rules.smallest, near - half), near + half


def step(near: int, rules: Profile = ONS_10_5_OFS) -> int:
    """The points of the grid of shares, for a group whose rounded headcount is this."""
    return next((points for up_to, points in rules.grid if near <= up_to), 1)


def rate(x: float, n: float, rules: Profile = ONS_10_5_OFS) -> str:
    """How many per cent `x` are of `n`, on a grid that is as coarse as `n` is small; the exact counts go in."""
    if n < rules.smallest:
        return FEW
    if n < rules.smallest_rate:
        return UNSURE
    if x <= rules.edge:
        return HARDLY_ANY
    if n - x <= rules.edge:
        return NEARLY_ALL
    points = step(rounded(n, rules.nearest), rules)
    return str(int((200 * x + n * points) // (2 * n * points)) * points)


def statistic(value: float, about: Sequence[int], decimals: int = 0, rules: Profile = ONS_10_5_OFS) -> str:
    """A median or another figure of whole groups, each of so many people; nothing of a group that is too small."""
    return UNSURE if min(about) < rules.smallest_mean else f"{value:.{decimals}f}"


def number(said: str) -> float | None:
    """What was published as a number again, for a chart; None for a mark that stands in its place."""
    return None if said.startswith("[") or not said else float(said)
