"""Whoever read sentences under a consent hears once that it is over, and is asked to delete what they kept."""

import pytest
from sqlalchemy import update

from auth.refusals import Refusal
from data_access import consent_news, consents, consents_passing, sensitive_notes
from data_access.tables import SharedAction, SupportPlan
from privacy.consent_record import Over
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAST, NOW
from tests.data_access.consenting import DAY, HOUR, JOB, NEED, SECRET, ask, give, passed_on

TODAY = NOW.date()


@pytest.fixture
def given(ready) -> int:
    """A consent under which Avi reads two extracts."""
    number = ask(ready)
    give(number)
    shared = passed_on(ready, number)
    note = sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)
    sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (0,), NEED, NOW + HOUR)
    return number


def test_who_could_read_is_told_of_a_withdrawal_exactly_once_and_while_it_holds_of_nothing(given):
    assert consent_news.of(AVI.viewer, NOW + HOUR) == ()
    consents.withdraw(BEN.viewer, given, NOW + DAY)
    told = (Over("Ben Quaverley", TODAY, (NOW + DAY).date()),)
    assert consent_news.of(AVI.viewer, NOW + DAY) == told
    consents_passing.carry_on(JOB, NOW + 3 * DAY)  # by now what they read is destroyed
    assert consent_news.of(AVI.viewer, NOW + 3 * DAY) == told
    assert consent_news.of(AVI.viewer, NOW + 92 * DAY) == ()


def test_a_consent_that_lapses_is_told_too(store, given):
    store.change(update(SupportPlan).values(state=PlanState.CLOSED))
    consents_passing.carry_on(JOB, NOW + DAY)
    assert consent_news.of(AVI.viewer, NOW + DAY) == (Over("", TODAY, (NOW + DAY).date()),)


def test_of_a_consent_under_which_nothing_was_shared_nobody_hears(ready):
    number = ask(ready)
    give(number)
    sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)
    consents.withdraw(BEN.viewer, number, NOW)
    assert consent_news.of(AVI.viewer, NOW) == ()


def test_a_student_whose_share_has_ended_is_not_named(store, given):
    consents.withdraw(BEN.viewer, given, NOW + HOUR)
    store.change(update(SharedAction).values(ended_at=NOW + HOUR))
    assert consent_news.of(AVI.viewer, NOW + HOUR) == (Over("", TODAY, TODAY),)


@pytest.mark.parametrize("member", [m for m in CAST if m is not AVI], ids=lambda m: m.given)
def test_such_news_is_the_advisers_own(given, member):
    consents.withdraw(BEN.viewer, given, NOW)
    with pytest.raises(Refusal):
        consent_news.of(member.viewer, NOW)
