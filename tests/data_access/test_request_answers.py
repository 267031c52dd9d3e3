"""What compliance does about a request: steps, letters, the search, the longer time, and a receipt put right."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

import policy
from auth.refusals import GoneMeanwhile, MovedOn, NothingWritten, NotYoursToSee, ReasonNeeded
from auth.refusals.rights import GroundNeeded, ReasonForQuestion, ReceivedAhead, SearchFirst, TooLateToExtend
from data_access import own_requests, request_answers
from data_access.tables import CaseLetter, CaseStep, Message
from privacy import letters
from privacy.case_clock import Days
from privacy.case_decisions import Ask, Go, Progress, Received, Searched
from privacy.labels import Source
from privacy.refusal_grounds import Ground
from privacy.request import Kind, State, following
from support.message import State as MessageState
from tests.cast import BEN, CAL, NOW, ROS, TODAY
from tests.data_access.asking import (
    LATER,
    asked,
    begun,
    checked,
    does,
    letter,
    seen,
)

REASONS = "The weeks are still needed to support you."


def test_a_letter_is_kept_word_for_word_and_the_student_is_told_that_there_is_one(store):
    reference = checked()
    does(reference, letter(State.FULFILLED, "The note of 12 October is gone."))
    (case,) = own_requests.of(BEN.viewer, LATER)
    (sent,) = case.letters
    assert (sent.state, sent.sent_at) == (State.FULFILLED, LATER)
    assert "The note of 12 October is gone." in sent.text
    assert reference in sent.text
    with store.session() as session:
        message = session.scalars(select(Message)).one()
    assert (message.to, message.template, message.state) == (BEN.number, "request", MessageState.WAITING)
    assert "note of 12 October" not in message.subject + message.body


def test_the_letter_that_is_sent_is_the_letter_that_was_shown(store):
    reference = checked()
    shown = letters.letter(
        seen(reference),
        State.REFUSED,
        Ground.PUBLIC_TASK,
        REASONS,
        None,
        policy.current().institution,
        TODAY + timedelta(days=1),
    )
    does(reference, letter(State.REFUSED, REASONS, Ground.PUBLIC_TASK))
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert case.letters[0].text == shown


@pytest.mark.parametrize("state", [State.REFUSED, State.PARTLY_FULFILLED])
@pytest.mark.parametrize(("said", "ground"), [(REASONS, None), ("No.", Ground.PUBLIC_TASK)])
def test_nothing_is_refused_without_a_ground_in_law_and_reasons(store, state, said, ground):
    reference = checked()
    with pytest.raises(GroundNeeded):
        does(reference, letter(state, said, ground))
    assert (seen(reference).state, seen(reference).letters) == (State.REVIEW, ())


def test_a_copy_is_not_answered_before_every_system_is_in_the_record_of_the_search(store):
    reference = checked(Kind.ACCESS)
    for system in list(Source)[:-1]:
        does(reference, Searched(system, True, "E1", date(2026, 9, 21), TODAY, ""))
        with pytest.raises(SearchFirst):
            does(reference, letter(State.FULFILLED))
    with pytest.raises(ReasonNeeded):
        does(reference, Searched(Source.HERE, False, "", None, None, " "))
    does(reference, Searched(Source.HERE, False, "", None, None, "Asked about the four systems alone"))
    does(reference, letter(State.FULFILLED))
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert case.state is State.FULFILLED
    assert [(one.system, one.searched, one.by) for one in case.searches] == [
        *((system, True, "Ros Llewellyn") for system in list(Source)[:-1]),
        (Source.HERE, False, "Ros Llewellyn"),
    ]
    assert case.searches[0].first == date(2026, 9, 21)


def test_a_question_says_what_is_asked(store):
    reference = begun()
    with pytest.raises(ReasonForQuestion):
        does(reference, letter(State.CLARIFYING, "What?"))
    assert seen(reference).state is State.IN_PROGRESS


def test_the_longer_time_is_taken_within_the_first_month_or_not_at_all(store):
    reference = begun()
    said = "There are many notes to look through."
    last = NOW + timedelta(days=30)
    with pytest.raises(TooLateToExtend):
        does(reference, letter(State.EXTENDED, said), last + timedelta(days=1))
    with pytest.raises(ReasonForQuestion):
        does(reference, letter(State.EXTENDED, "Busy"), last)
    does(reference, letter(State.EXTENDED, said), last)
    (case,) = own_requests.of(BEN.viewer, last)
    assert case.days.due == date(2027, 2, 23)
    assert "by the end of 23 February 2027" in case.letters[0].text


def test_when_it_was_in_doubt_who_asked_the_clock_begins_when_that_is_known(store):
    reference = asked()
    does(reference, letter(State.ID_PENDING, "Please show your student card to us."))
    assert seen(reference).waits_since == date(2026, 11, 24)
    known = NOW + timedelta(days=9)
    does(reference, Go(State.IN_PROGRESS, date(2026, 12, 2)), known)
    assert seen(reference, known).days.due == date(2027, 1, 4)


def test_a_step_lies_between_the_last_one_and_today(store):
    reference = asked()
    for on in (date(2026, 11, 22), date(2026, 11, 25)):
        with pytest.raises(MovedOn):
            does(reference, Go(State.IN_PROGRESS, on))
    does(reference, Go(State.IN_PROGRESS, date(2026, 11, 23), "At once"))
    step = seen(reference).steps[-1]
    assert (step.on, step.at, step.by, step.why) == (date(2026, 11, 23), LATER, "Ros Llewellyn", "At once")


def test_a_state_that_is_told_by_a_letter_is_not_entered_without_one(store):
    reference = checked()
    for state in (State.FULFILLED, State.REFUSED):
        with pytest.raises(MovedOn):
            does(reference, Go(state, TODAY + timedelta(days=1)))


@pytest.mark.parametrize("state", [s for s in State if s not in following(Kind.ERASURE, State.REVIEW)])
def test_what_cannot_follow_is_refused_and_leaves_no_step(store, state):
    reference = checked()
    decided = (
        letter(state, REASONS, Ground.PUBLIC_TASK)
        if state in letters.LETTERS
        else Go(state, TODAY + timedelta(days=1))
    )
    with pytest.raises(MovedOn):
        does(reference, decided)
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(CaseStep)) == 3
        assert session.scalar(select(func.count()).select_from(CaseLetter)) == 0


def test_two_officers_who_answer_at_once_send_one_letter(store):
    reference = checked()
    does(reference, letter(State.FULFILLED))
    with pytest.raises((GoneMeanwhile, NotYoursToSee)):
        does(reference, letter(State.REFUSED, REASONS, Ground.PUBLIC_TASK))
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(CaseLetter)) == 1


def test_a_receipt_is_put_right_with_the_reason_and_the_clock_begins_earlier(store):
    reference = begun()
    earlier = NOW - timedelta(days=10)
    with pytest.raises(ReasonNeeded):
        does(reference, Received(earlier, " "))
    with pytest.raises(ReceivedAhead):
        does(reference, Received(LATER + timedelta(hours=1), "A slip"))
    does(reference, Received(earlier, "It was sent to the tutor"))
    case = seen(reference)
    assert case.received == date(2026, 11, 13)
    assert case.days == Days(date(2026, 12, 11), date(2026, 12, 14), date(2026, 12, 14))
    assert (
        case.steps[-1].why
        == "Received on 13 November 2026, not on 23 November 2026: It was sent to the tutor"
    )
    assert case.steps[-1].state is State.IN_PROGRESS


def test_progress_is_told_and_sets_the_next_news_of_a_complaint_a_fortnight_later(store):
    reference = asked(Kind.COMPLAINT, "My register is shown to everybody")
    later = NOW + timedelta(days=15)
    assert seen(reference, later).overdue(date(2026, 12, 8))
    with pytest.raises(NothingWritten):
        does(reference, Progress(" "), later)
    does(reference, Progress("We have asked who showed it."), later)
    case = seen(reference, later)
    assert (case.days.due, case.steps[-1].why) == (date(2026, 12, 22), "We have asked who showed it.")
    assert not case.overdue(date(2026, 12, 8))


def test_a_complaint_is_answered_looked_at_again_and_closed(store):
    reference = asked(Kind.COMPLAINT, "My register is shown to everybody")
    day = TODAY + timedelta(days=1)
    does(reference, Go(State.INVESTIGATING, day))
    does(reference, letter(State.MORE_INFO, "In which room was it shown?"))
    own_requests.answer(BEN.viewer, reference, "In the lobby", LATER)
    with pytest.raises(NothingWritten):
        does(reference, letter(State.OUTCOME, "Sorry"))
    does(reference, letter(State.OUTCOME, "It hung in the lobby; it was taken down."))
    does(reference, letter(State.REVIEWED, "We looked once more, and found the same."))
    does(reference, Go(State.CLOSED, day))
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert (case.state, case.ended_at) == (State.CLOSED, LATER)
    assert [one.state for one in case.letters] == [State.MORE_INFO, State.OUTCOME, State.REVIEWED]
    assert "to a court" in case.letters[1].text


def test_compliance_cannot_answer_under_the_name_of_another_student(store):
    reference = begun()
    asked_of_cal = own_requests.ask(CAL.viewer, Ask(Kind.ACCESS, ""), NOW)
    with pytest.raises(GoneMeanwhile):
        request_answers.carry_out(ROS.viewer, CAL.id, reference, letter(State.FULFILLED), LATER)
    assert {seen(reference).state, own_requests.of(CAL.viewer, NOW)[0].state} == {
        State.IN_PROGRESS,
        State.RECEIVED,
    }
    assert asked_of_cal != reference
