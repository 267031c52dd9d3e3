"""Shared with me, as an adviser of the cast sees it: what is theirs, each condition of it, and the word back."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from data_access import shares
from data_access.tables import RoleGrant, SharedAction, SupportAction
from pages import PAGES
from support.action import State
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, AVI, BEN, CAST, NOW, TIM, TODAY, TOM
from tests.planned import AIM, OTHER, TEXT, planned
from tests.shared import GROUNDS, NEED, on_action, on_plan, rows, share

PAGE = next(page for page in PAGES if page.url == "shared-with-me")


@pytest.fixture
def shared(rated):
    """What Ada has shared with Avi of Ben's plan."""
    of = planned(rated)
    share(of)
    return of


def pressed(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def page_of_avi(app):
    return opened(app.run(), PAGE)


def test_an_adviser_with_whom_nothing_is_shared_reads_what_will_stand_here(rated):
    planned(rated)
    with signed_in(AVI) as app:
        page_of_avi(app)
        (said,) = [one.value for one in app.info]
        assert said.startswith("Nothing is shared with you at present.")
        assert not app.expander
        assert not [word for word in (BEN.family, TEXT, AIM, OTHER) if word in sent(app)]


def test_the_action_stands_there_with_student_day_reason_and_sharer_and_nothing_else(shared):
    with signed_in(AVI) as app:
        page_of_avi(app)
        text = sent(app)
    for word in (TEXT, "Ben Quaverley", "30 November 2026", NEED, "Ada Okonkwo", "23 November 2026"):
        assert word in text.replace("\\", "")
    assert not [word for word in (AIM, OTHER, "Studies", "rating", "Partial", "classes") if word in text]


def test_an_action_whose_day_is_past_says_so(rated):
    of = planned(rated)
    share(of)
    rated.change(on_action(due=TODAY - timedelta(days=1))())
    with signed_in(AVI) as app:
        page_of_avi(app)
        said = "\n".join(one.value for one in app.markdown)
    assert "1 action is shared with you. 1 of them was due before today." in said
    assert "by 22 November 2026, still open" in said


@pytest.mark.parametrize("taken", GROUNDS)
def test_with_any_condition_taken_away_the_page_is_empty_again(rated, shared, taken):
    with signed_in(AVI) as app:
        page_of_avi(app)
        assert TEXT in sent(app)
        rated.change(GROUNDS[taken]())
        app.run()
        assert not [word for word in (TEXT, BEN.family, NEED) if word in sent(app)]
        assert app.info[0].value.startswith("Nothing is shared with you at present.")


@pytest.mark.parametrize(
    "taken", [on_plan(state="closed"), lambda: update(SharedAction).values(ended_at=NOW)]
)
def test_a_report_sent_after_the_end_changes_nothing(rated, shared, taken):
    with signed_in(AVI) as app:
        page_of_avi(app)
        app.text_area(key="report-1-text").input("Ben came, and wrote a plan")
        rated.change(taken())
        pressed(app, "It is done")
        assert not app.text_area  # the form has gone with the action
    assert rows(rated, SharedAction.outcome) == [None]


@pytest.mark.parametrize(
    ("button", "state"), [("It is done", State.DONE), ("Hand it back, not done", State.OPEN)]
)
def test_what_came_of_it_goes_back_and_the_action_leaves_the_page(rated, shared, button, state):
    with signed_in(AVI) as app:
        page_of_avi(app)
        app.text_area(key="report-1-text").input("Ben came, and wrote a plan")
        pressed(app, button)
        assert not app.exception
        assert app.info[0].value.startswith("Nothing is shared with you at present.")
    (seen,) = shares.of(BEN.viewer, None, NOW)
    assert [one.outcome for one in seen.earlier] == ["Ben came, and wrote a plan"]
    with rated.session() as session:
        assert session.get_one(SupportAction, shared.action).state is state


def test_a_report_without_a_word_says_what_to_do(rated, shared):
    with signed_in(AVI) as app:
        pressed(page_of_avi(app), "It is done")
        assert [one.value for one in app.error] == ["Please say what came of it, in a few words."]
    assert rows(rated, SharedAction.ended_at) == [None]


def test_words_that_look_sensitive_are_asked_about_before_anything_is_sent(rated, shared):
    with signed_in(AVI) as app:
        page_of_avi(app)
        app.text_area(key="report-1-text").input("Ben told me of his depression")
        pressed(app, "It is done")
        assert "depression" in app.warning[0].value
        assert rows(rated, SharedAction.ended_at) == [None]
        app.text_area(key="report-1-text").input("Ben came")
        pressed(app, "It is done")
    assert rows(rated, SharedAction.outcome) == ["Ben came"]


def test_another_adviser_sees_nothing_of_it(rated, shared):
    grant = {"role": AVI.role, "first": TODAY - timedelta(days=1), "granted_by": "eve", "reason": "Too"}
    rated.change(update(RoleGrant).where(RoleGrant.person == TOM.number).values(**grant))
    with signed_in(TOM) as app:
        page_of_avi(app)
        assert app.info[0].value.startswith("Nothing is shared with you at present.")
        assert BEN.family not in sent(app)


@pytest.mark.parametrize("member", [m for m in CAST if m not in (AVI, TIM)], ids=lambda m: m.given)
def test_nobody_else_has_the_page(shared, member):
    with signed_in(member) as app, pytest.raises(ValueError, match="shared"):
        page_of_avi(app)


def test_the_tutor_shares_on_the_students_page_of_support_and_all_three_read_what_came_back(rated):
    of = planned(rated)
    tutors, students = (next(page for page in PAGES if page.url == url) for url in ("support", "my-support"))
    with signed_in(ADA) as app:
        app.query_params["student"], app.query_params["part"] = BEN.id, "plans"
        opened(app.run(), tutors)
        app.text_area(key=f"share-{of.action}-0-text").input(NEED)
        pressed(app, "Share this action")
        assert not app.exception
    with signed_in(AVI) as app:
        page_of_avi(app)
        assert NEED in sent(app)
        app.text_area(key="report-1-text").input("Ben came, and wrote a plan")
        pressed(app, "It is done")
    for member, page in ((ADA, tutors), (BEN, students)):
        with signed_in(member) as app:
            app.query_params["student"], app.query_params["part"] = BEN.id, "plans"
            opened(app.run(), page)
            assert "What came back: “Ben came, and wrote a plan”" in sent(app)
