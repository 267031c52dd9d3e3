"""The codes of characteristics that student records send, old and new, and what each is kept as.

Codes are those of HESA's student record (2022/23 on), of its record of teacher training, of the years before, and
of Jisc's data definitions. A code that is in no table here is no code: nothing is guessed from it.
"""

from collections.abc import Collection, Mapping
from datetime import date

from privacy.characteristics import (
    BANDS,
    COGNITIVE,
    DECLARED,
    ETHNIC_GROUPS,
    EU,
    MENTAL,
    MULTIPLE,
    NON_EU,
    NONE_KNOWN,
    PHYSICAL,
    QUINTILES,
    SOCIAL,
    UNKNOWN,
    Home,
)

# Codes before 2022/23, and Jisc's 51, which is its own for Irish. Those of three nations of Britain are one code now.
_NATIONS = ("10", "12", "13")
_OLD_ETHNICITY = {
    **dict.fromkeys(_NATIONS, "160"), "11": "166", "51": "166", "14": "163", "15": "163", "19": "179",
    "21": "121", "22": "120", "29": "139", "31": "103", "32": "104", "33": "100", "34": "101", "39": "119",
    "41": "142", "42": "141", "43": "140", "49": "159", "50": "180", "80": "899",
}  # fmt: skip
# 997, 998 and 999, and 90 and 98 before: not known, not said, not asked for.
_ETHNICITY_UNKNOWN = ("997", "998", "999", "90", "98")
ETHNICITY: Mapping[str, str] = {
    **{code: code for code in ETHNIC_GROUPS},
    **_OLD_ETHNICITY,
    **dict.fromkeys(_ETHNICITY_UNKNOWN, UNKNOWN),
}
"""From every code of ethnicity to the present one."""

# The codes of one digit run the other way round: there 1 was male. Jisc's 4 is unknown; 96 is teacher training's 98.
SEX: Mapping[str, str] = {
    "10": "Female", "11": "Male", "12": "Other", "96": UNKNOWN, "98": UNKNOWN, "99": UNKNOWN,
    "1": "Male", "2": "Female", "3": "Other", "4": UNKNOWN,
}  # fmt: skip

DISABILITIES: Mapping[str, str] = {
    "51": COGNITIVE, "59": COGNITIVE, "55": MENTAL, "53": SOCIAL, "08": MULTIPLE, "declared": DECLARED,
    **dict.fromkeys(("54", "56", "57", "58", "96"), PHYSICAL),
}  # fmt: skip
"""Codes of what was declared. 08 is two or more, before 2022/23; `declared` where the kind of it is not known."""
_ALONE = {"95": NONE_KNOWN, "00": NONE_KNOWN, "97": UNKNOWN, "98": UNKNOWN, "99": UNKNOWN}
MOST = 9
"""How many codes of disability one student may have."""

_EU_COUNTRIES = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK AX IC EU XA XC XM"
)
# Of these it cannot be told whether they lie in the European Union: stateless, and whole regions.
_SOMEWHERE = "AA XN XO XP ZZ"
# ISO 3166, and HESA's own for places that are not otherwise specified.
_ELSEWHERE = (
    "AD AE AF AG AI AL AM AN AO AQ AR AS AU AW AZ BA BB BD BF BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX DJ DM DO DZ EC EG EH ER ET FJ FK FM FO GA GD GE GF GH GI GL GM GN GP "
    "GQ GS GT GU GW GY HK HM HN HT ID IL IN IO IQ IR IS JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR "
    "LS LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MU MV MW MX MY MZ NA NC NE NF NG NI NO NP NR NU NZ OM PA "
    "PE PF PG PH PK PM PN PR PS PW PY QA QN QO RE RS RU RW SA SB SC SD SG SH SJ SL SM SN SO SR SS ST SV SX SY SZ TC "
    "TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XB XQ XR XS XT XU XV "
    "XW XX YE YT ZA ZM ZW"
)
DOMICILE: Mapping[str, str] = {
    "XF": Home.ENGLAND,
    # Guernsey, Jersey and the Isle of Man are counted with the United Kingdom, as HESA does.
    **dict.fromkeys(("XG", "XH", "XI", "XL", "GG", "JE", "IM"), Home.ELSEWHERE),
    **dict.fromkeys(("XK", "GB"), Home.SOMEWHERE),
    **dict.fromkeys(_EU_COUNTRIES.split(), EU),
    **dict.fromkeys(_ELSEWHERE.split(), NON_EU),
    **dict.fromkeys(_SOMEWHERE.split(), UNKNOWN),
}
"""From the code of a country to where home was, with England apart from the rest of the United Kingdom."""

FEES: Mapping[str, str] = {"01": "Home fees", "02": "Other fees", "03": UNKNOWN}
IMD_VERSIONS = ("2019", "2025")
"""The English indices of deprivation that student records may send."""
FIFTHS: Mapping[str, str] = {str(n): name for n, name in enumerate(QUINTILES, start=1)}


def near(code: str) -> bool:
    """Whether the present code of an ethnicity is only near to this older one."""
    return code in _NATIONS


def disability(codes: Collection[str]) -> str:
    """The kind of all codes of one student: none known, one kind, or several. ValueError for codes that cannot be.

    What says that nothing is known, or nothing is there, stands alone.
    """
    told = set(codes)
    if not told:
        return UNKNOWN
    if len(told) == 1 and told <= set(_ALONE):
        return _ALONE[told.pop()]
    if len(told) > MOST or not told <= set(DISABILITIES):
        raise ValueError("no codes, or codes that cannot stand together")
    return DISABILITIES[told.pop()] if len(told) == 1 else MULTIPLE


def age(born: date | None, began: date | None) -> str:
    """The band of the age on the day the course began. The day of birth is dropped after this."""
    if born is None or began is None or born >= began:
        return UNKNOWN
    years = began.year - born.year - ((began.month, began.day) < (born.month, born.day))
    return next((name for limit, name in BANDS if years < limit), UNKNOWN)
