"""Suggestions to talk, stored: raised by the night's job, answered by a person, ended by the data."""

import inspect
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, insert, select, update

import policy
from auth.refusals import AgreementNeeded, NotOpenToYourRole, NotYoursToSee, ReasonNeeded
from auth.refusals.support import AnsweredMeanwhile, LookFirst
from auth.viewer import Viewer
from data_access import (
    grounds,
    meeting_steps,
    offering,
    ratings,
    suggesting,
    suggestion_answers,
    taught_modules,
    timelines,
    tutees,
)
from data_access.suggesting import Changed
from data_access.tables import (
    Assessment,
    Attendance,
    EnrolmentStatus,
    Message,
    ModuleWeek,
    Register,
    Status,
    Submission,
    SuggestedTalk,
    SuggestionStep,
)
from engagement.suggestion import NEXT, Rule, State, Suggestion
from engagement.tutee import Attention
from policy.days import number
from support.offer import Format, Invitation, Slot
from tests.cast import ADA, BEN, CAL, CAST, NOW, TODAY, TOM
from tests.conftest import University
from tests.data_access.loading import rows
from tests.tree import ROOT, imported

JOB = Viewer.service("rate")
DUE = TODAY - timedelta(days=5)
DAY = timedelta(days=1)
MISSING_WORK = insert(Assessment).values(
    id=900, key="late", module=1, title="Portfolio", due_day=number(DUE), weight=10, exam=False, run=1
)
OFFER = Invitation(Format.PHONE, "", "Shall we have a chat?", 30, (NOW + 3 * DAY,))


@pytest.fixture
def missing(store: University) -> University:
    """Ben has not handed in a portfolio that was due last Wednesday."""
    store.change(MISSING_WORK)
    ratings.refresh(JOB, NOW)
    return store


def of_ben(at: datetime = NOW) -> tuple[Suggestion, ...]:
    return timelines.year(ADA.viewer, BEN.id, at).suggestions


def answer(one: Suggestion, state: State, reason: str = "We spoke on Friday", at: datetime = NOW) -> None:
    suggestion_answers.answer(ADA.viewer, BEN.id, one.id, state, reason, at - timedelta(minutes=1), at)


def hand_in(day: date, work: int = 900) -> object:
    values = {"student": BEN.number, "assessment": work, "handed_in_day": number(day), "late": day > DUE}
    return insert(Submission).values(**values, carried_over=False, run=1)


def states(store: University) -> list[State]:
    with store.session() as session:
        return list(session.scalars(select(SuggestedTalk.state).order_by(SuggestedTalk.id)))


def test_missing_work_raises_one_suggestion_that_tutor_and_student_read_alike(missing):
    (one,) = of_ben()
    assert one.sentence == (
        "Work of Introduction to Quaverley Studies, “Portfolio”, due 18 November, is not handed in."
    )
    assert (one.state, one.raised_at, one.ended_at) == (State.RAISED, NOW, None)
    assert timelines.year(BEN.viewer, None, NOW).suggestions == (one,)
    (tutee,) = tutees.overview(ADA.viewer, NOW)
    assert tutee.attention is Attention.SUGGESTED
    assert [found.finding for found in tutee.suggestions] == [one.finding]


def test_a_suggestion_that_is_raised_sends_nothing_to_anybody(missing):
    assert states(missing) == [State.RAISED]
    assert rows(missing, Message) == []


def test_it_makes_no_difference_how_many_are_looked_at_at_once(store, monkeypatch):
    store.change(MISSING_WORK)
    with monkeypatch.context() as patched:
        patched.setattr(grounds, "_TOGETHER", 1)
        patched.setattr(taught_modules, "_TOGETHER", 1)
        ratings.refresh(JOB, NOW)
        assert states(store) != []
        raised_alone = rows(store, ModuleWeek), rows(store, SuggestedTalk)
    ratings.refresh(JOB, NOW)
    assert (rows(store, ModuleWeek), rows(store, SuggestedTalk)) == raised_alone
    store.change(update(Assessment).where(Assessment.id == 900).values(exam=True))
    monkeypatch.setattr(taught_modules, "_TOGETHER", 1)
    assert suggesting.refresh(JOB, None, NOW).withdrawn == len(states(store))


def test_what_rates_and_suggests_knows_nothing_of_messages():
    sending = {f"data_access.{name}" for name in ("messages", "outbox", "sending", "offering", "reminders")}
    for job in ("ratings", "suggesting", "grounds", "rated_weeks", "week_rows", "feed_days", "feed_gaps"):
        assert reached(ROOT / "data_access" / f"{job}.py") & sending == set()
    assert reached(ROOT / "data_access" / "offering.py") & sending  # whoever sends would be seen


def reached(file: Path) -> set[str]:
    """Our modules of data access that a file imports, and those that these import."""
    found, waiting = set(), [file]
    while waiting:
        for module in imported(waiting.pop()):
            path = ROOT / (module.replace(".", "/") + ".py")
            if module.startswith("data_access") and module not in found and path.exists():
                found.add(module)
                waiting.append(path)
    return found


def test_suggestions_are_answered_and_hidden_one_at_a_time():
    own = {
        name: inspect.signature(act).parameters["suggestion"].annotation
        for name, act in vars(suggestion_answers).items()
        if getattr(act, "__module__", "") == suggestion_answers.__name__ and not name.startswith("_")
    }
    assert own == {"answer": int, "hide": int}


def test_looking_again_changes_nothing(missing):
    assert suggesting.refresh(JOB, [1, 2, 3], NOW) == Changed()
    assert len(of_ben()) == 1


def first(at: datetime) -> Attention:
    return tutees.overview(ADA.viewer, at)[0].attention


def test_after_five_working_days_without_an_answer_it_comes_first(missing):
    assert first(NOW + 6 * DAY) is Attention.SUGGESTED
    assert first(NOW + 7 * DAY) is Attention.WAITING
    answer(of_ben()[0], State.DISMISSED)
    assert first(NOW + 7 * DAY) > Attention.WAITING


def test_one_that_was_confirmed_comes_first_again_until_something_is_offered(missing):
    answer(of_ben()[0], State.CONFIRMED, at=NOW + 3 * DAY)  # a Thursday
    assert [first(NOW + n * DAY) is Attention.WAITING for n in (3, 7, 9, 10)] == [False, False, False, True]
    (one,) = tutees.overview(ADA.viewer, NOW + 10 * DAY)[0].suggestions
    assert one.waited == 5
    times = replace(OFFER, times=(NOW + 12 * DAY,))
    offering.make(ADA.viewer, BEN.id, times, [one.id], NOW + 10 * DAY)
    assert first(NOW + 20 * DAY) > Attention.WAITING


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DISMISSED])
def test_an_answer_stands_with_who_gave_it_when_and_why(missing, state):
    answer(of_ben()[0], state, "  We spoke\n on Friday ")
    (one,) = of_ben()
    assert one.state is state
    assert [(step.state, step.at, step.by, step.reason) for step in one.steps] == [
        (State.RAISED, NOW, "", ""),
        (state, NOW, "Ada Okonkwo-Byrne", "We spoke on Friday"),
    ]


def test_a_dismissed_one_is_not_raised_again_while_its_condition_holds(missing):
    answer(of_ben()[0], State.DISMISSED)
    ratings.refresh(JOB, NOW + DAY)
    assert [one.state for one in of_ben(NOW + DAY)] == [State.DISMISSED]
    assert tutees.overview(ADA.viewer, NOW + DAY)[0].suggestions == ()


@pytest.mark.parametrize(
    ("answered", "ended"),
    [
        (None, State.LAPSED),
        (State.CONFIRMED, State.CLEARED),
        (State.DISMISSED, State.DISMISSED),
    ],
)
def test_when_its_condition_ends_an_answered_one_is_cleared_and_an_unanswered_one_lapses(
    missing, answered, ended
):
    if answered:
        answer(of_ben()[0], answered)
    missing.change(hand_in(TODAY + DAY))
    ratings.refresh(JOB, NOW + DAY)
    (one,) = of_ben(NOW + DAY)
    assert (one.state, one.ended_at, one.asks) == (ended, NOW + DAY, False)


@pytest.mark.parametrize("answered", [None, State.CONFIRMED, State.DISMISSED])
@pytest.mark.parametrize(
    "correction",
    [
        hand_in(DUE),  # it was handed in, and the news came late
        insert(Submission).values(
            student=BEN.number,
            assessment=900,
            extension_day=number(TODAY) + 5,
            late=False,
            carried_over=False,
            run=1,
        ),
        update(Assessment).where(Assessment.id == 900).values(due_day=number(TODAY) + 9),
        update(Attendance)
        .where(Attendance.student == BEN.number, Attendance.event == 108)
        .values(register=Register.AUTHORISED),  # the class of the day before it was due
    ],
)
def test_one_that_corrected_data_undo_is_withdrawn_and_says_so(missing, answered, correction):
    if answered:
        answer(of_ben()[0], answered)
    missing.change(correction)
    ratings.refresh(JOB, NOW + DAY)
    (one,) = of_ben(NOW + DAY)
    assert (one.state, one.ended_at) == (State.WITHDRAWN, NOW + DAY)
    assert one.steps[-1].state is State.WITHDRAWN


def test_when_the_studies_are_interrupted_it_is_over(missing):
    missing.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY),
        insert(EnrolmentStatus).values(
            enrolment=1, status=Status.INTERRUPTED, first=TODAY + DAY, recorded_at=NOW, run=1
        ),
    )
    ratings.refresh(JOB, NOW + DAY)
    assert states(missing) == [State.LAPSED]


def test_other_rules_end_one_without_calling_the_data_corrected(missing, monkeypatch):
    now = policy.current()
    rules = now.engagement.model_copy(update={"version": "another"})
    missing.change(hand_in(DUE))
    monkeypatch.setattr(policy, "current", lambda: replace(now, engagement=rules))
    ratings.refresh(JOB, NOW + DAY)
    assert states(missing) == [State.LAPSED]


def test_one_that_a_colleague_hides_is_hidden_from_them_alone(missing):
    (one,) = of_ben()
    suggestion_answers.hide(ADA.viewer, BEN.id, one.id, True, NOW)
    assert of_ben()[0].hidden
    assert tutees.overview(ADA.viewer, NOW)[0].attention is not Attention.SUGGESTED
    assert not timelines.year(BEN.viewer, None, NOW).suggestions[0].hidden
    suggestion_answers.hide(ADA.viewer, BEN.id, one.id, False, NOW)
    assert not of_ben()[0].hidden


ANSWERS = (
    (),
    (State.CONFIRMED,),
    (State.DISMISSED,),
    (State.CONFIRMED, State.DISMISSED),
    (State.CONFIRMED, State.OFFERED),
)


def test_people_and_data_bring_about_every_change_that_the_table_has_and_no_other(university):
    cases = dict(enumerate(product(ANSWERS, ("handed in late", "corrected", "contact")), 900))
    for work in cases:
        rows = {"id": work, "key": f"late-{work}", "title": f"Portfolio {work}"}
        university.change(MISSING_WORK.values(**rows))
    ratings.refresh(JOB, NOW)
    found = {int(one.title.split()[-1]): one for one in of_ben()}
    for work, (answers, _) in cases.items():
        for state in answers:
            if state is State.OFFERED:
                offering.make(ADA.viewer, BEN.id, OFFER, [found[work].id], NOW)
            else:
                answer(found[work], state)
    for work, (_, ending) in cases.items():
        if ending != "contact":
            university.change(hand_in(DUE if ending == "corrected" else TODAY + DAY, work))
    ratings.refresh(JOB, NOW + DAY)
    meeting_steps.record(ADA.viewer, BEN.id, Slot(0, NOW, 10), Format.PHONE, "We talked", NOW + DAY)
    with university.session() as session:
        steps = select(SuggestionStep.suggestion, SuggestionStep.state).order_by(SuggestionStep.id)
        histories = defaultdict(list)
        for of, state in session.execute(steps):
            histories[of].append(state)
    assert {pair for states in histories.values() for pair in pairwise(states)} == {
        (before, after) for before in State for after in NEXT[before]
    }


@pytest.mark.parametrize(
    ("state", "reason", "opened", "refusal"),
    [
        (State.CONFIRMED, " \n ", NOW, ReasonNeeded),
        (State.CONFIRMED, "We talked", None, LookFirst),
        (State.WITHDRAWN, "We talked", NOW, AnsweredMeanwhile),
        (State.CLEARED, "We talked", NOW, AnsweredMeanwhile),
        (State.RAISED, "We talked", NOW, AnsweredMeanwhile),
    ],
)
def test_an_answer_without_a_look_or_a_reason_or_that_is_not_a_persons_changes_nothing(
    missing, state, reason, opened, refusal
):
    (one,) = of_ben()
    with pytest.raises(refusal):
        suggestion_answers.answer(ADA.viewer, BEN.id, one.id, state, reason, opened, NOW)
    assert of_ben() == (one,)


def test_of_two_answers_the_second_is_refused(missing):
    (one,) = of_ben()
    answer(one, State.DISMISSED)
    with pytest.raises(AnsweredMeanwhile):
        answer(one, State.CONFIRMED)
    assert [step.state for step in of_ben()[0].steps] == [State.RAISED, State.DISMISSED]


@pytest.mark.parametrize("member", [one for one in CAST if one is not ADA], ids=lambda one: one.given)
def test_nobody_but_the_tutor_answers_or_hides(missing, member):
    (one,) = of_ben()
    for act in (
        lambda: suggestion_answers.answer(
            member.viewer, BEN.id, one.id, State.DISMISSED, "Not needed", NOW, NOW
        ),
        lambda: suggestion_answers.hide(member.viewer, BEN.id, one.id, True, NOW),
    ):
        with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
            act()
    assert of_ben() == (one,)


def test_a_suggestion_about_another_student_is_not_there(missing):
    (one,) = of_ben()
    with pytest.raises(NotYoursToSee):
        suggestion_answers.answer(TOM.viewer, CAL.id, one.id, State.DISMISSED, "Not needed", NOW, NOW)
    assert of_ben() == (one,)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_each_goes_through_its_states_and_none_stands_twice(university, seed):
    chance, at = Random(seed), NOW - timedelta(days=20)
    university.change(MISSING_WORK)
    happenings: list[Callable[[], object]] = [
        lambda: delete(Submission).where(Submission.assessment == 900),
        lambda: hand_in(DUE + timedelta(days=chance.randint(-3, 4))),
        lambda: update(Assessment).where(Assessment.id == 900).values(due_day=number(at.date()) - 2),
        lambda: (
            update(Attendance)
            .where(Attendance.student == BEN.number)
            .values(register=chance.choice(list(Register)))
        ),
    ]
    for _ in range(12):
        at += timedelta(days=chance.randint(0, 4))
        university.change(delete(Submission).where(Submission.assessment == 900))
        university.change(chance.choice(happenings)())
        ratings.refresh(JOB, at)
        if (asking := [one for one in of_ben(at) if one.unanswered]) and chance.random() < 0.5:
            answer(asking[0], chance.choice([State.CONFIRMED, State.DISMISSED]), at=at)
    with university.session() as session:
        steps = session.execute(
            select(SuggestionStep.suggestion, SuggestionStep.state).order_by(SuggestionStep.id)
        ).all()
        rows = session.scalars(select(SuggestedTalk)).all()
    histories = {row.id: [state for of, state in steps if of == row.id] for row in rows}
    for row in rows:
        states = histories[row.id]
        assert states[0] is State.RAISED
        assert states[-1] is row.state
        assert all(after in NEXT[before] for before, after in pairwise(states))
        assert (row.ended_at is not None) or row.state in {State.RAISED, State.CONFIRMED, State.DISMISSED}
    standing = [(row.enrolment, row.rule, row.assessment) for row in rows if row.ended_at is None]
    assert len(standing) == len(set(standing))
    assert {row.rule for row in rows} <= set(Rule)
    assert rows
