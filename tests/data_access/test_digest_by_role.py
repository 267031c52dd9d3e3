"""The weekly e-mail to advisers, senior tutors and tutors: each reads what waits and what came back, and no name."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from auth.viewer import Role
from data_access import (
    digest,
    escalations,
    meeting_steps,
    notes,
    offer_answers,
    offering,
    offers,
    plan_actions,
    plan_agreement,
    plans,
    sending,
    shared_with_me,
    sharing,
    support_answers,
)
from data_access.tables import Account, EnrolmentStatus, Message, OfferStep, RoleGrant, Tutoring
from privacy.purposes import Purpose
from privacy.request import Kind
from support.digest import Waiting
from support.message import Problem, State
from support.offer import Format, Invitation
from support.plan import Outcome
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAL, CAST, EVE, NOW, SUE, TERM, TODAY, TOM
from tests.data_access.asking import asked
from tests.data_access.supporting import TUTORS, agree, in_state, of
from tests.data_access.telling import JOB, rows, rules, states
from tests.planned import planned
from tests.shared import ENDS, NO_ADVISER, share

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WHY = "She did not answer three offers of mine"
INVITED = Invitation(Format.PHONE, "", "Shall we talk?", 15, tuple(NOW + n * DAY for n in range(1, 9)))


@pytest.fixture
def writing(store, monkeypatch):
    rules(monkeypatch, digest={"address": "{username}@staff.example"}, sending={"host": "127.0.0.1"})
    return store


def lines(store, member, at=NOW) -> list[str]:
    """What stands in this Monday's e-mail to them; no line where there is none."""
    store.change(delete(Message))
    digest.write(JOB, at)
    (body,) = [row["body"] for row in rows(store) if row["to"] == member.number] or [""]
    assert not [m for m in CAST if m.family in body or m.id in body]
    return [line.partition(":")[0] for line in body.splitlines() if line.startswith("- ")]


# Advisers


def test_an_adviser_reads_how_many_actions_are_shared_and_how_many_are_due(writing):
    assert lines(writing, AVI) == []
    share(planned(writing))  # due on Monday in a week
    assert lines(writing, AVI) == ["- 1 action that is shared with you"]
    assert lines(writing, AVI, NOW + WEEK) == [
        "- 1 action that is shared with you",
        "- 1 shared action that is due this week or before",
    ]
    share(planned(writing))
    assert lines(writing, AVI)[0] == "- 2 actions that are shared with you"
    digest.write(JOB, NOW)
    assert [row["key"] for row in rows(writing) if row["to"] == AVI.number] == [
        f"digest-adviser-{AVI.number}-2026-11-23"
    ]
    assert "/shared-with-me" in rows(writing)[-1]["body"] + rows(writing)[0]["body"]


@pytest.mark.parametrize("change", [*ENDS, *NO_ADVISER])
def test_what_an_adviser_sees_no_more_is_not_counted(writing, change):
    share(planned(writing))
    writing.change((ENDS | NO_ADVISER)[change]())
    assert lines(writing, AVI, NOW if change in NO_ADVISER else NOW + WEEK) == []


# Senior tutors


def test_a_senior_tutor_reads_how_many_students_are_passed_on_to_them(writing):
    assert lines(writing, SUE) == []
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    assert lines(writing, SUE) == ["- 1 student who is passed on to you"]
    escalations.pass_on(TOM.viewer, CAL.id, SUE.id, WHY, NOW)
    assert lines(writing, SUE) == ["- 2 students who are passed on to you"]
    escalations.end(SUE.viewer, BEN.id, "We have met and talked", NOW)
    assert lines(writing, SUE) == ["- 1 student who is passed on to you"]


@pytest.mark.parametrize(
    "change",
    [
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - DAY),
        update(RoleGrant).where(RoleGrant.person == SUE.number).values(last=TODAY - DAY),
        update(Account).where(Account.person == SUE.number).values(active=False),
    ],
    ids=["course over", "role ended", "account closed"],
)
def test_who_is_passed_on_no_more_or_to_nobody_is_not_counted(writing, change):
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    writing.change(change)
    assert lines(writing, SUE) == []


# Tutors, of what came back


def everything_answered() -> None:
    """All that Ben, Avi and Sue can answer, on this Monday at ten."""
    for answer in (
        lambda one: offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW),
        lambda one: offer_answers.decline(BEN.viewer, one.id, "", NOW),
    ):
        offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
        answer(offers.of(BEN.viewer, None, NOW)[0])
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    one = offers.of(BEN.viewer, None, NOW)[0]
    meeting = offer_answers.accept(BEN.viewer, one.id, one.slots[1].id, NOW)
    meeting_steps.cancel_own(BEN.viewer, meeting, "", NOW)
    note = notes.begin(ADA.viewer, BEN.id, "We talked", NOW)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    notes.comment(BEN.viewer, note, "Yes", NOW)
    plan = in_state(PlanState.PROPOSED)
    own, advised = of()[0].actions
    agree(plan, advised.id)
    plan_actions.done(BEN.viewer, None, own.id, TODAY, "", NOW)
    shared = sharing.share(ADA.viewer, BEN.id, advised.id, AVI.id, "To find a timetable that works", NOW)
    shared_with_me.report(AVI.viewer, BEN.id, shared, "We made a timetable", True, NOW)
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    escalations.end(SUE.viewer, BEN.id, "We have met and talked", NOW)


TOLD = [
    "- 3 offers of conversations that were answered since last Monday",
    "- 1 meeting that the student called off since last Monday",
    "- 1 note that was approved or commented on since last Monday",
    "- 1 plan that the student agreed to or ended since last Monday",
    "- 1 action that the student changed or did since last Monday",
    "- 1 shared action of which an adviser said what came of it since last Monday",
    "- 1 student with whom the help of a senior tutor ended since last Monday",
]


def test_a_tutor_reads_on_the_next_monday_what_students_and_colleagues_answered(writing):
    everything_answered()
    assert lines(writing, ADA) == []  # it came after eight: it is told in a week, once
    told = lines(writing, ADA, NOW + WEEK)
    assert [line for line in told if "since last Monday" in line] == TOLD
    assert [line for line in lines(writing, ADA, NOW + 2 * WEEK) if "since last Monday" in line] == []
    assert lines(writing, TOM, NOW + WEEK) == []


def test_what_the_tutor_did_is_no_news_to_them(writing):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    offering.withdraw(ADA.viewer, BEN.id, offers.of(BEN.viewer, None, NOW)[0].id, NOW)
    plan = in_state(PlanState.AGREED)
    plan_actions.done(ADA.viewer, BEN.id, of()[0].actions[0].id, TODAY, "", NOW)
    plans.close(ADA.viewer, BEN.id, plan, Outcome.HELPED, "", NOW)
    assert support_answers.news(ADA.viewer, NOW) == ()
    assert lines(writing, ADA, NOW + WEEK) == []


@pytest.mark.parametrize(
    ("at", "mondays"),
    [
        (datetime(2026, 11, 16, 7, 59, 59, tzinfo=UTC), [1, 0, 0]),
        (datetime(2026, 11, 16, 8, 0, tzinfo=UTC), [0, 1, 0]),
        (datetime(2026, 11, 23, 7, 59, 59, tzinfo=UTC), [0, 1, 0]),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), [0, 0, 1]),
    ],
)
def test_each_answer_is_told_on_one_monday(writing, at, mondays):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    offer_answers.decline(BEN.viewer, offers.of(BEN.viewer, None, NOW)[0].id, "", NOW)
    writing.change(update(OfferStep).values(at=at))
    assert [len(lines(writing, ADA, NOW + n * WEEK)) for n in (-1, 0, 1)] == mondays


def test_the_tutors_own_actions_of_the_week_are_told(writing):
    in_state(PlanState.ACTIVE, TUTORS)  # due on Thursday
    assert lines(writing, ADA) == ["- 1 action of yours that is due this week"]
    assert "- 1 action of a plan that is past its day" in lines(writing, ADA, NOW + WEEK)


def test_whoever_covers_is_told_too(writing):
    everything_answered()
    cover = {"first": TODAY, "last": TODAY + 2 * WEEK, "given_by": "eve", "reason": "Leave"}
    writing.change(insert(Tutoring).values(enrolment=1, tutor=TOM.number, **cover))
    assert [line for line in lines(writing, TOM, NOW + WEEK) if "since last Monday" in line] == TOLD


def test_of_who_objected_to_being_followed_up_nobody_is_told_anything(writing):
    everything_answered()
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    share(planned(writing))
    asked(Kind.OBJECTION, "", NOW, purposes=(Purpose.FOLLOW_UP,))
    assert [lines(writing, one, NOW + WEEK) for one in (ADA, AVI, SUE)] == [[], [], []]
    assert support_answers.news(ADA.viewer, NOW) == ()


# The same on the page


def test_the_page_of_the_tutor_lists_the_same_with_names_the_newest_of_each_kind(store):
    everything_answered()
    found = support_answers.news(ADA.viewer, NOW)
    assert {(one.what, one.state, one.by) for one in found} == {
        (Waiting.ANSWERS, "accepted", "Ben Quaverley"),
        (Waiting.CALLED_OFF, "cancelled", "Ben Quaverley"),
        (Waiting.NOTES, "the student added a comment", "Ben Quaverley"),
        (Waiting.AGREED, "agreed", "Ben Quaverley"),
        (Waiting.CHANGES, "done", "Ben Quaverley"),
        (Waiting.OUTCOMES, "", "Avi Rosenthal"),
        (Waiting.HANDED_BACK, "", "Sue Adeyemi"),
    }
    assert {(one.student_id, one.student) for one in found} == {(BEN.id, "Ben Quaverley")}
    assert support_answers.news(TOM.viewer, NOW) == ()
    assert support_answers.news(ADA.viewer, NOW + 2 * WEEK) == ()


def test_an_agreement_taken_back_is_the_last_word_about_the_plan(store):
    plan = in_state(PlanState.ACTIVE)
    plan_agreement.undo(BEN.viewer, plan, "", NOW + DAY)
    (one,) = support_answers.news(ADA.viewer, NOW + DAY)
    assert (one.what, one.state, one.at) == (Waiting.AGREED, "proposed", NOW + DAY)


# On its way


@pytest.mark.parametrize("member", [ADA, AVI, SUE], ids=lambda m: m.given)
def test_it_goes_to_who_holds_the_role_of_that_e_mail_when_it_leaves(writing, member):
    share(planned(writing))
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    offer_answers.ask(BEN.viewer, "Could we talk?", Format.PHONE, NOW)
    writing.change(delete(Message))
    assert digest.write(JOB, NOW) == 3
    other = {"role": Role.MANAGER, "first": TERM, "granted_by": EVE.username, "reason": "A test"}
    writing.change(
        update(RoleGrant).where(RoleGrant.person == member.number).values(last=TODAY - DAY),
        insert(RoleGrant).values(person=member.number, **other),
    )
    letters = [sending.letter(JOB, claim, NOW) for claim in sending.claim(JOB, NOW)]
    addresses = {letter.address for letter in letters if letter}
    assert addresses == {f"{m.username}@staff.example" for m in (ADA, AVI, SUE) if m is not member}
    blocked = [problem for _, state, problem in states(writing) if state is State.BLOCKED]
    assert blocked == [Problem.ROLE_ENDED]


def test_who_has_two_roles_reads_of_each(writing):
    share(planned(writing))
    offer_answers.ask(BEN.viewer, "Could we talk?", Format.PHONE, NOW)
    more = {"role": Role.TUTOR, "first": TERM, "granted_by": EVE.username, "reason": "A test"}
    writing.change(
        delete(Message),
        insert(RoleGrant).values(person=AVI.number, **more),
        insert(Tutoring).values(enrolment=1, tutor=AVI.number, first=TERM, run=1),
    )
    digest.write(JOB, NOW)
    with writing.session() as session:
        mine = select(Message.template).where(Message.to == AVI.number)
        assert set(session.scalars(mine)) == {"digest", "digest-adviser"}
