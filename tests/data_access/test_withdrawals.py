"""A consent refused or taken back by letter, e-mail or word ends as it is entered, as by the student's own button."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from auth.refusals import GoneMeanwhile, MovedOn, NotOpenToYourRole, NotYoursToSee
from auth.refusals.consent import ConsentRequired
from auth.refusals.rights import NoSuchStudent
from data_access import (
    consents,
    own_requests,
    request_queue,
    sensitive_notes,
    tombstones,
    withdrawals,
)
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, ConsentStep, Message, RightsCase, SensitiveExtract, SourceKey
from data_access.tombstones import What
from privacy.case_decisions import Enter
from privacy.consent import Method, State
from privacy.consent_record import Standing
from privacy.labels import Source
from privacy.request import Channel, Kind
from privacy.request import State as Stands
from tests.cast import ADA, AVI, BEN, CAL, EVE, MO, NOW, ROS, SUE
from tests.data_access.consenting import HOUR, SECRET, WHAT, WHY, ask, give, passed_on

KEY, LATER = "W1234567", NOW + HOUR
WRITTEN = "Please throw away what you wrote about me"


@pytest.fixture
def given(ready) -> int:
    """A consent of Ben's with a note, of which Avi reads a sentence; Ben and Cal have numbers in student records."""
    number = ask(ready)
    give(number)
    passed_on(ready, number)
    return number


@pytest.fixture(autouse=True)
def known(store):
    store.change(
        insert(SourceKey).values(system=Source.STUDENT_RECORDS, key=KEY, person=BEN.number),
        insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W2", person=CAL.number),
    )


def entered(*numbers: int, channel=Channel.POST, key="w1234567", at=LATER) -> str:
    entry = Enter(key, Kind.CONSENT_WITHDRAWAL, channel, WRITTEN, NOW - HOUR, consents=numbers)
    return request_queue.enter(ROS.viewer, entry, at)


@pytest.mark.parametrize(
    ("channel", "method"),
    [
        (Channel.EMAIL, Method.BY_EMAIL),
        (Channel.POST, Method.BY_POST),
        (Channel.SPOKEN, Method.BY_WORD),
    ],
)
def test_it_ends_as_it_is_entered_by_whoever_enters_it_and_the_way_it_came(store, given, channel, method):
    entered(given, channel=channel)
    (one,) = consents.of(BEN.viewer, None, LATER)
    last = one.steps[-1]
    assert (one.holds, last.state, last.by, last.method) == (
        False,
        State.WITHDRAWN,
        "Ros Llewellyn",
        method,
    )
    with pytest.raises(ConsentRequired):
        sensitive_notes.of(ADA.viewer, BEN.id, given, LATER)
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, LATER) == ()
    with store.session() as session:
        assert session.scalars(select(SensitiveExtract.ended_at)).all() == [LATER]
        told = session.scalars(select(Message.template).where(Message.to == BEN.number)).all()
        assert told.count("consent-withdrawn") == 1
        lines = session.scalars(select(AccessLine).where(AccessLine.category == "rights")).all()
        assert pseudonym(BEN.number) in {line.students for line in lines if line.action == "write"}
        seen = tombstones.whole(0)
    assert [stone.of.split()[0] for stone in seen if stone.what is What.NO] == [str(given)]


@pytest.mark.parametrize("signed", [False, True])
def test_one_that_was_only_asked_for_is_refused_as_easily_by_letter_and_cannot_be_given_any_more(
    store, ready, signed
):
    number = ask(ready)
    if signed:
        consents.signed(ADA.viewer, BEN.id, number, "Room 1", NOW)
    assert withdrawals.standing(ROS.viewer, KEY, LATER) == (
        Standing(
            number, "Ada Okonkwo-Byrne", NOW, withdrawals.standing(ROS.viewer, KEY, LATER)[0].last_day, True
        ),
    )
    entered(number)
    (one,) = consents.of(BEN.viewer, None, LATER)
    last = one.steps[-1]
    assert (last.state, last.by, last.method) == (State.REFUSED, "Ros Llewellyn", Method.BY_POST)
    with pytest.raises(MovedOn):
        give(number, at=LATER)
    with pytest.raises(MovedOn):
        entered(number)
    assert withdrawals.standing(ROS.viewer, KEY, LATER) == ()
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert (case.kind, case.state) == (Kind.CONSENT_WITHDRAWAL, Stands.FULFILLED)
    assert [stone.of.split()[0] for stone in tombstones.whole(0) if stone.what is What.NO] == [str(number)]
    with store.session() as session:
        told = session.scalars(select(Message.template).where(Message.to == BEN.number)).all()
    assert "consent-withdrawn" not in told


def test_the_request_is_over_at_once_and_stands_on_the_students_page_with_its_true_receipt(given):
    reference = entered(given)
    assert request_queue.waiting(ROS.viewer, LATER) == ()
    (case,) = own_requests.of(BEN.viewer, LATER)
    assert (case.reference, case.kind, case.state) == (reference, Kind.CONSENT_WITHDRAWAL, Stands.FULFILLED)
    assert (case.received_at, case.ended_at, case.text) == (NOW - HOUR, LATER, WRITTEN)


def test_a_consent_that_the_letter_does_not_name_goes_on(ready, given):
    other = ask(ready)
    give(other)
    entered(given)
    holds = {one.id: one.holds for one in consents.of(BEN.viewer, None, LATER)}
    assert holds == {given: False, other: True}


@pytest.mark.parametrize(
    ("which", "key", "refusal"),
    [
        ("none", KEY, GoneMeanwhile),
        ("ben's", "W2", NotYoursToSee),
        ("ended", KEY, MovedOn),
        ("ben's", "W9", NoSuchStudent),
    ],
)
def test_what_is_not_theirs_or_stands_no_more_is_refused_and_nothing_is_half_stored(
    store, given, which, key, refusal
):
    if which == "ended":
        consents.withdraw(BEN.viewer, given, NOW)
    with pytest.raises(refusal):
        entered(*([] if which == "none" else [given]), key=key)
    with store.session() as session:
        assert session.scalars(select(RightsCase.id)).all() == []
        ended = select(ConsentStep.person).where(ConsentStep.state == State.WITHDRAWN)
        assert session.scalars(ended).all() == ([BEN.number] if which == "ended" else [])


def test_the_officer_reads_which_stand_and_nothing_of_what_they_are_about_and_the_log_names_whose(
    store, given
):
    found = withdrawals.standing(ROS.viewer, KEY.lower(), LATER)
    assert found == (Standing(given, "Ada Okonkwo-Byrne", NOW, found[0].last_day),)
    assert not [word for word in (WHAT, WHY, SECRET, "Quaverley") if word in repr(found)]
    with store.session() as session:
        lines = session.scalars(select(AccessLine).where(AccessLine.category == "consent")).all()
    mine = [line.students for line in lines if line.actor == pseudonym(ROS.number)]
    assert mine.count(pseudonym(BEN.number)) == 1
    assert withdrawals.standing(ROS.viewer, "W2", LATER) == ()
    assert withdrawals.standing(ROS.viewer, "W%", LATER) == ()
    consents.withdraw(BEN.viewer, given, LATER)
    assert withdrawals.standing(ROS.viewer, KEY, LATER + timedelta(hours=1)) == ()


def test_nobody_else_asks_which_stand_or_ends_one(given):
    for member in (ADA, SUE, AVI, MO, EVE, BEN):
        with pytest.raises(NotOpenToYourRole):
            withdrawals.standing(member.viewer, KEY, LATER)
        entry = Enter(KEY, Kind.CONSENT_WITHDRAWAL, Channel.POST, WRITTEN, NOW, consents=(given,))
        with pytest.raises(NotOpenToYourRole):
            request_queue.enter(member.viewer, entry, LATER)
    assert consents.of(BEN.viewer, None, LATER)[0].holds
