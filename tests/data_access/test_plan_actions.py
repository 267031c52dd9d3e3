"""Actions of a plan: who may do what in which state, who owns one, and when a yes to sharing ends."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import AgreementNeeded, ChangedMeanwhile, NothingWritten, NotOpenToYourRole, NotYoursToSee
from auth.refusals.consent import LooksSensitive
from auth.refusals.support import DayNotAhead, NobodyDoesIt, NotForAnAdviser
from auth.viewer import Role
from data_access import plan_actions, sharing
from data_access.tables import Account, Message, RoleGrant, SharedAction
from support import plan as plan_of
from support.action import Adviser, State, Wanted
from support.party import Party
from tests.cast import ADA, AVI, BEN, CAL, CAST, NOBODY, NOW, TERM, TODAY, TOM
from tests.data_access.supporting import ADVISED, OWN, PLACE, TUTORS, agree, drafted, in_state, of

DAY = timedelta(days=1)
DUE = TODAY + 5 * DAY
IN_FORCE = plan_of.State.ACTIVE


def one(member=ADA):
    return of(member)[0].actions[0]


def running(store):
    with store.session() as session:
        return session.scalars(select(SharedAction.id).where(SharedAction.ended_at.is_(None))).all()


def shared(store):
    """An action of Ben's plan that is shared with Avi."""
    plan = in_state(plan_of.State.PROPOSED, ADVISED)
    action = one().id
    agree(plan, action)
    sharing.share(ADA.viewer, BEN.id, action, AVI.id, "To find a timetable that works", NOW)
    assert running(store)
    return action


MOVES = {
    "amend": lambda v, s, a: plan_actions.amend(v, s, a, 1, "Something else", DUE, NOW),
    "decline": lambda v, s, a: plan_actions.decline(v, a, "Not now", NOW),
    "done": lambda v, s, a: plan_actions.done(v, s, a, TODAY, "", NOW),
    "reopen": lambda v, s, a: plan_actions.reopen(v, s, a, "", NOW),
    "drop": lambda v, s, a: plan_actions.drop(v, s, a, "", NOW),
    "allow": lambda v, s, a: plan_actions.allow_sharing(v, a, True, NOW),
}


@pytest.mark.parametrize("member", [m for m in CAST if m not in (ADA, BEN)], ids=lambda m: m.given)
@pytest.mark.parametrize("move", [*MOVES, "add"])
def test_nobody_else_touches_an_action(university, member, move):
    plan = in_state(IN_FORCE, ADVISED)
    action, before = one().id, of()
    moves = MOVES | {"add": lambda v, s, a: plan_actions.add(v, s, plan, OWN, NOW)}
    for student in (BEN.id, CAL.id, NOBODY, None):
        with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
            moves[move](member.viewer, student, action)
    with pytest.raises(NotYoursToSee):
        moves["done"](ADA.viewer, BEN.id, 999)
    assert of() == before


# Who does it


def test_an_action_is_the_students_the_tutors_an_advisers_or_a_places(store):
    in_state(IN_FORCE, OWN, TUTORS, ADVISED, PLACE)
    assert [(a.owner, a.owner_name) for a in of(BEN)[0].actions] == [
        (Party.TUTOR, ""),
        (Party.STUDENT, ""),
        (Party.ADVISER, "Avi Rosenthal"),
        (Party.SERVICE, "Library and study skills"),
    ]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted("Talk", Party.ADVISER, DUE), NobodyDoesIt),
        (Wanted("Talk", Party.ADVISER, DUE, adviser=TOM.id), NobodyDoesIt),
        (Wanted("Talk", Party.ADVISER, DUE, adviser=NOBODY), NobodyDoesIt),
        (Wanted("Talk", Party.SERVICE, DUE), NobodyDoesIt),
        (Wanted("Talk", Party.SERVICE, DUE, service="The pub"), NobodyDoesIt),
        (Wanted(" ", Party.STUDENT, DUE), NothingWritten),
        (Wanted("Talk", Party.STUDENT, TODAY - DAY), DayNotAhead),
        (Wanted("See the GP", Party.STUDENT, DUE), LooksSensitive),
    ],
)
def test_an_action_that_nobody_could_do_is_not_kept(store, wanted, refusal):
    plan = drafted()
    with pytest.raises(refusal):
        plan_actions.add(ADA.viewer, BEN.id, plan, wanted, NOW)
    assert len(of()[0].actions) == 2


def test_advisers_are_those_of_the_day_who_can_sign_in(store):
    assert plan_actions.advisers(ADA.viewer, BEN.id, NOW) == (Adviser(AVI.id, "Avi Rosenthal"),)
    assert plan_actions.advisers(BEN.viewer, None, NOW) == (Adviser(AVI.id, "Avi Rosenthal"),)
    store.change(
        insert(RoleGrant).values(
            person=BEN.number, role=Role.ADVISER, first=TERM, granted_by="eve", reason="A test"
        )
    )
    # A student who also advises does not advise themselves.
    with pytest.raises(NobodyDoesIt):
        plan_actions.add(
            ADA.viewer, BEN.id, drafted(), Wanted("Talk", Party.ADVISER, DUE, adviser=BEN.id), NOW
        )
    store.change(update(Account).where(Account.person == AVI.number).values(active=False))
    assert AVI.id not in {a.id for a in plan_actions.advisers(ADA.viewer, BEN.id, NOW)}
    with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
        plan_actions.advisers(TOM.viewer, BEN.id, NOW)


def test_a_student_adds_what_they_do_themselves_and_it_holds_at_once(store):
    plan = in_state(IN_FORCE, TUTORS)
    plan_actions.add(BEN.viewer, None, plan, OWN, NOW)
    assert (len(of()[0].actions), of()[0].state) == (2, IN_FORCE)
    with pytest.raises(NotOpenToYourRole):
        plan_actions.add(BEN.viewer, None, plan, TUTORS, NOW)


# Changes


def test_a_students_change_holds_at_once_and_the_earlier_wording_is_kept(store):
    in_state(IN_FORCE, OWN)
    plan_actions.amend(BEN.viewer, None, one().id, 1, "List the two essays", DUE, NOW)
    action = one()
    assert (action.text, action.due, action.version) == ("List the two essays", DUE, 2)
    assert (action.steps[-1].before, action.steps[-1].by) == (
        "Make a list of open work (by 30 November 2026)",
        "Ben Quaverley",
    )
    assert of()[0].state is IN_FORCE


def test_of_two_who_change_one_action_the_second_sees_both_texts(store):
    in_state(plan_of.State.PROPOSED, OWN)
    plan_actions.amend(BEN.viewer, None, one().id, 1, "Mine", DUE, NOW)
    with pytest.raises(ChangedMeanwhile) as changed:
        plan_actions.amend(ADA.viewer, BEN.id, one().id, 1, "Hers", DUE, NOW)
    assert (changed.value.theirs, changed.value.version) == ("Mine (by 28 November 2026)", 2)
    plan_actions.amend(ADA.viewer, BEN.id, one().id, 2, "Hers", DUE, NOW)
    assert [step.before for step in one().steps if step.before] == [
        "Make a list of open work (by 30 November 2026)",
        "Mine (by 28 November 2026)",
    ]


def test_the_same_words_and_day_change_nothing_and_a_day_that_is_past_is_refused_only_when_it_is_new(store):
    in_state(IN_FORCE, OWN)
    before, late = of(), NOW + 20 * DAY
    plan_actions.amend(ADA.viewer, BEN.id, one().id, 1, OWN.text, OWN.due, late)
    assert of() == before
    with pytest.raises(DayNotAhead):
        plan_actions.amend(BEN.viewer, None, one().id, 1, OWN.text, DUE, late)
    plan_actions.amend(BEN.viewer, None, one().id, 1, "Still to do", OWN.due, late)


def test_done_says_since_when_and_can_be_taken_back(store):
    in_state(IN_FORCE, OWN)
    with pytest.raises(DayNotAhead):
        plan_actions.done(BEN.viewer, None, one().id, TODAY + DAY, "", NOW)
    plan_actions.done(BEN.viewer, None, one().id, TODAY - DAY, "All of it", NOW)
    assert (one().state, one().done_on, one().steps[-1].said) == (State.DONE, TODAY - DAY, "All of it")
    plan_actions.reopen(ADA.viewer, BEN.id, one().id, "One essay is missing", NOW)
    assert (one().state, one().done_on) == (State.OPEN, None)


def test_the_student_is_told_once_when_a_tutors_changes_make_a_plan_a_proposal_again(store):
    in_state(IN_FORCE, OWN, TUTORS)
    first, second = of()[0].actions
    plan_actions.amend(ADA.viewer, BEN.id, first.id, 1, "Something else", DUE, NOW)
    plan_actions.drop(ADA.viewer, BEN.id, second.id, "", NOW)
    with store.session() as session:
        assert list(session.scalars(select(Message.template).order_by(Message.id))) == [
            "plan",
            "plan-changed",
        ]


# Sharing


def test_yes_to_sharing_is_unticked_given_and_taken_back_by_the_student_alone(store):
    in_state(IN_FORCE, ADVISED)
    assert not one().may_share
    plan_actions.allow_sharing(BEN.viewer, one().id, True, NOW)
    plan_actions.allow_sharing(BEN.viewer, one().id, True, NOW)
    assert one().may_share
    plan_actions.allow_sharing(BEN.viewer, one().id, False, NOW)
    assert not one().may_share
    assert [step.said for step in one().steps[1:]] == [
        "May be shared with the adviser.",
        "May not be shared any more.",
    ]
    with pytest.raises(NotOpenToYourRole):
        plan_actions.allow_sharing(ADA.viewer, one().id, True, NOW)


@pytest.mark.parametrize("wanted", [OWN, TUTORS, PLACE], ids=lambda w: w.owner.value)
def test_only_what_an_adviser_does_can_be_shared(store, wanted):
    in_state(IN_FORCE, wanted)
    with pytest.raises(NotForAnAdviser):
        plan_actions.allow_sharing(BEN.viewer, one().id, True, NOW)


@pytest.mark.parametrize(
    "ending",
    [
        lambda a: plan_actions.allow_sharing(BEN.viewer, a, False, NOW),
        lambda a: plan_actions.decline(BEN.viewer, a, "", NOW),
        lambda a: plan_actions.done(BEN.viewer, None, a, TODAY, "", NOW),
        lambda a: plan_actions.drop(ADA.viewer, BEN.id, a, "", NOW),
        lambda a: plan_actions.amend(ADA.viewer, BEN.id, a, 1, "Something else", DUE, NOW),
    ],
    ids=["yes taken back", "declined", "done", "dropped", "changed by the tutor"],
)
def test_a_share_ends_with_what_it_rests_on(store, ending):
    action = shared(store)
    ending(action)
    assert running(store) == []
    assert one().share.ended_at == NOW


def test_a_students_own_change_of_the_words_leaves_the_share_and_the_yes(store):
    action = shared(store)
    plan_actions.amend(BEN.viewer, None, action, 1, "Talk about a timetable and travel", DUE, NOW)
    assert (len(running(store)), one().may_share) == (1, True)
