"""The evaluation by hand: eight students, their scores, and every figure that follows from them."""

import numpy as np
import pytest

import policy
from ingest.oulad import evaluation
from ingest.oulad.evaluation import Evaluation, Row, cohort, measured, nula, outcomes, plan, told
from policy.engagement import Weights
from tests.ingest.evaluation_folder import BAD, DAY, SCORES, TESTED, write

# Weights of its own, so that what is worked out by hand here outlives another choice of the shipped ones.
WEIGHTS = Weights(attendance=4, vle=3, submissions=3, marks=4)
RULES = policy.current().engagement.model_copy(update={"weights": WEIGHTS})
PLAN = plan(["2013B"], ["2013J"], [DAY])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("evaluation"))


@pytest.fixture(scope="module")
def tested(folder):
    return cohort.at(told.read(folder, PLAN), PLAN.test, DAY)


@pytest.fixture(scope="module")
def found(folder) -> Evaluation:
    return evaluation.evaluate(folder, PLAN, RULES)


def row(found: Evaluation, model: str) -> Row:
    return next(each for each in found.rows if each.model == model)


def test_who_left_before_the_day_or_came_on_it_is_not_asked_about(tested):
    assert [member.student for member in tested.members] == list(SCORES)
    assert set(TESTED) - set(SCORES) == {7, 8}


def test_the_scores_are_those_worked_out_by_hand(tested):
    assert measured.scores(tested, RULES).score.tolist() == list(SCORES.values())


def test_a_bad_end_is_withdrawn_or_fail_and_the_withdrawal_counts_from_the_day(folder, tested):
    ended = outcomes(told.read(folder, PLAN), tested)
    assert {m.student for m, bad in zip(tested.members, ended.bad, strict=True) if bad} == BAD
    after = dict(zip(SCORES, ended.withdrew_after.tolist(), strict=True))
    assert (after[3], after[9]) == (32, 0)
    assert np.isnan(after[4])


@pytest.mark.parametrize(
    ("model", "right", "why"),
    [
        # Pairs of one of 0, 46, 50, 64 (bad) and one of 30, 69, 92, 100 (good) of which the bad is lower.
        ("rating", 4 + 3 + 3 + 3, "only student 5, who missed the work and passed, is below any of the bad"),
        ("rating_without_marks", 4 + 3.5 + 3.5 + 1, "0, 50, 50, 100 against 50, 75, 100, 100; equal is half"),
        ("vle_alone", 4 + 4 + 3.5 + 1.5, "0, 0, 50, 100 against 50, 100, 100, 100"),
        ("submissions_alone", 3.5 + 3 + 1.5 + 1.5, "0, 50, 100, 100 against 0, 100, 100 and the middle, 100"),
        ("marks_alone", 3.5 + 3 + 2.5 + 2, "0, 10, 40, 50 against 0, 60, 80 and the middle, 40"),
        ("never_logged_in", 4 + 2 + 2 + 2, "student 3 alone; student 9 clicked before the start"),
        ("no_activity_7_days", 3.5 + 3.5 + 1.5 + 1.5, "3 and 9, and of the good 2; 4 handed in work"),
        ("no_activity_14_days", 4 + 2 + 2 + 2, "student 3 alone"),
        ("nula", 4 + 3.5 + 3.5 + 1, "median 4 clicks: 0, 50, 50, 100 against 50, 75, 100, 100"),
    ],
)
def test_the_area_under_the_curve_is_the_share_of_pairs_in_the_right_order(found, model, right, why):
    assert row(found, model).roc_auc == pytest.approx(right / 16), why


def test_the_other_figures_of_the_rating_follow_from_its_order(found):
    rating = row(found, "rating")
    assert (rating.day, rating.students, rating.unrated, rating.share_bad) == (DAY, 8, 0, 0.5)
    assert rating.pr_auc == pytest.approx((1 + 2 / 3 + 3 / 4 + 4 / 5) / 4)
    assert (rating.precision_at_5, rating.precision_at_10, rating.precision_at_25) == (1, 1, 0.5)
    assert (rating.recall_at_5, rating.recall_at_10, rating.recall_at_25) == (0.25, 0.25, 0.25)
    assert rating.alerts_per_tutor_of_45 == 45 * 2 / 8
    assert rating.lead_time_days == 32
    assert rating.brier is None
    assert [(b.said, b.students, b.share_bad) for b in rating.calibration or ()] == [
        ("High", 2, 0),
        ("Good", 2, 0.5),
        ("Partial", 2, 1),
        ("Low", 1, 0),
        ("Very low", 1, 1),
    ]


def test_students_of_equal_risk_share_the_places_that_are_left(found):
    never = row(found, "never_logged_in")
    assert never.precision_at_25 == pytest.approx((1 + 3 / 7) / 2)
    assert never.recall_at_25 == pytest.approx((1 + 3 / 7) / 4)


def test_who_has_nothing_to_go_by_is_in_the_middle_and_counted(found):
    assert [row(found, f"{part}_alone").unrated for part in ("vle", "submissions", "marks")] == [0, 1, 1]


def test_a_model_that_gives_probabilities_is_held_to_them(found):
    for model in ("logistic", "boosting"):
        fitted = row(found, model)
        assert fitted.brier is not None
        assert 0 < fitted.brier < 1
        assert fitted.calibration
        assert all(0 <= float(b.said) <= 1 and 0 <= b.share_bad <= 1 for b in fitted.calibration)
    assert row(found, "logistic").roc_auc > 0.5


def test_small_groups_say_nothing(found):
    assert {(g.by, g.group) for g in found.groups} == {
        ("gender", "F"),
        ("age_band", "0-35"),
        ("disability", "N"),
        ("imd_quintile", "2"),
    }
    assert {(g.students, g.recall, g.false_positive_rate) for g in found.groups} == {(None, None, None)}


def test_nulas_published_activities_give_its_published_metrics(tmp_path):
    clicks = [10, 20, 30, 30, 50, 75, 100, 100, 200, 400]
    head, rows = "code_module,code_presentation,id_student,id_site,date,sum_click\n", ""
    for student, views in enumerate(clicks, 21):
        rows += f"AAA,2013B,{student},501,20,{views}\n"
    listed = write(tmp_path, studentVle=head + rows + "AAA,2013J,1,502,1,1\n")
    read = told.read(listed, PLAN)
    ten = read.students[: len(TESTED)] + [s for s in read.students if 21 <= s.number <= 30]
    learned = cohort.at(told.Told(**{**vars(read), "students": ten}), PLAN.train, DAY)
    assert nula.vle(learned).tolist() == [16, 32, 48, 48, 80, 100, 100, 100, 100, 100]
