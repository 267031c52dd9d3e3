"""Whether the rating serves all alike: its hits and false alarms by sex, age, disability and deprivation.

The one place that reads these columns, after every model has spoken: `gaps` takes what was said and gives
figures back. Small groups are left out and counts rounded, as in every table about characteristics.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.oulad import files
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.judgement import Judgement
from ingest.oulad.evaluation.members import Numbers
from ingest.oulad.evaluation.top import recall, top
from ingest.oulad.presentations import of
from ingest.oulad.rows import Row, Shape, read
from ingest.oulad.students import Pair
from ingest.oulad.tally import Tally

_TOP = 25
_SMALLEST = 23
_NEAREST = 5
_UNKNOWN = "not known"
_KEY = ("code_module", "code_presentation", "id_student")
_SHAPE = Shape((*_KEY, "gender", "age_band", "disability", "imd_band"), _KEY)


@dataclass(frozen=True)
class Group:
    """Of a group on a day: how many of those with a bad end, and of the others, were in the top quarter.

    `students` is to the nearest 5; each figure is None where it would be about fewer than 23.
    """

    day: int
    by: str
    group: str
    students: int | None
    recall: float | None
    false_positive_rate: float | None


Characteristics = dict[str, str]


def characteristics(folder: Path) -> dict[Pair, Characteristics]:
    """What the folder says of each student: by the names that `Group.by` has."""

    def student(row: Row) -> tuple[Pair, Characteristics]:
        pair = of(row.text("code_module"), row.text("code_presentation")), row.whole("id_student")
        return pair, {
            "gender": row.given("gender") or _UNKNOWN,
            "age_band": row.given("age_band") or _UNKNOWN,
            "disability": row.given("disability") or _UNKNOWN,
            "imd_quintile": _quintile(row.given("imd_band")),
        }

    return dict(read(files.find(folder).small["studentInfo"], _SHAPE, Tally("studentInfo"), student))


def gaps(
    known: dict[Pair, Characteristics], cohort: Cohort, said: Judgement, bad: NDArray[np.bool_]
) -> list[Group]:
    """The groups of a cohort by what a model said of it, each characteristic's in the order of their names."""
    keys = [(cohort.presentations[m.module].code, m.student) for m in cohort.members]
    chosen = top(said.ranked, _TOP)
    found = []
    for by in ("gender", "age_band", "disability", "imd_quintile"):
        theirs = np.array([known[key][by] for key in keys])
        found += [
            _group(cohort.day, (by, group), bad[theirs == group], chosen[theirs == group])
            for group in sorted(set(theirs.tolist()))
        ]
    return found


def _group(day: int, name: tuple[str, str], bad: NDArray[np.bool_], chosen: Numbers) -> Group:
    enough = len(bad) >= _SMALLEST
    students = (2 * len(bad) + _NEAREST) // (2 * _NEAREST) * _NEAREST
    return Group(day, *name, students if enough else None, _share(bad, chosen), _share(~bad, chosen))


def _share(of_these: NDArray[np.bool_], chosen: Numbers) -> float | None:
    return round(recall(of_these, chosen), 2) if of_these.sum() >= _SMALLEST else None


def _quintile(band: str | None) -> str:
    """`2` for 20-30% and 30-40%; 1 is the fifth of the country that is most deprived."""
    found = re.match(r"(\d+)-\d+", band or "")
    return str(int(found[1]) // 20 + 1) if found else _UNKNOWN
