"""My consent, Sensitive notes and Consents, as the cast sees them."""

import pytest
from sqlalchemy import select, update

from data_access import consents, sensitive_notes
from data_access.tables import AccessLine, ConsentStep, SharedAction, Tutoring
from pages import PAGES
from privacy.consent import State, Wanted
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, AVI, BEN, CAL, NOW, ROS, TOM
from tests.planned import planned
from tests.shared import share

OWN, TUTORS, SHARED, REGISTER = (
    next(page for page in PAGES if page.url == url)
    for url in ("my-consent", "sensitive-notes", "shared-with-me", "consents")
)
WANTED = "Which of your classes are hard to reach with your hay fever"
WHY = "So that the plan can name other times for them"
SECRET = "Zyrtecol makes Ben drowsy. Mornings are hard."


@pytest.fixture
def asked(rated) -> int:
    plan = planned(rated)
    number = consents.ask(ADA.viewer, BEN.id, Wanted(plan.plan, WANTED, WHY, (AVI.id,)), NOW)
    assert share(plan)
    return number


def stands(store) -> list[State]:
    with store.session() as session:
        return list(session.scalars(select(ConsentStep.state).order_by(ConsentStep.n)))


def give(number: int) -> None:
    (one,) = consents.of(BEN.viewer, None, NOW)
    consents.give(BEN.viewer, number, one.sha256, "Ben Quaverley", NOW)


def test_a_student_whom_nobody_asked_reads_what_will_stand_here(rated):
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        assert app.info[0].value.startswith("Nobody has asked for your consent.")


def test_the_box_is_not_ticked_and_a_yes_without_it_is_no_yes(rated, asked):
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        assert [box.value for box in app.checkbox] == [False]
        assert {b.label for b in app.button} >= {"I say yes", "I say no"}
        next(b for b in app.button if b.label == "I say yes").click().run()
        assert "tick the sentence" in app.error[0].value
    assert stands(rated) == [State.ASKED]


def test_the_student_says_yes_with_tick_and_name_and_takes_it_back_with_one_press(rated, asked):
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        app.checkbox[0].check()
        app.text_input[0].input("ben quaverley")
        next(b for b in app.button if b.label == "I say yes").click().run()
        assert stands(rated)[-1] is State.GIVEN
        next(b for b in app.button if b.label == "Withdraw my consent").click().run()
    assert stands(rated) == [State.ASKED, State.GIVEN, State.WITHDRAWN]


def test_a_no_needs_neither_tick_nor_name(rated, asked):
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        next(b for b in app.button if b.label == "I say no").click().run()
        assert not app.error
    assert stands(rated) == [State.ASKED, State.REFUSED]


def test_another_name_says_which_is_needed_and_nothing_is_lost(rated, asked):
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        app.checkbox[0].check()
        app.text_input[0].input("Somebody Else")
        next(b for b in app.button if b.label == "I say yes").click().run()
        assert "full name" in app.error[0].value
        assert app.text_input[0].value == "Somebody Else"
    assert stands(rated) == [State.ASKED]


def test_the_tutor_asks_on_the_page_and_writes_only_after_the_yes(rated, asked):
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), TUTORS)
        assert not [t for t in app.text_area if t.label == "Write under this consent"]
        give(asked)
        app.run()
        next(t for t in app.text_area if t.label == "Write under this consent").input(SECRET)
        next(b for b in app.button if b.label == "Keep it").click().run()
    assert [n.text for n in sensitive_notes.of(BEN.viewer, None, asked, NOW)] == [SECRET]


def test_a_tutor_whom_the_consent_does_not_name_reads_that_and_is_not_said_to_have_tried(rated, asked):
    give(asked)
    rated.change(update(Tutoring).where(Tutoring.enrolment == 1).values(tutor=TOM.number))
    with signed_in(TOM) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), TUTORS)
    assert not app.exception
    assert not [t for t in app.text_area if t.label == "Write under this consent"]
    with rated.session() as session:
        assert session.scalars(select(AccessLine.seq).where(AccessLine.allowed.is_(False))).all() == []


def test_the_form_asks_and_says_what_is_missing(rated):
    planned(rated)
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), TUTORS)
        next(b for b in app.button if b.label == "Ask the student").click().run()
        assert "15 characters" in app.error[0].value
        for label, said in (("What would be written down", WANTED), ("What for", WHY)):
            next(t for t in app.text_input if t.label == label).input(said)
        next(b for b in app.button if b.label == "Ask the student").click().run()
    assert stands(rated) == [State.ASKED]


def test_withdrawn_between_two_turns_the_advisers_page_is_empty_of_it(rated, asked):
    give(asked)
    note = sensitive_notes.write(ADA.viewer, BEN.id, asked, SECRET, NOW)
    sensitive_notes.share(ADA.viewer, BEN.id, note, 1, (1,), "Avi must know which hours to avoid", NOW)
    with signed_in(AVI) as app:
        opened(app.run(), SHARED)
        assert "Mornings are hard." in sent(app)
        assert "Zyrtecol" not in sent(app)
        consents.withdraw(BEN.viewer, asked, NOW)
        app.run()
        assert "Mornings are hard." not in sent(app)


def test_the_register_shows_that_it_was_asked_and_neither_who_nor_what(rated, asked):
    with signed_in(ROS) as app:
        opened(app.run(), REGISTER)
        shown = sent(app)
        assert "asked for" in shown
        assert not [word for word in (WANTED, WHY, "Quaverley", BEN.id) if word in shown]


def test_another_student_sees_nothing_of_it(rated, asked):
    with signed_in(CAL) as app:
        opened(app.run(), OWN)
        assert WANTED not in sent(app)


def test_the_adviser_is_asked_to_delete_what_they_kept_once_the_student_has_taken_it_back(rated, asked):
    give(asked)
    note = sensitive_notes.write(ADA.viewer, BEN.id, asked, SECRET, NOW)
    with rated.session() as session:
        shared = session.scalars(select(SharedAction.id)).one()
    sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (1,), "Avi must know which hours to avoid", NOW)
    with signed_in(AVI) as app:
        opened(app.run(), SHARED)
        assert "please delete that now" not in sent(app)
        consents.withdraw(BEN.viewer, asked, NOW)
        app.run()
        assert sent(app).count("please delete that now") == 1
        assert "Mornings are hard" not in sent(app)
        assert not app.exception
