"""The rules in plain words: every number on the page is the policy's, and another policy makes another page."""

from datetime import date

import pytest

from components import measure_sections
from engagement import promises, rule_days, rules
from engagement.measure import Rating, rating
from engagement.rules import Section
from policy import current
from policy.calendar import Span

RULES, CALENDAR = current().engagement, current().calendar


def text(of: Section) -> str:
    cells = [cell for row in of.table for cell in row.values()]
    return "\n".join((of.title, *of.sentences, *of.points, *cells, *of.notes))


def changed(**parts):
    """The rules with some settings changed: `weights={"vle": 0}`."""
    updates = {
        name: getattr(RULES, name).model_copy(update=new) if isinstance(new, dict) else new
        for name, new in parts.items()
    }
    return RULES.model_copy(update=updates)


def test_each_part_is_there_with_its_share():
    assert [(row["Part"], row["Share"]) for row in rules.parts(RULES).table] == [
        ("Attendance", "4 of 14 (29%)"),
        ("VLE", "3 of 14 (21%)"),
        ("Submissions", "2 of 14 (14%)"),
        ("Marks", "5 of 14 (36%)"),
    ]


def test_a_part_without_weight_is_not_spoken_of():
    shares = [row["Share"] for row in rules.parts(changed(weights={"marks": 0})).table]
    assert shares == ["4 of 9 (44%)", "3 of 9 (33%)", "2 of 9 (22%)"]


@pytest.mark.parametrize("score", [0, 1999, 2000, 3999, 4000, 5999, 6000, 7999, 8000, 10000])
def test_the_words_are_told_as_the_measure_gives_them(score):
    said = dict(rules.bands(RULES))[rating(score, RULES.bands)]
    numbers = [int(word) for word in said.replace(",", "").split() if word.isdigit()]
    if said.startswith("under"):
        assert score < 100 * numbers[0]
    else:
        assert score >= 100 * numbers[0]
        assert len(numbers) == 1 or score < 100 * numbers[1]


def test_every_word_of_the_rating_is_explained():
    assert [word for word, _ in rules.bands(RULES)] == list(Rating)


def test_the_window_names_both_modes_and_what_this_years_calendar_passes_over():
    said = text(rule_days.window(RULES, CALENDAR))
    assert "The last 14 days of teaching for full-time students and the last 28 for part-time" in said
    assert "Autumn, 21 September – 13 December" in said
    assert "Reading week, 26 October – 1 November" in said


def test_closures_are_named_and_a_year_without_any_pause_says_nothing_of_them():
    shut = Span(name="Founders' days", first=date(2027, 2, 11), last=date(2027, 2, 12))
    assert "Founders' days, 11–12 February" in text(
        rule_days.window(RULES, CALENDAR.model_copy(update={"closure": (shut,)}))
    )
    plain = CALENDAR.model_copy(update={"reading_week": (), "closure": (), "bank_holiday": ()})
    assert "Passed over" not in text(rule_days.window(RULES, plain))


def test_authorised_absence_is_told_as_the_switch_stands():
    assert "agreement is left out" in text(rule_days.never_against_you(RULES))
    assert "agreement counts as attended" in text(rule_days.never_against_you(changed(excused="met")))


def test_a_research_students_parts_are_told_with_their_shares():
    said = text(rules.research(RULES))
    assert "due in the last 91 days" in said
    assert "6 of 10 (60%)" in said
    assert "4 of 10 (40%)" in said


def test_what_brings_a_suggestion_about_is_told_with_its_numbers():
    said = text(promises.suggestions(RULES.suggestions))
    for number in ("10 days of teaching", "50% of the students", "at least 4", "20 points", "5 working days"):
        assert number in said


@pytest.mark.parametrize(
    "word",
    [
        "disability",
        "ethnicity",
        "sex",
        "religion",
        "fee status",
        "health",
        "where you live",
        "friends",
        "nationality",
    ],
)
def test_what_is_never_used_is_named(word):
    assert word in text(promises.NEVER_USED)


def test_every_number_on_the_page_changes_with_the_policy():
    """Each setting, moved to a number that stands nowhere else, is found on the page."""
    other = changed(
        version="1999-9",
        windows={"full_time": 617, "part_time": 618},
        vle={
            "smallest_median_days": 621,
            "smallest_module": 622,
            "smallest_window": 623,
            "fixed_days_full_time": 624,
            "fixed_days_part_time": 625,
        },
        bands={"high": 631, "good": 632, "partial": 633, "low": 634},
        research={"window_days": 641, "supervision": 642, "milestones": 643},
        weights={"attendance": 651, "vle": 652, "submissions": 653, "marks": 654},
    )
    sections = [*measure_sections.above(other, CALENDAR), *measure_sections.below(other)]
    said = "\n".join([measure_sections.version(other), *map(text, sections)])
    wanted = [
        "1999-9",
        *range(617, 619),
        *range(621, 626),
        *range(631, 635),
        *range(641, 644),
        *range(651, 655),
    ]
    assert [number for number in wanted if str(number) not in said] == []
