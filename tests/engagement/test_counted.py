"""What counts and what is missing: each source in a sentence, and nothing missing is said to be low."""

from datetime import date, timedelta

import pytest

from engagement import counted
from engagement.facts import Gap, Presence, Reach, WorkState
from engagement.period import period
from engagement.research import ResearchCounts, ResearchParts, ResearchScore
from policy import current
from privacy.labels import Source
from tests.engagement.made import REACH, TODAY, classes, facts, online, standing, work

DAYS = current().calendar.window(TODAY, 14)
DAY = DAYS[3]


def said(**known) -> tuple[list[str], list[str]]:
    of = facts(**known)
    now = period(of, DAYS, 14, "excluded")
    return counted.counted(of, now, [standing()]), counted.missing(of, now, [standing()])


def test_each_source_is_told_with_what_is_left_out_of_it():
    counts, missing = said(
        registers=classes(
            (DAY, Presence.ATTENDED),
            (DAY, Presence.ABSENT),
            (DAY, Presence.AUTHORISED),
            (DAY, Presence.NOT_RECORDED),
            (DAY, Presence.CANCELLED),
        ),
        online=online(DAY, DAY + timedelta(days=1)),
        work=[work(DAY, WorkState.ON_TIME)],
    )
    assert counts == [
        "2 classes count; left out: 1 with authorised absence and 1 without a register.",
        "Days on the VLE count: 2 days so far.",
        "1 piece of work counts, and marks of the modules so far.",
    ]
    assert missing == []


def test_where_nothing_was_expected_that_is_what_is_said():
    counts, _ = said()
    assert counts == [
        "No class counts.",
        "Days on the VLE count: 0 days so far.",
        "No work was due in these days, so none counts. Marks of the modules so far do.",
    ]


def test_a_system_that_never_told_anything_is_missing_and_not_nought():
    counts, missing = said(reach={s: r for s, r in REACH.items() if s is Source.STUDENT_RECORDS})
    assert counts[:2] == [
        "No classes count, because no registers reach us.",
        "The VLE does not count, because nothing of these days has reached us.",
    ]
    assert missing == [
        "Attendance: nothing has reached us this year. That counts neither for nor against you.",
        "VLE: nothing has reached us this year. That counts neither for nor against you.",
    ]


@pytest.mark.parametrize(("module", "of"), [("M1", " of “Seeing”"), (None, "")])
def test_a_gap_is_told_with_its_days(module, of):
    gap = Gap(Source.ATTENDANCE, module, date(2026, 11, 9), date(2026, 11, 22), "The reader was broken.")
    assert said(gaps=[gap, gap])[1] == [
        f"Attendance: nothing{of} reached us for 9–22 November. These days count neither for nor against you."
    ]


def test_a_gap_outside_these_days_is_not_spoken_of():
    assert said(gaps=[Gap(Source.VLE, None, date(2026, 10, 5), date(2026, 10, 9), "broken")])[1] == []


def test_a_feed_that_has_fallen_behind_says_up_to_when_it_came():
    late = REACH | {Source.VLE: Reach(date(2026, 11, 15), TODAY)}
    assert said(reach=late)[1] == ["VLE: nothing after 15 November has reached us yet."]


def test_before_teaching_nothing_is_said():
    assert counted.counted(facts(), None, [standing()]) == []
    assert counted.missing(facts(), None, [standing()]) == []


def test_a_research_students_own_parts_count_and_classes_do_not():
    counts = ResearchCounts(meetings_due=3, meetings_held=1, milestones_due=1, milestones_on_time=1)
    scored = ResearchScore(counts, ResearchParts(3333, 10000), 6000, 91)
    of, mine = facts(registers=classes((DAY, Presence.ATTENDED))), [standing(research=scored)]
    now = period(of, DAYS, 14, "excluded")
    assert counted.days(now, mine) == ""
    assert counted.counted(of, now, mine) == [
        "3 supervision meetings due in the last 91 days and 1 milestone due this year count.",
        "Classes, days on the VLE and other work are shown, and do not count.",
    ]
    assert counted.missing(of, now, mine) == []


def test_the_days_looked_at_are_named():
    assert counted.days(period(facts(), DAYS, 14, "excluded"), [standing()]) == (
        "Between 10 November and 23 November, the days looked at just now:"
    )
