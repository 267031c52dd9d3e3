"""Characteristics for equality monitoring: the codes of the student record, and the groups they are reported in.

Codes are those of HESA's student record (2022/23 on) and, where systems still send them, of the years before.
They are in no individual's record: a code goes into the separate store, and only released counts come out.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNKNOWN = "Not known"


class Dimension(StrEnum):
    """What is monitored, and so what the separate store holds."""

    ETHNICITY = "ethnicity"
    SEX = "sex"
    DISABILITY = "disability"
    AGE = "age on entry"
    DEPRIVATION = "deprivation of the home area"
    PARTICIPATION = "participation of the home area"
    FEES = "fee status"


@dataclass(frozen=True)
class Groups:
    """The groups of one characteristic, in the order in which they are shown, and whom gaps are measured against.

    `coarser` are the groups that stand in their place where these are too small, by their names.
    """

    names: tuple[str, ...]
    reference: str
    coarser: Mapping[str, str] | None = None


_SIX = {
    "Asian": ("100", "101", "103", "104", "119"),
    "Black": ("120", "121", "139"),
    "Mixed": ("140", "141", "142", "159"),
    "White": ("160", "163", "166", "168", "179"),
    "Other": ("180", "899"),
    UNKNOWN: ("997", "998", "999"),
}
_ETHNICITY = {code: group for group, codes in _SIX.items() for code in codes}
# The codes before 2022/23. 10, 12 and 13 were nations of one group by now.
_OLD_ETHNICITY = {
    "10": "160", "12": "160", "13": "160", "11": "166", "14": "163", "15": "163", "19": "179", "21": "121",
    "22": "120", "29": "139", "31": "103", "32": "104", "33": "100", "34": "101", "39": "119", "41": "142",
    "42": "141", "43": "140", "49": "159", "50": "180", "80": "899", "90": "997", "98": "998",
}  # fmt: skip
# The old codes ran the other way round: 1 was male.
_SEX = {"10": "Female", "11": "Male", "12": "Other", "2": "Female", "1": "Male", "3": "Other"}
_DISABILITY = {
    "51": "Cognitive or learning", "59": "Cognitive or learning", "55": "Mental health",
    "54": "Sensory, medical or physical", "56": "Sensory, medical or physical",
    "57": "Sensory, medical or physical", "58": "Sensory, medical or physical",
    "96": "Sensory, medical or physical", "53": "Social or communication", "08": "Multiple",
}  # fmt: skip
_NO_DISABILITY = frozenset({"95", "00"})

_FEES = {"01": "Home fees", "02": "Other fees"}
_QUINTILES = {str(n): f"Quintile {n}" for n in range(1, 6)}
_BANDS = ((21, "Under 21"), (25, "21 to 24"), (30, "25 to 29"), (200, "30 and over"))

NONE_KNOWN = "None known"
GROUPS: Mapping[Dimension, Groups] = {
    Dimension.ETHNICITY: Groups(
        tuple(_SIX),
        "White",
        {name: name if name in ("White", UNKNOWN) else "Global majority" for name in _SIX},
    ),
    Dimension.SEX: Groups(("Female", "Male", "Other", UNKNOWN), "Female"),
    Dimension.DISABILITY: Groups(
        (NONE_KNOWN, *dict.fromkeys(_DISABILITY.values()), UNKNOWN),
        NONE_KNOWN,
        {
            NONE_KNOWN: NONE_KNOWN,
            UNKNOWN: UNKNOWN,
            **dict.fromkeys(_DISABILITY.values(), "Disability declared"),
        },
    ),
    Dimension.AGE: Groups((*(name for _, name in _BANDS), UNKNOWN), "Under 21"),
    Dimension.DEPRIVATION: Groups((*_QUINTILES.values(), UNKNOWN), "Quintile 5"),
    Dimension.PARTICIPATION: Groups((*_QUINTILES.values(), UNKNOWN), "Quintile 5"),
    Dimension.FEES: Groups(("Home fees", "Other fees", UNKNOWN), "Home fees"),
}
"""Religion and sexual orientation are not among them: the six purposes need neither for a course."""


def ethnicity(code: str) -> str:
    """The group of a code, old or new; `Not known` for one that is no code."""
    return _ETHNICITY.get(_OLD_ETHNICITY.get(code, code), UNKNOWN)


def sex(code: str) -> str:
    """The group of a code, old or new."""
    return _SEX.get(code.lstrip("0"), UNKNOWN)


def disability(codes: Collection[str]) -> str:
    """The group of all codes of one student: none known, one kind, or several."""
    declared = {code for code in codes if code in _DISABILITY}
    if len(declared) > 1:
        return "Multiple"
    if declared:
        return _DISABILITY[declared.pop()]
    return NONE_KNOWN if set(codes) & _NO_DISABILITY else UNKNOWN


def age(born: date | None, began: date) -> str:
    """The band of the age on the day the course began. The day of birth is dropped after this."""
    if born is None or born >= began:
        return UNKNOWN
    years = began.year - born.year - ((began.month, began.day) < (born.month, born.day))
    return next((name for limit, name in _BANDS if years < limit), UNKNOWN)


def quintile(number: str) -> str:
    """Fifths of the country's small areas: 1 is the most deprived, or the one from which fewest go on to study."""
    return _QUINTILES.get(number.strip(), UNKNOWN)


def fees(code: str) -> str:
    """Whether home fees are paid; one that is not assessed is not known."""
    return _FEES.get(code.zfill(2), UNKNOWN)


READ: Mapping[Dimension, Callable[[str], str]] = {
    Dimension.ETHNICITY: ethnicity,
    Dimension.SEX: sex,
    Dimension.DEPRIVATION: quintile,
    Dimension.PARTICIPATION: quintile,
    Dimension.FEES: fees,
}
"""How one code of a system is read. Disability has several codes, and age none."""
