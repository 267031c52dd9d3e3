"""Messages as they are read: the student all of theirs, the tutor those of tutees, nobody else any."""

from datetime import timedelta

import pytest
from sqlalchemy import update

import policy
from auth.refusals import AgreementNeeded, NotOpenToYourRole, NotYoursToSee
from data_access import messages, offering
from data_access.tables import EnrolmentStatus, Message
from support.message import STUDENTS_ALONE, Problem, State, of_offer, preview
from support.offer import Format, Invitation
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, NOW, TODAY, TOM
from tests.data_access.telling import CANARY, WORDS, rows, rules, tell


@pytest.fixture
def told(store):
    tell("plan-1", "plan", NOW - timedelta(days=2))
    tell("offer-1", "offer")
    tell("offer-2", "offer", by=TOM, to=CAL)
    return store


def test_a_student_reads_all_of_theirs_whole_the_latest_first(told):
    mine = messages.own(BEN.viewer, NOW)
    assert [one.template for one in mine] == ["offer", "plan"]
    assert WORDS["text"] in mine[0].body
    assert [one.by for one in mine] == ["Ada Okonkwo-Byrne", "Ada Okonkwo-Byrne"]


def test_a_tutor_reads_the_same_of_their_tutees_and_of_nobody_else(told):
    assert messages.of_tutees(ADA.viewer, NOW) == messages.own(BEN.viewer, NOW)
    (other,) = messages.of_tutees(TOM.viewer, NOW)
    assert (other.student_id, other.student) == (CAL.id, "Cal Zephyrine")


def test_a_tutor_is_not_told_what_a_student_asks_of_the_compliance_team(told):
    for template in STUDENTS_ALONE:
        tell(f"{template}-1", template)
    assert {one.template for one in messages.own(BEN.viewer, NOW)} == {"offer", "plan", *STUDENTS_ALONE}
    assert {one.template for one in messages.of_tutees(ADA.viewer, NOW)} == {"offer", "plan"}


@pytest.mark.parametrize("member", [m for m in CAST if m not in (ADA, TOM)], ids=lambda m: m.given)
def test_nobody_but_tutors_reads_the_messages_of_tutees(told, member):
    if member in (BEN, CAL):
        assert {one.student_id for one in messages.of_tutees(member.viewer, NOW)} == {member.id}
    elif member is DEE:
        assert messages.of_tutees(member.viewer, NOW) == ()
    else:
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            messages.of_tutees(member.viewer, NOW)


@pytest.mark.parametrize(("member", "refusal"), [(ADA, NotYoursToSee), (AVI, NotOpenToYourRole)])
def test_own_messages_are_a_students(told, member, refusal):
    with pytest.raises(refusal):
        messages.own(member.viewer, NOW)


def test_when_the_course_is_over_nobody_reads_them(told):
    told.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - timedelta(1))
    )
    assert messages.of_tutees(ADA.viewer, NOW) == ()
    assert messages.own(BEN.viewer, NOW) == ()


def test_it_says_why_one_was_not_emailed(told, monkeypatch):
    assert {one.why_not for one in messages.own(BEN.viewer, NOW)} == {"no mail server is set up here"}
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    assert {one.why_not for one in messages.own(BEN.viewer, NOW)} == {""}
    told.change(update(Message).values(state=State.BLOCKED, problem=Problem.CAP))
    assert {one.why_not for one in messages.own(BEN.viewer, NOW)} == {"enough e-mails for one week"}


def test_a_preview_of_an_offer_is_what_will_be_read_and_writes_nothing(store):
    times = (NOW + timedelta(days=2), NOW + timedelta(days=1), NOW + timedelta(days=1))
    invitation = Invitation(Format.VIDEO, " Room 1.02 ", " How is the term going? ", 30, times)
    words = of_offer(invitation, "Ada Okonkwo-Byrne")
    before = preview(policy.current().messages, "Ben", "offer", words)
    assert rows(store) == []
    offering.make(ADA.viewer, BEN.id, invitation, (), NOW)
    (sent,) = messages.own(BEN.viewer, NOW)
    assert (before.subject, before.body) == (sent.subject, sent.body)
    assert before.email.startswith("Dear Ben,\n\nYour personal tutor offers you a conversation")
    assert "How is the term going?" not in before.email


def test_no_address_stands_in_what_is_read(told):
    assert CANARY not in repr((messages.own(BEN.viewer, NOW), messages.of_tutees(ADA.viewer, NOW)))
