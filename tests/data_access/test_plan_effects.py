"""The scores before Ben's plan and since: who reads them, of which plans, and that both sides read the same."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from auth.refusals import AgreementNeeded, NotOpenToYourRole, NotYoursToSee, Refusal
from auth.viewer import Role
from data_access import plan_agreement, plan_effects, plans
from data_access.tables import AccessLine, EnrolmentStatus, EnrolmentWeek
from policy.days import monday, number
from support.plan import Outcome, State
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOBODY, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import agree, drafted, in_state

WEEK = timedelta(weeks=1)
THEN = NOW - 4 * WEEK
BEGAN = THEN.date()
SCORES = {-3: 1_000, -2: 3_000, -1: 4_000, 0: 9_000, 1: 5_000, 2: None, 3: 7_000, 4: 9_900}


@pytest.fixture
def scored(store):
    store.change(
        delete(EnrolmentWeek),
        *(
            insert(EnrolmentWeek).values(
                enrolment=enrolment,
                week=number(monday(BEGAN) + n * WEEK),
                as_of=number(monday(BEGAN) + n * WEEK) + 6,
                score=score and score + 1 - enrolment,
                rule="1",
            )
            for n, score in SCORES.items()
            for enrolment in (1, 2)
        ),
    )
    return store


def of(member=ADA, student=BEN, at=NOW):
    return plan_effects.of(member.viewer, None if member.role is Role.STUDENT else student.id, at)


def test_tutor_and_student_read_the_same_two_sides(scored):
    plan = in_state(State.ACTIVE, at=THEN)
    assert of() == of(BEN)
    found = of()[plan]
    assert (found.began, found.until) == (BEGAN, TODAY)
    assert [score for _, score in found.before.weeks] == [3_000, 4_000]
    assert [score for _, score in found.after.weeks] == [5_000, None, 7_000]
    assert (found.before.mean, found.after.mean) == (3_500, 6_000)


def test_a_closed_plan_is_looked_at_up_to_its_close(scored):
    plan = in_state(State.ACTIVE, at=THEN)
    plans.close(ADA.viewer, BEN.id, plan, Outcome.HELPED, "", THEN + 2 * WEEK)
    found = of()[plan]
    assert found.until == BEGAN + 2 * WEEK
    assert [score for _, score in found.after.weeks] == [5_000]


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED])
def test_a_plan_that_is_not_agreed_has_nothing_before_or_since(scored, state):
    in_state(state, at=THEN)
    assert of() == of(BEN) == {}


def test_what_was_agreed_in_the_meeting_counts_from_then(scored):
    plan = in_state(State.AGREED)
    assert of()[plan].began == TODAY


def test_a_plan_that_is_agreed_anew_began_when_it_was_agreed_for_the_first_time(scored):
    plan = in_state(State.ACTIVE, at=THEN)
    plan_agreement.undo(BEN.viewer, plan, "", THEN + WEEK)
    assert of() == {}
    agree(plan, at=THEN + 2 * WEEK)
    assert of()[plan].began == BEGAN


def test_each_plan_has_its_own_day(scored):
    first = in_state(State.CLOSED, at=THEN)
    second = in_state(State.ACTIVE, at=THEN + 2 * WEEK)
    drafted(at=THEN + 2 * WEEK)
    assert {plan: found.began for plan, found in of().items()} == {first: BEGAN, second: BEGAN + 2 * WEEK}


@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
@pytest.mark.parametrize("asked", [BEN, CAL, DEE], ids=lambda m: m.given)
def test_only_the_student_and_their_tutor_read_them(university, asking, asked):
    in_state(State.ACTIVE, at=THEN)
    if (asking, asked) in {(ADA, BEN), (BEN, BEN), (TOM, CAL), (CAL, CAL)}:
        assert bool(plan_effects.of(asking.viewer, asked.id, NOW)) == (asked is BEN)
        return
    with pytest.raises(Refusal) as refused:
        plan_effects.of(asking.viewer, asked.id, NOW)
    assert isinstance(refused.value, NotYoursToSee | NotOpenToYourRole | AgreementNeeded)


def test_nobody_but_a_student_asks_for_their_own_and_a_stranger_is_refused_alike(university):
    for asked in (None, NOBODY):
        with pytest.raises(NotYoursToSee):
            plan_effects.of(ADA.viewer, asked, NOW)
    with pytest.raises(NotOpenToYourRole):
        plan_effects.of(SUE.viewer, BEN.id, NOW)


def test_when_the_enrolment_ends_nothing_is_shown_any_more(scored):
    in_state(State.ACTIVE, at=THEN)
    scored.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - timedelta(days=1))
    )
    with pytest.raises(NotYoursToSee):
        of()


def test_the_reading_is_logged_for_the_purpose_of_seeing_whether_support_helps(scored):
    in_state(State.ACTIVE, at=THEN)
    of()
    with scored.session() as session:
        line = session.scalars(select(AccessLine).order_by(AccessLine.seq.desc()).limit(1)).one()
    assert (line.role, line.action, line.category, line.basis) == (
        Role.TUTOR,
        "read",
        "engagement",
        "follow_up",
    )
    assert line.students
