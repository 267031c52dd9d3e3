"""Explicit consent: who asks, who alone decides, what holds, and what a withdrawal does at that moment."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

import policy
from auth import refusals
from auth.refusals import MovedOn, NotOpenToYourRole, NotYoursToSee, Refusal
from auth.viewer import Viewer
from data_access import (
    consent_register,
    consent_rows,
    consents,
    consents_passing,
    gate,
    sealing,
    sensitive_notes,
)
from data_access.sealing import Place
from data_access.tables import ConsentStep, EnrolmentStatus, Message, SensitiveNote, SupportPlan
from privacy.consent import NEXT, Method, State, Wanted
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, MO, NOW, ROS, SUE, TOM
from tests.shared import share

WHAT = "Which of your classes are hard to reach with your hay fever"
WHY = "So that the plan can name other times for them"
SECRET = "Zyrtecol makes Ben drowsy until noon. He sleeps badly. Mornings are hard."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOB = Viewer.service("dispose")


def ask(ready, **changes) -> int:
    wanted = replace(Wanted(ready.plan, WHAT, WHY, (AVI.id,)), **changes)
    return consents.ask(ADA.viewer, BEN.id, wanted, NOW)


def give(number: int, at=NOW, typed="Ben Quaverley") -> None:
    (one,) = (each for each in consents.of(BEN.viewer, None, at) if each.id == number)
    consents.give(BEN.viewer, number, one.sha256, typed, at)


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
        ("", None, refusals.TypeYourName),
        ("Ada Okonkwo-Byrne", None, refusals.TypeYourName),
        ("Ben Quaverley", "0" * 64, refusals.AnotherText),
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
    with pytest.raises(refusals.ConsentRequired):
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


def test_what_the_tutor_takes_back_waits_for_the_student_no_longer(ready):
    first, second = ask(ready), ask(ready)
    assert consents.waiting(BEN.viewer, NOW) == 2
    consents.take_back(ADA.viewer, BEN.id, first, NOW)
    assert consents.waiting(BEN.viewer, NOW) == 1
    with pytest.raises(MovedOn):
        give(first)
    consents.refuse(BEN.viewer, second, NOW)
    assert consents.waiting(BEN.viewer, NOW) == 0


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


# Sensitive notes


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
    with pytest.raises(refusals.ConsentRequired):
        sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)


ENDS = {
    "withdrawn": lambda number: consents.withdraw(BEN.viewer, number, NOW),
    "the plan is closed": update(SupportPlan).values(state=PlanState.CLOSED),
    "the plan is a proposal again": update(SupportPlan).values(state=PlanState.PROPOSED),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_when_its_ground_is_gone_nothing_is_read_or_written_at_that_moment(store, given, end):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    end(given) if callable(end) else store.change(end)
    for refused in (
        lambda: sensitive_notes.of(ADA.viewer, BEN.id, given, NOW),
        lambda: sensitive_notes.of(BEN.viewer, None, given, NOW),
        lambda: sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW),
    ):
        with pytest.raises(refusals.ConsentRequired):
            refused()


def test_it_is_over_after_its_last_day(given):
    year = timedelta(days=366)
    with pytest.raises(refusals.ConsentRequired):
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
    with pytest.raises(refusals.ConsentRequired):
        sensitive_notes.of(ADA.viewer, BEN.id, given, NOW)


# Sentences for one adviser


@pytest.fixture
def passed(ready, given) -> int:
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    shared = share(ready)
    need = "Avi must know which hours to avoid"
    sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), need, NOW)
    return shared


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
        ({"share": 999}, refusals.GoneMeanwhile),
        ({"need": "short"}, refusals.NecessityNeeded),
        ({"chosen": ()}, refusals.SentencesNeeded),
        ({"chosen": (17,)}, refusals.SentencesNeeded),
    ],
)
def test_each_condition_that_is_missing_refuses_the_extract(ready, given, changes, refusal):
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    asked = {"share": share(ready), "chosen": (2,), "need": "Avi must know which hours to avoid"} | changes
    with pytest.raises(refusal):
        sensitive_notes.share(ADA.viewer, BEN.id, note, asked["share"], asked["chosen"], asked["need"], NOW)
    assert sensitive_notes.shared_with_me(AVI.viewer, BEN.id, NOW) == ()


def test_an_adviser_whom_the_consent_does_not_name_gets_nothing(ready):
    number = ask(ready, advisers=())
    give(number)
    note = sensitive_notes.write(ADA.viewer, BEN.id, number, SECRET, NOW)
    shared = share(ready)
    with pytest.raises(refusals.NotNamedInConsent):
        sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), "Avi must know which hours", NOW)


def test_without_a_yes_that_holds_nothing_is_passed_on(ready, given):
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    shared = share(ready)
    consents.withdraw(BEN.viewer, given, NOW)
    with pytest.raises(refusals.ConsentRequired):
        sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), "Avi must know which hours", NOW)


# At rest, and after the end


def _everything(store) -> bytes:
    return b"".join(p.read_bytes() for p in store.settings.home.rglob("*") if p.is_file())


def test_no_file_of_the_installation_holds_the_words(store, given, passed):
    sensitive_notes.of(BEN.viewer, None, given, NOW)
    found = _everything(store)
    assert b"Zyrtecol" not in found
    assert b"Mornings are hard" not in found


def test_a_day_after_a_withdrawal_the_key_is_gone_and_nobody_can_ever_read_it(store, given, passed):
    with store.session() as session:
        row = session.scalars(select(SensitiveNote)).one()
        key, sealed = row.key, row.sealed
    assert sealing.opened(key, sealed, Place("sensitive_note", BEN.number)) == SECRET
    consents.withdraw(BEN.viewer, given, NOW)
    assert consents_passing.carry_on(JOB, NOW + HOUR).destroyed == 0
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 2
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 0
    with pytest.raises(refusals.CannotBeOpened):
        sealing.opened(key, sealed, Place("sensitive_note", BEN.number))
    with store.session() as session:
        row = session.scalars(select(SensitiveNote)).one()
        assert (row.sealed, row.destroyed_at) == (b"", NOW + DAY)


def test_a_fault_between_key_and_text_is_made_good_the_next_time(store, given, monkeypatch):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    consents.withdraw(BEN.viewer, given, NOW)
    destroy = sealing.destroy

    def failing(keys):
        destroy(keys)
        raise OSError("the power is gone")

    monkeypatch.setattr(sealing, "destroy", failing)
    with store.session() as session:
        assert session.scalars(select(SensitiveNote.destroyed_at)).all() == [None]
    with pytest.raises(OSError, match="power"):
        consents_passing._destroy(JOB, NOW + DAY)
    monkeypatch.setattr(sealing, "destroy", destroy)
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 1


def test_a_student_is_reminded_once_in_the_last_four_weeks(store, given):
    early, late = NOW + timedelta(days=300), NOW + timedelta(days=340)
    store.change(update(SupportPlan).values(review_on=late.date()))
    consents_passing.carry_on(JOB, early)
    consents_passing.carry_on(JOB, late)
    consents_passing.carry_on(JOB, late + DAY)
    with store.session() as session:
        told = session.scalars(select(Message.template)).all()
    assert told.count("consent-ends") == 1


# Sealing


def test_a_sealed_text_opens_in_its_own_place_alone(store):
    key, sealed = sealing.seal(SECRET, Place("sensitive_note", 11), NOW)
    other, _ = sealing.seal(SECRET, Place("sensitive_note", 11), NOW)
    assert sealing.opened(key, sealed, Place("sensitive_note", 11)) == SECRET
    for moved in (Place("sensitive_note", 12), Place("sensitive_extract", 11)):
        with pytest.raises(refusals.CannotBeOpened):
            sealing.opened(key, sealed, moved)
    for bad in (sealed[:-1], sealed[:5] + b"x" + sealed[6:]):
        with pytest.raises(refusals.CannotBeOpened):
            sealing.opened(key, bad, Place("sensitive_note", 11))
    with pytest.raises(refusals.CannotBeOpened):
        sealing.opened(other, sealed, Place("sensitive_note", 11))


def test_after_a_rotation_everything_opens_under_the_new_key_alone(store):
    key, sealed = sealing.seal(SECRET, Place("sensitive_note", 11), NOW)
    before = sorted((store.settings.home / "keys").glob("notes-*"))
    assert sealing.rotate(JOB, NOW) >= 1
    after = sorted((store.settings.home / "keys").glob("notes-*"))
    assert len(after) == 1
    assert after != before
    assert sealing.opened(key, sealed, Place("sensitive_note", 11)) == SECRET


# The register


def test_compliance_reads_that_it_was_decided_and_nothing_of_what_it_is_about(given, passed):
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
