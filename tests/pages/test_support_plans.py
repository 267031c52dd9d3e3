"""Support plans on both pages: written, agreed, changed, looked at again and closed, as people do it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

import policy
from data_access import plan_actions, plans
from data_access.tables import Tutoring
from pages import PAGES
from support.action import State as ActionState
from support.party import Party
from support.plan import Agreement, Outcome, State
from tests.apptest import opened, signed_in
from tests.cast import ADA, AVI, BEN, NOW, TODAY, TOM
from tests.data_access.supporting import ADVISED, AIM, OWN, REVIEW, TUTORS, agree, in_state, of
from tests.pages.pressing import pressed, said

TUTORS_PAGE = next(page for page in PAGES if page.url == "support")
STUDENTS_PAGE = next(page for page in PAGES if page.url == "my-support")
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("rated")


def page_of(member, app, *boxes: str):
    """The plans on the page of the student, or of a tutor about them, with these boxes opened."""
    app.run()
    for box in boxes:
        app.session_state[box] = True
    app.query_params["student"], app.query_params["part"] = BEN.id, "plans"
    return opened(app, STUDENTS_PAGE if member is BEN else TUTORS_PAGE)


def plan():
    return of()[0]


def action(n: int = 0):
    return plan().actions[n]


# Written down


def test_a_plan_is_written_from_nothing_with_its_actions_and_kept_as_a_draft():
    with signed_in(ADA) as app:
        page_of(ADA, app)
        key = "0-Nothing: I write it myself"
        app.text_area(key=f"aim-{key}").input("The portfolio is handed in")
        app.text_input(key=f"text-{key}-0").input("Finish the portfolio")
        app.text_input(key=f"text-{key}-1").input("Talk about a timetable")
        app.selectbox(key=f"who-{key}-1").set_value((Party.ADVISER, AVI.id))
        pressed(app, "Keep as a draft")
        assert not app.exception
        assert "A draft: only you see it." in said(app)
    assert (plan().state, plan().aim) == (State.DRAFT, "The portfolio is handed in")
    assert [(a.text, a.owner, a.due) for a in plan().actions] == [
        ("Finish the portfolio", Party.STUDENT, TODAY + 14 * DAY),
        ("Talk about a timetable", Party.ADVISER, TODAY + 14 * DAY),
    ]


@pytest.mark.parametrize("begin", policy.current().plans.template, ids=lambda t: t.name)
def test_a_template_fills_the_form_and_what_it_says_is_kept(begin):
    with signed_in(ADA) as app:
        page_of(ADA, app)
        app.selectbox(key="template-0").set_value(begin.name).run()
        assert app.text_area(key=f"aim-0-{begin.name}").value == begin.aim
        pressed(app, "Keep as a draft")
        assert not app.exception
    assert plan().aim == begin.aim
    expected = [(a.text, a.owner, a.service, TODAY + a.days * DAY) for a in begin.action]
    assert sorted((a.text, a.owner.value, a.owner_name, a.due) for a in plan().actions) == sorted(expected)


def test_what_is_missing_or_lies_behind_is_said_and_nothing_is_kept():
    with signed_in(ADA) as app:
        page_of(ADA, app)
        key = "0-Nothing: I write it myself"
        app.text_input(key=f"text-{key}-0").input("Finish the portfolio")
        app.text_input(key=f"due-{key}-0").input("1/1/2026")
        app.text_input(key=f"review-{key}").input("soon")
        pressed(app, "Keep as a draft")
        assert [e.value for e in app.error] == [
            "Please write a day that lies ahead, as day/month/year.",
            "Please write what you both want to reach.",
        ]
        assert app.text_input(key=f"text-{key}-0").value == "Finish the portfolio"
    assert of() == ()


def test_a_draft_is_proposed_taken_back_and_thrown_away():
    number = in_state(State.DRAFT)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        assert AIM not in said(app)
    with signed_in(ADA) as app:
        pressed(page_of(ADA, app), "Propose it to Ben Quaverley")
        assert plan().state is State.PROPOSED
        pressed(app, "Take it back as a draft")
        assert (plan().state, of(BEN)) == (State.DRAFT, ())
        pressed(app, "Throw the draft away")
        assert "Earlier plans (1)" in [e.label for e in app.expander]
    assert (plan().id, plan().state) == (number, State.CLOSED)


# Agreed


def test_the_student_agrees_to_what_stands_there_with_the_ticks_they_choose():
    in_state(State.PROPOSED)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        (tick,) = app.checkbox
        assert not tick.value
        assert "Avi Rosenthal may see" in tick.label
        tick.check()
        pressed(app, "I agree to this plan")
        assert "Agreed by you on 23 November 2026." in said(app)
    assert (plan().state, plan().agreement) == (State.ACTIVE, Agreement.HERE)
    assert [a.may_share for a in plan().actions] == [False, True]


def test_a_plan_that_has_changed_since_the_page_was_opened_is_read_again_before_it_is_agreed_to():
    number = in_state(State.PROPOSED)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        plans.save(ADA.viewer, BEN.id, number, 1, "Another aim", REVIEW, NOW)
        pressed(app, "I agree to this plan")
        assert plan().state is State.PROPOSED
        assert "Another aim" in said(app)
        pressed(app, "I agree to this plan")
    assert plan().state is State.ACTIVE


def test_what_was_agreed_in_a_meeting_is_recorded_and_undone_by_the_student():
    number = in_state(State.PROPOSED)
    with signed_in(ADA) as app:
        page_of(ADA, app)
        pressed(app, "Record the agreement")
        assert [e.value for e in app.error] == [
            "Please write where you met, and the day, which is today or before."
        ]
        app.text_input(key=f"record-{number}-place-2").input("Room 4")
        pressed(app, "Record the agreement")
        assert "Ben Quaverley can undo this until 30 November 2026" in said(app)
    assert (plan().state, plan().agreement) == (State.AGREED, Agreement.IN_MEETING)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        assert "You can undo this until 30 November 2026; then it begins." in said(app)
        app.text_input(key=f"undo-{number}-{len(of(BEN)[0].steps)}-said").input("I need another week")
        pressed(app, "Take it back")
    assert (plan().state, plan().steps[-1].said) == (State.PROPOSED, "I need another week")


def test_the_student_ends_a_plan_that_they_do_not_want():
    in_state(State.ACTIVE)
    with signed_in(BEN) as app:
        pressed(page_of(BEN, app), "End the plan")
        assert "Earlier plans (1)" in [e.label for e in app.expander]
    assert (plan().state, plan().outcome) == (State.CLOSED, Outcome.STOPPED)


# Actions


def test_the_student_does_an_action_and_takes_it_back():
    in_state(State.ACTIVE, OWN)
    with signed_in(BEN) as app:
        pressed(page_of(BEN, app), "Done")
        assert "You, done on 23 November 2026" in said(app)
        assert action().state is ActionState.DONE
        pressed(app, "Not done after all")
    assert action().state is ActionState.OPEN


def test_the_student_leaves_an_action_out_and_takes_it_up_again():
    in_state(State.PROPOSED, OWN)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        app.text_input(key=f"decline-{action().id}-1-said").input("Not this month")
        pressed(app, "Leave it out")
        assert (action().state, action().steps[-1].said) == (ActionState.DECLINED, "Not this month")
        with signed_in(ADA) as tutors:
            page_of(ADA, tutors)
            assert "left out by the student" in said(tutors)
            assert not [b for b in tutors.button if b.label == "Take it up again"]
        pressed(app, "Take it up again")
    assert action().state is ActionState.OPEN


def test_the_student_adds_what_they_do_themselves_and_changes_it():
    number = in_state(State.ACTIVE, TUTORS)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        key = f"another-{number}-1"
        assert app.selectbox(key=f"who-{key}").options == ["You"]
        app.text_input(key=f"text-{key}").input("Ask my employer for Tuesdays")
        pressed(app, "Add it")
        added = next(a for a in plan().actions if a.owner is Party.STUDENT)
        assert (added.text, plan().state) == ("Ask my employer for Tuesdays", State.ACTIVE)
    with signed_in(BEN) as app:
        page_of(BEN, app, f"action-text-{added.id}-1")
        app.text_area(key=f"action-text-{added.id}-in-1").input("Ask for Tuesdays and Fridays")
        app.text_input(key=f"action-text-{added.id}-due-1").input("1/1/2020")
        pressed(app, "Save the change")
        assert [e.value for e in app.error] == ["Please write a day that lies ahead, as day/month/year."]
        app.text_input(key=f"action-text-{added.id}-due-1").input("4/12/2026")
        pressed(app, "Save the change")
    changed = next(a for a in plan().actions if a.owner is Party.STUDENT)
    assert (changed.text, changed.due) == ("Ask for Tuesdays and Fridays", TODAY + 11 * DAY)
    assert changed.steps[-1].before == "Ask my employer for Tuesdays (by 7 December 2026)"


def test_the_tutor_takes_an_action_out_of_a_plan_in_force_and_the_student_agrees_anew():
    in_state(State.ACTIVE, OWN, TUTORS)
    dropped = action().id
    with signed_in(ADA) as app:
        page_of(ADA, app)
        app.button(key=f"drop-{dropped}").click().run()
        assert "taken out" in said(app)
    assert (action().state, plan().state) == (ActionState.DROPPED, State.PROPOSED)


def test_the_student_says_yes_to_sharing_and_takes_it_back_on_the_plan():
    in_state(State.ACTIVE, ADVISED)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        app.checkbox[0].check().run()
        assert action().may_share
        app.checkbox[0].uncheck().run()
    assert not action().may_share


# Looked at again, and closed


def test_a_plan_is_looked_at_again_with_the_words_of_both_and_closed_with_what_became_of_it():
    number = in_state(State.ACTIVE)
    with signed_in(ADA) as app:
        page_of(ADA, app)
        pressed(app, "Keep it")
        assert [e.value for e in app.error] == ["Please write down the words of both."]
        app.text_area(key=f"review-{number}-0-student").input("It goes well")
        app.text_area(key=f"review-{number}-0-tutor").input("Two essays are in")
        pressed(app, "Keep it")
        assert plan().steps[-2].said == "The student: It goes well\nThe tutor: Two essays are in"
        pressed(app, "Close the plan")
        assert [e.value for e in app.error] == ["Please choose what became of it."]
        app.radio(key=f"close-{number}-{len(plan().steps)}-outcome").set_value(Outcome.HELPED)
        pressed(app, "Close the plan")
    assert (plan().state, plan().outcome) == (State.CLOSED, Outcome.HELPED)
    for member in (ADA, BEN):
        with signed_in(member) as app:
            page_of(member, app, "earlier-plans", f"became-{number}")
            assert "Closed on 23 November 2026: it helped." in said(app)
            assert "The student: It goes well" in said(app)


# Two at once, as each sees it on the page


def test_of_two_who_edit_one_plan_the_second_reads_both_texts_and_decides(rated):
    rated.change(insert(Tutoring).values(enrolment=1, tutor=TOM.number, first=TODAY, run=1))
    number = in_state(State.PROPOSED)
    with signed_in(ADA) as app:
        page_of(ADA, app, f"plan-text-{number}-1")
        app.text_area(key=f"plan-text-{number}-aim-1").input("Ada's aim")
        with signed_in(TOM) as other:
            page_of(TOM, other, f"plan-text-{number}-1")
            other.text_area(key=f"plan-text-{number}-aim-1").input("Tom's aim")
            pressed(other, "Save")
        assert plan().aim == "Tom's aim"
        pressed(app, "Save")
        assert "Somebody else has changed this since you began. It now says: “Tom's aim" in said(app)
        assert app.text_area(key=f"plan-text-{number}-aim-1").value == "Ada's aim"
        assert plan().aim == "Tom's aim"
        pressed(app, "Save")
    assert plan().aim == "Ada's aim"
    with signed_in(BEN) as app:
        page_of(BEN, app, f"became-{number}")
        for earlier in (AIM, "Tom's aim"):
            assert f"Before: “{earlier}" in said(app)


def test_of_tutor_and_student_who_change_one_action_the_second_reads_both_texts():
    in_state(State.PROPOSED, OWN)
    number = action().id
    with signed_in(ADA) as app:
        page_of(ADA, app, f"action-text-{number}-1")
        app.text_area(key=f"action-text-{number}-in-1").input("Hers")
        plan_actions.amend(BEN.viewer, None, number, 1, "His", OWN.due, NOW)
        pressed(app, "Save the change")
        assert "It now says: “His (by 30 November 2026)”" in said(app)
        assert (app.text_area(key=f"action-text-{number}-in-1").value, action().text) == ("Hers", "His")
        pressed(app, "Save the change")
    assert [step.before for step in action().steps if step.before] == [
        "Make a list of open work (by 30 November 2026)",
        "His (by 30 November 2026)",
    ]


def test_the_student_never_agrees_unread_to_what_the_tutor_changes_meanwhile():
    number = in_state(State.PROPOSED, OWN)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        plan_actions.add(ADA.viewer, BEN.id, number, TUTORS, NOW)
        pressed(app, "I agree to this plan")
        assert plan().state is State.PROPOSED
    agree(number)
