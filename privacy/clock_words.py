"""The clock of a request, explained: every step from the receipt to the day it is due, in sentences."""

from collections.abc import Iterator
from datetime import date

from privacy.bank_holidays import BankHolidays, HolidaysUnknown
from privacy.case import Case
from privacy.case_clock import Move, deadline, pauses
from privacy.deadlines import Deadline
from privacy.request import Kind, State


def explained(case: Case, holidays: BankHolidays) -> str:
    """How the day that the request is due on was worked out."""
    if case.kind is Kind.COMPLAINT:
        return _complaint(case)
    if case.marks_by:
        return (
            f"Asked for on {_day(case.received)}, before they were announced, the marks have a day of their own: "
            "five months later, or 40 days from their announcement, whichever is sooner. "
            f"That is {_day(case.marks_by)}."
        )
    try:
        found = deadline(case.received, case.moves, holidays)
    except HolidaysUnknown:
        return (
            f"The bank holidays are known up to {holidays.last_year} only, so no day can be worked out. "
            "Whoever looks after this installation adds the missing year to rights.toml."
        )
    return " ".join(_request(case, found, holidays))


def extend_by(case: Case, holidays: BankHolidays) -> date | None:
    """The last day on which the longer time can be taken; None where it cannot be worked out, or there is none."""
    if case.kind is Kind.COMPLAINT or case.marks_by:
        return None
    try:
        return deadline(case.received, case.moves, holidays).extend_by
    except HolidaysUnknown:
        return None


def due_after(case: Case, state: State, on: date, holidays: BankHolidays) -> date | None:
    """When a request would be due if it went into this state on that day; None where it cannot be worked out."""
    try:
        return deadline(case.received, (*case.moves, Move(state, on)), holidays).due
    except HolidaysUnknown:
        return None


def _request(case: Case, found: Deadline, holidays: BankHolidays) -> Iterator[str]:
    yield f"It reached the university on {_day(case.received)}."
    if found.start != case.received:
        yield f"Who asked was known on {_day(found.start)}, so the time begins then."
    longer = any(step.state is State.EXTENDED for step in case.steps)
    months = "Three months later, in the longer time," if longer else "One month later"
    yield f"{months} is {_day(found.nominal)}."
    if stopped := pauses(case.moves):
        asked = "; ".join(f"{_short(one.asked)} to {_short(one.answered)}" for one in stopped)
        days = "1 day" if found.paused == 1 else f"{found.paused} days"
        yield f"The clock stood still for {days} ({asked})."
    if found.due.toordinal() - found.nominal.toordinal() > found.paused:
        yield "That day is a weekend or a bank holiday, so it moves on to the next working day."
    verb = "was" if case.ended_at else "is"
    yield f"It {verb} due by the end of {_day(found.due)}; the aim is {_day(found.target)}."
    if case.waits_since:
        yield f"Since {_day(case.waits_since)} it waits for the student, and every day of that is added."


def _complaint(case: Case) -> str:
    received = f"It reached the university on {_day(case.received)}."
    due = _day(case.days.due) if case.days.due else "a day that cannot be worked out yet"
    if case.ended_at:
        return f"{received} It is over."
    if case.state is State.RECEIVED:
        return f"{received} Its receipt must be confirmed within 30 days, that day included: by the end of {due}."
    return f"{received} Its receipt is confirmed. The student next hears of it by {due}."


def _day(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def _short(on: date) -> str:
    return f"{on.day} {on:%B}"
