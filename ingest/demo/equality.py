"""The characteristics of the demo's students: believable shares, and two real gaps to be found in their engagement.

Groups are drawn for everybody alike, but for two: among those who are seldom in class there are more of one ethnic
group, and more who have declared a mental health condition. The figures of the demo tell of it, as far as they may.
"""

from collections.abc import Iterable, Mapping
from random import Random

from ingest.demo.habits import Kind
from ingest.demo.students import Student
from privacy.characteristics import NONE_KNOWN, UNKNOWN, Dimension

Groups = Mapping[Dimension, str]
_SHARES: Mapping[Dimension, Mapping[str, int]] = {
    Dimension.ETHNICITY: {"Asian": 16, "Black": 9, "Mixed": 5, "White": 61, "Other": 4, UNKNOWN: 5},
    Dimension.SEX: {"Female": 54, "Male": 44, "Other": 1, UNKNOWN: 1},
    Dimension.DISABILITY: {
        NONE_KNOWN: 79,
        "Cognitive or learning": 8,
        "Mental health": 6,
        "Sensory, medical or physical": 4,
        "Social or communication": 1,
        "Multiple": 1,
        UNKNOWN: 1,
    },
    Dimension.AGE: {"Under 21": 68, "21 to 24": 17, "25 to 29": 7, "30 and over": 7, UNKNOWN: 1},
    Dimension.DEPRIVATION: {**{f"Quintile {n}": 17 for n in range(1, 6)}, UNKNOWN: 15},
    Dimension.PARTICIPATION: {**{f"Quintile {n}": 17 for n in range(1, 6)}, UNKNOWN: 15},
    Dimension.FEES: {"Home fees": 82, "Other fees": 17, UNKNOWN: 1},
}
_AWAY = frozenset({Kind.FADE, Kind.STOP})
_SELDOM = 0.6
_MORE: Mapping[Dimension, Mapping[str, int]] = {
    Dimension.ETHNICITY: {"Black": 4},
    Dimension.DISABILITY: {"Mental health": 5},
}
"""How many times as often among them."""


def profiles(students: Iterable[Student], rng: Random) -> dict[str, Groups]:
    """The groups of each student, by their key in student records."""
    return {student.key: _groups(student, rng) for student in students}


def _groups(student: Student, rng: Random) -> Groups:
    away = student.habits.kind in _AWAY or student.habits.attends < _SELDOM
    found = {}
    for dimension, shares in _SHARES.items():
        more = _MORE.get(dimension, {}) if away else {}
        weights = [share * more.get(group, 1) for group, share in shares.items()]
        found[dimension] = rng.choices(list(shares), weights)[0]
    return found
