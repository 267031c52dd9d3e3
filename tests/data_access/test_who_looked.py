"""Who looked at a student's record: names, roles, reasons, refusals too, and nothing about anybody else."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from auth.refusals import NotYoursToSee
from data_access import timelines, tutees, who_looked
from data_access.tables import RoleGrant
from privacy.looked import UNKNOWN
from tests.cast import ADA, BEN, CAL, DEE, NOW, TOM

LATER = NOW + timedelta(hours=1)


def looks(member=BEN, at=LATER):
    """What the log says of others."""
    return [look for look in who_looked.of(member.viewer, at) if not look.own]


@pytest.fixture
def looked(rated):
    """Ada has opened Ben's record and her list; Tom has tried; Cal's was opened by Tom alone."""
    timelines.year(ADA.viewer, BEN.id, NOW)
    tutees.overview(ADA.viewer, NOW + timedelta(minutes=10))
    with pytest.raises(NotYoursToSee):
        timelines.year(TOM.viewer, BEN.id, NOW + timedelta(minutes=12))
    timelines.year(TOM.viewer, CAL.id, NOW + timedelta(minutes=13))
    return rated


def test_the_latest_look_comes_first_with_who_in_which_role_and_why(looked):
    refused, listed, opened = looks()[:3]
    assert (refused.name, refused.role, refused.allowed) == ("Tom Ffoulkes", "Personal tutor", False)
    assert refused.reason == "Your record is not open to them."
    assert (listed.name, listed.allowed, listed.reason) == ("Ada Okonkwo-Byrne", True, "")
    assert opened.what == "your engagement"
    assert opened.why == "Noticing when engagement points to possible difficulty"
    assert opened.at == NOW


def test_nobody_elses_looks_are_among_them(looked):
    assert {look.name for look in looks(CAL)} == {"Tom Ffoulkes"}
    assert all(look.allowed for look in looks(CAL))


def test_a_student_whose_course_has_ended_reads_it_too(looked):
    assert looks(DEE) == []


def test_the_students_own_visits_are_marked_as_theirs(looked):
    own, *_ = who_looked.of(BEN.viewer, LATER)
    assert (own.own, own.name, own.what) == (True, "You", "who looked at your record")


def test_whoever_works_here_no_longer_is_still_counted(looked):
    looked.change(delete(RoleGrant).where(RoleGrant.person == TOM.number))
    assert looks()[0].name == UNKNOWN


def test_what_came_after_a_moment_is_not_told_before_it(looked):
    assert looks(at=NOW) == [look for look in looks() if look.at <= NOW]
