"""Something is wrong here: said on My engagement and My data, read by the tutor, answered on Sources."""

import csv
import io
from datetime import timedelta

import pytest

from components import disputed_records
from data_access import dispute_tickets, disputes, notes
from pages import PAGES
from privacy.dispute import Kind, State, Target, Ticket
from privacy.labels import Source
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, EVE, NOW

PAGE = {page.url: page for page in PAGES}
CLASS = "Lecture of Introduction to Quaverley Studies, 3 November, 09:00"
TARGET = Target(Kind.ATTENDANCE, 106)
REASONS = "The paper register was looked up: the name is not on it."


def wrong(app, claim, text=""):
    """The box open, the class chosen and the form filled in and sent."""
    app.session_state["something-wrong"] = True
    return filled(app.run(), claim, text)


def filled(app, claim, text=""):
    (choice,) = [one for one in app.selectbox if one.label == "Which one?"]
    choice.set_value(TARGET).run()
    if claim:
        next(one for one in app.radio if one.label == "What is right?").set_value(claim)
    next(one for one in app.text_area).set_value(text)
    next(one for one in app.button if one.label == "Say that it is wrong").click()
    return app.run()


def state():
    return [one.state for one in disputes.own(BEN.viewer, NOW)]


def test_a_student_says_on_their_own_page_that_a_class_is_wrong(rated):
    with signed_in(BEN) as app:
        opened(app.run(), PAGE["engagement"])
        wrong(app, "I was there")
        assert not app.exception
        [toast] = app.toast
        assert toast.value == "Marked as disputed. Until it is settled it does not count."
        app.session_state["as-table"] = True
        assert "disputed since 23 November" in sent(app.run())
        (choice,) = [one for one in app.selectbox if one.label == "Which one?"]
        assert not [one for one in choice.options if one.startswith(CLASS)]
    assert state() == [State.DISPUTED]


@pytest.mark.parametrize(
    ("claim", "text", "told"),
    [
        (None, "", "Please choose what is right."),
        ("Something else", "", "Please say in a few words what is right."),
    ],
)
def test_the_form_says_what_is_missing_and_nothing_is_written(rated, claim, text, told):
    with signed_in(BEN) as app:
        opened(app.run(), PAGE["engagement"])
        wrong(app, claim, text)
        assert told in [one.value for one in app.error]
    assert state() == []


def test_words_that_look_sensitive_are_asked_about_first(rated):
    with signed_in(BEN) as app:
        opened(app.run(), PAGE["engagement"])
        wrong(app, "I was there", "I took my medication and went.")
        assert any("“medication”" in one.value for one in app.warning)
    assert state() == []


def test_the_tutor_reads_that_it_is_disputed_and_not_what_was_said(rated):
    disputes.say(BEN.viewer, TARGET, "I was there", "I sat beside the periwinkles.", NOW)
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        app.session_state["as-table"] = True
        text = sent(opened(app.run(), PAGE["timeline"]))
    assert "disputed since 23 November" in text
    assert "1 disputed" in text
    assert "periwinkles" not in text


def test_my_data_lists_it_and_lets_it_stand(rated):
    disputes.say(BEN.viewer, TARGET, "I was there", "", NOW)
    with signed_in(BEN) as app:
        app.session_state["part"] = "Correct"
        opened(app.run(), PAGE["my-data"])
        text = "\n".join(one.value for one in app.markdown)
        assert "Disputed since 23 November 2026. Your rating is worked out without it." in text
        next(one for one in app.button if one.label == "Let it stand").click()
        app.run()
        assert not app.exception
    assert state() == [State.TAKEN_BACK]


def test_my_data_takes_a_correction_of_the_course_too(rated):
    with signed_in(BEN) as app:
        app.session_state["part"] = "Correct"
        opened(app.run(), PAGE["my-data"])
        app.session_state["dispute-kind"] = Kind.COURSE
        app.run()
        (choice,) = [one for one in app.selectbox if one.label == "Which one?"]
        assert choice.options[2] == "Stage (Quaverley Studies): 1"
        assert not any(CAL.family in one for one in choice.options)


def test_reasons_are_read_with_the_ways_to_complain(rated):
    reference = disputes.say(BEN.viewer, TARGET, "I was there", "", NOW)
    dispute_tickets.keep(EVE.viewer, reference, REASONS, NOW + timedelta(minutes=1))
    with signed_in(BEN) as app:
        app.session_state["part"] = "Correct"
        opened(app.run(), PAGE["my-data"])
        text = "\n".join(one.value for one in (*app.markdown, *app.text))
    assert "The paper register was looked up" in text
    assert "Your words stay with the record." in text
    for way in ("to the university", "to the regulator", "to a court"):
        assert way in text


def test_the_administrator_keeps_a_record_with_reasons_and_sees_no_name(rated):
    disputes.say(BEN.viewer, TARGET, "I was there", "", NOW)
    with signed_in(EVE) as app:
        app.session_state["part"] = "Things to look at"
        text = sent(opened(app.run(), PAGE["sources"]))
        assert "T106" in text
        assert "1 record is disputed" in text
        assert f"{BEN.given} {BEN.family}" not in text
        next(one for one in app.text_area if one.label == "Why it is right").set_value(REASONS)
        next(one for one in app.button if one.label == "Keep the record").click()
        app.run()
        assert not app.exception
        assert "No record is disputed at present." in [one.value for one in app.info]
    assert state() == [State.KEPT]


def test_a_record_is_not_kept_for_nothing(rated):
    disputes.say(BEN.viewer, TARGET, "I was there", "", NOW)
    with signed_in(EVE) as app:
        app.session_state["part"] = "Things to look at"
        opened(app.run(), PAGE["sources"])
        next(one for one in app.button if one.label == "Keep the record").click()
        app.run()
        assert "Please say why in at least 15 characters. The student reads it too." in [
            one.value for one in app.error
        ]
    assert state() == [State.DISPUTED]


def test_the_file_of_tickets_holds_no_formula():
    ticket = Ticket(
        "C-1", Source.ATTENDANCE, "w01", "=2+3", "Lecture", "absent", "I was there", "@SUM(A1)", NOW, None
    )
    heads, row = csv.reader(io.StringIO(disputed_records.written([ticket]).decode("utf-8-sig")))
    assert heads[:4] == ["reference", "system", "student", "record"]
    assert row[2:8] == ["w01", "'=2+3", "Lecture", "absent", "I was there", "'@SUM(A1)"]


# The way from a figure to the box


def test_an_address_opens_the_box_with_the_very_class_chosen(rated):
    with signed_in(BEN) as app:
        app.query_params["wrong"] = "attendance"
        app.query_params["on"] = "2026-11-03"
        opened(app.run(), PAGE["my-data"])
        (choice,) = [one for one in app.selectbox if one.label == "Which one?"]
        assert choice.value == TARGET
        assert choice.options[choice.index].startswith(CLASS)


def test_each_row_of_the_students_table_and_each_sum_leads_to_it_and_no_tutors_does(rated):
    with signed_in(BEN) as app:
        opened(app.run(), PAGE["engagement"])
        app.session_state["as-table"] = app.session_state["worked-out"] = True
        own = sent(app.run())
    assert "(my-data?wrong=attendance&on=2026-11-02&until=2026-11-08)" in own
    assert "(my-data?wrong=work&on=2026-11-03&module=M1)" in own
    assert "(my-data?wrong=online&module=M1)" in own
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        app.session_state["as-table"] = app.session_state["worked-out"] = True
        assert "my-data?wrong" not in sent(opened(app.run(), PAGE["timeline"]))


def test_what_is_held_shows_the_row_that_is_disputed(rated):
    disputes.say(BEN.viewer, TARGET, "I was there", "", NOW)
    with signed_in(BEN) as app:
        app.session_state["part"] = "What is held"
        app.session_state["held-attendance"] = True
        shown = sent(opened(app.run(), PAGE["my-data"]))
    assert "You have said of 1 row that it is wrong." in shown
    assert shown.count("since 23 Nov 2026") == 1


def test_a_note_in_dispute_is_marked_for_both_and_the_author_says_why_it_stays(rated):
    number = notes.begin(ADA.viewer, BEN.id, "Ben likes mornings.", NOW)
    notes.share(ADA.viewer, BEN.id, number, 1, NOW)
    disputes.say(BEN.viewer, Target(Kind.NOTE, number), "It is not what was said", "", NOW)
    with signed_in(BEN) as app:
        assert "you have said so since 23 November 2026" in sent(opened(app.run(), PAGE["my-support"]))
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), PAGE["support"])
        assert "Ben says: It is not what was said." in "\n".join(one.value for one in app.markdown)
        next(one for one in app.text_area if one.label == "Why it is right").set_value(REASONS)
        next(one for one in app.button if one.label == "Keep it").click()
        app.run()
        assert not app.exception
    assert state() == [State.KEPT]
