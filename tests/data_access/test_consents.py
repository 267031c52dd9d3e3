"""Explicit consent: who asks, who alone decides, what holds, and what a withdrawal does at that moment."""

from itertools import product

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

import policy
from auth.refusals import MovedOn, NotOpenToYourRole, Refusal
from auth.refusals.consent import AnotherText, ConsentRequired, TypeYourName
from auth.viewer import Viewer
from data_access import (
    consent_register,
    consent_rows,
    consents,
    gate,
    sensitive_notes,
)
from data_access.tables import ConsentStep, Message, SupportPlan
from privacy.consent import NEXT, WAITS, Method, State
from support.plan import State as PlanState
from tests.cast import ADA, BEN, CAST, DEE, MO, NOW, ROS, SUE
from tests.data_access.consenting import HOUR, JOB, SECRET, WHAT, WHY, ask, give, passed_on


@pytest.fixture
def given(ready) -> int:
    number = ask(ready)
    give(number)
    return number


def test_the_student_reads_what_why_who_and_how_long_before_they_decide(ready):
    ask(ready)
    (one,) = consents.of(BEN.viewer, None, NOW)
    for said in (WHAT, WHY, "Ada Okonkwo-Byrne", "Avi Rosenthal, adviser", "23 November 2027"):
        assert said in one.text
    assert policy.current().institution.name in one.text
    assert (one.state, one.holds) == (State.ASKED, False)
    assert one == consents.of(ADA.viewer, BEN.id, NOW)[0]


def test_the_ledger_says_who_when_how_and_to_which_words(ready):
    number = ask(ready)
    give(number, NOW + HOUR)
    (one,) = consents.of(ADA.viewer, BEN.id, NOW + HOUR)
    asked, yes = one.steps
    assert (asked.state, asked.by, asked.at) == (State.ASKED, "Ada Okonkwo-Byrne", NOW)
    assert (yes.state, yes.by, yes.at) == (State.GIVEN, "Ben Quaverley", NOW + HOUR)
    assert (yes.method, yes.typed) == (Method.IN_APP, "Ben Quaverley")
    assert (one.version, len(one.sha256)) == (policy.current().consent.version, 64)


@pytest.mark.parametrize("member", [one for one in CAST if one not in (BEN, DEE)], ids=lambda m: m.given)
def test_nobody_but_the_student_says_yes(ready, member):
    number = ask(ready)
    digest = consents.of(BEN.viewer, None, NOW)[0].sha256
    with pytest.raises(Refusal):
        consents.give(member.viewer, number, digest, f"{member.given} {member.family}", NOW)
    assert consents.of(BEN.viewer, None, NOW)[0].state is State.ASKED


@pytest.mark.parametrize(
    ("typed", "digest", "refusal"),
    [
        ("", None, TypeYourName),
        ("Ada Okonkwo-Byrne", None, TypeYourName),
        ("Ben Quaverley", "0" * 64, AnotherText),
    ],
)
def test_a_yes_takes_the_own_name_under_the_text_that_was_read(ready, typed, digest, refusal):
    number = ask(ready)
    sha256 = digest or consents.of(BEN.viewer, None, NOW)[0].sha256
    with pytest.raises(refusal):
        consents.give(BEN.viewer, number, sha256, typed, NOW)


def test_what_was_signed_in_a_meeting_allows_nothing_until_the_student_confirms_it(ready):
    number = ask(ready)
    consents.signed(ADA.viewer, BEN.id, number, "Room 4", NOW)
    with pytest.raises(ConsentRequired):
        sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)
    give(number)
    assert consents.of(BEN.viewer, None, NOW)[0].steps[-1].method is Method.IN_MEETING


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_every_state_is_followed_by_those_in_the_table_and_no_other(ready, before, after):
    number = ask(ready)
    ways = {
        State.ASKED: (),
        State.SIGNED: (State.SIGNED,),
        State.GIVEN: (State.GIVEN,),
        State.REFUSED: (State.REFUSED,),
        State.TAKEN_BACK: (State.TAKEN_BACK,),
        State.WITHDRAWN: (State.GIVEN, State.WITHDRAWN),
        State.LAPSED: (State.LAPSED,),
    }
    with gate.writing(JOB, None, consents.WRITE, NOW) as opened:
        for state in ways[before]:
            consent_rows.step(opened, number, state, NOW)
        if after in NEXT[before]:
            consent_rows.step(opened, number, after, NOW)
        else:
            with pytest.raises(MovedOn):
                consent_rows.step(opened, number, after, NOW)


def asked():
    """The numbers of those that wait for the student's answer."""
    return {one.id for one in consents.of(BEN.viewer, None, NOW) if one.state in WAITS}


def test_what_the_tutor_takes_back_waits_for_the_student_no_longer(ready):
    first, second = ask(ready), ask(ready)
    assert asked() == {first, second}
    consents.take_back(ADA.viewer, BEN.id, first, NOW)
    assert asked() == {second}
    with pytest.raises(MovedOn):
        give(first)
    consents.refuse(BEN.viewer, second, NOW)
    assert asked() == set()


def test_refusing_changes_nothing_but_the_ledger(store, ready):
    number = ask(ready)
    consents.refuse(BEN.viewer, number, NOW)
    with store.session() as session:
        assert session.get(SupportPlan, ready.plan).state is PlanState.ACTIVE
        assert [m.template for m in session.scalars(select(Message))] == ["consent-asked"]


def test_a_line_of_the_ledger_can_be_neither_changed_nor_removed(store, given):
    for change in ("UPDATE consent_step SET typed = 'x'", "DELETE FROM consent_step WHERE n = 1"):
        with store.session() as session, pytest.raises(DatabaseError, match="ledger"):
            session.execute(text(change))
    with store.session() as session:
        assert session.scalars(select(ConsentStep.state).order_by(ConsentStep.n)).all() == [
            "asked for",
            "given",
        ]


# The register


def test_compliance_reads_that_it_was_decided_and_nothing_of_what_it_is_about(ready, given):
    passed_on(ready, given)
    found = consent_register.entries(ROS.viewer, NOW)
    assert [(one.state, one.readers) for one in found] == [(State.GIVEN, 2)]
    assert consent_register.counts(found) == {State.GIVEN: 1}
    shown = repr(found)
    assert not [word for word in (WHAT, WHY, SECRET, "Ben", "Quaverley", BEN.id) if word in shown]
    for other in (ADA, BEN, MO, SUE):
        with pytest.raises(NotOpenToYourRole):
            consent_register.entries(other.viewer, NOW)
    with pytest.raises(Refusal):
        consents.of(Viewer.service("x"), None, NOW)
