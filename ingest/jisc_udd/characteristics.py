"""What equality monitoring counts students by, from Jisc's data definitions: in their codes, put into HESA's."""

from collections.abc import Iterator

from ingest.found import Row
from ingest.jisc_udd.entities import CHARACTERISTICS
from ingest.tables import Line
from ingest.template.characteristics import Characteristics

# DIFFLEARN has seven codes of its own. 5 and 6 each mean two of the kinds that are counted, and 7 any: that something
# was declared is known then, and no more. Jisc asks for 1 also where nothing is known.
_DIFFICULTIES = {"1": "95", "2": "58", "3": "57", "4": "56", **dict.fromkeys("567", "declared")}
_NOTHING, _SEVERAL, _NO_CODE = "1", "08", "?"


def of(line: Line) -> Iterator[Row]:
    """The row of a student of whom any of it is told."""
    if any(line[column] for column in CHARACTERISTICS):
        cells = {
            "student_id": line["STUDENT_ID"],
            "ethnicity": line["ETHNICITY"],
            "sex": line["SEXID"],
            "disability": _disability(line["DIFFLEARN1"], line["DIFFLEARN2"]),
            "date_of_birth": line["DOB"],
            "domicile": line["DOMICILE"],
        }
        yield Row(Characteristics, cells, line.line, line.file)


def _disability(*told: str) -> str:
    """The first difficulty and the second; two that differ are several, and 1 beside another says nothing more."""
    found = {code for code in told if code}
    if not found <= set(_DIFFICULTIES):
        return _NO_CODE  # for the check of the row to refuse
    found = found - {_NOTHING} or found
    if len(found) > 1:
        return _SEVERAL
    return _DIFFICULTIES[found.pop()] if found else ""
