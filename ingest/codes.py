"""Codes of HESA and of Jisc's data definitions in our words. A code that is in no table stays as it is, for the
check of the row to refuse it by name.

HESA writes `01` where Jisc's older definitions write `1`: zeros in front are dropped before a code is looked up.
Ethnicity, sex, disability and the like have no table here: they are in no individual's record, and their codes in
`privacy/characteristic_codes.py`.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from engagement.studies import Level, Mode, Status

# HESA MODE (01, 02, 31, 63, 64 are still in use) and the older frame that Jisc's definitions keep.
# 65, 98 and 99 say nothing about the mode of a student in higher education.
_FULL_TIME = ("1", "2", "12", "13", "14", "23", "24", "25", "43", "51", "63", "73")
_PART_TIME = ("31", "33", "34", "35", "36", "38", "39", "44", "64", "74")
MODES = dict.fromkeys(_FULL_TIME, Mode.FULL_TIME) | dict.fromkeys(_PART_TIME, Mode.PART_TIME)

# A mode that also says where the enrolment stands: writing up, on a sabbatical, dormant.
STATUS_OF_MODE = {
    "43": Status.WRITING_UP,
    "44": Status.WRITING_UP,
    **dict.fromkeys(("51", "63", "64", "73", "74"), Status.INTERRUPTED),
}

# Jisc PROGRESSION, or HESA's CSTAT, which is a tenth of it. 20 (all learning done) and 15 (continuing, some
# modules again) are still enrolled while the membership is active.
STATUS_OF_PROGRESSION = {
    **dict.fromkeys(("10", "1", "15", "20", "2"), Status.ENROLLED),
    **dict.fromkeys(("30", "3", "70"), Status.WITHDRAWN),
    **dict.fromkeys(("40", "4"), Status.TRANSFERRED),
    **dict.fromkeys(("50", "55"), Status.RESIT),
    **dict.fromkeys(("60", "6"), Status.INTERRUPTED),
}

# Of a membership that is over: why, by COURSE_OUTCOME (HESA RSNEND), by WITHDRAWAL_REASON, by PROGRESSION.
# The reason itself is not kept, only where it leaves the enrolment.
STATUS_OF_OUTCOME = {
    "1": Status.COMPLETED,
    "98": Status.COMPLETED,
    "3": Status.TRANSFERRED,
    "12": Status.TRANSFERRED,
    "5": Status.DECEASED,
}
STATUS_OF_REASON = {
    **dict.fromkeys(("2", "7", "12", "40", "41", "47"), Status.TRANSFERRED),
    "5": Status.DECEASED,
    "99": Status.COMPLETED,
}
STATUS_AT_THE_END = {
    **dict.fromkeys(("20", "2"), Status.COMPLETED),
    **dict.fromkeys(("30", "3", "70"), Status.WITHDRAWN),
    **dict.fromkeys(("40", "4"), Status.TRANSFERRED),
}

# COURSE_AIM (HESA COURSEAIM) by its first letter; integrated master's degrees are first degrees.
_AIM = re.compile(r"[A-Z]\d\d")
_INTEGRATED = ("M22", "M26", "M28")
_LEVELS = {
    **dict.fromkeys("DL", Level.RESEARCH),
    **dict.fromkeys("EM", Level.TAUGHT_POSTGRADUATE),
    **dict.fromkeys("HIJC", Level.UNDERGRADUATE),
}

# The commonest aims as people say them; of the others the course's title stands for the qualification.
QUALIFICATIONS = {
    "D00": "Doctorate",
    "L00": "Research master’s degree",
    "M00": "Master’s degree",
    "M11": "Master of Business Administration",
    "M22": "Integrated master’s degree",
    "M41": "Postgraduate diploma",
    "M44": "Postgraduate certificate",
    "H00": "Honours degree",
    "I00": "Ordinary degree",
    "J10": "Foundation degree",
    "J20": "Diploma of Higher Education",
    "J30": "Higher National Diploma",
    "C20": "Certificate of Higher Education",
    "C30": "Higher National Certificate",
}

# COURSE_GRADE (HESA CLASS). 51 and above are further education, 91 is not awarded yet.
CLASSIFICATIONS = {
    "1": "First class",
    "2": "Upper second class",
    "3": "Lower second class",
    "4": "Second class",
    "5": "Third class",
    "6": "Fourth class",
    "7": "Unclassified",
    "8": "Aegrotat",
    "9": "Pass",
    "10": "Ordinary",
    "11": "General",
    "12": "Distinction",
    "13": "Merit",
    "14": "Pass",
}

# EVENT_TYPE of Jisc's data definitions.
EVENT_TYPES = {
    "10": "Dissertation",
    "11": "Field trip",
    "12": "Assessment",
    "13": "Lecture",
    "14": "Meeting",
    "15": "Practical",
    "16": "Laboratory",
    "17": "Seminar",
    "18": "Tutorial",
    "19": "Workshop",
    "20": "Study skills",
    "21": "Other",
}


def plain(code: str) -> str:
    """A code without the zeros in front."""
    return code.lstrip("0") or code


def mode(code: str) -> str:
    """Full-time or part-time; the code itself where it says neither."""
    return MODES.get(plain(code), code)


def level(aim: str) -> str:
    """The level of a course aim; the code itself where it is none of higher education."""
    if aim in _INTEGRATED:
        return Level.UNDERGRADUATE
    return _LEVELS.get(aim[0], aim) if _AIM.fullmatch(aim) else aim


def whole(number: str) -> str:
    """A decimal number as a whole one, halves up; what is no number stays as it is."""
    try:
        return str(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        return number


def rounds(number: str) -> bool:
    """Whether making it whole loses something."""
    try:
        return Decimal(number) != Decimal(whole(number))
    except InvalidOperation:
        return False
