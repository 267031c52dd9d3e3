"""How it ended for the members of a cohort. Only the fitting of models, on --train, and the figures see this."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.members import Numbers, registered
from ingest.oulad.evaluation.plan import NotToBeEvaluated
from ingest.oulad.evaluation.told import Told

BAD = ("Withdrawn", "Fail")


@dataclass(frozen=True)
class Outcomes:
    """By member: whether they withdrew or failed, and how many days later they withdrew, if on a known day."""

    bad: NDArray[np.bool_]
    withdrew_after: Numbers


def outcomes(told: Told, cohort: Cohort) -> Outcomes:
    """The outcomes. Raises NotToBeEvaluated where all are alike: nothing could be told apart."""
    by_key = {(student.presentation, student.number): student for student in told.students}
    theirs = [by_key[cohort.presentations[m.module].code, m.student] for m in cohort.members]
    bad = np.array([student.result in BAD for student in theirs])
    if bad.all() or not bad.any():
        raise NotToBeEvaluated(f"All who are registered on day {cohort.day} have the same kind of result.")
    left = [registered(told, s).until if s.result == "Withdrawn" else None for s in theirs]
    after = np.array([float("nan") if until is None else until - cohort.day for until in left])
    return Outcomes(bad, after)
