"""The clock of a request as its steps tell it: when it began, when it stood still, and whether it was made longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from privacy import deadlines
from privacy.bank_holidays import BankHolidays, HolidaysUnknown
from privacy.deadlines import Deadline, Pause
from privacy.request import Kind, State


@dataclass(frozen=True)
class Move:
    """One step of a request, and the day that counts for the clock."""

    state: State
    on: date


@dataclass(frozen=True)
class Days:
    """The days of one request as lists show them; all are empty where bank holidays are not loaded."""

    target: date | None = None
    due: date | None = None
    latest: date | None = None


def identified(moves: Sequence[Move]) -> date | None:
    """The day on which it was known who asks, where that was in doubt; None where it never was, or still is."""
    known = [b.on for a, b in pairwise(moves) if State.ID_PENDING in {a.state} - {b.state}]
    return max(known, default=None)


def pauses(moves: Sequence[Move]) -> tuple[Pause, ...]:
    """The questions that were answered; one that still waits is none of them."""
    asked, found = None, list[Pause]()
    for move in moves:
        if move.state is State.CLARIFYING:
            asked = asked or move.on
        elif asked:
            found.append(Pause(asked, move.on))
            asked = None
    return tuple(found)


def waiting_since(moves: Sequence[Move]) -> date | None:
    """The day from which the clock stands still at present, or None while it runs."""
    since = None
    for move in moves:
        since = (since or move.on) if move.state in {State.CLARIFYING, State.ID_PENDING} else None
    return since


def changed_on(moves: Sequence[Move]) -> date:
    """The day that counts of the last step into another state: no later step can lie before it."""
    changes = [b.on for a, b in pairwise(moves) if a.state is not b.state]
    return changes[-1] if changes else moves[0].on


def deadline(received: date, moves: Sequence[Move], holidays: BankHolidays) -> Deadline:
    """The clock of everything but a complaint. Raises HolidaysUnknown."""
    longer = any(move.state is State.EXTENDED for move in moves)
    return deadlines.answer(received, identified(moves), pauses(moves), longer, holidays)


def days(
    kind: Kind,
    received: date,
    moves: Sequence[Move],
    holidays: BankHolidays,
    progress_days: int,
    marks_by: date | None = None,
) -> Days:
    """What is due when. Of a complaint it is first the confirmation of its receipt, then the next news of it.

    Marks that wait for their announcement have their own day, `marks_by`, which no question moves.
    """
    if marks_by:
        return Days(marks_by, marks_by, marks_by)
    try:
        if kind is Kind.COMPLAINT:
            return _complaint(received, moves, holidays, progress_days)
        found = deadline(received, moves, holidays)
    except HolidaysUnknown:
        return Days()
    return Days(found.target, found.due, found.latest)


def _complaint(received: date, moves: Sequence[Move], holidays: BankHolidays, progress_days: int) -> Days:
    if moves[-1].state is State.RECEIVED:
        strict = deadlines.acknowledgement(received)
        return Days(strict, strict, deadlines.acknowledgement_latest(received, holidays))
    following = moves[-1].on + timedelta(days=progress_days)
    return Days(following, following, following)
