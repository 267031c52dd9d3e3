"""Releases: built by a job, approved by a second person, read by managers, and never changed."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import and_, case, delete, func, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError

import policy
from auth.refusals import AgreementNeeded, MovedOn, NotOpenToYourRole
from auth.refusals.compliance import NoSuchRelease
from auth.viewer import Viewer
from data_access import equality, release_audits, release_decisions, releases, releasing
from data_access.releasing import Wanted
from data_access.tables import (
    ConversationOffer,
    EnrolmentWeek,
    Release,
    ReleaseCell,
    SuggestedTalk,
)
from policy.days import number
from privacy.characteristics import GROUPS, UNKNOWN, Dimension
from privacy.disclosure import FEW, UNSURE
from privacy.disclosure import number as figure
from privacy.evidence import Verdict
from privacy.lattice import ALL
from privacy.releases import NOBODY, NOT_SHOWN, RATED, Cohort, Measure, State
from tests import monitored
from tests.cast import ADA, AVI, BEN, CAST, MO, NOW, ROS, TERM

JOB = Viewer.service("release")
CENSUS = date(2026, 11, 15)
RATINGS = {one.name for one in RATED}
WANTED = Wanted(Cohort.CENSUS, CENSUS, TERM, CENSUS, NOW)


@pytest.fixture
def built(store):
    """A release of the cast alone."""
    return releasing.make(JOB, WANTED, NOW)


@pytest.fixture
def large(university):
    """A release of a university that is large enough, approved."""
    with university.session() as session, session.begin():
        profiles = monitored.students(session)
    monitored.keep(profiles)
    made = releasing.make(JOB, WANTED, NOW)
    release_decisions.approve(ROS.viewer, made, NOW)
    return made


def cells(store, release):
    with store.session() as session:
        c = ReleaseCell
        columns = (c.node, c.dimension, c.step, c.place, c.figure, c.group, c.value, c.verdict)
        return session.execute(select(*columns).where(c.release == release).order_by(*columns)).all()


def once_more(university, release, hidden):
    """Put the same release beside it, with a mark in the place of what is hidden, and the first out of sight."""
    values = {
        "id": literal(release + 100),
        "release": literal(release + 100),
        "state": literal(State.BUILT, Release.state.type),
        "value": case((and_(*hidden), FEW), else_=ReleaseCell.value),
    }
    for table, own in ((Release, Release.id), (ReleaseCell, ReleaseCell.release)):
        columns = table.__table__.columns
        rows = select(*(values.get(one.name, one) for one in columns)).where(own == release)
        university.change(insert(table).from_select(columns, rows))
    for one, state in ((release + 100, State.APPROVED), (release, State.WITHDRAWN)):
        university.change(update(Release).where(Release.id == one).values(state=state))


def at_root(release, dimension, group, step=-1):
    table = releases.tables(MO.viewer, release, "u", NOW)[dimension][step]
    return next(cell for cell in table.cells if cell.group == group)


def test_managers_see_a_release_once_compliance_has_approved_it(built):
    assert releases.all_of(MO.viewer, NOW) == ()
    with pytest.raises(NoSuchRelease):
        releases.nodes(MO.viewer, built, NOW)
    assert [one.state for one in releases.all_of(ROS.viewer, NOW)] == [State.BUILT]
    release_decisions.approve(ROS.viewer, built, NOW)
    (one,) = releases.all_of(MO.viewer, NOW)
    assert (one.census, one.approved_by) == (CENSUS, "Ros Llewellyn")
    assert [node.kind for node in releases.nodes(MO.viewer, built, NOW)][:2] == ["university", "school"]


def test_of_so_few_students_nothing_is_said(built):
    release_decisions.approve(ROS.viewer, built, NOW)
    tables = releases.tables(MO.viewer, built, "u", NOW)
    assert set(tables) >= {dimension.value for dimension in Dimension}
    said = {
        value
        for steps in tables.values()
        for table in steps
        for cell in table.cells
        for value in (cell.people, *cell.shares.values())
    }
    assert said <= {"[c]", NOT_SHOWN}
    assert tables["ethnicity"][0].cells[0].group == ALL


def test_nobody_but_compliance_approves_and_nobody_but_a_job_builds(built):
    for member in CAST:
        if member is not ROS:
            for refused in (release_decisions.approve, release_decisions.withdraw):
                with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
                    refused(member.viewer, built, NOW)
            with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
                release_audits.waiting(member.viewer, NOW)
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            releasing.make(member.viewer, WANTED, NOW)
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            equality.put(member.viewer, {}, NOW)
        with pytest.raises(NotOpenToYourRole):
            equality.finest(member.viewer, NOW)
    for member in (ADA, AVI, BEN):
        with pytest.raises(NotOpenToYourRole):
            releases.all_of(member.viewer, NOW)


def test_compliance_reads_what_the_attacker_left_before_it_decides(built):
    ((waiting, audit),) = release_audits.waiting(ROS.viewer, NOW)
    assert (waiting.id, waiting.rule) == (built, releasing.rule())
    assert set(json.loads(audit)["sex"]) == {"small", "beside", "unsaid"}
    release_decisions.approve(ROS.viewer, built, NOW)
    assert release_audits.waiting(ROS.viewer, NOW) == ()


def test_another_release_of_the_same_census_takes_the_place_of_the_first(built):
    release_decisions.approve(ROS.viewer, built, NOW)
    with pytest.raises(MovedOn):
        release_decisions.approve(ROS.viewer, built, NOW)
    again = releasing.make(JOB, WANTED, NOW)
    release_decisions.approve(ROS.viewer, again, NOW)
    assert [one.id for one in releases.all_of(MO.viewer, NOW)] == [again]
    assert {one.id: one.state for one in releases.all_of(ROS.viewer, NOW)}[built] is State.WITHDRAWN
    release_decisions.withdraw(ROS.viewer, again, NOW)
    assert releases.all_of(MO.viewer, NOW) == ()


def test_no_statement_at_all_changes_a_released_figure_or_removes_one(built, store):
    before = cells(store, built)
    for change in (
        "UPDATE release_cell SET value = 'x'",
        "DELETE FROM release_cell",
        "UPDATE release_node SET name = 'x'",
        "DELETE FROM release_node",
    ):
        with pytest.raises(DBAPIError, match="never changed"):
            store.change(text(change))
    release_decisions.approve(ROS.viewer, built, NOW)
    release_decisions.withdraw(ROS.viewer, built, NOW)
    assert cells(store, built) == before


def test_a_series_holds_to_managers_the_approved_releases_that_have_the_place(built):
    every = releases.all_of(ROS.viewer, NOW)

    def shown(node):
        return [one.census for one, _ in releases.series(MO.viewer, every, node, "ethnicity", NOW)]

    assert shown("u") == []
    release_decisions.approve(ROS.viewer, built, NOW)
    assert shown("u") == [CENSUS]
    assert shown("no such place") == []


def test_what_comes_after_the_census_changes_no_cell(large, university):
    before = cells(university, large)
    with university.session() as session, session.begin():
        session.execute(update(EnrolmentWeek).where(EnrolmentWeek.week > number(CENSUS)).values(score=0))
        later = monitored.another(session, NOW + timedelta(hours=1))
    monitored.keep(later)
    assert cells(university, large) == before
    # The same students in a later week, too: who was known of only afterwards is in none.
    week = releasing.make(JOB, Wanted(Cohort.WEEK, CENSUS, TERM, CENSUS, NOW), NOW + timedelta(days=1))
    (said,) = [row for row in cells(university, week) if row.node == "u" and row.figure == "people"]
    assert said.value == at_root(large, "sex", ALL).people


def test_a_week_says_of_no_place_how_many_there_are_where_its_census_does_not(large, university):
    course = next(node.id for node in releases.nodes(MO.viewer, large, NOW) if node.id.startswith("c91"))
    here = ReleaseCell.node == course, ReleaseCell.figure == "people", ReleaseCell.group == ALL
    week = Wanted(Cohort.WEEK, CENSUS, TERM, CENSUS, NOW)

    def told(release):
        return {
            row.value for row in cells(university, release) if (row.node, row.figure) == (course, "people")
        }

    assert told(releasing.make(JOB, week, NOW)) != {FEW}
    once_more(university, large, here)
    hidden = releasing.make(JOB, week, NOW)
    assert told(hidden) == {FEW}
    assert {
        row.value for row in cells(university, hidden) if row.node == course and row.figure in RATINGS
    } == {FEW}


@pytest.mark.parametrize(
    "change",
    [
        lambda ours: {"release": ours.release.model_copy(update={"imd_version": 2025})},
        lambda ours: {"release": ours.release.model_copy(update={"smallest_stage": 61})},
        lambda ours: {"engagement": ours.engagement.model_copy(update={"version": "another"})},
    ],
    ids=["index of deprivation", "smallest stage", "rules of the rating"],
)
def test_releases_by_other_rules_are_of_another_hash(university, monkeypatch, change):
    before, ours = releasing.rule(), policy.current()
    monkeypatch.setattr(policy, "current", lambda: replace(ours, **change(ours)))
    assert releasing.rule() != before


def test_a_place_that_is_no_node_is_refused(built):
    release_decisions.approve(ROS.viewer, built, NOW)
    for wanted in ("s1 minus c1", "c999", "", "u' OR '1'='1"):
        for refused in asked(built, wanted, "sex"):
            with pytest.raises(NoSuchRelease):
                refused()
    for none in (0, built + 1):
        for refused in asked(none, "u", "sex"):
            with pytest.raises(NoSuchRelease):
                refused()


def asked(release, node, dimension):
    """The reads of one characteristic at one place."""
    one = MO.viewer, release, node
    return (
        lambda: releases.tables(*one, NOW, dimension),
        lambda: releases.beneath(*one, dimension, NOW),
        lambda: releases.under(*one, dimension, 0, "LOW", NOW),
    )


def test_a_characteristic_that_is_none_is_refused(built):
    release_decisions.approve(ROS.viewer, built, NOW)
    every = releases.all_of(MO.viewer, NOW)
    for wanted in ("religion", "ethnicity x sex", "sex' OR '1'='1"):
        for refused in (
            *asked(built, "u", wanted),
            lambda wanted=wanted: releases.series(MO.viewer, every, "u", wanted, NOW),
        ):
            with pytest.raises(NoSuchRelease):
                refused()
    for allowed in asked(built, "u", "sex"):
        assert allowed()


def test_who_has_no_profile_is_counted_as_not_known(built, store):
    with store.session() as session:
        unknown = select(func.count()).where(ReleaseCell.group == UNKNOWN)
        assert session.scalar(unknown) > 0
        assert session.scalar(select(Release.rule)) == releasing.rule()


def test_the_gap_that_is_there_is_found_and_none_that_is_not(large):
    low = Measure.LOW.name
    black, white = at_root(large, "ethnicity", "Black", 1), at_root(large, "ethnicity", "White", 1)
    assert (black.people, white.people) == ("90", "270")
    assert (black.shares[low], white.shares[low]) == ("30", "10")
    assert black.verdicts[low] == Verdict.LIKELY
    assert at_root(large, "sex", "Male").verdicts[low] != Verdict.LIKELY


def test_of_the_response_each_share_is_told_and_how_long_an_offer_took(large):
    every = at_root(large, "sex", ALL)
    assert every.shares[Measure.SUGGESTED.name] == "15"
    assert every.shares[Measure.OFFERED.name] == "10"
    assert every.wait == "4"
    assert Measure.CONTINUED.name not in every.shares  # is not known before the next year


def test_a_ladder_has_fewer_steps_where_nodes_are_smaller(large):
    kinds = {
        node.kind: node.id
        for node in releases.nodes(MO.viewer, large, NOW)
        if "91" in node.id or node.id == "u"
    }
    steps = {
        kind: [len(table.cells) for table in releases.tables(MO.viewer, large, node, NOW)["ethnicity"]]
        for kind, node in kinds.items()
    }
    assert len(steps["university"]) == 3
    assert len(steps["course"]) == 2
    assert len(steps["level"]) == 1


def test_what_is_right_below_a_node_and_the_courses_under_it_are_found(large):
    below = releases.beneath(MO.viewer, large, "s90", "sex", NOW)
    assert [table.node.name for table in below] == ["BA Wombat 91", "BA Wombat 92"]
    for step, groups in ((1, 7), (2, 4)):
        courses = releases.under(MO.viewer, large, "u", "ethnicity", step, Measure.LOW.name, NOW)
        assert {"BA Wombat 91", "BA Wombat 92"} <= {table.node.name for table in courses}
        assert {len(table.cells) for table in courses} == {groups}
        assert all(set(cell.shares) == {Measure.LOW.name} for table in courses for cell in table.cells)
    assert not releases.under(MO.viewer, large, "u", "ethnicity", 0, Measure.LOW.name, NOW)


def test_whoever_asks_not_to_be_counted_is_not(large, university):
    before = int(at_root(large, "sex", ALL).people)
    with university.session() as session, session.begin():
        monitored.stop(session, 40)
    again = releasing.make(JOB, WANTED, NOW + timedelta(days=1))
    release_decisions.approve(ROS.viewer, again, NOW + timedelta(days=1))
    assert before - int(at_root(again, "sex", ALL).people) == 40


def test_a_week_is_of_the_students_of_the_census_and_approved_with_its_rules(large, university):
    sunday = CENSUS + timedelta(days=7)
    wanted = [one for one in releasing.due(JOB, NOW) if one.cohort is Cohort.WEEK]
    assert [one.on for one in wanted][-2:] == [CENSUS, sunday]
    number = releasing.make(JOB, wanted[-1], NOW)
    (week,) = [one for one in releases.all_of(MO.viewer, NOW) if one.id == number]
    assert (week.cohort, week.state, week.approved_by) == (Cohort.WEEK, State.APPROVED, "Ros Llewellyn")
    ((_, (table,)),) = releases.series(MO.viewer, [week], "u", NOBODY, NOW)
    (cell,) = table.cells
    assert set(cell.shares) == {measure.name for measure in RATED}
    shares = [figure(share) for share in cell.shares.values()]
    assert 97 <= sum(share for share in shares if share) <= 100


def test_a_week_tells_by_no_other_rating_what_its_census_leaves_unsaid(large, university):
    audit = json.dumps({"sex": {"small": 0, "beside": [], "unsaid": [[Measure.WELL.name, ["u", ALL]]]}})
    made = {"rule": "x", "profile": "ons_10_5_ofs", "audit": audit, "built_at": NOW, "approved_name": ""}
    university.change(insert(Release).values(cohort=Cohort.CENSUS, census=CENSUS, state=State.BUILT, **made))
    week = releasing.make(JOB, Wanted(Cohort.WEEK, CENSUS, TERM, CENSUS, NOW), NOW)
    said = {row.figure: row.value for row in cells(university, week) if row.node == "u"}
    assert said[Measure.WELL.name] == said[Measure.PARTLY.name] == UNSURE
    assert figure(said[Measure.LOW.name]) is not None


def test_a_week_by_other_rules_waits_until_its_census_is_approved_by_them(large, monkeypatch):
    monkeypatch.setattr(releasing, "rule", lambda: "newer")
    wanted = next(one for one in releasing.due(JOB, NOW) if one.cohort is Cohort.WEEK)
    waits = releasing.make(JOB, wanted, NOW)
    assert waits not in {one.id for one in releases.all_of(MO.viewer, NOW)}
    again = releasing.make(JOB, WANTED, NOW)
    release_decisions.approve(ROS.viewer, again, NOW)
    assert {waits, again} <= {one.id for one in releases.all_of(MO.viewer, NOW)}


def test_what_was_built_is_due_no_more(large):
    assert WANTED.on not in {one.on for one in releasing.due(JOB, NOW) if one.cohort is Cohort.CENSUS}


def test_of_a_year_that_is_not_over_nothing_is_told_of_its_end(university):
    for cohort in (Cohort.FINISHING, Cohort.AWARDS):
        assert releasing.make(JOB, Wanted(cohort, CENSUS, TERM, CENSUS, NOW), NOW) is None


def test_each_measure_is_that_of_the_records_and_not_of_another(large, university):
    university.change(delete(ConversationOffer), delete(SuggestedTalk))
    again = releasing.make(JOB, WANTED, NOW + timedelta(days=1))
    release_decisions.approve(ROS.viewer, again, NOW + timedelta(days=1))
    every = at_root(again, "sex", ALL)
    assert {every.shares[one.name] for one in (Measure.SUGGESTED, Measure.OFFERED)} == {"[DPL]"}
    assert every.shares[Measure.LOW.name] == "15"


def test_every_dimension_has_its_groups_in_order(large):
    tables = releases.tables(MO.viewer, large, "u", NOW)
    names = [cell.group for cell in tables["age on entry"][0].cells]
    assert names == [ALL, *GROUPS[Dimension.AGE].names]
