"""Characteristics for equality monitoring: what the separate store holds, and the groups it is reported in.

They are in no individual's record: what is known of a student goes into the separate store, and only released counts
come out of it. How the codes of student records are read is in `privacy/characteristic_codes.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNKNOWN = "Not known"
NOT_IN_ENGLAND = "Not in England"
"""The indices of small areas are of England alone: who comes from elsewhere is no comparison for anybody."""
SHEET = "characteristics"
"""The sheet in which they come. No value of it is ever kept with a fault."""


class Dimension(StrEnum):
    """What is monitored, and so what the separate store holds."""

    ETHNICITY = "ethnicity"
    SEX = "sex"
    DISABILITY = "disability"
    AGE = "age on entry"
    DEPRIVATION = "deprivation of the home area"
    PARTICIPATION = "participation of the home area"
    FEES = "fee status"


class Home(StrEnum):
    """Where in the United Kingdom somebody comes from, as far as the code says."""

    ENGLAND = "England"
    ELSEWHERE = "Elsewhere in the UK"
    SOMEWHERE = "UK"


EU, NON_EU = "EU", "Non-EU"
DOMICILES: Mapping[str, str] = {**dict.fromkeys(Home, "UK"), EU: EU, NON_EU: NON_EU, UNKNOWN: UNKNOWN}
"""From what is held of where somebody comes from to the four groups of it."""


@dataclass(frozen=True)
class Profile:
    """What the separate store holds of one student: each characteristic as finely as it is known.

    Of an ethnicity the present code or, where no more is known, a group of it; of the others a group. `domicile` is
    one of DOMICILES; `imd_version` the year of the index that the deprivation is of. What a load does not tell is
    missing, and of the domicile None.
    """

    held: Mapping[Dimension, str] = field(repr=False)
    domicile: str | None = field(default=None, repr=False)
    imd_version: int | None = field(default=None, repr=False)

    def of_index(self, version: int) -> "Profile":
        """The same, with a deprivation by another version of the index as not known: versions are never mixed."""
        place = self.held[Dimension.DEPRIVATION]
        if self.imd_version == version or place not in QUINTILES:
            return self
        return Profile({**self.held, Dimension.DEPRIVATION: UNKNOWN}, self.domicile, self.imd_version)


@dataclass(frozen=True)
class Groups:
    """One step of the ladder of a characteristic: its groups in the order in which they are shown.

    Gaps are measured against `reference`. `found` leads from what is held to one of the groups; those in `beside`
    are shown, and compared with none.
    """

    names: tuple[str, ...]
    reference: str
    found: Mapping[str, str]
    beside: frozenset[str] = frozenset({UNKNOWN})

    @property
    def compared(self) -> tuple[str, ...]:
        """The groups between which gaps are measured."""
        return tuple(name for name in self.names if name not in self.beside)

    def group(self, held: str) -> str:
        """The group of what is held; not known where it is not known so finely."""
        return self.found.get(held, UNKNOWN)


_MAJORITY = "Global majority"
ETHNIC_GROUPS: Mapping[str, tuple[str, str]] = {
    "100": ("Asian", "Asian – Bangladeshi or Bangladeshi British"),
    "101": ("Asian", "Asian – Chinese or Chinese British"),
    "103": ("Asian", "Asian – Indian or Indian British"),
    "104": ("Asian", "Asian – Pakistani or Pakistani British"),
    "119": ("Asian", "Any other Asian background"),
    "120": ("Black", "Black – African or African British"),
    "121": ("Black", "Black – Caribbean or Caribbean British"),
    "139": ("Black", "Any other Black background"),
    "140": ("Mixed", "Mixed – White or White British and Asian or Asian British"),
    "141": ("Mixed", "Mixed – White or White British and Black African or Black African British"),
    "142": ("Mixed", "Mixed – White or White British and Black Caribbean or Black Caribbean British"),
    "159": ("Mixed", "Any other Mixed or Multiple ethnic background"),
    "160": ("White", "White – English, Scottish, Welsh, Northern Irish or British"),
    "163": ("White", "White – Gypsy or Irish Traveller"),
    "166": ("White", "White – Irish"),
    "168": ("White", "White – Roma"),
    "179": ("White", "Any other White background"),
    "180": ("Other", "Arab"),
    "899": ("Other", "Any other ethnic background"),
}
"""By the present code: the one of six groups that it belongs to, and its own name."""

NONE_KNOWN, DECLARED, MULTIPLE = "None known", "Disability declared", "Multiple"
COGNITIVE, MENTAL = "Cognitive or learning", "Mental health"
PHYSICAL, SOCIAL = "Sensory, medical or physical", "Social or communication"
_KINDS = (COGNITIVE, MENTAL, PHYSICAL, SOCIAL, MULTIPLE)

BANDS = ((21, "Under 21"), (25, "21 to 24"), (30, "25 to 29"), (200, "30 and over"))
QUINTILES = tuple(f"Quintile {n}" for n in range(1, 6))
"""Fifths of England's small areas: 1 is the most deprived, or the one from which fewest go on to study."""


def _plain(*names: str, reference: str = "", beside: tuple[str, ...] = ()) -> Groups:
    """Groups that are held as they are shown."""
    shown = (*names, *beside, UNKNOWN)
    return Groups(shown, reference or names[0], {name: name for name in shown}, frozenset((*beside, UNKNOWN)))


def _ethnicity() -> tuple[Groups, Groups, Groups]:
    named = {code: name for code, (_, name) in ETHNIC_GROUPS.items()}
    six = {code: group for code, (group, _) in ETHNIC_GROUPS.items()}
    six |= {group: group for group in six.values()}
    two = {held: group if group == "White" else _MAJORITY for held, group in six.items()}
    return (
        Groups((*named.values(), UNKNOWN), named["160"], named),
        Groups((*dict.fromkeys(six.values()), UNKNOWN), "White", six),
        Groups(("White", _MAJORITY, UNKNOWN), "White", two | {_MAJORITY: _MAJORITY}),
    )


def _disability() -> tuple[Groups, Groups]:
    declared = {NONE_KNOWN: NONE_KNOWN, **dict.fromkeys((*_KINDS, DECLARED), DECLARED)}
    return _plain(NONE_KNOWN, *_KINDS), Groups((NONE_KNOWN, DECLARED, UNKNOWN), NONE_KNOWN, declared)


_FIFTHS = _plain(*QUINTILES, reference=QUINTILES[-1], beside=(NOT_IN_ENGLAND,))
LADDER: Mapping[Dimension, tuple[Groups, ...]] = {
    Dimension.ETHNICITY: _ethnicity(),
    Dimension.SEX: (_plain("Female", "Male", "Other"),),
    Dimension.DISABILITY: _disability(),
    Dimension.AGE: (_plain(*(name for _, name in BANDS)),),
    Dimension.DEPRIVATION: (_FIFTHS,),
    Dimension.PARTICIPATION: (_FIFTHS,),
    Dimension.FEES: (_plain("Home fees", "Other fees"),),
}
"""Each characteristic in steps, the finest first: where a step says too little, the next stands in its place.

Religion and sexual orientation are not among them: the six purposes need neither for a course.
"""
_SIX = 1
GROUPS: Mapping[Dimension, Groups] = {
    dimension: steps[_SIX if dimension is Dimension.ETHNICITY else 0] for dimension, steps in LADDER.items()
}
"""The step in which each is shown where there is no reason to take another."""


def lines(profile: Profile) -> list[tuple[str, str]]:
    """All that is held of a student, in words, for their own copy of it."""
    index = f" (index of {profile.imd_version})" if profile.imd_version else ""
    named = {dimension.value: _said(dimension, held) for dimension, held in profile.held.items()}
    named[Dimension.DEPRIVATION] += index
    return [*named.items(), ("domicile", profile.domicile or UNKNOWN)]


def _said(dimension: Dimension, held: str) -> str:
    """An ethnicity by its name and not its code."""
    return ETHNIC_GROUPS[held][1] if dimension is Dimension.ETHNICITY and held in ETHNIC_GROUPS else held
