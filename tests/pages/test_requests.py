"""Requests and deadlines, and the student's side of it on My data: what each sees, and what each can do."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from data_access import breaches, consents, own_requests, request_queue
from data_access.tables import SourceKey
from pages import PAGES
from privacy.case_decisions import Ask
from privacy.consent import State as Stands
from privacy.consent import Wanted
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.request import Kind, State
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, NOW, ROS
from tests.data_access.asking import asked, checked, does, letter, searched
from tests.planned import planned

PAGE = next(page for page in PAGES if page.url == "requests")
MY_DATA = next(page for page in PAGES if page.url == "my-data")
BEFORE = NOW - timedelta(days=1)


def pressed(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def chosen(app, label: str, option: str):
    next(radio for radio in app.radio if radio.label == label).set_value(option)
    return app.run()


def written(app, label: str, text: str):
    next(box for box in app.text_area if box.label == label).set_value(text)
    return app


def at_case(app, reference: str):
    app.query_params["case"] = reference
    return opened(app.run(), PAGE)


def at_part(app, part: str, page=PAGE):
    app.session_state["part"] = part
    return opened(app.run(), page)


def test_the_list_names_what_is_asked_by_whom_and_by_when(university):
    reference = asked()
    with signed_in(ROS) as app:
        text = sent(opened(app.run(), PAGE))
        assert not app.exception
    for word in (reference, "Ben Quaverley", "Copy of what is held", "due 23 December, in 30 days"):
        assert word in text
    assert CAL.family not in text


def test_what_is_past_its_day_is_said_above_the_list(university):
    asked(at=NOW - timedelta(days=40))
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        (late,) = [one.value for one in app.error]
    assert late == "1 request is past the day of the answer."


def test_one_request_shows_its_clock_in_sentences_and_its_words_letter_by_letter(university):
    reference = asked(Kind.ERASURE, "**Erase** [this](http://x)")
    with signed_in(ROS) as app:
        at_case(app, reference)
        said = [one.value for one in app.markdown]
    assert any("One month later is Wednesday 23 December 2026." in one for one in said)
    assert any("\\*\\*Erase\\*\\* \\[this\\]" in one for one in said)


def test_an_officer_begins_to_answer_and_the_student_reads_it(university):
    reference = asked(Kind.ERASURE, "The note")
    with signed_in(ROS) as app:
        at_case(app, reference)
        pressed(app, "Write it down")
        assert not app.exception
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert (case.state, case.steps[-1].by) == (State.IN_PROGRESS, "Ros Llewellyn")


def test_a_letter_stands_there_in_full_before_it_is_sent(university):
    reference = checked(Kind.ERASURE, NOW)
    with signed_in(ROS) as app:
        at_case(app, reference)
        chosen(app, "Which letter", State.FULFILLED)
        written(app, "In your words", "The note of 12 October is gone.").run()
        shown = next(one.value for one in app.text if one.value.startswith("Your university"))
        pressed(app, "Send this letter")
        assert not app.exception
        over = app.info[0].value
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert case.letters[0].text == shown
    assert "The note of 12 October is gone." in shown
    assert over == "This request is over, or it is not yours to answer."


def test_a_refusal_of_the_request_without_a_ground_is_said_on_the_page(university):
    reference = checked(Kind.ERASURE, NOW)
    with signed_in(ROS) as app:
        at_case(app, reference)
        chosen(app, "Which letter", State.REFUSED)
        pressed(app, "Send this letter")
        assert any("ground in law" in one.value for one in app.error)
    assert own_requests.of(BEN.viewer, NOW)[0].letters == ()


def test_marks_that_are_not_announced_are_said_in_the_letter_and_stay_in_the_list(university):
    reference = checked(at=NOW, kind=Kind.ACCESS)
    searched(reference, NOW)
    with signed_in(ROS) as app:
        at_case(app, reference)
        chosen(app, "Which letter", State.FULFILLED)
        marks = "Marks that were asked for and are not announced yet"
        chosen(app, marks, "No day is known")
        assert any("by the end of 22 April 2027" in one.value for one in app.text)
        chosen(app, marks, "Announced on a day that is known")
        assert not any("paragraph 25" in one.value for one in app.text)
        app.date_input(key=next(d.key for d in app.date_input if d.label == "Announced on")).set_value(
            NOW.date()
        ).run()
        assert any("announced by now" in one.value for one in app.caption)
        app.date_input(key=next(d.key for d in app.date_input if d.label == "Announced on")).set_value(
            date(2027, 1, 20)
        ).run()
        pressed(app, "Send this letter")
        assert not app.exception
    (left,) = request_queue.waiting(ROS.viewer, NOW)
    with signed_in(ROS) as app:
        assert "the marks alone" in sent(opened(app.run(), PAGE))
        at_case(app, left.reference)
        assert any("That is Sunday 28 February 2027." in one.value for one in app.markdown)
        assert "The search" not in [one.value for one in app.subheader]  # it was made for the rest
        next(d for d in app.date_input if d.label == "Announced on").set_value(date(2027, 1, 10))
        pressed(app, "Work out the day")
        assert not app.exception
    assert request_queue.waiting(ROS.viewer, NOW)[0].days.due == date(2027, 2, 18)


def test_the_search_is_written_down_system_by_system(university):
    reference = asked()
    with signed_in(ROS) as app:
        at_case(app, reference)
        pressed(app, "Add")
        text = sent(app)
    assert "Still to be named: VLE, Timetable, Attendance and Learner Analytics." in text


def test_what_is_left_unused_is_ended_after_notice_with_reasons(university):
    reference = own_requests.ask(BEN.viewer, Ask(Kind.OBJECTION, "", purposes=(Purpose.IDENTIFY,)), BEFORE)
    with signed_in(ROS) as app:
        at_case(app, reference)
        label = "Why: the compelling legitimate grounds, for the student to read"
        written(app, label, "We promised to look at it each week.")
        pressed(app, "Tell the student")
        assert not app.exception
        assert "It can end from 28 November 2026" in sent(app)


def test_a_request_by_post_is_entered_for_the_very_number_of_a_student(university):
    with signed_in(ROS) as app:
        at_part(app, "Enter a request")
        next(box for box in app.selectbox if box.label == "What is asked for").set_value(Kind.ACCESS).run()
        next(box for box in app.text_input if box.label == "Number in student records").set_value("E-nobody")
        written(app, "What it says", "Send me everything")
        pressed(app, "Enter it")
        assert any("no student with that number" in one.value for one in app.error)
    assert request_queue.waiting(ROS.viewer, NOW) == ()


def test_a_consent_taken_back_by_letter_ends_as_it_is_entered(rated):
    plan = planned(rated)
    number = consents.ask(
        ADA.viewer, BEN.id, Wanted(plan.plan, "Which hours are hard", "So that the plan can name others"), NOW
    )
    (one,) = consents.of(BEN.viewer, None, NOW)
    consents.give(BEN.viewer, number, one.sha256, "Ben Quaverley", NOW)
    key = "W1234567"
    rated.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key=key, person=BEN.number))
    with signed_in(ROS) as app:
        at_part(app, "Enter a request")
        kinds = next(box for box in app.selectbox if box.label == "What is asked for")
        kinds.set_value(Kind.CONSENT_WITHDRAWAL).run()
        asked_for = next(box for box in app.text_input if box.label == "Number in student records")
        asked_for.set_value("W1").run()
        assert "No consent stands or waits under that number." in sent(app)
        next(box for box in app.text_input if box.label == "Number in student records").set_value(key).run()
        text = sent(app)
        assert "given on 23 November 2026, until 23 November 2027 at the latest" in text
        assert BEN.family not in text
        pressed(app, "End it now")
        assert any("write what the request says" in one.value for one in app.error)
        written(app, "What it says", "Throw it away")
        pressed(app, "End it now")
        assert not app.exception
        assert "No consent stands or waits under that number." in sent(app)
    (one,) = consents.of(BEN.viewer, None, NOW)
    assert (one.state, one.steps[-1].by) == (Stands.WITHDRAWN, "Ros Llewellyn")
    assert [case.kind for case in own_requests.of(BEN.viewer, NOW)] == [Kind.CONSENT_WITHDRAWAL]


def test_a_breach_is_written_down_and_its_clock_runs(university):
    with signed_in(ROS) as app:
        at_part(app, "Breaches")
        written(app, "What happened; no names", "A register was sent to the wrong class")
        pressed(app, "Write it down")
        assert not app.exception
        assert "72 hours left" in sent(app)
    assert breaches.all_of(ROS.viewer, NOW)[0].what == "A register was sent to the wrong class"


def test_what_is_over_is_counted_without_a_name(university):
    reference = checked(Kind.ERASURE, BEFORE)
    does(reference, letter(State.FULFILLED), BEFORE)
    with signed_in(ROS) as app:
        text = sent(at_part(app, "What is over"))
        assert not app.exception
    assert "No name is in these figures." in text
    assert BEN.family not in text


def test_nobody_else_has_the_page(university):
    for member in (ADA, BEN):
        with signed_in(member) as app, pytest.raises(ValueError, match="compliance"):
            opened(app.run(), PAGE)


def test_a_student_objects_and_takes_it_back_on_their_own_page(university):
    with signed_in(BEN) as app:
        at_part(app, "Ask and object", MY_DATA)
        chosen(app, "What would you like to ask for?", Kind.OBJECTION)
        pressed(app, "Send")
        assert [one.value for one in app.error] == ["Please choose at least one use of your data."]
        next(box for box in app.checkbox if box.key == f"object-{Purpose.IDENTIFY}").check()
        pressed(app, "Send")
        assert not app.exception
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert (case.kind, case.state) == (Kind.OBJECTION, State.RECEIVED)
    with signed_in(BEN) as app:
        text = sent(at_part(app, "Requests", MY_DATA))
        assert "Your data are kept and not used for some things, as you asked" in text
        assert "You have the answer by the end of 23 December 2026." in text
        pressed(app, "Use again")
        assert not app.exception
        pressed(app, "Take it back")
        assert not app.exception
    (case,) = own_requests.of(BEN.viewer, NOW)
    assert case.state is State.WITHDRAWN


def test_a_student_answers_what_is_asked_back(university):
    reference = asked(at=BEFORE)
    does(reference, letter(State.CLARIFYING, "Which years do you mean?"), BEFORE)
    with signed_in(BEN) as app:
        text = sent(at_part(app, "Requests", MY_DATA))
        assert "the time to answer stands still" in text
        assert "Which years do you mean?" in text
        pressed(app, "Send the answer")
        assert [one.value for one in app.error] == ["Please write your answer first."]
        written(app, "Your answer", "This year")
        pressed(app, "Send the answer")
        assert not app.exception
    assert own_requests.of(BEN.viewer, NOW)[0].state is State.IN_PROGRESS


def test_a_complaint_about_the_team_names_the_request_it_is_about(university):
    reference = asked(at=BEFORE)
    with signed_in(BEN) as app:
        at_part(app, "Ask and object", MY_DATA)
        chosen(app, "What would you like to ask for?", Kind.COMPLAINT)
        written(app, "What happened", "Nobody answers me")
        next(box for box in app.selectbox if "which one" in box.label).set_value(reference)
        next(box for box in app.checkbox if "team itself" in box.label).check()
        pressed(app, "Send")
        assert not app.exception
    case = own_requests.of(BEN.viewer, NOW)[0]
    assert (case.kind, case.about, case.about_team) == (Kind.COMPLAINT, reference, True)
