"""Disclosure control of groups that lie inside each other: what may be said of each without telling of a few.

Of two groups one of which is part of the other a reader can subtract. So a count is said only where it, and what
is left of the group around it that was said last, are both large enough.
"""

from collections.abc import Sequence

from privacy.disclosure import FEW, ONS_10_5_OFS, Profile, headcount, rate


def nested(counts: Sequence[int], rules: Profile = ONS_10_5_OFS) -> list[str]:
    """What is said of groups each of which is part of the one before it, largest first; ValueError for others.

    A count that is left out tells no more than that it lies within ten of the last that was said, or is under
    ten itself; the next is held against that last one.
    """
    said: list[str] = []
    last: int | None = None
    for place, count in enumerate(counts):
        if place and count > counts[place - 1]:
            raise ValueError("a part is larger than the whole")
        left = rules.smallest if last is None else last - count
        shown = count >= rules.smallest and left >= rules.smallest
        said.append(headcount(count, rules) if shown else FEW)
        last = count if shown else last
    return said


def part(some: int, of: int, rules: Profile = ONS_10_5_OFS) -> str:
    """How many per cent `some` are of `of`; not said where those, or all others, are under ten."""
    return FEW if min(some, of - some) < rules.smallest else rate(some, of, rules)
