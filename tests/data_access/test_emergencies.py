"""Emergency access: one student for an hour, to four roles, with a reason; who they are, ways to them, their year."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from auth.permissions import Act, Action, relations
from auth.refusals import GoneMeanwhile, NotOpenToYourRole, NotStudyingNow, NotYoursToSee, Refusal
from auth.refusals.compliance import NotAgainYet, WhyInEmergency
from auth.refusals.rights import NoSuchStudent
from auth.viewer import Viewer
from data_access import emergencies, emergency_record, ratings, tutees
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, ContactDetail, ContactKind, Emergency, SourceKey
from privacy.break_glass import Declare, Ground
from privacy.labels import SYSTEMS, Category, Source
from privacy.purposes import Duty
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, MO, NOW, ROS, SUE

WHY = "Nobody has seen him since Friday; security asks."
HOUR = timedelta(minutes=60)
SECOND = timedelta(seconds=1)
WAY = "ben.canary-8d2x@mail.university.example"


@pytest.fixture
def known(store):
    """Everybody has a number in student records, and Ben a way to reach him."""
    ratings.refresh(Viewer.service("rate"), NOW)
    store.change(
        *(
            insert(SourceKey).values(system=Source.STUDENT_RECORDS, key=key, person=one.number)
            for key, one in (("W1", BEN), ("W2", CAL), ("W3", DEE), ("S9", ADA))
        ),
        insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value=WAY, run=1),
    )
    return store


def declared(by=SUE, key="w1", at=NOW, why=WHY, ground=Ground.VITAL_INTERESTS) -> None:
    emergencies.declare(by.viewer, Declare(key, ground, why), at)


@pytest.mark.parametrize("by", [SUE, AVI, ROS, EVE], ids=lambda m: m.given)
def test_it_opens_one_students_year_and_ways_to_them_to_each_of_four_roles(known, by):
    with pytest.raises(NotYoursToSee):
        emergency_record.year(by.viewer, BEN.id, NOW)
    declared(by)
    year = emergency_record.year(by.viewer, BEN.id, NOW)
    assert (year.given_name, year.family_name) == ("Ben", BEN.family)
    assert (len(year.facts.registers), len(year.facts.online), year.suggestions) == (9, 9, ())
    reach = emergency_record.reach(by.viewer, BEN.id, NOW)
    assert reach.contact == (("university e-mail", WAY),)
    assert reach.tutors == (f"Ada {ADA.family}",)
    assert [one.system for one in emergency_record.fresh(by.viewer, BEN.id, NOW)] == list(SYSTEMS)
    for one in (emergency_record.year, emergency_record.fresh):
        with pytest.raises(NotYoursToSee):
            one(by.viewer, CAL.id, NOW)


@pytest.mark.parametrize("by", [ADA, MO, BEN], ids=lambda m: m.given)
def test_nobody_else_declares_one(known, by):
    with pytest.raises(NotOpenToYourRole):
        declared(by)


def test_it_ends_at_sixty_minutes_to_the_second(known):
    declared()
    emergency_record.reach(SUE.viewer, BEN.id, NOW + HOUR - SECOND)
    with pytest.raises(NotYoursToSee):
        emergency_record.reach(SUE.viewer, BEN.id, NOW + HOUR)
    assert emergencies.running(SUE.viewer, NOW + HOUR - SECOND)
    assert emergencies.running(SUE.viewer, NOW + HOUR) == ()


def test_it_opens_nothing_to_a_colleague_of_the_same_role(known):
    declared(AVI)
    with pytest.raises(NotYoursToSee):
        emergency_record.reach(SUE.viewer, BEN.id, NOW)


def test_it_opens_no_other_page_and_no_list(known):
    declared()
    assert tutees.overview(SUE.viewer, NOW) == []


@pytest.mark.parametrize(
    "category", [Category.SUPPORT, Category.SENSITIVE, Category.CONSENT, Category.SUGGESTION]
)
def test_notes_plans_and_whatever_is_sensitive_stay_shut(category):
    for member in (SUE, AVI, ROS, EVE):
        assert not relations(member.role, Act(Action.READ, category, Duty.EMERGENCY))


def test_the_same_person_opens_the_same_student_again_only_a_day_after(known):
    declared()
    for at in (NOW + HOUR, NOW + HOUR + timedelta(hours=24) - SECOND):
        with pytest.raises(NotAgainYet):
            declared(at=at)
    declared(by=AVI, at=NOW + HOUR)
    declared(key="w2", at=NOW + HOUR)
    declared(at=NOW + HOUR + timedelta(hours=24))


@pytest.mark.parametrize("why", ["", "urgent", " " * 40, "x" * 29])
def test_a_reason_of_thirty_letters_is_needed(known, why):
    with pytest.raises(WhyInEmergency):
        declared(why=why)
    assert emergencies.running(SUE.viewer, NOW) == ()


@pytest.mark.parametrize(
    ("key", "refusal"),
    [("w9", NoSuchStudent), ("s9", NoSuchStudent), ("", NoSuchStudent), ("w3", NotStudyingNow)],
)
def test_only_somebody_who_studies_is_opened_by_their_very_number(known, key, refusal):
    with pytest.raises(refusal):
        declared(key=key)


def test_it_is_closed_early_by_whoever_opened_it_alone(known):
    declared()
    (one,) = emergencies.running(SUE.viewer, NOW)
    with pytest.raises(GoneMeanwhile):
        emergencies.end(AVI.viewer, one.id, NOW)
    emergencies.end(SUE.viewer, one.id, NOW + SECOND)
    with pytest.raises(NotYoursToSee):
        emergency_record.year(SUE.viewer, BEN.id, NOW + SECOND)
    with pytest.raises(GoneMeanwhile):
        emergencies.end(SUE.viewer, one.id, NOW + SECOND)


def test_the_log_says_of_whom_by_whom_and_that_it_was_an_emergency(known):
    declared()
    emergency_record.reach(SUE.viewer, BEN.id, NOW)
    with known.session() as session:
        lines = session.scalars(
            select(AccessLine).where(AccessLine.basis == "emergency").order_by(AccessLine.seq)
        ).all()
        row = session.scalars(select(Emergency)).one()
    about = [(line.action, line.category) for line in lines if line.students == pseudonym(BEN.number)]
    assert about == [("write", "register"), ("read", "contact")]
    assert {line.actor for line in lines} == {pseudonym(SUE.number)}
    assert (row.ends_at - row.began_at, row.review_by) == (HOUR, (NOW + timedelta(days=2)).date())


def test_a_refused_declaration_leaves_nothing(known):
    with pytest.raises(Refusal):
        declared(key="w9")
    with known.session() as session:
        assert session.scalars(select(Emergency)).all() == []
