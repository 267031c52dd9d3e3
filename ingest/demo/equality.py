"""The characteristics of the demo's students: believable shares, and two real gaps to be found in their engagement.

They are drawn for everybody alike, but for two: among those who are seldom in class there are more of one ethnic
group, and more who have declared a mental health condition. The figures of the demo tell of it, as far as they may.
"""

from collections.abc import Iterable, Mapping
from random import Random

from ingest.demo.habits import Kind
from ingest.demo.students import Student
from privacy.characteristics import (
    EU,
    NON_EU,
    NONE_KNOWN,
    NOT_IN_ENGLAND,
    QUINTILES,
    UNKNOWN,
    Dimension,
    Home,
    Profile,
)

_VERSION = 2019
_ETHNICITIES = {
    "100": 2, "101": 2, "103": 6, "104": 4, "119": 2, "120": 6, "121": 2, "139": 1, "140": 2, "141": 1, "142": 1,
    "159": 1, "160": 52, "163": 1, "166": 2, "179": 6, "180": 2, "899": 2, UNKNOWN: 5,
}  # fmt: skip
_SHARES: Mapping[Dimension, Mapping[str, int]] = {
    Dimension.ETHNICITY: _ETHNICITIES,
    Dimension.SEX: {"Female": 54, "Male": 44, "Other": 1, UNKNOWN: 1},
    Dimension.DISABILITY: {
        NONE_KNOWN: 80,
        "Cognitive or learning": 8,
        "Mental health": 5,
        "Sensory, medical or physical": 4,
        "Social or communication": 1,
        "Multiple": 1,
        UNKNOWN: 1,
    },
    Dimension.AGE: {"Under 21": 68, "21 to 24": 17, "25 to 29": 7, "30 and over": 7, UNKNOWN: 1},
}
_HOMES = {Home.ENGLAND: 76, Home.ELSEWHERE: 6, Home.SOMEWHERE: 1, EU: 3, NON_EU: 13, UNKNOWN: 1}
_FIFTHS = {**dict.fromkeys(QUINTILES, 19), UNKNOWN: 5}
_FEES = {  # by where home was
    EU: {"Home fees": 4, "Other fees": 6},
    NON_EU: {"Home fees": 1, "Other fees": 19},
}
_HOME_FEES = {"Home fees": 96, "Other fees": 2, UNKNOWN: 2}
_AWAY = frozenset({Kind.FADE, Kind.STOP})
_SELDOM = 0.6
_MORE: Mapping[Dimension, Mapping[str, int]] = {
    Dimension.ETHNICITY: dict.fromkeys(("120", "121", "139"), 4),
    Dimension.DISABILITY: {"Mental health": 8},
}
"""How many times as often among them: enough for both gaps to be firm in the ratings of one autumn census."""


def profiles(students: Iterable[Student], rng: Random) -> dict[str, Profile]:
    """The profile of each student, by their key in student records."""
    return {student.key: drawn(rng, away=_is_away(student)) for student in students}


def drawn(rng: Random, *, away: bool) -> Profile:
    """The profile of one student, who is seldom in class or not."""
    held = {
        dimension: _one(shares, rng, _MORE.get(dimension, {}) if away else {})
        for dimension, shares in _SHARES.items()
    }
    home = _one(_HOMES, rng)
    held[Dimension.DEPRIVATION] = _of_area(home, rng)
    held[Dimension.PARTICIPATION] = _of_area(home, rng)
    held[Dimension.FEES] = _one(_FEES.get(home, _HOME_FEES), rng)
    return Profile(held, home, _VERSION if held[Dimension.DEPRIVATION] in QUINTILES else None)


def _is_away(student: Student) -> bool:
    return student.habits.kind in _AWAY or student.habits.attends < _SELDOM


def _of_area(home: str, rng: Random) -> str:
    if home == Home.ENGLAND:
        return _one(_FIFTHS, rng)
    return UNKNOWN if home in (Home.SOMEWHERE, UNKNOWN) else NOT_IN_ENGLAND


def _one(shares: Mapping[str, int], rng: Random, more: Mapping[str, int] | None = None) -> str:
    times = more or {}
    weights = [share * times.get(group, 1) for group, share in shares.items()]
    return rng.choices(list(shares), weights)[0]
