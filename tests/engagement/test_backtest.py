"""How well it worked: the figures by hand, and as a property that none of them is about too few people."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

import policy
from engagement import backtest, thresholds
from engagement.backtest import Seen, Week, per_tutor, roc_auc
from engagement.outcome import Held, Outcome, outcome
from engagement.studies import Status
from engagement.thresholds import Answer, Grid
from privacy.disclosure import MEANING

ON = date(2025, 11, 23)
BANDS = policy.current().engagement.bands
PASSED, FAILED, LEFT = Outcome(), Outcome(failed=True), Outcome(withdrew=ON + timedelta(days=30))
HEADCOUNTS = ("students", "left or failed", "flagged", "withdrew", "suggestions", "most")
SHARES = ("precision", "recall", "flagged before")

scores = st.none() | st.integers(0, 10_000)
people = st.builds(
    Seen, st.integers(0, 400), scores, st.booleans(), st.sampled_from((PASSED, PASSED, FAILED, LEFT))
)
answers = st.builds(
    Answer,
    st.integers(0, 2),
    *(st.frozensets(st.sampled_from(axis)) for axis in ((5, 7, 10, 14, 20), (30, 40, 50), (10, 20))),
)


def test_the_figures_of_a_week_are_those_of_a_pencil():
    seen = [
        *(Seen(n, 1_000, n % 2 == 0, FAILED) for n in range(20)),  # Very low, half with a suggestion
        *(Seen(100 + n, 3_000, True, PASSED) for n in range(10)),  # Low, and passed
        *(Seen(200 + n, 9_000, False, LEFT) for n in range(30)),  # High, and left
        *(Seen(300 + n, 9_000, False, PASSED) for n in range(40)),
    ]
    found = {
        cell.heading: cell.value
        for cell in backtest.cells([Week(8, ON, tuple(seen))], BANDS)
        if cell.report == "weeks"
    }
    assert found == {
        "until": "2025-11-23",
        "students": "100",
        "left or failed": "50",
        "roc_auc": "0.64",  # (20 × 50 + 30 × 40 ÷ 2) of 50 × 50
        "rating: flagged": "30",
        "rating: precision": "65",  # 20 of 30
        "rating: recall": "40",  # 20 of 50
        "rating: per tutor": "13.5",
        "rating: weeks ahead": "[u]",  # nobody who was flagged left
        "suggestion: flagged": "20",
        "suggestion: precision": "[u]",  # of 20
        "suggestion: recall": "20",  # 10 of 50
        "suggestion: per tutor": "9.0",
        "suggestion: weeks ahead": "[u]",
    }


def test_how_far_ahead_a_flag_is_is_the_middle_of_those_flagged_who_left_of_23_or_more():
    for count, said in ((22, "[u]"), (23, "3")):
        seen = [
            Seen(n, 1_000, False, Outcome(withdrew=ON + timedelta(days=25 + n % 2))) for n in range(count)
        ]
        seen += [Seen(100 + n, 1_000, False, FAILED) for n in range(9)]
        seen += [Seen(200 + n, 9_000, False, Outcome(withdrew=ON + timedelta(days=90))) for n in range(30)]
        found = {
            c.heading: c.value
            for c in backtest.cells([Week(5, ON, tuple(seen))], BANDS)
            if c.report == "weeks"
        }
        assert (found["rating: weeks ahead"], found["suggestion: weeks ahead"]) == (said, "[u]")


@given(st.lists(people, max_size=300), st.integers(3, 20))
@settings(max_examples=60)
def test_no_figure_of_a_week_is_about_fewer_than_ten_people_nor_a_share_of_fewer_than_23(seen, number):
    for cell in backtest.cells([Week(number, ON, tuple(seen)), Week(8, ON, tuple(seen))], BANDS):
        _may_leave(cell)


tutors = st.none() | st.integers(1, 30)


@given(
    st.lists(st.tuples(answers, tutors), max_size=120),
    st.lists(st.tuples(answers, st.booleans()), max_size=120),
)
@settings(max_examples=20)
def test_no_figure_of_the_preview_is_about_too_few_either(now, then):
    grid = Grid((5, 10), (30, 50), (10, 20))
    for cell in (*thresholds.raised(grid, now), *thresholds.told(grid, then)):
        _may_leave(cell)


def _may_leave(cell):
    if cell.value in MEANING or cell.heading == "until":
        return
    if (cell.heading == "left or failed" and cell.report == "words") or cell.heading.endswith(SHARES):
        assert 0 <= int(cell.value) <= 100
    elif cell.heading.endswith(HEADCOUNTS):
        assert int(cell.value) >= 10
        assert int(cell.value) % 5 == 0


def test_a_share_of_22_is_withheld_and_of_23_is_said():
    for count, said in ((22, "[u]"), (23, "45")):
        seen = tuple(Seen(n, 1_000, False, FAILED if n < 10 else PASSED) for n in range(count))
        found = {c.heading: c.value for c in backtest.cells([Week(5, ON, seen)], BANDS)}
        assert found["rating: precision"] == said


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=2, max_size=60))
def test_the_area_under_the_curve_is_that_of_the_textbook(pairs):
    bad, others = ([s for s, b in pairs if b is ended] for ended in (True, False))
    if bad and others:
        wanted = roc_auc_score([b for _, b in pairs], [-s for s, _ in pairs])
        assert roc_auc(bad, others) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("flagged", "students", "said"),
    [("35", "300", "5.2"), ("[c]", "300", "[c]"), ("35", "[c]", "[c]"), ("340", "1180", "13.0")],
)
def test_what_a_tutor_has_of_it_follows_from_published_figures_alone(flagged, students, said):
    assert per_tutor(flagged, students) == said


UNTIL = date(2026, 9, 20)
THEN = Held(Status.ENROLLED, date(2025, 9, 22), date(2026, 1, 9))


@pytest.mark.parametrize(
    ("statuses", "mark", "ended"),
    [
        ([THEN, Held(Status.WITHDRAWN, date(2026, 1, 10), None)], 6_000, Outcome(withdrew=date(2026, 1, 10))),
        ([THEN, Held(Status.COMPLETED, date(2026, 1, 10), None)], 4_000, Outcome()),
        ([THEN, Held(Status.COMPLETED, date(2026, 1, 10), None)], 3_999, Outcome(failed=True)),
        ([Held(Status.ENROLLED, date(2025, 9, 22), None)], 3_999, Outcome(failed=True)),
        ([Held(Status.ENROLLED, date(2025, 9, 22), None)], None, None),
        ([THEN, Held(Status.INTERRUPTED, date(2026, 1, 10), None)], 6_000, None),
        ([THEN, Held(Status.TRANSFERRED, date(2026, 1, 10), None)], 6_000, None),
        ([THEN, Held(Status.DECEASED, date(2026, 1, 10), None)], None, None),
        ([THEN], 6_000, None),
        (
            [Held(Status.ENROLLED, date(2025, 9, 22), UNTIL), Held(Status.WITHDRAWN, date(2026, 9, 21), None)],
            6_000,
            Outcome(),
        ),
    ],
)  # fmt: skip
def test_how_a_year_ended(statuses, mark, ended):
    assert outcome(statuses, mark, UNTIL) == ended
