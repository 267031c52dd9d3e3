"""The clock in sentences: whoever reads them can work the day out again."""

from dataclasses import replace
from datetime import UTC, date, datetime

import policy
from privacy.bank_holidays import BankHolidays
from privacy.case import Case, Step
from privacy.case_clock import Days
from privacy.clock_words import due_after, explained, extend_by
from privacy.request import Channel, Kind, State

HOLIDAYS = BankHolidays(policy.current().rights.holidays)


def case(received: str, *steps: tuple[State, str], kind=Kind.ACCESS, ended=None, due=None) -> Case:
    at = datetime.fromisoformat(received).replace(hour=12, tzinfo=UTC)
    every = [(State.RECEIVED, received), *steps]
    return Case(
        reference="R-1",
        student_id="p-1",
        student="Ben Quaverley",
        kind=kind,
        state=every[-1][0],
        channel=Channel.HERE,
        text="",
        received_at=at,
        days=Days(due, due, due),
        ended_at=ended,
        about_team=False,
        about="",
        steps=tuple(Step(state, date.fromisoformat(on), at, "", "") for state, on in every),
    )


def test_a_plain_month():
    assert explained(case("2026-11-23"), HOLIDAYS) == (
        "It reached the university on Monday 23 November 2026. One month later is Wednesday 23 December "
        "2026. It is due by the end of Wednesday 23 December 2026; the aim is Monday 21 December 2026."
    )


def test_a_month_that_ends_on_christmas_day():
    said = explained(case("2026-11-25"), HOLIDAYS)
    assert "One month later is Friday 25 December 2026. That day is a weekend or a bank holiday" in said
    assert "due by the end of Tuesday 29 December 2026" in said


def test_two_questions_that_stopped_the_clock():
    steps = [
        (State.CLARIFYING, "2027-01-06"),
        (State.IN_PROGRESS, "2027-01-08"),
        (State.CLARIFYING, "2027-01-20"),
        (State.IN_PROGRESS, "2027-01-25"),
    ]
    said = explained(case("2027-01-04", *steps), HOLIDAYS)
    assert "stood still for 7 days (6 January to 8 January; 20 January to 25 January)" in said
    assert "by the end of Thursday 11 February 2027" in said


def test_a_question_that_still_waits():
    said = explained(case("2027-01-04", (State.CLARIFYING, "2027-01-06")), HOLIDAYS)
    assert said.endswith(
        "Since Wednesday 6 January 2027 it waits for the student, and every day of that is added."
    )


def test_a_doubt_about_who_asked_and_the_longer_time():
    steps = [
        (State.ID_PENDING, "2026-11-24"),
        (State.IN_PROGRESS, "2026-12-02"),
        (State.EXTENDED, "2026-12-20"),
    ]
    said = explained(case("2026-11-23", *steps), HOLIDAYS)
    assert "Who asked was known on Wednesday 2 December 2026, so the time begins then." in said
    assert "Three months later, in the longer time, is Tuesday 2 March 2027." in said


def test_what_is_over_was_due():
    assert "It was due by" in explained(case("2026-11-23", ended=datetime(2026, 12, 1, tzinfo=UTC)), HOLIDAYS)


def test_where_bank_holidays_are_not_loaded_it_says_so_and_names_no_day():
    late = case("2028-12-20")
    assert explained(late, HOLIDAYS).startswith("The bank holidays are known up to 2028 only")
    assert extend_by(late, HOLIDAYS) is None
    assert due_after(late, State.EXTENDED, date(2028, 12, 21), HOLIDAYS) is None


def test_a_complaint_says_what_comes_next():
    new = case("2026-11-23", kind=Kind.COMPLAINT, due=date(2026, 12, 22))
    assert "confirmed within 30 days, that day included: by the end of Tuesday 22 December 2026" in explained(
        new, HOLIDAYS
    )
    known = replace(new, state=State.INVESTIGATING, days=Days(due=date(2026, 12, 7)))
    assert explained(known, HOLIDAYS).endswith("The student next hears of it by Monday 7 December 2026.")
    over = replace(new, ended_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert explained(over, HOLIDAYS).endswith("It is over.")
    assert extend_by(new, HOLIDAYS) is None


def test_the_longer_time_would_end_and_must_be_taken_on_these_days():
    plain = case("2026-11-25", (State.IN_PROGRESS, "2026-11-26"))
    assert extend_by(plain, HOLIDAYS) == date(2026, 12, 29)
    assert due_after(plain, State.EXTENDED, date(2026, 12, 1), HOLIDAYS) == date(2027, 2, 25)
    assert due_after(plain, State.REVIEW, date(2026, 12, 1), HOLIDAYS) == date(2026, 12, 29)
