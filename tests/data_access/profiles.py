"""A profile for the tests: of each characteristic the first group, from England."""

from privacy.characteristics import GROUPS, Home, Profile

PROFILE = Profile(
    {dimension: groups.names[0] for dimension, groups in GROUPS.items()}, Home.ENGLAND, imd_version=2019
)
