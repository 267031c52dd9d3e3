"""The work of members as it stood before a day: what was due, what was handed in, and its marks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.oulad.assessments import Assessment
from ingest.oulad.evaluation.members import Member, Numbers, Positions
from ingest.oulad.evaluation.told import Told
from policy.days import number

NOTHING = float("nan")


@dataclass(frozen=True)
class Piece:
    """One piece of work of one member, by position; days are those of the presentation.

    `handed_in` and `mark` are not a number where there is none; `weight` is hundredths of a per cent.
    """

    member: int
    due: int
    handed_in: float
    late: bool
    mark: float
    weight: int


@dataclass(frozen=True)
class Work:
    """The pieces by column."""

    member: Positions
    due: Positions
    handed_in: Numbers
    late: Positions
    mark: Numbers
    weight: Numbers


def work(told: Told, members: Sequence[Member], day: int) -> Work:
    """What was due before the day, and what is due from it on and was handed in before it all the same.

    As a load has it: no examinations, nothing without a date, nothing carried over from an earlier year, and
    nothing that was due before a member came, unless they handed it in.
    """
    asked: dict[str, list[Assessment]] = defaultdict(list)
    for assessment in told.assessments.values():
        if assessment.kind != "Exam":
            asked[assessment.presentation.code].append(assessment)
    pieces = [
        piece
        for position, member in enumerate(members)
        for assessment in asked[told.presentations[member.module].code]
        if (piece := _piece(told, position, member, assessment, day))
    ]
    return _columns(pieces)


def _piece(told: Told, position: int, member: Member, assessment: Assessment, day: int) -> Piece | None:
    due, weight = assessment.due, assessment.weight
    row = told.handed_in.get((member.student, assessment.id))
    starts = number(assessment.presentation.starts)
    if due is None:
        return None
    if row and row.handed_in_day is not None and row.handed_in_day - starts < day:
        if row.carried_over:
            return None
        mark = NOTHING if row.mark is None else row.mark
        return Piece(position, due, row.handed_in_day - starts, row.late, mark, weight)
    return Piece(position, due, NOTHING, False, NOTHING, weight) if member.first <= due < day else None


def _columns(pieces: Sequence[Piece]) -> Work:
    return Work(
        np.array([piece.member for piece in pieces], np.int64),
        np.array([piece.due for piece in pieces], np.int64),
        np.array([piece.handed_in for piece in pieces], np.float64),
        np.array([piece.late for piece in pieces], np.int64),
        np.array([piece.mark for piece in pieces], np.float64),
        np.array([piece.weight for piece in pieces], np.float64),
    )
