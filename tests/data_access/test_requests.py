"""A student's own requests: written at once, answered, taken back, and open to compliance only while they run."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, MovedOn, NothingWritten, NotOpenToYourRole, NotYoursToSee
from auth.refusals.rights import PurposesNeeded
from data_access import gate, own_requests, request_answers, requests
from data_access.own_requests import ASK
from data_access.tables import CaseStep, EnrolmentStatus, RightsCase, Status
from privacy.case_clock import Days
from privacy.case_decisions import Answer, Ask, TakeBack
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.request import Kind, State
from tests.cast import ADA, BEN, CAL, DEE, EVE, MO, NOW, ROS
from tests.data_access.asking import LATER, TEXT, asked, begun, checked, does, letter, seen

READ_COURSE = Act(Action.READ, Category.COURSE, Duty.RIGHTS)


def test_a_request_is_written_with_its_days_and_its_first_step(store):
    reference = asked()
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert (case.reference, case.kind, case.state, case.text) == (
        reference,
        Kind.ACCESS,
        State.RECEIVED,
        TEXT,
    )
    assert case.days == Days(date(2026, 12, 21), date(2026, 12, 23), date(2026, 12, 23))
    assert [(step.state, step.on, step.by) for step in case.steps] == [
        (State.RECEIVED, date(2026, 11, 23), "Ben Quaverley")
    ]
    with store.session() as session:
        row = session.scalars(select(RightsCase)).one()
    assert (row.due, row.latest, row.target) == (date(2026, 12, 23), date(2026, 12, 23), date(2026, 12, 21))


def test_the_day_of_receipt_is_londons_and_not_universal_time(store):
    at = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, ""), at)
    (case,) = own_requests.of(BEN.viewer, at)
    assert (case.received, case.days.due) == (date(2027, 7, 1), date(2027, 8, 2))


def test_a_complaint_is_acknowledged_in_the_same_second(store):
    asked(Kind.COMPLAINT, "My register is shown to everybody")
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert [(step.state, step.at) for step in case.steps] == [
        (State.RECEIVED, NOW),
        (State.ACKNOWLEDGED, NOW),
    ]
    assert case.days.due == date(2026, 12, 7)


def test_a_complaint_can_name_the_request_that_it_is_about(store):
    first = asked()
    asked(Kind.COMPLAINT, "It takes too long", about=first)
    found = {case.kind: case.about for case in own_requests.of(BEN.viewer, NOW)}
    assert found == {Kind.ACCESS: "", Kind.COMPLAINT: first}
    with pytest.raises(GoneMeanwhile):
        own_requests.ask(CAL.viewer, Ask(Kind.COMPLAINT, "His takes too long", about=first), NOW)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (Ask(Kind.ERASURE, " "), NothingWritten),
        (Ask(Kind.COMPLAINT, ""), NothingWritten),
        (Ask(Kind.OBJECTION, "I do not want it"), PurposesNeeded),
    ],
)
def test_what_cannot_be_answered_is_not_written(store, wrong, refusal):
    with pytest.raises(refusal):
        own_requests.ask(BEN.viewer, wrong, NOW)
    assert own_requests.of(BEN.viewer, NOW) == ()


def test_a_student_sees_their_own_requests_alone_and_staff_ask_for_nobody(store):
    asked()
    assert own_requests.of(CAL.viewer, NOW) == ()
    for member in (ADA, ROS, MO, EVE):
        with pytest.raises(NotOpenToYourRole):
            own_requests.of(member.viewer, NOW)
        with pytest.raises(NotOpenToYourRole):
            own_requests.ask(member.viewer, Ask(Kind.ACCESS, ""), NOW)


def test_rights_outlive_the_course(store):
    reference = own_requests.ask(DEE.viewer, Ask(Kind.ACCESS, ""), NOW)
    assert [case.reference for case in own_requests.of(DEE.viewer, NOW)] == [reference]


def test_compliance_opens_a_student_while_a_request_of_theirs_is_open_and_no_longer(store):
    def opens(member, student, at):
        with gate.reading(member.viewer, student.id, READ_COURSE, at) as opened:
            return opened.students == (student.number,)

    with pytest.raises(NotYoursToSee):
        opens(ROS, BEN, NOW)
    reference = checked()
    assert opens(ROS, BEN, LATER)
    for member, student in ((ROS, CAL), (ADA, BEN), (MO, BEN), (EVE, BEN)):
        with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
            opens(member, student, LATER)
    does(reference, letter(State.FULFILLED))
    with pytest.raises(NotYoursToSee):
        opens(ROS, BEN, LATER + timedelta(minutes=1))


def test_compliance_answers_also_whose_course_has_ended(store):
    reference = asked()
    store.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(status=Status.COMPLETED)
    )
    assert seen(reference).reference == reference


def test_a_question_stops_the_clock_and_the_students_answer_starts_it(store):
    reference = begun()
    does(reference, letter(State.CLARIFYING, "Which of your modules do you mean?"), NOW + timedelta(days=3))
    (case,) = own_requests.of(BEN.viewer, NOW + timedelta(days=4))
    assert case.waits_since == date(2026, 11, 26)
    assert not case.overdue(date(2027, 6, 1))
    own_requests.carry_out(BEN.viewer, Answer(reference, "All of them"), NOW + timedelta(days=10))
    (case,) = own_requests.of(BEN.viewer, NOW + timedelta(days=10))
    assert (case.state, case.waits_since) == (State.IN_PROGRESS, None)
    assert case.days == Days(date(2026, 12, 28), date(2026, 12, 30), date(2026, 12, 31))


def test_after_the_longer_time_was_taken_an_answer_leads_back_into_it(store):
    reference = begun()
    does(reference, letter(State.EXTENDED, "There are five systems to search."))
    does(reference, letter(State.CLARIFYING, "Which of your modules do you mean?"))
    own_requests.answer(BEN.viewer, reference, "All of them", LATER)
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert (case.state, case.days.due) == (State.EXTENDED, date(2027, 2, 23))


def test_there_is_nothing_to_answer_where_nothing_was_asked(store):
    reference = asked()
    with pytest.raises(GoneMeanwhile):
        own_requests.answer(BEN.viewer, reference, "Here I am", NOW)
    with pytest.raises(NothingWritten):
        own_requests.answer(BEN.viewer, reference, " ", NOW)
    with pytest.raises(GoneMeanwhile):
        own_requests.answer(CAL.viewer, reference, "Here I am", NOW)


def test_a_request_is_taken_back_once(store):
    reference = asked()
    own_requests.carry_out(BEN.viewer, TakeBack(reference), NOW)
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert (case.state, case.ended_at) == (State.WITHDRAWN, NOW)
    with pytest.raises(MovedOn):
        own_requests.take_back(BEN.viewer, reference, NOW)
    with pytest.raises(GoneMeanwhile):
        own_requests.take_back(CAL.viewer, reference, NOW)


def test_a_request_is_written_in_the_transaction_of_what_it_comes_with(store):
    def wrong():
        with gate.writing_own(BEN.viewer, ASK, NOW) as opened:
            requests.opened_case(opened, BEN.number, Kind.RECTIFICATION, "I was there", NOW)
            raise ValueError("what it came with went wrong")

    with pytest.raises(ValueError, match="went wrong"):
        wrong()
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(CaseStep)) == 0
    with gate.writing_own(BEN.viewer, ASK, NOW) as opened, pytest.raises(NotYoursToSee):
        requests.opened_case(opened, CAL.number, Kind.RECTIFICATION, "He was there", NOW)


@pytest.mark.parametrize("before", ["received", "in progress", "review"])
def test_what_is_answered_by_what_happened_goes_all_the_way_to_its_end(store, before):
    reference = {"received": asked, "in progress": begun, "review": checked}[before](Kind.RECTIFICATION)
    with gate.writing_own(BEN.viewer, ASK, LATER) as opened:
        number = opened.session.scalars(select(RightsCase.id)).one()
        requests.settled(opened, number, State.FULFILLED, "The source has put it right", LATER)
        requests.settled(opened, number, State.REFUSED, "Again", LATER)
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert [step.state for step in case.steps] == [
        State.RECEIVED,
        State.IN_PROGRESS,
        State.REVIEW,
        State.FULFILLED,
    ]
    assert (case.reference, case.steps[-1].why) == (reference, "The source has put it right")


def test_nobody_settles_the_request_of_somebody_else(store):
    asked()
    with gate.writing_own(CAL.viewer, ASK, NOW) as opened:
        number = opened.session.scalars(select(RightsCase.id)).one()
        with pytest.raises(NotYoursToSee):
            requests.settled(opened, number, State.FULFILLED, "", NOW)


def test_a_request_beyond_the_bank_holidays_is_received_and_has_no_day(store):
    at = datetime(2028, 12, 20, 12, tzinfo=UTC)
    own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, ""), at)
    (case,) = own_requests.of(BEN.viewer, at)
    assert case.days == Days()
    assert not case.overdue(date(2029, 6, 1))


def test_only_compliance_answers(store):
    reference = begun()
    for member in (ADA, BEN, MO, EVE):
        with pytest.raises((NotOpenToYourRole, NotYoursToSee)):
            request_answers.carry_out(member.viewer, BEN.id, reference, letter(State.FULFILLED), LATER)
