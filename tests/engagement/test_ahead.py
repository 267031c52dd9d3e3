"""What could help next: each fact that asks for something is a sentence with its title and day, and no verdict."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engagement import ahead
from engagement.ahead import ComingClass
from engagement.facts import Agreed, Gap, Presence, Reach, Studied, WorkState
from engagement.period import period
from policy import current
from privacy.labels import Source
from tests.engagement.made import MODULE, REACH, TERM, TODAY, classes, facts, online, work

DAYS = current().calendar.window(TODAY, 14)
USED = online(date(2026, 11, 18))


def steps(**known) -> list[str]:
    of = facts(**({"online": USED} | known))
    return ahead.steps(of, period(of, DAYS, 14, "excluded"), TODAY)


def test_with_nothing_known_to_wait_nothing_is_said():
    assert steps() == []


@pytest.mark.parametrize(
    ("days", "when"),
    [(0, "today, on Mon 23 Nov"), (1, "tomorrow, on Tue 24 Nov"), (9, "in 9 days, on Wed 2 Dec")],
)
def test_a_deadline_is_named_with_its_day(days, when):
    due = work(TODAY + timedelta(days=days), WorkState.OPEN, title="Report")
    assert steps(work=[due]) == [f"“Report” (Seeing) is due {when}."]


def test_work_of_a_day_that_is_over_is_no_deadline_while_student_records_are_silent_on_it():
    assert steps(work=[work(TODAY - timedelta(days=1), WorkState.OPEN, title="Report")]) == []


def test_an_extension_is_said_and_only_the_next_three_deadlines_are_named():
    due = [
        work(TODAY + timedelta(days=n), WorkState.OPEN, title=f"Piece {n}", extended=n == 2)
        for n in range(1, 6)
    ]
    said = steps(work=due)
    assert [line.split("”")[0] for line in said] == ["“Piece 1", "“Piece 2", "“Piece 3"]
    assert said[1].endswith("in 2 days, on Wed 25 Nov, with your extension.")


def test_missing_work_of_a_module_that_runs_is_asked_about_the_latest_first():
    missing = [work(date(2026, 10, day), WorkState.MISSING, title=f"Sheet {day}") for day in (5, 12, 19, 26)]
    said = steps(work=missing)
    assert said == [
        "“Sheet 26” (Seeing) was due on 26 October and has not reached us.",
        "“Sheet 19” (Seeing) was due on 19 October and has not reached us.",
        "“Sheet 12” (Seeing) was due on 12 October and has not reached us.",
        "1 earlier piece of work not handed in.",
        "Ask whoever teaches the module whether work that is late can still be handed in.",
    ]


def test_work_of_a_module_that_is_over_is_let_be():
    over = Studied("M0", "Past", TERM, date(2026, 10, 30))
    gone = work(date(2026, 10, 20), WorkState.MISSING, module="M0")
    assert steps(modules=[MODULE, over], work=[gone]) == []


def test_classes_the_student_was_not_in_are_counted_by_module_whatever_the_reason():
    day = DAYS[3]
    lines = classes(
        (day, Presence.ABSENT), (day, Presence.AUTHORISED), (day, Presence.CANCELLED), (day, Presence.LATE)
    )
    assert steps(registers=lines) == [
        "You were not in 2 classes between 10 November and 23 November: 2 of Seeing. "
        "The VLE pages of a module say what was covered."
    ]


def test_pages_that_were_not_opened_are_named():
    assert steps(online=[]) == [
        "The VLE pages of “Seeing” have not been opened since 10 November. They are where to catch up first."
    ]


@pytest.mark.parametrize(
    "without",
    [
        {"gaps": [Gap(Source.VLE, "M1", date(2026, 11, 15), date(2026, 11, 16), "broken")]},
        {"gaps": [Gap(Source.VLE, None, date(2026, 11, 15), date(2026, 11, 16), "broken")]},
        {"reach": {s: r for s, r in REACH.items() if s is not Source.VLE}},
        {"reach": REACH | {Source.VLE: Reach(date(2026, 11, 15), TODAY)}},
        {"modules": [Studied("M1", "Seeing", date(2026, 11, 16), date(2026, 12, 13))]},
    ],
    ids=["gap", "gap of all", "no feed", "feed behind", "new module"],
)
def test_where_the_vle_did_not_tell_of_all_these_days_nobody_is_said_not_to_have_opened_it(without):
    assert steps(online=[], **without) == []


def test_a_research_students_next_meeting_and_milestone_are_named():
    agreed = [
        Agreed(date(2026, 10, 2), None, date(2026, 10, 3), TODAY),
        Agreed(date(2026, 12, 1), None, None, TODAY),
        Agreed(date(2027, 1, 5), None, None, TODAY),
        Agreed(date(2027, 3, 1), "Literature review", None, TODAY),
    ]
    assert steps(modules=[], agreed=agreed) == [
        "A meeting with your supervisor is due in 8 days, on Tue 1 Dec.",
        "Your milestone “Literature review” is due in 98 days, on Mon 1 Mar.",
    ]


def test_what_a_research_student_has_not_done_yet_is_told_without_blame():
    agreed = [
        Agreed(date(2026, 10, 12), None, None, TODAY),
        Agreed(date(2026, 11, 2), "Ethics approval", None, TODAY),
        Agreed(date(2026, 11, 9), None, None, TODAY),
    ]
    assert steps(modules=[], agreed=agreed) == [
        "Your milestone “Ethics approval” was due on 2 November and is not recorded as met.",
        "No record has reached us of supervision meetings due on 12 October and 9 November. "
        "You could write to your supervisor about it.",
    ]
    assert steps(modules=[], agreed=agreed[:1]) == [
        "No record has reached us of the supervision meeting due on 12 October. "
        "You could write to your supervisor about it."
    ]


def test_before_teaching_only_deadlines_are_known():
    of = facts(work=[work(TODAY, WorkState.OPEN)])
    assert ahead.steps(of, None, TODAY) == ["“Essay” (Seeing) is due today, on Mon 23 Nov."]


def test_the_coming_classes_are_listed_by_day_at_londons_time():
    summer = datetime(2027, 5, 4, 8, tzinfo=UTC)
    coming = [
        ComingClass(datetime(2026, 11, 24, 9, tzinfo=UTC), "Seeing", "Lecture"),
        ComingClass(datetime(2026, 11, 24, 14, tzinfo=UTC), "Seeing", "Seminar"),
        ComingClass(summer, "Hearing", "Lecture"),
    ]
    assert ahead.classes(coming) == [
        "Tue 24 Nov: 09:00 Lecture, Seeing; 14:00 Seminar, Seeing",
        "Tue 4 May: 09:00 Lecture, Hearing",
    ]
