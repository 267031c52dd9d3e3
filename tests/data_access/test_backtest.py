"""The back-test over a last year worked out by hand, and what leaves it: published cells, and nothing of a person."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

import policy
from auth.refusals import AgreementNeeded, NotOpenToYourRole
from auth.viewer import Role, Viewer
from data_access import alert_load, backtest, published, ratings
from data_access.backtest import NoEarlierYear
from data_access.tables import (
    AccessLine,
    Enrolment,
    EnrolmentStatus,
    ModuleWeek,
    PublishedCell,
    Status,
    Tutoring,
)
from engagement import thresholds
from engagement.published import Cell, Family
from engagement.thresholds import Choice, in_force
from policy.days import number
from tests.cast import ADA, BEN, CAST, EVE, MO, NOW, ROS, TERM, TIM, TODAY, TOM
from tests.data_access import last_year
from tests.data_access.last_year import FIRST, MODULE, STARTS
from tests.tree import ROOT, imported, parsed

RATE, EVALUATE = Viewer.service("rate"), Viewer.service("evaluate")


@pytest.fixture
def then(store):
    last_year.assemble(store)
    ratings.refresh(RATE, NOW)
    return store


@pytest.fixture
def tables(then):
    assert backtest.refresh(EVALUATE, NOW) > 500
    return published.figures(MO.viewer, Family.ACCURACY, NOW).tables


def test_week_eight_is_what_a_pencil_makes_of_it(tables):
    assert tables["weeks"]["08"] == {
        "until": "2025-11-23",
        "students": "70",  # 69
        "left or failed": "35",  # 24 + 5 + 5
        "roc_auc": "0.98",  # (29 × 35 + 5 × 30) of 34 × 35 pairs
        "rating: flagged": "35",  # 24 + 5 + 5
        "rating: precision": "85",  # 29 of 34
        "rating: recall": "85",  # 29 of 34
        "rating: per tutor": "22.5",  # 45 × 35 ÷ 70
        "rating: weeks ahead": "1",  # 24 left ten days later
        "suggestion: flagged": "35",
        "suggestion: precision": "85",
        "suggestion: recall": "85",
        "suggestion: per tutor": "22.5",
        "suggestion: weeks ahead": "1",
    }


def test_whoever_has_left_is_not_counted_in_the_weeks_after(tables):
    assert tables["weeks"]["09"]["students"] == "70"
    late = tables["weeks"]["10"]
    assert (late["students"], late["left or failed"], late["rating: flagged"]) == ("45", "10", "10")
    assert (late["rating: precision"], late["rating: recall"], late["roc_auc"]) == ("[u]", "[u]", "[u]")


def test_the_words_of_week_eight_are_published_beside_what_became_of_them(tables):
    assert {word: (row["students"], row["left or failed"]) for word, row in tables["words"].items()} == {
        "High": ("30", "[DPL]"),
        "Good": ("[c]", "[c]"),
        "Partial": ("[c]", "[c]"),
        "Low": ("[c]", "[c]"),
        "Very low": ("30", "[DPH]"),
        "Not enough data": ("[c]", "[c]"),
    }


def test_the_lead_is_counted_in_whole_weeks_from_the_first_flag(tables):
    assert tables["lead"]["rating"] == {"withdrew": "25", "flagged before": "[DPH]", "weeks": "7"}
    assert tables["lead"]["suggestion"]["weeks"] == "7"


def test_the_thresholds_in_force_come_to_the_same_as_the_suggestions_of_that_week(tables):
    now = in_force(policy.current().engagement)
    assert tables["thresholds"][now.row] == {"precision": "85", "recall": "85"}
    assert len(tables["thresholds"]) == 125
    assert all(row["precision"] == "85" for row in tables["thresholds"].values())
    assert Choice(20, 70, 10).row in tables["thresholds"]


def test_each_rule_is_published_by_itself_as_it_would_have_done_in_that_week(tables):
    found = tables["rules"]
    assert len(found) == 16
    for row in (
        "no activity/5",
        "no activity/20",
        "attendance/30",
    ):  # who was never seen: 29 of 34, and 5 more
        assert (found[row]["precision"], found[row]["recall"]) == ("85", "85")
    for row in ("missing work/", "sharp fall/20"):  # the essay was due long before, and nobody fell
        assert (found[row]["precision"], found[row]["recall"]) == ("[c]", "[DPL]")


def test_a_suggestion_falls_to_the_tutor_whom_student_records_tell_and_not_to_cover(then, monkeypatch):
    ben = select(Enrolment.id).where(Enrolment.student == BEN.number).scalar_subquery()
    cover = {"enrolment": ben, "tutor": TOM.number, "given_by": EVE.id, "reason": "Ada is away"}
    then.change(insert(Tutoring).values(**cover, first=TERM, last=TODAY))
    seen, raised = [], thresholds.raised

    def looked_at(grid, now):
        seen.extend(now)
        return raised(grid, now)

    monkeypatch.setattr(thresholds, "raised", looked_at)
    alert_load.refresh(EVALUATE, NOW)
    assert sorted(tutor for _, tutor in seen) == [ADA.number, TOM.number]  # of Ben and Cal


def test_what_would_be_raised_now_is_counted_by_itself_and_leaves_last_year_as_it_was(then):
    backtest.refresh(EVALUATE, NOW)
    before = published.figures(MO.viewer, Family.ACCURACY, NOW)
    later = NOW + timedelta(days=7)
    assert alert_load.refresh(EVALUATE, later) == 4 * (125 + 16)
    found = published.figures(MO.viewer, Family.ALERT_LOAD, later)
    assert found.made_at == later
    assert found.tables["thresholds"][in_force(policy.current().engagement).row] == {
        "suggestions": "[c]",  # of the cast, who are three
        "per tutor": "[c]",
        "median": "[u]",  # of two tutors
        "most": "[u]",
    }
    assert published.figures(MO.viewer, Family.ACCURACY, later) == before


def test_what_would_be_raised_now_needs_no_earlier_year(store):
    assert alert_load.refresh(EVALUATE, NOW)


def test_weeks_without_students_say_only_that_there_are_few(tables):
    assert list(tables["weeks"]) == [f"{week:02}" for week in range(3, 21)]
    unsure = ("until", "roc_auc", "rating: weeks ahead", "suggestion: weeks ahead")
    after = tables["weeks"]["20"]  # nothing was taught any more, so nobody was rated
    assert {value for heading, value in after.items() if heading not in unsure} == {"[c]"}
    assert {after[heading] for heading in unsure[1:]} == {"[u]"}


def test_a_module_of_last_year_is_rated_by_last_years_terms(then):
    with then.session() as session:
        weeks = session.scalars(select(ModuleWeek.week).where(ModuleWeek.module == MODULE).distinct()).all()
    mondays = {number(STARTS + timedelta(weeks=week)) for week in range(12)}
    assert set(weeks) == mondays


def test_whoever_interrupted_is_left_out(then):
    stays = EnrolmentStatus.enrolment.in_(range(FIRST, FIRST + 10))
    then.change(
        update(EnrolmentStatus)
        .where(stays, EnrolmentStatus.status == Status.COMPLETED)
        .values(status=Status.INTERRUPTED)
    )
    backtest.refresh(EVALUATE, NOW)
    row = published.figures(MO.viewer, Family.ACCURACY, NOW).tables["weeks"]["08"]
    assert (row["students"], row["left or failed"]) == ("60", "35")  # 59


def test_a_run_replaces_all_that_was_published_before(then):
    backtest.refresh(EVALUATE, NOW)
    later = NOW + timedelta(days=7)
    then.change(
        insert(PublishedCell).values(report="old", row="x", heading="y", value="10", made_at=NOW, rule="1")
    )
    count = backtest.refresh(EVALUATE, later)
    found = published.figures(ROS.viewer, Family.ACCURACY, later)
    assert (found.made_at, found.rule) == (later, policy.current().engagement.version)
    assert "old" not in found.tables
    with then.session() as session:
        assert len(session.scalars(select(PublishedCell.value)).all()) == count


def test_without_an_earlier_year_there_is_nothing_to_measure_on(store, monkeypatch):
    with pytest.raises(NoEarlierYear, match=r"\[\[earlier\]\]"):
        backtest.refresh(EVALUATE, NOW)  # the cast began this year
    calendar = policy.current().calendar.model_copy(update={"earlier": ()})
    current = policy.current()
    monkeypatch.setattr(policy, "current", lambda: _with(current, calendar))
    with pytest.raises(NoEarlierYear):
        backtest.refresh(EVALUATE, NOW)
    assert published.figures(MO.viewer, Family.ACCURACY, NOW) is None


def _with(of, calendar):
    return type(of)(**{**vars(of), "calendar": calendar})


@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
def test_managers_and_compliance_read_the_figures_and_nobody_else(university, asking):
    if asking in (MO, ROS):
        assert published.figures(asking.viewer, Family.ACCURACY, NOW) is None
        return
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        published.figures(asking.viewer, Family.ACCURACY, NOW)


@pytest.mark.parametrize("asking", [MO, ROS, ADA, BEN], ids=lambda m: m.given)
def test_no_person_can_publish_or_measure(university, asking):
    with pytest.raises(NotOpenToYourRole):
        published.publish(asking.viewer, Family.ACCURACY, [Cell("weeks", "08", "students", "70")], "1", NOW)
    with pytest.raises(NotOpenToYourRole):
        backtest.refresh(asking.viewer, NOW)
    with pytest.raises(NotOpenToYourRole):
        alert_load.refresh(asking.viewer, NOW)


def test_reading_is_logged_about_no_student(university):
    published.publish(EVALUATE, Family.ACCURACY, [Cell("year", "2025/26", "rules", "1")], "1", NOW)
    published.figures(MO.viewer, Family.ACCURACY, NOW)
    published.figures(ROS.viewer, Family.ACCURACY, NOW)
    with university.session() as session:
        lines = session.scalars(select(AccessLine).where(AccessLine.category == "published")).all()
    assert [(one.role, one.action, one.basis, one.students) for one in lines] == [
        (Role.SERVICE, "write", "audit", ""),
        (Role.MANAGER, "read", "equality", ""),
        (Role.COMPLIANCE, "read", "audit", ""),
    ]


def test_the_page_of_managers_reads_the_published_table_and_no_other():
    read = ROOT / "data_access" / "published.py"
    tables = {name.rpartition(".")[2] for name in imported(read) if name.startswith("data_access.tables.")}
    names = {
        alias.name
        for node in parsed(read).body
        if getattr(node, "module", None) == "data_access.tables"
        for alias in node.names
    }
    assert tables | names == {"PublishedCell"}
    page = imported(ROOT / "pages" / "manager" / "accuracy.py")
    assert {name for name in page if name.startswith("data_access")} <= {
        "data_access",
        "data_access.published",
    }


def test_an_agreement_is_needed_to_read_them(university):
    manager = Viewer(TIM.number, Role.MANAGER, "no-agreement")
    with pytest.raises(AgreementNeeded):
        published.figures(manager, Family.ACCURACY, NOW)


def test_deleted_figures_are_no_figures(university):
    published.publish(EVALUATE, Family.ACCURACY, [Cell("year", "2025/26", "rules", "1")], "1", NOW)
    university.change(delete(PublishedCell))
    assert published.figures(MO.viewer, Family.ACCURACY, NOW) is None
