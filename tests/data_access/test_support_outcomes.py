"""Support impact over a term worked out by hand; who may make it and read it; and that no person is in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from auth.refusals import NotOpenToYourRole
from auth.viewer import Role, Viewer
from data_access import published, support_outcomes
from data_access.tables import (
    AccessLine,
    EnrolmentAgreement,
    Meeting,
    OfferStep,
    PublishedCell,
    SuggestedTalk,
    SuggestionStep,
    SupportPlan,
)
from engagement.published import Cell, Family
from engagement.suggestion import Rule, State
from policy.days import london_noon
from support import meeting, offer
from support.impact import Finding, Stage, finding
from tests.cast import ADA, BEN, CAST, MO, NOW, ROS
from tests.data_access import followed
from tests.data_access.followed import FIRST, GROUPS, MET, RAISED
from tests.tree import ROOT, imported

JOB = Viewer.service("impact")
DAY = timedelta(days=1)
OFFERS, LAST = FIRST + 50, FIRST + 118
"""The first of those who declined, and the last of those who were never answered."""


@pytest.fixture
def then(store):
    followed.assemble(store)
    return store


def tables(at=NOW):
    support_outcomes.refresh(JOB, at)
    return published.figures(MO.viewer, Family.IMPACT, at).tables


def stages(at=NOW):
    return {stage: row["students"] for stage, row in tables(at)["funnel"].items()}


def test_the_figures_are_what_a_pencil_makes_of_them(then):
    done = support_outcomes.refresh(JOB, NOW)
    found = published.figures(MO.viewer, Family.IMPACT, NOW)
    assert (done.cells, done.until.isoformat()) == (19, "2026-11-22")
    assert (found.made_at, found.rule) == (NOW, "2026-1")
    assert found.tables == {
        "period": {"2026/27": {"until": "2026-11-22"}},
        "funnel": {
            "suggested": {"students": "120"},  # 119
            "answered": {"students": "75"},  # 74
            "offered": {"students": "60"},  # 62
            "supported": {"students": "50"},
            "planned": {"students": "25"},
            "recovered": {"students": "10"},  # 12
        },
        "answers": {"in time": {"share": "84"}},  # 62 of 74
        "wait": {"days": {"lower": "2", "median": "5", "upper": "5"}},  # 28 × 2, 22 × 5, 12 × 9
        "comparison": {
            "all": {
                "pairs": "40",
                "score": "30",
                "supported": "25",  # (28 × 20 + 12 × 35) ÷ 40 = 24.5
                "others": "10",
                "difference": "15",  # 14.5
                "low": "12",  # 14.5 − 2.02 × 6.96 ÷ √40 = 12.3
                "high": "17",
                "later": "[c]",  # nobody
            }
        },
    }
    assert finding(found.tables["comparison"]["all"]) is Finding.MORE


def test_whoever_talked_without_an_offer_or_an_answer_came_as_far(then):
    then.change(
        delete(OfferStep),
        update(SuggestionStep).values(person=None),
    )
    assert stages() == {
        "suggested": "120",
        "answered": "50",
        "offered": "[c]",  # the same fifty
        "supported": "[c]",
        "planned": "25",
        "recovered": "10",
    }


def test_what_came_before_the_first_suggestion_is_not_its_outcome(then):
    before = london_noon(RAISED - DAY)
    then.change(
        update(Meeting).values(starts_at=before),
        update(OfferStep).values(at=before),
    )
    found = tables()
    assert [found["funnel"][stage]["students"] for stage in Stage] == ["120", "75", "25", "[c]", "[c]", "10"]
    assert found["comparison"]["all"]["pairs"] == "[c]"  # 25 had a plan, and all had talked before


def test_an_undone_suggestion_a_missed_meeting_and_a_plan_taken_back_do_not_count(then):
    then.change(
        update(SuggestedTalk).where(SuggestedTalk.id > LAST - 20).values(state=State.WITHDRAWN),
        update(Meeting).where(Meeting.id < FIRST + 15).values(state=meeting.State.MISSED),
        update(SupportPlan).values(agreed_at=None),
    )
    assert stages() == {
        "suggested": "100",  # 99
        "answered": "75",  # 74
        "offered": "60",  # 62
        "supported": "35",
        "planned": "[c]",
        "recovered": "[c]",
    }


def test_an_offer_that_was_only_asked_for_is_none_yet(then):
    declined = OfferStep.offer >= OFFERS
    then.change(update(OfferStep).where(declined).values(state=offer.State.ASKED))
    assert stages()["offered"] == "50"


def test_a_student_with_several_suggestions_counts_once_from_the_first(then):
    row = {
        "rule": Rule.FALL,
        "state": State.LAPSED,
        "as_of": 1,
        "last": 1,
        "amount": 1,
        "of": 0,
        "policy": "1",
    }
    later = [
        {"id": n + 1_000, "enrolment": n, "raised_at": london_noon(MET + DAY), **row}
        for n in range(FIRST, LAST + 1)
    ]
    then.change(insert(SuggestedTalk).values(later))
    assert stages()["suggested"] == "120"


def test_another_suggestion_lately_makes_a_student_of_another_kind(store):
    other = replace(GROUPS[-1], rule=Rule.MISSING)
    followed.assemble(store, (*GROUPS[:-1], other))
    row = tables()["comparison"]["all"]
    assert (row["pairs"], finding(row)) == ("[c]", Finding.FEW)


def test_whoever_has_no_agreement_is_nobodys_pair(then):
    then.change(delete(EnrolmentAgreement).where(EnrolmentAgreement.enrolment > LAST - 20))
    assert finding(tables()["comparison"]["all"]) is Finding.FEW  # 25 are left


def test_whoever_talked_by_then_is_nobodys_pair_and_who_did_later_is_and_is_told_of(then):
    held = {"tutor": ADA.number, "minutes": 20, "format": offer.Format.PHONE, "place": "", "sequence": 0}

    def meetings(on, numbers):
        values = {"state": meeting.State.HELD, "starts_at": london_noon(on), **held}
        return insert(Meeting).values([{"id": n, "enrolment": n, **values} for n in numbers])

    sunday = MET + 5 * DAY
    then.change(meetings(sunday + DAY, range(LAST - 19, LAST + 1)))
    row = tables()["comparison"]["all"]
    assert (row["pairs"], row["later"]) == ("40", "40")  # of 45, the first forty: 15 of 40
    those = Meeting.id > LAST - 20
    then.change(delete(PublishedCell), update(Meeting).where(those).values(starts_at=london_noon(sunday)))
    assert tables()["comparison"]["all"]["pairs"] == "[c]"


def test_nothing_after_the_last_whole_week_is_looked_at(then):
    later = london_noon(NOW.date())
    then.change(update(Meeting).values(starts_at=later), update(SupportPlan).values(agreed_at=None))
    assert stages()["supported"] == "[c]"


def test_new_figures_wait_for_the_days_of_policy_and_leave_other_reports_alone(then):
    evaluate = Viewer.service("evaluate")
    published.publish(evaluate, Family.ACCURACY, [Cell("year", "2025/26", "rules", "1")], "1", NOW)
    support_outcomes.refresh(JOB, NOW)
    first = published.figures(MO.viewer, Family.IMPACT, NOW)
    then.change(delete(OfferStep), update(SuggestedTalk).values(state=State.WITHDRAWN))
    assert support_outcomes.refresh(JOB, NOW + 27 * DAY).cells == 0
    assert published.figures(MO.viewer, Family.IMPACT, NOW) == first
    assert support_outcomes.refresh(JOB, NOW + 28 * DAY).cells == 19
    found = published.figures(MO.viewer, Family.IMPACT, NOW)
    assert found.tables["funnel"]["suggested"]["students"] == "[c]"
    published.publish(evaluate, Family.ACCURACY, [Cell("weeks", "08", "students", "70")], "2", NOW + DAY)
    assert published.figures(ROS.viewer, Family.ACCURACY, NOW).tables == {"weeks": {"08": {"students": "70"}}}
    assert published.figures(MO.viewer, Family.IMPACT, NOW) == found


def test_without_any_suggestion_the_figures_say_that_there_are_too_few(store):
    found = tables()
    assert {row["students"] for row in found["funnel"].values()} == {"[c]"}
    assert set(found["wait"]["days"].values()) == {"[u]"}
    assert finding(found["comparison"]["all"]) is Finding.FEW


@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
def test_no_person_can_make_the_figures(university, asking):
    with pytest.raises(NotOpenToYourRole):
        support_outcomes.refresh(asking.viewer, NOW)


def test_the_run_and_every_reading_are_logged_about_no_student(university):
    followed.assemble(university)
    tables()
    with university.session() as session:
        lines = session.scalars(select(AccessLine).order_by(AccessLine.seq)).all()
    assert [(one.role, one.action, one.category, one.basis, one.students) for one in lines] == [
        (Role.SERVICE, "read", "support", "follow_up", ""),
        (Role.SERVICE, "write", "published", "audit", ""),
        (Role.MANAGER, "read", "published", "equality", ""),
    ]


def test_no_count_that_is_published_leads_to_a_person(university):
    followed.assemble(university)
    support_outcomes.refresh(JOB, NOW)
    with university.session() as session:
        cells = session.execute(select(PublishedCell.report, PublishedCell.row, PublishedCell.value)).all()
    assert not [cell for cell in cells if "Canary" in str(cell) or "followed" in str(cell)]
    assert not [cell for cell in cells if str(FIRST)[:2] in cell.value]
    with pytest.raises(NotOpenToYourRole):
        published.figures(ADA.viewer, Family.IMPACT, NOW)
    with pytest.raises(NotOpenToYourRole):
        published.figures(BEN.viewer, Family.IMPACT, NOW)


def test_the_page_of_managers_reads_published_cells_and_nothing_else():
    page = imported(ROOT / "pages" / "manager" / "impact.py")
    assert {name for name in page if name.startswith("data_access")} == {
        "data_access",
        "data_access.published",
    }
