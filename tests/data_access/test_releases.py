"""Releases: built by a job, approved by a second person, read by managers, and never changed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from auth.refusals import AgreementNeeded, MovedOn, NoSuchRelease, NotOpenToYourRole
from auth.viewer import Viewer
from data_access import equality, ratings, releases, releasing
from data_access.tables import Release, ReleaseCell
from privacy.characteristics import UNKNOWN, Dimension
from privacy.lattice import ALL
from privacy.releases import NOT_SHOWN, State
from tests.cast import ADA, AVI, BEN, CAST, MO, NOW, ROS, TERM
from tests.data_access.profiles import PROFILE

JOB = Viewer.service("release")
CENSUS = date(2026, 11, 15)


@pytest.fixture
def built(store):
    ratings.refresh(Viewer.service("rate"), NOW)
    return releasing.build(JOB, TERM, CENSUS, NOW)


def cells(store):
    with store.session() as session:
        return session.execute(
            select(ReleaseCell.__table__).order_by(*ReleaseCell.__table__.primary_key)
        ).all()


def test_managers_see_a_release_once_compliance_has_approved_it(built):
    assert releases.all_of(MO.viewer, NOW) == ()
    with pytest.raises(NoSuchRelease):
        releases.nodes(MO.viewer, built, NOW)
    assert [one.state for one in releases.all_of(ROS.viewer, NOW)] == [State.BUILT]
    releases.approve(ROS.viewer, built, NOW)
    (one,) = releases.all_of(MO.viewer, NOW)
    assert (one.census, one.approved_by) == (CENSUS, "")  # the name is a person's, and compliance's to see
    assert releases.all_of(ROS.viewer, NOW)[0].approved_by == "Ros Llewellyn"
    assert [node.kind for node in releases.nodes(MO.viewer, built, NOW)][:2] == ["university", "school"]


def test_of_so_few_students_nothing_is_said(built):
    releases.approve(ROS.viewer, built, NOW)
    tables = releases.tables(MO.viewer, built, "u", NOW)
    assert set(tables) >= {dimension.value for dimension in Dimension}
    said = {
        value
        for table in tables.values()
        for cell in table.cells
        for value in (cell.people, *cell.shares.values())
    }
    assert said <= {"[c]", NOT_SHOWN}
    assert tables["ethnicity"].cells[0].category == ALL


def test_nobody_but_compliance_approves_and_nobody_but_a_job_builds(built):
    for member in CAST:
        if member is not ROS:
            with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
                releases.approve(member.viewer, built, NOW)
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            releasing.build(member.viewer, TERM, CENSUS, NOW)
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            equality.put(member.viewer, {}, NOW)
        with pytest.raises(NotOpenToYourRole):
            equality.profiles(member.viewer, NOW)
    for member in (ADA, AVI, BEN):
        with pytest.raises(NotOpenToYourRole):
            releases.all_of(member.viewer, NOW)


def test_another_release_of_the_same_census_takes_the_place_of_the_first(built):
    releases.approve(ROS.viewer, built, NOW)
    with pytest.raises(MovedOn):
        releases.approve(ROS.viewer, built, NOW)
    again = releasing.build(JOB, TERM, CENSUS, NOW)
    releases.approve(ROS.viewer, again, NOW)
    assert [one.id for one in releases.all_of(MO.viewer, NOW)] == [again]
    assert {one.id: one.state for one in releases.all_of(ROS.viewer, NOW)}[built] is State.WITHDRAWN
    releases.withdraw(ROS.viewer, again, NOW)
    assert releases.all_of(MO.viewer, NOW) == ()


def test_a_series_holds_the_approved_releases_that_have_the_place(built):
    def shown(node):
        found = releases.all_of(ROS.viewer, NOW)
        return [one.census for one, _ in releases.series(ROS.viewer, found, node, "ethnicity", NOW)]

    assert shown("u") == []
    releases.approve(ROS.viewer, built, NOW)
    releasing.build(JOB, TERM, CENSUS + timedelta(days=1), NOW)  # which nobody approved
    assert shown("u") == [CENSUS]
    assert shown("no such place") == []


def test_what_comes_after_the_census_changes_no_cell(built, store):
    before = cells(store)
    ratings.refresh(Viewer.service("rate"), NOW + timedelta(days=7))
    equality.put(JOB, {"no such student": PROFILE}, NOW)
    assert cells(store) == before
    again = releasing.build(JOB, TERM, CENSUS, NOW + timedelta(days=7))
    assert [row[1:] for row in cells(store) if row.release == again] == [row[1:] for row in before]


def test_a_place_that_is_no_node_is_refused(built):
    releases.approve(ROS.viewer, built, NOW)
    for wanted in ("s1 minus c1", "c999", ""):
        with pytest.raises(NoSuchRelease):
            releases.tables(MO.viewer, built, wanted, NOW)


def test_who_has_no_profile_is_counted_as_not_known(built, store):
    with store.session() as session:
        assert session.scalar(select(func.count()).where(ReleaseCell.category == UNKNOWN)) > 0
        assert session.scalar(select(Release.rule)) == releasing.rule()
