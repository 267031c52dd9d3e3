"""Numbers and days in sentences."""

from datetime import date

import pytest

from engagement import words


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 9), date(2026, 11, 22), "9–22 November"),
        (date(2026, 10, 30), date(2026, 11, 12), "30 October – 12 November"),
        (date(2026, 11, 9), date(2026, 11, 9), "9 November"),
        (date(2026, 12, 28), date(2027, 12, 30), "28 December – 30 December"),
    ],
)
def test_days_are_said_as_briefly_as_they_can_be(first, last, said):
    assert words.days(first, last) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_is_joined_as_it_is_spoken(parts, said):
    assert words.listed(parts) == said


@pytest.mark.parametrize(
    ("value", "said"), [(7692, "76.92"), (5, "0.05"), (0, "0.00"), (10_000, "100.00"), (-1205, "−12.05")]
)
def test_hundredths_are_exact(value, said):
    assert words.hundredths(value) == said


@pytest.mark.parametrize(
    ("missing", "due", "said"),
    [
        (1, 1, "the one piece of work due not handed in"),
        (1, 2, "1 of 2 pieces of work due not handed in"),
        (2, 2, "none of the 2 pieces of work due handed in"),
    ],
)
def test_missing_work_is_said_without_doubt(missing, due, said):
    assert words.missing(missing, due) == said


def test_one_is_not_many():
    assert [words.of(n, "class", "classes") for n in (0, 1, 2, 1200)] == [
        "0 classes",
        "1 class",
        "2 classes",
        "1,200 classes",
    ]
    assert [words.small(n) for n in (2, 9, 10)] == ["two", "nine", "10"]
    assert words.sentence("the VLE") == "The VLE."
    assert words.short_day(date(2026, 11, 22)) == "Sun 22 Nov"
