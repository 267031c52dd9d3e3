"""Notes on both pages: drafted, shared, approved, commented on and corrected, and what the second of two reads."""

from datetime import timedelta

import pytest

from data_access import notes, offer_answers, offering, offers
from data_access.meeting_steps import hold
from pages import PAGES
from support.note import State
from support.offer import Format, Invitation
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, NOW
from tests.pages.pressing import pressed, said

TUTORS_PAGE = next(page for page in PAGES if page.url == "support")
STUDENTS_PAGE = next(page for page in PAGES if page.url == "my-support")
DAY = timedelta(days=1)
TEXT = "We talked about the two essays"
pytestmark = pytest.mark.usefixtures("rated")


def page_of(member, app):
    """The notes on the page of the student, or of their tutor."""
    app.run()
    app.query_params["student"], app.query_params["part"] = BEN.id, "notes"
    return opened(app, STUDENTS_PAGE if member is BEN else TUTORS_PAGE)


def kept(app):
    """The form of a note is the last on the page; that of a plan says the same."""
    [button for button in app.button if button.label == "Keep as a draft"][-1].click()
    return app.run()


def note(member=ADA):
    return notes.of(member.viewer, None if member is BEN else BEN.id, NOW)[0]


def shared() -> int:
    number = notes.begin(ADA.viewer, BEN.id, TEXT, NOW)
    notes.share(ADA.viewer, BEN.id, number, 1, NOW)
    return number


def test_a_draft_is_written_saved_and_shared_and_only_then_the_student_reads_it():
    with signed_in(ADA) as app:
        page_of(ADA, app)
        app.text_area(key="note-new-0-text").input("We talked")
        kept(app)
        assert "Note of 23 November 2026" in said(app)
        number = note().id
        app.text_area(key=f"note-draft-{number}-1-text").input(TEXT)
        pressed(app, "Share with the student")
        assert app.info[0].value.startswith("Please save the draft first")
        pressed(app, "Save the draft")
        with signed_in(BEN) as other:
            page_of(BEN, other)
            assert TEXT not in said(other)
        pressed(app, "Share with the student")
        assert "The student can approve it or add a comment." in said(app)
    with signed_in(BEN) as app:
        page_of(BEN, app)
        assert TEXT in said(app)
        assert "Please read whether it says what you talked about." in said(app)


def test_a_note_is_the_record_of_the_meeting_that_is_chosen():
    before = NOW - 2 * DAY
    invited = Invitation(Format.PHONE, "", "Shall we?", 30, (NOW - DAY,))
    offering.make(ADA.viewer, BEN.id, invited, [], before)
    (one,) = offers.of(BEN.viewer, None, NOW)
    meeting = offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, before)
    hold(ADA.viewer, BEN.id, meeting, NOW)
    with signed_in(ADA) as app:
        page_of(ADA, app)
        app.selectbox(key="note-about-0").set_value(meeting)
        app.text_area(key="note-new-0-text").input(TEXT)
        kept(app)
    assert note().meeting == meeting


def test_the_student_approves_and_comments_and_the_tutor_corrects_below():
    number = shared()
    with signed_in(BEN) as app:
        pressed(page_of(BEN, app), "It says what we talked about")
        assert "You have approved it." in said(app)
        app.text_area(key=f"note-answer-{number}-2-text").input("It was three essays")
        pressed(app, "Add it")
        assert "You have added a comment." in said(app)
    with signed_in(ADA) as app:
        page_of(ADA, app)
        assert "It was three essays" in said(app)
        app.text_area(key=f"note-correct-{number}-3-text").input("Three essays, not two")
        pressed(app, "Add it")
    with signed_in(BEN) as app:
        page_of(BEN, app)
        for words in (TEXT, "It was three essays", "Correction: Three essays, not two"):
            assert words in said(app)
    assert note().state is State.WAITING


def test_a_note_that_was_corrected_meanwhile_is_read_before_it_is_approved():
    number = shared()
    with signed_in(BEN) as app:
        page_of(BEN, app)
        notes.correct(ADA.viewer, BEN.id, number, "It was three", NOW)
        pressed(app, "It says what we talked about")
        assert note().state is State.WAITING
        assert "Correction: It was three" in said(app)
        pressed(app, "It says what we talked about")
    assert note().state is State.APPROVED


def test_of_two_windows_on_one_draft_the_second_reads_both_texts_and_decides():
    number = notes.begin(ADA.viewer, BEN.id, TEXT, NOW)
    box = f"note-draft-{number}-1-text"
    with signed_in(ADA) as app, signed_in(ADA) as other:
        page_of(ADA, app)
        page_of(ADA, other)
        other.text_area(key=box).input("The other window")
        pressed(other, "Save the draft")
        app.text_area(key=box).input("This window")
        pressed(app, "Save the draft")
        assert "Somebody else has changed this since you began. It now says: “The other window”" in said(app)
        assert app.text_area(key=box).value == "This window"
        assert note().entries[-1].text == "The other window"
        pressed(app, "Save the draft")
    assert note().entries[-1].text == "This window"


def test_words_that_look_sensitive_are_kept_with_the_reason_that_both_read():
    with signed_in(ADA) as app:
        page_of(ADA, app)
        app.text_area(key="note-new-0-text").input("Ben is anxious about one exam")
        kept(app)
        assert "“anxious” may be sensitive personal information" in said(app)
        assert notes.of(ADA.viewer, BEN.id, NOW) == ()
        app.text_input(key="note-new-0-why").input("His word for one exam")
        kept(app)
        pressed(app, "Share with the student")
    with signed_in(BEN) as app:
        page_of(BEN, app)
        assert "Words kept with the reason: His word for one exam" in said(app)
