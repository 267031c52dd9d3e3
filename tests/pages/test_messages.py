"""Messages, as tutors and students of the cast see them."""

from datetime import timedelta

from sqlalchemy import insert, update
from streamlit.testing.v1 import AppTest

from data_access.tables import Message, Tutoring
from pages import PAGES
from support.message import Problem, State
from support.offer import Format, Invitation
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, NOW, TERM, TOM
from tests.data_access.telling import CANARY, WORDS, tell

PAGE = next(page for page in PAGES if page.url == "messages")
OWN = next(page for page in PAGES if page.url == "my-messages")


def said(app: AppTest) -> list[str]:
    return [one.value for one in (*app.markdown, *app.caption)]


def test_a_tutor_who_has_told_nobody_anything_reads_what_will_stand_here(rated):
    with signed_in(ADA) as app:
        opened(app.run(), PAGE)
        assert said(app)[0].startswith("Nothing was written to your tutees yet.")
        assert not app.selectbox
        assert not app.expander


def test_a_tutor_reads_what_was_told_and_what_became_of_the_email(rated):
    tell("offer-1", "offer")
    tell("plan-1", "plan")
    rated.change(update(Message).where(Message.key == "plan-1").values(state=State.SENT, sent_at=NOW))
    with signed_in(ADA) as app:
        opened(app.run(), PAGE)
        assert "2 messages to 1 tutee: 1 e-mailed, 1 still to be e-mailed." in said(app)
        assert [box.label for box in app.expander] == [
            r"**Ben Quaverley** · Mon 23 Nov · Ada Okonkwo\-Byrne proposes a support plan",
            r"**Ben Quaverley** · Mon 23 Nov · Ada Okonkwo\-Byrne would like to talk with you",
        ]
        assert [one.value.split(" · ")[-1] for one in app.main.caption][-2:] == [
            "e-mailed Mon 23 Nov, 10:00",
            "not e-mailed yet: no mail server is set up here",
        ]
        assert WORDS["text"] in sent(app)


def test_the_tutee_in_the_address_is_the_one_that_is_shown(rated):
    rated.change(insert(Tutoring).values(enrolment=2, tutor=ADA.number, first=TERM, run=1))
    tell("plan-1", "plan")
    tell("plan-2", "plan", to=CAL)
    with signed_in(ADA) as app:
        app.query_params["student"] = CAL.id
        opened(app.run(), PAGE)
        assert [box.label.split(" · ")[0] for box in app.expander] == ["**Cal Zephyrine**"]
        app.selectbox(key="messages-to").set_value("All tutees").run()
        assert len(app.expander) == 2


def test_another_tutors_tutee_is_nowhere(rated):
    tell("plan-1", "plan")
    with signed_in(TOM) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), PAGE)
        assert BEN.family not in sent(app)


def test_a_student_reads_every_message_whole_and_why_it_was_not_emailed(rated):
    tell("offer-1", "offer", NOW - timedelta(days=1))
    tell("action-1", "action-reminder")
    rated.change(
        update(Message).where(Message.key == "action-1").values(state=State.BLOCKED, problem=Problem.CAP),
        update(Message).where(Message.key == "offer-1").values(state=State.SENT, sent_at=NOW),
    )
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        assert [box.label for box in app.main.expander] == [
            "Mon 23 Nov · A reminder from your support plan",
            r"Sun 22 Nov · Ada Okonkwo\-Byrne would like to talk with you",
        ]
        assert any(WORDS["action"] in text for text in said(app))
        assert any(WORDS["text"] in text for text in said(app))
        assert [one.value for one in app.main.caption][-2:] == [
            r"Mon 23 Nov · Ada Okonkwo\-Byrne · not e-mailed: enough e-mails for one week",
            r"Sun 22 Nov · Ada Okonkwo\-Byrne · e-mailed Mon 23 Nov, 10:00",
        ]
        assert CANARY not in sent(app)


def test_a_reminder_has_no_sender_and_what_came_back_says_so(rated):
    tell("meeting-1", "meeting-reminder")
    back = {"state": State.BOUNCED, "problem": Problem.RETURNED, "by": None}
    rated.change(update(Message).values(back))
    with signed_in(BEN) as app:
        opened(app.run(), OWN)
        assert app.main.caption[-1].value == (
            "Mon 23 Nov · reminder · the e-mail could not be delivered: it came back from the mailbox"
        )


def test_a_student_without_a_message_reads_what_will_stand_here(rated):
    with signed_in(BEN) as app:
        assert any(text.startswith("There is no message yet.") for text in said(opened(app.run(), OWN)))


def test_another_students_message_is_nowhere(rated):
    tell("plan-1", "plan")
    with signed_in(CAL) as app:
        app.query_params["student"] = BEN.id
        assert "proposes a support plan" not in sent(opened(app.run(), OWN))


def test_many_messages_come_ten_at_a_time(rated):
    for n in range(12):
        tell(f"plan-{n}", "plan")
    with signed_in(BEN) as app:
        assert len(opened(app.run(), OWN).main.expander) == 10


def test_a_preview_shows_what_will_stand_on_the_page_and_what_to_put_differently():
    def script(invitation):
        import policy
        from components import messages_preview

        messages_preview.Writer("Ada Okonkwo-Byrne", policy.current().messages).look(invitation, "Ben")

    words = "Your work is poor. *How* is the term going?"
    offered = Invitation(Format.IN_PERSON, "Room 1.02", words, 30, (NOW,))
    app = AppTest.from_function(script, args=(offered,)).run()
    assert app.markdown[0].value == (r"**On Ben’s page: Ada Okonkwo\-Byrne would like to talk with you**")
    assert r"\*How\* is the term going?" in app.markdown[1].value
    assert "Monday 23 November 2026, 10" in app.markdown[1].value
    assert app.expander[0].label == "The e-mail"
    assert "Dear Ben," in app.expander[0].markdown[0].value
    assert "term going" not in app.expander[0].markdown[0].value
    assert [one.value for one in app.warning] == [
        r"“poor”\: this judges or forecasts. Say what you noticed and ask how things are."
    ]
