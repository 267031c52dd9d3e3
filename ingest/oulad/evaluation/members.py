"""Who is still registered on a day of a presentation."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.oulad.evaluation.told import Told
from ingest.oulad.students import Registered, Student

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Member:
    """A student of a presentation, which is given by its position; `first` is the day they registered."""

    student: int
    module: int
    first: int


def members(told: Told, names: Collection[str], day: int) -> list[Member]:
    """Those who registered before the day and have not unregistered before it, in the order of the file."""
    position = {p.code: n for n, p in enumerate(told.presentations) if p.name in names}
    found = []
    for student in told.students:
        row = registered(told, student)
        here = (row.on or 0) < day and (row.until is None or row.until >= day)
        if here and student.presentation in position:
            found.append(Member(student.number, position[student.presentation], row.on or 0))
    return found


def registered(told: Told, student: Student) -> Registered:
    """The row of registration; without one, from the first day to the last."""
    nothing = Registered(student.presentation, student.number, None, None)
    return told.registered.get((student.presentation, student.number), nothing)
