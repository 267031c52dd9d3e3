"""Students passed on to a senior tutor: to whom, why, what opens for them, and when it shuts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import (
    AgreementNeeded,
    FullerReasonNeeded,
    GoneMeanwhile,
    NotOpenToYourRole,
    NotYoursToSee,
    Refusal,
)
from auth.refusals.consent import LooksSensitive
from auth.refusals.support import NoSeniorTutorNow, PassedOnAlready
from auth.viewer import Role, Viewer
from data_access import cohorts, escalations, notes, plans, ratings, suggestion_answers, timelines, tutees
from data_access.tables import (
    Account,
    EnrolmentStatus,
    Escalation,
    Message,
    RoleGrant,
    SuggestedTalk,
    Tutoring,
)
from engagement.suggestion import Rule, State
from support.escalation import SeniorTutor
from support.note import State as NoteState
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, EVE, MO, NOBODY, NOW, ROS, SUE, TODAY, TOM
from tests.conftest import University
from tests.data_access.supporting import drafted, in_state

WHY = "I shall be away until the new year"
CAME = "We spoke, and Ben has a new tutor"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _rated(store: University) -> None:
    ratings.refresh(Viewer.service("rate"), NOW)


def passed_on(student=BEN, by=ADA, to=SUE, reason=WHY, at=NOW):
    escalations.pass_on(by.viewer, student.id, to.id, reason, at)


def sees(member, student=BEN, at=NOW) -> bool:
    try:
        return timelines.year(member.viewer, student.id, at).id == student.id
    except Refusal:
        return False


def test_the_student_is_told_of_it_once_and_by_whom(store):
    passed_on()
    with store.session() as session:
        (message,) = session.scalars(select(Message).where(Message.template == "passed-on"))
        assert message.to == BEN.number
        assert "Ada Okonkwo-Byrne asked Sue Adeyemi" in message.subject
        assert WHY not in message.body


def test_a_student_passed_on_is_on_the_list_of_that_senior_tutor_with_the_reason(store):
    assert escalations.to_me(SUE.viewer, NOW) == ()
    passed_on(reason="  I shall be away\n until the new year ")
    (one,) = escalations.to_me(SUE.viewer, NOW)
    assert (one.student_id, one.student, one.course, one.raised_by, one.reason, one.raised_at, one.runs) == (
        BEN.id,
        "Ben Quaverley",
        "Quaverley Studies",
        "Ada Okonkwo-Byrne",
        WHY,
        NOW,
        True,
    )


def test_tutor_and_student_read_the_same(store):
    passed_on()
    (one,) = escalations.of(ADA.viewer, BEN.id, NOW)
    assert (one.senior_tutor, one.reason) == ("Sue Adeyemi", WHY)
    assert escalations.of(BEN.viewer, None, NOW) == (one,)
    assert escalations.of(SUE.viewer, BEN.id, NOW) == (one,)


def test_the_timeline_opens_for_the_senior_tutor_who_was_asked_and_for_nobody_else(store):
    before = {m.given for m in CAST if sees(m)}
    passed_on()
    after = {m.given for m in CAST if sees(m)}
    assert (before, after - before) == ({"Ada", "Ben"}, {"Sue"})
    assert not [m.given for m in (SUE, AVI, MO, ROS, EVE) if sees(m, CAL) or sees(m, DEE)]


def test_another_senior_tutor_sees_nothing_of_it(store):
    grant = {"role": Role.SENIOR_TUTOR, "first": TODAY, "granted_by": "eve", "reason": "Too"}
    store.change(insert(RoleGrant).values(person=TOM.number, **grant))
    passed_on()
    other = replace(TOM.viewer, role=Role.SENIOR_TUTOR)
    assert escalations.to_me(other, NOW) == ()
    for act in (
        lambda: timelines.year(other, BEN.id, NOW),
        lambda: escalations.of(other, BEN.id, NOW),
        lambda: escalations.end(other, BEN.id, CAME, NOW),
    ):
        with pytest.raises(NotYoursToSee):
            act()


def test_all_that_the_senior_tutor_sees_is_of_students_passed_on(store):
    assert tutees.overview(SUE.viewer, NOW) == []
    passed_on()
    assert [tutee.id for tutee in tutees.overview(SUE.viewer, NOW)] == [BEN.id]
    assert cohorts.middle_half(SUE.viewer, BEN.id, None, NOW) == ()
    shown = repr((timelines.year(SUE.viewer, BEN.id, NOW), escalations.to_me(SUE.viewer, NOW)))
    assert not [canary for student in (CAL, DEE) for canary in student.canaries if canary in shown]


def test_the_senior_tutor_reads_suggestions_and_leaves_the_answer_to_the_tutor(store):
    row = {"enrolment": 1, "rule": Rule.QUIET, "state": State.RAISED, "raised_at": NOW, "as_of": 1, "last": 1}
    store.change(insert(SuggestedTalk).values(id=7, amount=10, of=0, policy="1", **row))
    passed_on()
    assert [one.id for one in timelines.year(SUE.viewer, BEN.id, NOW).suggestions] == [7]
    with pytest.raises(NotOpenToYourRole):
        suggestion_answers.answer(SUE.viewer, BEN.id, 7, State.DISMISSED, "Not needed", NOW, NOW)


def test_plans_and_notes_of_a_student_open_with_it_and_shut_with_it_and_drafts_never(store):
    in_state(PlanState.ACTIVE)
    drafted()
    note = notes.begin(ADA.viewer, BEN.id, "Heliotrope: what we talked about", NOW)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    notes.begin(ADA.viewer, BEN.id, "A draft of Ada's", NOW)
    reads = (lambda: plans.of(SUE.viewer, BEN.id, NOW), lambda: notes.of(SUE.viewer, BEN.id, NOW))
    for read in reads:
        with pytest.raises(NotYoursToSee):
            read()
    passed_on()
    assert [[one.state for one in read()] for read in reads] == [[PlanState.ACTIVE], [NoteState.WAITING]]
    for write in (
        lambda: plans.propose(SUE.viewer, BEN.id, 1, NOW),
        lambda: notes.begin(SUE.viewer, BEN.id, "Sue's own", NOW),
        lambda: plans.of(SUE.viewer, CAL.id, NOW),
        lambda: notes.of(SUE.viewer, CAL.id, NOW),
    ):
        with pytest.raises((NotOpenToYourRole, NotYoursToSee)):
            write()
    escalations.end(ADA.viewer, BEN.id, CAME, NOW)
    for read in reads:
        with pytest.raises(NotYoursToSee):
            read()


def test_words_that_look_sensitive_are_kept_only_with_a_reason(store):
    with pytest.raises(LooksSensitive):
        passed_on(reason="Ben told me of his depression")
    assert not sees(SUE)
    why = "It is the name of a play"
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "He plays in Depression", NOW, why_kept=why)
    with pytest.raises(LooksSensitive):
        escalations.end(SUE.viewer, BEN.id, "His depression is better", NOW)
    (one,) = escalations.of(BEN.viewer, None, NOW)
    assert (one.runs, one.reason) == (
        True,
        f"He plays in Depression\nKept as written, with the reason: {why}",
    )


# Who may be asked, and by whom


def test_the_tutor_chooses_among_the_senior_tutors_of_today(store):
    assert escalations.senior_tutors(ADA.viewer, BEN.id, NOW) == (SeniorTutor(SUE.id, "Sue Adeyemi"),)
    grant = {"role": Role.SENIOR_TUTOR, "granted_by": "eve", "reason": "Too"}
    store.change(
        insert(RoleGrant).values(person=ADA.number, first=TODAY, **grant),
        insert(RoleGrant).values(person=TOM.number, first=TODAY + timedelta(days=1), **grant),
    )
    assert [one.name for one in escalations.senior_tutors(ADA.viewer, BEN.id, NOW)] == ["Sue Adeyemi"]
    with pytest.raises(NoSeniorTutorNow):
        passed_on(to=ADA)


@pytest.mark.parametrize("to", [m for m in CAST if m is not SUE], ids=lambda m: m.given)
def test_nobody_without_the_role_is_asked(store, to):
    with pytest.raises(NoSeniorTutorNow):
        passed_on(to=to)


@pytest.mark.parametrize(
    "change",
    [
        update(RoleGrant).where(RoleGrant.person == SUE.number).values(last=TODAY - timedelta(days=1)),
        update(RoleGrant).where(RoleGrant.person == SUE.number).values(first=TODAY + timedelta(days=1)),
        update(Account).where(Account.person == SUE.number).values(active=False),
    ],
)
def test_nor_is_somebody_who_no_longer_or_not_yet_holds_it_or_cannot_sign_in(store, change):
    store.change(change)
    with pytest.raises(NoSeniorTutorNow):
        passed_on()
    assert escalations.senior_tutors(ADA.viewer, BEN.id, NOW) == ()


def test_nobody_who_does_not_exist_is_asked(store):
    with pytest.raises(NoSeniorTutorNow):
        passed_on(to=replace(SUE, id=NOBODY))


@pytest.mark.parametrize("reason", ["", " \n ", "I am away, see"])
def test_a_reason_takes_fifteen_characters(store, reason):
    with pytest.raises(FullerReasonNeeded):
        passed_on(reason=reason)
    assert not sees(SUE)
    passed_on(reason="I am away a lot")


@pytest.mark.parametrize("member", [m for m in CAST if m is not ADA], ids=lambda m: m.given)
def test_nobody_but_the_students_own_tutor_passes_on(store, member):
    with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
        passed_on(by=member)
    with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
        passed_on(student=DEE, by=member)
    assert escalations.of(ADA.viewer, BEN.id, NOW) == ()


def test_a_student_is_passed_on_to_one_at_a_time(store):
    passed_on()
    with pytest.raises(PassedOnAlready):
        passed_on()
    assert len(escalations.of(ADA.viewer, BEN.id, NOW)) == 1
    escalations.end(SUE.viewer, BEN.id, CAME, NOW + HOUR)
    passed_on(at=NOW + 2 * HOUR)
    assert [one.runs for one in escalations.of(BEN.viewer, None, NOW + 2 * HOUR)] == [True, False]


# How it ends


@pytest.mark.parametrize("by", [SUE, ADA], ids=lambda m: m.given)
def test_with_its_end_the_record_shuts_and_the_outcome_is_there_for_all(store, by):
    passed_on()
    escalations.end(by.viewer, BEN.id, CAME, NOW + HOUR)
    at = NOW + HOUR
    assert not sees(SUE, at=at)
    assert escalations.to_me(SUE.viewer, at) == ()
    with pytest.raises(NotYoursToSee):
        escalations.of(SUE.viewer, BEN.id, at)
    (one,) = escalations.of(BEN.viewer, None, at)
    assert (one.runs, one.ended_at, one.outcome) == (False, at, CAME)
    with pytest.raises((GoneMeanwhile, NotYoursToSee)):
        escalations.end(by.viewer, BEN.id, CAME, at)


def test_an_end_says_what_came_of_it(store):
    passed_on()
    with pytest.raises(FullerReasonNeeded):
        escalations.end(SUE.viewer, BEN.id, "Done", NOW)
    assert sees(SUE)


@pytest.mark.parametrize("member", [m for m in CAST if m not in (ADA, SUE)], ids=lambda m: m.given)
def test_nobody_else_ends_it_not_even_the_student(store, member):
    passed_on()
    with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
        escalations.end(member.viewer, BEN.id, CAME, NOW)
    assert sees(SUE)


def test_with_the_course_it_ends_by_itself(store):
    passed_on()
    store.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY))
    tomorrow = NOW + timedelta(days=1)
    assert not sees(SUE, at=tomorrow)
    assert escalations.to_me(SUE.viewer, tomorrow) == ()


def test_a_student_with_two_tutors_is_passed_on_by_each_for_their_own_course(store):
    store.change(insert(Tutoring).values(enrolment=2, tutor=ADA.number, first=TODAY, run=1))
    passed_on(student=CAL, by=TOM)
    with pytest.raises(PassedOnAlready):
        passed_on(student=CAL, by=ADA)
    with store.session() as session:
        rows = session.execute(select(Escalation.enrolment, Escalation.raised_by)).all()
    assert [tuple(row) for row in rows] == [(2, TOM.number)]


@pytest.mark.parametrize("member", [AVI, MO, ROS, EVE, TOM, BEN, ADA], ids=lambda m: m.given)
def test_nobody_but_a_senior_tutor_has_students_passed_on_to_them(store, member):
    passed_on()
    with pytest.raises(NotOpenToYourRole):
        escalations.to_me(member.viewer, NOW)
