"""Sensitive notes: who reads and writes them, what an adviser reads of one, and what ends that at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import GoneMeanwhile, NotYoursToSee, Refusal
from auth.refusals.consent import ConsentRequired, NotNamedInConsent, SentencesNeeded
from auth.refusals.support import NecessityNeeded
from data_access import consent_rows, consents, consents_passing, gate, sensitive_notes
from data_access.tables import Consent, EnrolmentStatus, SensitiveNote, SupportPlan
from privacy.consent import State
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAL, MO, NOW, ROS, SUE, TODAY, TOM
from tests.data_access.consenting import DAY, HOUR, JOB, NEED, SECRET, ask, give, passed_on
from tests.planned import planned
from tests.shared import ENDS, NO_ADVISER, share


@pytest.fixture
def given(ready) -> int:
    number = ask(ready)
    give(number)
    return number


def test_a_note_is_read_by_student_and_named_tutor_and_by_nobody_else(given):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    assert [n.text for n in sensitive_notes.of(ADA.viewer, BEN.id, given, NOW)] == [SECRET]
    assert [n.text for n in sensitive_notes.of(BEN.viewer, None, given, NOW)] == [SECRET]
    for other in (TOM, SUE, AVI, MO, ROS, CAL):
        with pytest.raises(Refusal):
            sensitive_notes.of(other.viewer, BEN.id, given, NOW)


@pytest.mark.parametrize("state", [State.ASKED, State.SIGNED, State.REFUSED, State.TAKEN_BACK])
def test_nothing_is_written_without_a_yes(ready, state):
    number = ask(ready)
    if state is not State.ASKED:
        with gate.writing(JOB, None, consents.WRITE, NOW) as opened:
            consent_rows.step(opened, number, state, NOW)
    with pytest.raises(ConsentRequired):
        sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)


OVER = {
    "withdrawn": lambda number: consents.withdraw(BEN.viewer, number, NOW),
    "the plan is closed": update(SupportPlan).values(state=PlanState.CLOSED),
    "the plan is a proposal again": update(SupportPlan).values(state=PlanState.PROPOSED),
}


@pytest.mark.parametrize("end", OVER.values(), ids=OVER)
def test_when_its_ground_is_gone_nothing_is_read_or_written_at_that_moment(store, given, end):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    end(given) if callable(end) else store.change(end)
    for refused in (
        lambda: sensitive_notes.of(ADA.viewer, BEN.id, given, NOW),
        lambda: sensitive_notes.of(BEN.viewer, None, given, NOW),
        lambda: sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW),
    ):
        with pytest.raises(ConsentRequired):
            refused()


def test_it_is_over_after_its_last_day(given):
    year = timedelta(days=366)
    with pytest.raises(ConsentRequired):
        sensitive_notes.of(BEN.viewer, None, given, NOW + year)


def test_it_ends_with_the_course(store, given):
    store.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=NOW.date() - DAY))
    with pytest.raises(NotYoursToSee):
        sensitive_notes.of(ADA.viewer, BEN.id, given, NOW)
    assert consents_passing.carry_on(JOB, NOW).lapsed == 1


def test_a_new_yes_opens_nothing_old(ready, given):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    consents.withdraw(BEN.viewer, given, NOW)
    again = ask(ready)
    give(again)
    assert sensitive_notes.of(ADA.viewer, BEN.id, again, NOW) == ()
    with pytest.raises(ConsentRequired):
        sensitive_notes.of(ADA.viewer, BEN.id, given, NOW)


# Sentences for one adviser


@pytest.fixture
def passed(ready, given) -> int:
    return passed_on(ready, given)


def test_the_adviser_reads_the_chosen_sentences_and_not_the_note(passed):
    (extract,) = sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW)
    assert extract.text == "Mornings are hard."


def test_withdrawn_while_the_page_is_open_the_next_turn_shows_nothing(given, passed):
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW)
    consents.withdraw(BEN.viewer, given, NOW + HOUR)
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW + HOUR) == ()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"share": 999}, GoneMeanwhile),
        ({"need": "short"}, NecessityNeeded),
        ({"chosen": ()}, SentencesNeeded),
        ({"chosen": (17,)}, SentencesNeeded),
    ],
)
def test_each_condition_that_is_missing_refuses_the_extract(ready, given, changes, refusal):
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    asked = {"share": share(ready), "chosen": (2,), "need": NEED} | changes
    with pytest.raises(refusal):
        sensitive_notes.share(ADA.viewer, BEN.id, note, asked["share"], asked["chosen"], asked["need"], NOW)
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW) == ()


def test_an_adviser_whom_the_consent_does_not_name_gets_nothing(ready):
    number = ask(ready, advisers=())
    give(number)
    note = sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)
    shared = share(ready)
    with pytest.raises(NotNamedInConsent):
        sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), NEED, NOW)


def test_without_a_yes_that_holds_nothing_is_passed_on(ready, given):
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    shared = share(ready)
    consents.withdraw(BEN.viewer, given, NOW)
    with pytest.raises(ConsentRequired):
        sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), NEED, NOW)


@pytest.mark.parametrize("end", (ENDS | NO_ADVISER).values(), ids=ENDS | NO_ADVISER)
def test_without_any_ground_of_the_share_the_adviser_reads_no_sentence_and_is_given_none(
    store, ready, given, passed, end
):
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW)
    store.change(end())
    assert reads(NOW + DAY) == ()
    note = note_of(store)
    with pytest.raises(Refusal):
        sensitive_notes.share(ADA.viewer, BEN.id, note, passed, (0,), NEED, NOW + DAY)


def test_after_the_last_day_of_the_consent_the_adviser_reads_no_sentence(store, passed):
    store.change(update(Consent).values(last_day=TODAY))
    assert reads(NOW)
    assert reads(NOW + DAY) == ()


def test_under_a_share_of_another_plan_no_sentence_is_passed_on(store, given):
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    another = share(planned(store))
    with pytest.raises(GoneMeanwhile):
        sensitive_notes.share(ADA.viewer, BEN.id, note, another, (2,), NEED, NOW)


def reads(at):
    """What Avi reads of Ben; nothing, too, where nothing of him opens any more."""
    try:
        return sensitive_notes.shared_with_me(AVI.viewer, BEN.id, at)
    except Refusal:
        return ()


def note_of(store) -> int:
    with store.session() as session:
        return session.scalars(select(SensitiveNote.id)).one()
