"""The sheet of characteristics, for equality monitoring: codes of HESA's student record, each from its own list.

Nothing of it but the student's key is ever kept with a fault: what is wrong is put right in student records.
"""

from collections.abc import Collection
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from ingest.template.fields import Key, day, empty_is_none, refuse, whole
from ingest.template.record import Record, said
from privacy import characteristic_codes as codes
from privacy.characteristics import SHEET

_BORN_FROM, _BORN_BEFORE = date(1900, 1, 1), date(2100, 1, 1)
_MEND = "Correct it in student records and load the file again; what stood here is not kept."


def _of(known: Collection[str], called: str, width: int = 0) -> BeforeValidator:
    """A code of one list, with the zeros in front that a spreadsheet takes away; an empty cell is none."""

    def read(cell: object) -> str | None:
        found = empty_is_none(cell)
        if found is None:
            return None
        code = whole(str(found)).upper().zfill(width)
        if code not in known:
            raise refuse("not_a_code", f"This is no {called}. {_MEND}")
        return code

    return BeforeValidator(read)


def _disabilities(cell: object) -> str | None:
    found = empty_is_none(cell)
    if found is None:
        return None
    told = [whole(part.strip()).zfill(2) for part in str(found).split(";") if part.strip()]
    try:
        codes.disability(told)
    except ValueError:  # one reason for all of them: which it is would say too much of somebody
        rule = f"codes of DISABLE: up to {codes.MOST}, and alone one that says that none is known or declared"
        raise refuse("not_a_code", f"These are no {rule}. {_MEND}") from None
    return ";".join(told)


def _born(cell: object) -> object:
    found = empty_is_none(cell)
    return None if found is None else day(found)


def _sensible(born: date | None) -> date | None:
    if born is not None and not _BORN_FROM <= born < _BORN_BEFORE:
        raise refuse("day_out_of_range", f"No student was born then. {_MEND}")
    return born


_Ethnicity = Annotated[str | None, _of(codes.ETHNICITY, "code of ETHNIC")]
_Sex = Annotated[str | None, _of(codes.SEX, "code of SEXID")]
_Disability = Annotated[str | None, BeforeValidator(_disabilities)]
_Born = Annotated[date | None, AfterValidator(_sensible), BeforeValidator(_born)]
_Domicile = Annotated[str | None, _of(codes.DOMICILE, "country of the list of DOMICILE")]
_Fifth = Annotated[str | None, _of(codes.FIFTHS, "fifth: write 1 to 5")]
_Version = Annotated[
    str | None, _of(codes.IMD_VERSIONS, "version of the English indices: write 2019 or 2025")
]
_Fees = Annotated[str | None, _of(codes.FEES, "code of FEEELIG", width=2)]


class Characteristics(Record):
    """What a student is counted by in equality monitoring, kept apart from all records. Empty is not known."""

    sheet: ClassVar[str] = SHEET
    replayable: ClassVar[bool] = False
    withheld: ClassVar[frozenset[str]] = frozenset(
        {
            "ethnicity",
            "sex",
            "disability",
            "date_of_birth",
            "domicile",
            "imd_quintile",
            "imd_version",
            "tundra_quintile",
            "fee_eligibility",
        }
    )

    student_id: Key = said("The student's key in student records", "w2013456")
    ethnicity: _Ethnicity = said("A code of HESA's ETHNIC, or one of two digits from before 2022/23", "103")
    sex: _Sex = said("A code of HESA's SEXID; 1, 2 and 3 are read as before: 1 was male", "10")
    disability: _Disability = said(
        "Up to nine codes of HESA's DISABLE with semicolons between; `declared` where the kind is not known",
        "51;55",
    )
    date_of_birth: _Born = said(
        "Day of birth; of it the band of the age on the first day of the latest course is kept, and nothing else",
        "2007-03-14",
        default=None,
    )
    domicile: _Domicile = said(
        "Country of the home before the course, in HESA's codes: XF is England", "XF", default=None
    )
    imd_quintile: _Fifth = said(
        "Fifth of the English index of multiple deprivation, 1 the most deprived; counts with domicile XF alone",
        2,
        default=None,
    )
    imd_version: _Version = said("The version of that index: 2019 or 2025", 2019, default=None)
    tundra_quintile: _Fifth = said(
        "Fifth of TUNDRA, 1 the lowest participation; counts with domicile XF alone", 3, default=None
    )
    fee_eligibility: _Fees = said("A code of HESA's FEEELIG", "01", default=None)

    @model_validator(mode="after")
    def _says_which_index(self) -> Self:
        if self.imd_quintile and not self.imd_version:
            raise refuse("no_version", f"There is an imd_quintile without its imd_version. {_MEND}")
        return self
