"""The senior tutor's counts: each figure on a small university, who sees them, and that no student is named."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from auth.refusals import AgreementNeeded, NotOpenToYourRole
from data_access import coverage, gate
from data_access.tables import (
    ConversationOffer,
    EnrolmentStatus,
    Meeting,
    SuggestedTalk,
    SupportAction,
    SupportPlan,
    Tutoring,
)
from engagement.suggestion import Rule
from engagement.suggestion import State as SuggestionState
from support import action, meeting, offer, plan
from support.offer import Format
from tests.cast import ADA, CAST, NOW, STUDENTS, SUE, TODAY, TOM
from tests.planned import planned

DAY = timedelta(days=1)
ADAS, TOMS = "Ada Okonkwo-Byrne", "Tom Ffoulkes"


def line(tutor=ADAS, at=NOW):
    return next(one for one in coverage.by_tutor(SUE.viewer, at).tutors if one.tutor == tutor)


def counts(tutor=ADAS, at=NOW):
    """What is not zero, of the counts that say what was done or waits."""
    left_out = ("tutor", "tutees", "not_met")
    return {name: n for name, n in asdict(line(tutor, at)).items() if n and name not in left_out}


def suggested(number=1, enrolment=1, state=SuggestionState.RAISED, at=NOW - 7 * DAY, **values):
    row = {"rule": Rule.QUIET, "as_of": 1, "last": 1, "amount": 10, "of": 0, "policy": "1"} | values
    return insert(SuggestedTalk).values(id=number, enrolment=enrolment, state=state, raised_at=at, **row)


def offered(number, state, enrolment=1, at=NOW - 10 * DAY, tutor=ADA):
    row = {"tutor": tutor.number, "made_by": tutor.number, "format": Format.VIDEO, "place": "", "text": ""}
    return insert(ConversationOffer).values(id=number, enrolment=enrolment, state=state, made_at=at, **row)


def met(number, at, state=meeting.State.HELD, enrolment=1, tutor=ADA):
    row = {"tutor": tutor.number, "minutes": 20, "format": Format.PHONE, "place": "", "sequence": 0}
    return insert(Meeting).values(id=number, enrolment=enrolment, state=state, starts_at=at, **row)


def test_each_tutor_of_today_has_a_line_by_name_with_their_active_tutees(store):
    seen = coverage.by_tutor(SUE.viewer, NOW)
    assert [(one.tutor, one.tutees) for one in seen.tutors] == [(TOMS, 1), (ADAS, 1)]  # Dee has finished
    assert (seen.students, seen.without_tutor, seen.not_reached) == (2, 0, 0)
    assert counts() == counts(TOMS) == {}


def test_a_suggestion_counts_from_the_fifth_working_day_without_an_answer(store):
    store.change(
        suggested(1, at=NOW - 7 * DAY),  # Monday a week ago: five working days
        suggested(2, at=NOW - 6 * DAY, rule=Rule.FALL),
        suggested(3, enrolment=2, state=SuggestionState.CONFIRMED),
        suggested(4, enrolment=2, ended_at=NOW, rule=Rule.FALL),
    )
    assert (counts(), counts(TOMS)) == ({"unanswered": 1}, {})
    assert counts(at=NOW + DAY) == {"unanswered": 2}


@pytest.mark.parametrize("state", offer.State)
def test_an_offer_waits_for_the_student_or_for_the_tutor_or_not_at_all(store, state):
    store.change(offered(1, state))
    waits = {
        offer.State.ASKED: {"for_tutor": 1},
        offer.State.COUNTERED: {"for_tutor": 1},
        offer.State.OFFERED: {"for_student": 1},
    }
    assert counts() == waits.get(state, {})


def test_contacts_are_meetings_held_in_four_and_in_eight_weeks(store):
    store.change(
        met(1, NOW - DAY),
        met(2, NOW - 28 * DAY),
        met(3, NOW - 29 * DAY),
        met(4, NOW - 56 * DAY),
        met(5, NOW - 57 * DAY),
        met(6, NOW + DAY),
        *(
            met(10 + n, NOW - DAY, state)
            for n, state in enumerate(meeting.State)
            if state != meeting.State.HELD
        ),
    )
    assert counts() == {"contacts_4": 2, "contacts_8": 4}


def test_tutees_without_a_contact_for_eight_weeks_are_counted_once_they_are_here_so_long(store):
    assert (line().not_met, line(TOMS).not_met) == (1, 1)
    assert line(at=NOW - 8 * DAY).not_met == 0  # term began eight weeks and a day later
    store.change(met(1, NOW - 56 * DAY), met(2, NOW - 57 * DAY, enrolment=2))
    assert (line().not_met, line(TOMS).not_met) == (0, 1)


def test_actions_and_reviews_count_from_the_day_after_they_were_due_while_the_plan_is_agreed(store):
    of = planned(store)
    assert counts() == {}
    assert counts(at=NOW + 7 * DAY) == {}
    assert counts(at=NOW + 8 * DAY) == {"actions": 2}
    assert counts(at=NOW + 15 * DAY) == {"actions": 2, "reviews": 1}
    store.change(update(SupportAction).where(SupportAction.id == of.action).values(state=action.State.DONE))
    assert counts(at=NOW + 15 * DAY) == {"actions": 1, "reviews": 1}
    store.change(update(SupportPlan).values(state=plan.State.PROPOSED))
    assert counts(at=NOW + 15 * DAY) == {}


UNANSWERED, ACCEPTED, DECLINED = offer.State.UNANSWERED, offer.State.ACCEPTED, offer.State.DECLINED


@pytest.mark.parametrize(
    ("states", "reached"),
    [
        ([UNANSWERED], True),
        ([UNANSWERED, UNANSWERED], False),
        ([UNANSWERED, UNANSWERED, UNANSWERED], False),
        ([ACCEPTED, UNANSWERED, UNANSWERED], False),
        ([UNANSWERED, offer.State.WITHDRAWN, UNANSWERED], False),
        ([UNANSWERED, UNANSWERED, offer.State.OFFERED], False),
        ([UNANSWERED, ACCEPTED, UNANSWERED], True),
        ([UNANSWERED, UNANSWERED, DECLINED], True),
        ([UNANSWERED, UNANSWERED, offer.State.COUNTERED], True),
        ([UNANSWERED, UNANSWERED, offer.State.ASKED], True),
    ],
)
def test_a_student_is_not_reached_after_two_offers_in_a_row_without_an_answer(store, states, reached):
    store.change(*(offered(n, state, at=NOW - (20 - n) * DAY) for n, state in enumerate(states, start=1)))
    seen = coverage.by_tutor(SUE.viewer, NOW)
    assert seen.not_reached == line().not_reached == (0 if reached else 1)
    assert line(TOMS).not_reached == 0


def test_whoever_was_met_since_is_reached_whatever_became_of_the_offers(store):
    store.change(offered(1, UNANSWERED, at=NOW - 20 * DAY), offered(2, UNANSWERED, at=NOW - 10 * DAY))
    store.change(met(1, NOW - 30 * DAY))
    assert coverage.by_tutor(SUE.viewer, NOW).not_reached == 1
    store.change(met(2, NOW - 5 * DAY))
    assert coverage.by_tutor(SUE.viewer, NOW).not_reached == 0


def test_a_student_without_a_tutor_is_counted_and_one_who_is_covered_for_is_not(store):
    store.change(update(Tutoring).where(Tutoring.enrolment == 1).values(last=TODAY - DAY))
    seen = coverage.by_tutor(SUE.viewer, NOW)
    assert ([one.tutor for one in seen.tutors], seen.students, seen.without_tutor) == ([TOMS], 2, 1)
    cover = {"given_by": "eve", "reason": "Research leave"}
    store.change(insert(Tutoring).values(enrolment=1, tutor=TOM.number, first=TODAY, last=TODAY, **cover))
    seen = coverage.by_tutor(SUE.viewer, NOW)
    assert ([one.tutees for one in seen.tutors], seen.without_tutor) == ([1], 0)


def test_whatever_happened_counts_once_for_the_tutor_of_today(store):
    store.change(suggested(), met(1, NOW - DAY), met(2, NOW - 2 * DAY), offered(1, offer.State.OFFERED))
    store.change(suggested(2, rule=Rule.FALL), offered(2, offer.State.ASKED))
    planned(store)
    everything = {"unanswered": 2, "for_student": 1, "for_tutor": 1, "contacts_4": 2, "contacts_8": 2}
    assert counts() == everything
    store.change(update(Tutoring).where(Tutoring.enrolment == 1).values(tutor=TOM.number))
    assert counts(TOMS) == everything
    assert line(TOMS).tutees == 2


def test_of_a_university_without_students_there_is_nothing_to_count(store):
    store.change(delete(EnrolmentStatus))
    seen = coverage.by_tutor(SUE.viewer, NOW)
    assert (seen.tutors, seen.students, seen.without_tutor, seen.not_reached) == ((), 0, 0, 0)


def test_no_student_is_in_it_and_none_is_opened_for_it(store):
    planned(store)
    store.change(suggested(), offered(1, UNANSWERED), offered(2, UNANSWERED), met(1, NOW - DAY))
    shown = repr(coverage.by_tutor(SUE.viewer, NOW))
    assert not [word for one in STUDENTS for word in (*one.canaries, one.given, one.id) if word in shown]
    assert "Hyacinth" not in shown
    with gate.reading(SUE.viewer, None, coverage.LOOK, NOW) as found:
        assert (found.enrolments, found.students) == ((), ())


@pytest.mark.parametrize("member", [one for one in CAST if one is not SUE], ids=lambda m: m.given)
def test_nobody_but_a_senior_tutor_sees_it(store, member):
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        coverage.by_tutor(member.viewer, NOW)
