"""`manage.py returned`: reports of mail servers, as they write them, about e-mails that came back."""

from email.message import EmailMessage

import pytest
from typer.testing import CliRunner

from commands.program import app
from support.message import Problem, State
from tests.commands.mailserver import running
from tests.data_access.telling import CANARY, states, tell

REPORT = """\
From: MAILER-DAEMON@mail.university.example
To: no-reply@engagement.university.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_"

--=_
Content-Type: text/plain

The mailbox {address} does not exist.

--=_
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.university.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--=_
Content-Type: {kind}

{original}
--=_--
"""


@pytest.fixture
def mail(post) -> EmailMessage:
    """An e-mail of a message to Ben, as it was delivered."""
    tell("plan-1", "plan")
    with running(post.box, post.port):
        assert post.counts() == {"taken": 1}
    return post.box.arrived[0]


def report(mail: EmailMessage, kind: str = "message/rfc822", action: str = "failed") -> str:
    original = str(mail) if kind == "message/rfc822" else str(mail).partition("\n\n")[0] + "\n"
    return REPORT.format(address=CANARY, action=action, kind=kind, original=original)


def noted(text: str | bytes) -> str:
    done = CliRunner().invoke(app, ["returned", "--json"], input=text)
    assert done.exit_code == 0, done.exception
    assert CANARY not in done.output
    return done.stdout.strip()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_an_email_that_came_back_is_noted_with_its_message_whole_or_by_its_headers(post, mail, kind):
    assert noted(report(mail, kind)) == '{"returned": 1}'
    assert states(post.store) == [("plan-1", State.BOUNCED, Problem.RETURNED)]
    assert noted(report(mail, kind)) == '{"returned": 0}'


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_is_not_of_a_failure_changes_nothing(post, mail, action):
    assert noted(report(mail, action=action)) == '{"returned": 0}'
    assert states(post.store) == [("plan-1", State.SENT, None)]


def test_what_is_no_report_changes_nothing(post, mail):
    answer = EmailMessage()
    answer["In-Reply-To"] = mail["Message-ID"]
    answer.set_content("I am away. Action: failed")
    forwarded = report(mail).replace("multipart/report", "multipart/mixed")
    for text in (str(answer), str(mail), forwarded, "", "\0\0", b"\xff\xfe" * 99):
        assert noted(text) == '{"returned": 0}'
    assert states(post.store) == [("plan-1", State.SENT, None)]


def test_to_a_person_it_says_how_many(post, mail):
    done = CliRunner().invoke(app, ["returned"], input=report(mail))
    assert done.stdout == "1 message noted as not delivered.\n"
