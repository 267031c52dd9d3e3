"""How each dimension is grouped, and where: coarser groups where nodes are small, so that more can be told."""

from collections.abc import Mapping

from engagement.studies import Level, Mode
from privacy.characteristics import LADDER, UNKNOWN, Dimension, Profile
from privacy.grouping import Combination, Grouping, Step
from privacy.lattice import KINDS
from privacy.releases import NOBODY, Trait

_ALL = frozenset(KINDS)
_NOT_LEVELS = _ALL - {"level"}
_WHERE: Mapping[int, tuple[frozenset[str], ...]] = {
    1: (_ALL,),
    2: (_NOT_LEVELS, _ALL),
    3: (frozenset({"university", "school"}), _NOT_LEVELS, _ALL),
}
"""By the number of steps at which kinds of node each is shown, the finest first."""


def belonging(dimension: Dimension, profile: Profile | None) -> Combination:
    """The groups of a student in each step of a characteristic."""
    held = profile.held.get(dimension, UNKNOWN) if profile else UNKNOWN
    return tuple(groups.group(held) for groups in LADDER[dimension])


def _of(dimension: Dimension) -> Grouping:
    ladder = LADDER[dimension]
    steps = tuple(
        Step(groups.names, groups.reference, groups.beside, kinds)
        for groups, kinds in zip(ladder, _WHERE[len(ladder)], strict=True)
    )
    held = {UNKNOWN, *(one for groups in ladder for one in groups.found)}
    return Grouping(steps, frozenset(tuple(groups.group(one) for groups in ladder) for one in held))


GROUPINGS: Mapping[str, Grouping] = {
    NOBODY: Grouping((), frozenset({()})),
    **{dimension.value: _of(dimension) for dimension in Dimension},
    Trait.MODE.value: Grouping.flat(mode.value for mode in Mode),
    Trait.LEVEL.value: Grouping.flat(level.value for level in Level),
}
"""Every dimension by its name, and everybody together."""
