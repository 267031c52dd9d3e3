"""Data that are kept and not used: staff do not see the student, no job looks at them, and it ends only by a word."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from auth.refusals import FullerReasonNeeded, GoneMeanwhile, NotOpenToYourRole, NotYoursToSee
from auth.refusals.rights import ToldFirst
from auth.viewer import Viewer
from data_access import (
    census,
    equality,
    offers,
    own_requests,
    ratings,
    reminders,
    restrictions,
    sending,
    timelines,
    tutees,
    who_looked,
)
from data_access.engine import stored
from data_access.tables import (
    Assessment,
    EnrolmentWeek,
    Message,
    ModuleWeek,
    Restriction,
    SourceKey,
    StaleModule,
    SuggestedTalk,
    VleDay,
)
from policy.days import number
from privacy.case_decisions import Announce, Ask, Lift, UseAgain
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.request import Kind, State
from support.message import Problem
from support.message import State as MessageState
from tests.cast import ADA, AVI, BEN, CAL, NOW, ROS, SUE, TERM, TODAY, TOM
from tests.data_access.asking import LATER, asked, does, seen
from tests.data_access.profiles import PROFILE
from tests.data_access.telling import ADDRESS, rows, rules, tell
from tests.data_access.test_reminders import promised
from tests.data_access.test_suggestions import MISSING_WORK

JOB = Viewer.service("night")
WHY = "The weeks are needed to keep a promise we made to you."
DAYS = timedelta(days=5)


def objected(*purposes: Purpose, at=NOW) -> str:
    return asked(Kind.OBJECTION, "", at, purposes=purposes or (Purpose.IDENTIFY,))


def unused(at=LATER) -> list[Purpose]:
    return [one.purpose for one in restrictions.own(BEN.viewer, at)]


def test_from_the_moment_of_an_objection_the_tutor_does_not_see_the_student(rated):
    assert [one.name for one in tutees.overview(ADA.viewer, NOW)] == ["Ben Quaverley"]
    objected()
    assert tutees.overview(ADA.viewer, NOW) == []
    with pytest.raises(NotYoursToSee) as refused:
        timelines.year(ADA.viewer, BEN.id, NOW)
    assert "object" not in refused.value.sentence
    assert [one.name for one in tutees.overview(TOM.viewer, NOW)] == ["Cal Zephyrine"]


def test_an_objection_stops_that_use_and_no_other(rated):
    objected(Purpose.IDENTIFY)
    assert offers.of(ADA.viewer, BEN.id, NOW) == ()
    objected(Purpose.OFFER, at=LATER)
    with pytest.raises(NotYoursToSee):
        offers.of(ADA.viewer, BEN.id, LATER)
    assert unused() == [Purpose.IDENTIFY, Purpose.OFFER]


def test_a_restriction_stops_every_use_for_every_member_of_staff(rated):
    asked(Kind.RESTRICTION, "")
    assert unused() == list(Purpose)
    for member in (ADA, SUE, AVI):
        with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
            timelines.year(member.viewer, BEN.id, NOW)


def test_the_student_and_whoever_answers_see_it_as_before(rated):
    before = timelines.year(BEN.viewer, None, NOW)
    reference = asked(Kind.RESTRICTION, "")
    assert timelines.year(BEN.viewer, None, NOW) == before
    assert [one.purpose for one in seen(reference).unused] == list(Purpose)


def test_the_refusal_is_in_the_log_that_the_student_reads(rated):
    objected()
    with pytest.raises(NotYoursToSee):
        timelines.year(ADA.viewer, BEN.id, NOW)
    first = next(look for look in who_looked.of(BEN.viewer, NOW) if look.name == "Ada Okonkwo-Byrne")
    assert not first.allowed


def test_whoever_objects_is_not_rated_anew_and_stands_in_no_median(rated):
    def scores(table, enrolment):
        with rated.session() as session:
            own = select(table.week, table.score).where(table.enrolment == enrolment).order_by(table.week)
            return session.execute(own).all()

    before, whole = scores(ModuleWeek, 1), scores(EnrolmentWeek, 1)
    assert before
    objected()
    rated.change(
        delete(VleDay).where(VleDay.student == BEN.number),
        delete(VleDay).where(VleDay.student == CAL.number),
    )
    of_cal = scores(ModuleWeek, 2)
    ratings.refresh(Viewer.service("rate"), NOW)
    assert (scores(ModuleWeek, 1), scores(EnrolmentWeek, 1)) == (before, whole)
    assert scores(ModuleWeek, 2) != of_cal
    with rated.session() as session:
        assert [row.student for row in session.execute(stored.registered([1, 2]))] == [CAL.number]
    own_requests.carry_out(BEN.viewer, UseAgain(Purpose.IDENTIFY), LATER)
    ratings.refresh_stale(Viewer.service("rate"), NOW)
    assert scores(ModuleWeek, 1) != before


def test_their_modules_are_worked_out_anew_as_soon_as_somebody_objects(rated):
    objected()
    with rated.session() as session:
        assert session.scalars(select(StaleModule.module)).all() == [1]


def test_nothing_is_suggested_about_them_and_nothing_that_was_is_ended(store):
    store.change(MISSING_WORK)
    objected()
    ratings.refresh(Viewer.service("rate"), NOW)
    count = select(func.count()).select_from(SuggestedTalk).where(SuggestedTalk.enrolment == 1)
    with store.session() as session:
        assert session.scalar(count) == 0
    restrictions.use_again(BEN.viewer, Purpose.IDENTIFY, LATER)
    ratings.refresh(Viewer.service("rate"), NOW)
    with store.session() as session:
        assert session.scalar(count.where(SuggestedTalk.ended_at.is_(None))) == 1
    objected(at=LATER)
    store.change(update(Assessment).where(Assessment.id == 900).values(due_day=number(TODAY) + 50))
    ratings.refresh(Viewer.service("rate"), LATER)
    with store.session() as session:
        assert session.scalar(count.where(SuggestedTalk.ended_at.is_(None))) == 1


def test_nobody_is_reminded_of_what_is_not_to_be_followed_up(store):
    store.change(*promised(TODAY))
    objected(Purpose.FOLLOW_UP)
    assert reminders.write(JOB, NOW) == 0
    restrictions.use_again(BEN.viewer, Purpose.FOLLOW_UP, NOW)
    assert reminders.write(JOB, NOW) == 1


@pytest.mark.parametrize(
    ("purpose", "told", "sent"),
    [
        (Purpose.AGREE, "plan", False),
        (Purpose.COMMUNICATE, "plan", False),
        (Purpose.IDENTIFY, "plan", True),
        (Purpose.COMMUNICATE, "request", True),
    ],
)
def test_a_message_for_a_use_that_is_stopped_is_not_emailed_but_an_answer_to_a_right_is(
    store, monkeypatch, purpose, told, sent
):
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS)
    if told == "plan":
        tell("plan-1", "plan")
        objected(purpose)
    else:
        reference = objected(purpose)
        does(reference, Announce(purpose, WHY), NOW)
    found = [sending.letter(JOB, claim, NOW) for claim in sending.claim(JOB, NOW)]
    assert bool([one for one in found if one]) is sent
    if not sent:
        (row,) = rows(store)
        assert (row["state"], row["problem"]) == (MessageState.BLOCKED, Problem.LEFT_UNUSED)


def test_it_is_asked_at_the_moment_of_sending(store, monkeypatch):
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS)
    tell("plan-1", "plan")
    (claim,) = sending.claim(JOB, NOW)
    objected(Purpose.AGREE)
    assert sending.letter(JOB, claim, NOW) is None
    with store.session() as session:
        assert session.scalars(select(Message.problem)).all() == [Problem.LEFT_UNUSED]


def test_who_leaves_the_equality_statistics_is_out_of_the_store_and_of_the_next_census(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    assert equality.put(JOB, {"W1": PROFILE}, NOW) == 1
    asked(Kind.EQUALITY_STOP, "")
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert (case.state, case.ended_at) == (State.FULFILLED, NOW)
    assert equality.finest(JOB, NOW) == {}
    assert equality.put(JOB, {"W1": PROFILE}, NOW) == 0
    with store.session() as session:
        counted = census.of(session, "University", TERM, date(2026, 11, 15), NOW)
    # Dee was still enrolled on the day of the census.
    assert BEN.number not in {member.person for member in counted.members}
    assert CAL.number in {member.person for member in counted.members}
    assert [one.name for one in tutees.overview(ADA.viewer, NOW)] == ["Ben Quaverley"]


def test_the_student_ends_it_themselves_at_any_time_once(rated):
    objected()
    own_requests.carry_out(BEN.viewer, UseAgain(Purpose.IDENTIFY), LATER)
    assert unused() == []
    assert [one.name for one in tutees.overview(ADA.viewer, LATER)] == ["Ben Quaverley"]
    with pytest.raises(GoneMeanwhile):
        restrictions.use_again(BEN.viewer, Purpose.IDENTIFY, LATER)
    with rated.session() as session:
        row = session.scalars(select(Restriction)).one()
    assert (row.lifted_at, row.lifted_by) == (LATER, BEN.number)


def test_nobody_else_ends_it_for_the_student(store):
    objected()
    for member in (ADA, ROS):
        with pytest.raises(NotOpenToYourRole):
            restrictions.use_again(member.viewer, Purpose.IDENTIFY, LATER)
        with pytest.raises(NotOpenToYourRole):
            restrictions.own(member.viewer, LATER)
    with pytest.raises(GoneMeanwhile):
        restrictions.use_again(CAL.viewer, Purpose.IDENTIFY, LATER)


def test_compliance_ends_it_only_after_the_student_was_told_with_the_reason(store):
    reference = objected(Purpose.IDENTIFY, Purpose.AGREE)
    with pytest.raises(ToldFirst):
        does(reference, Lift(Purpose.IDENTIFY))
    with pytest.raises(FullerReasonNeeded):
        does(reference, Announce(Purpose.IDENTIFY, "We need it"))
    does(reference, Announce(Purpose.IDENTIFY, WHY))
    told = restrictions.own(BEN.viewer, LATER)[0]
    assert (told.told_at, told.why, told.reference) == (LATER, WHY, reference)
    with store.session() as session:
        assert session.scalars(select(Message.template)).all() == ["request"]
    with pytest.raises(ToldFirst):
        does(reference, Lift(Purpose.IDENTIFY), LATER + DAYS - timedelta(seconds=1))
    with pytest.raises(ToldFirst):
        does(reference, Lift(Purpose.AGREE), LATER + DAYS)
    does(reference, Lift(Purpose.IDENTIFY), LATER + DAYS)
    assert unused(LATER + DAYS) == [Purpose.AGREE]
    with pytest.raises(GoneMeanwhile):
        does(reference, Announce(Purpose.IDENTIFY, WHY), LATER + DAYS)


def test_an_objection_that_is_upheld_holds_when_its_request_is_over(rated):
    reference = objected()
    own_requests.take_back(BEN.viewer, reference, LATER)
    assert unused() == [Purpose.IDENTIFY]
    assert tutees.overview(ADA.viewer, LATER) == []


def test_what_is_left_unused_already_is_not_stopped_twice(store):
    objected()
    asked(Kind.RESTRICTION, "")
    with store.session() as session:
        purposes = session.scalars(select(Restriction.purpose).order_by(Restriction.id)).all()
    assert purposes == list(Purpose)


def test_a_student_without_an_objection_is_not_touched_by_that_of_another(rated):
    own_requests.ask(CAL.viewer, Ask(Kind.RESTRICTION, ""), NOW)
    assert [one.name for one in tutees.overview(ADA.viewer, NOW)] == ["Ben Quaverley"]
    assert tutees.overview(TOM.viewer, NOW) == []
    rated.change(update(Restriction).values(lifted_at=NOW))
    assert [one.name for one in tutees.overview(TOM.viewer, NOW)] == ["Cal Zephyrine"]
