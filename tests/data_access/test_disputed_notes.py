"""A note that a student disputes: settled by a correction below it, or by its author's reasons."""

import pytest

from auth.refusals import GoneMeanwhile, NotYoursToSee
from data_access import dispute_tickets, disputes, notes, own_requests
from privacy import request
from privacy.dispute import Kind, State, Target
from tests.cast import ADA, BEN, EVE, NOW, TOM
from tests.data_access.test_disputes import LATER, REASONS, say, state


@pytest.fixture
def note(rated):
    """A note of Ada's that Ben reads."""
    number = notes.begin(ADA.viewer, BEN.id, "Ben said that he likes mornings.", NOW)
    notes.share(ADA.viewer, BEN.id, number, 1, NOW)
    return number


def test_a_disputed_note_is_settled_by_a_correction_below_it_and_its_first_words_stay(rated, note):
    reference = say(Target(Kind.NOTE, note), "It is not what was said", "I said evenings.")
    notes.correct(ADA.viewer, BEN.id, note, "He said evenings.", LATER)
    assert state(rated, reference) is State.CORRECTED
    [shown] = notes.of(BEN.viewer, None, LATER)
    assert [one.text for one in shown.entries] == ["Ben said that he likes mornings.", "He said evenings."]
    [case] = own_requests.of(BEN.viewer, LATER)
    assert case.state is request.State.FULFILLED


def test_the_author_of_a_note_keeps_it_with_reasons_and_nobody_else_does(rated, note):
    reference = say(Target(Kind.NOTE, note), "It is not what was said")
    assert dispute_tickets.waiting(EVE.viewer, NOW) == ()
    with pytest.raises(GoneMeanwhile):
        dispute_tickets.keep(EVE.viewer, reference, REASONS, LATER)
    with pytest.raises(NotYoursToSee):
        dispute_tickets.keep_own(TOM.viewer, BEN.id, reference, REASONS, LATER)
    dispute_tickets.keep_own(ADA.viewer, BEN.id, reference, REASONS, LATER)
    assert disputes.own(BEN.viewer, LATER)[0].answer == REASONS
