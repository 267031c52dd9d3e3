"""`manage.py send` with a real mail server on this machine: delivered once, and nothing is ever lost."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from commands import smtp
from data_access import access_log
from data_access.access_log import Line
from data_access.tables import ContactDetail, ContactKind, EnrolmentStatus
from support.message import Problem, State
from tests.cast import CAL, TODAY, TOM
from tests.commands.mailserver import running
from tests.data_access.telling import CANARY, rows, states, tell

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
MINUTE = timedelta(minutes=1)
PLANTED = "planted-in-the-access-log"


def test_an_email_arrives_once_in_plain_words_and_nothing_tells_who_reads_it(post):
    tell("plan-1", "plan")
    with running(post.box, post.port):
        assert post.counts() == {"taken": 1}
        assert post.counts() == {}
    (mail,) = post.box.arrived
    assert (mail["To"], mail["Subject"]) == (CANARY, "Ada Okonkwo-Byrne proposes a support plan")
    assert mail["From"] == "Learner Analytics <no-reply@engagement.university.example>"
    assert (mail["Auto-Submitted"], mail.get_content_type()) == ("auto-generated", "text/plain")
    body = mail.get_content().replace("\r\n", "\n")
    assert body.startswith("Dear Ben,\n")
    assert "https://engagement.university.example/my-support" in body
    assert "<" not in body
    assert states(post.store) == [("plan-1", State.SENT, None)]


def test_an_invitation_comes_with_its_entry_for_the_calendar(post):
    tell("meeting-1", "meeting", calendar=CALENDAR)
    tell("meeting-2", "meeting-cancelled", calendar=CALENDAR.replace("REQUEST", "CANCEL"))
    with running(post.box, post.port):
        post.counts()
    for mail, method in zip(post.box.arrived, ("REQUEST", "CANCEL"), strict=True):
        text, entry = mail.iter_parts()
        assert text.get_content_type() == "text/plain"
        assert (entry.get_content_type(), entry.get_param("method")) == ("text/calendar", method)
        assert f"METHOD:{method}" in entry.get_content()


def test_what_somebody_wrote_freely_stays_on_the_page(post):
    tell("offer-1", "offer")
    with running(post.box, post.port):
        post.counts()
    assert "How is the term going?" not in post.box.arrived[0].as_string()
    assert "How is the term going?" in rows(post.store)[0]["body"]


def test_a_server_that_is_down_for_an_hour_loses_nothing_and_sends_nothing_twice(post):
    for n in range(5):
        tell(f"meeting-{n}", "meeting")
    for _ in range(12):
        refused = post.send()
        assert isinstance(refused.exception, smtp.NoMailServer)
        assert "wait" in refused.stdout
        post.at += 5 * MINUTE
    tell("meeting-5", "meeting")
    with running(post.box, post.port):
        assert post.counts() == {"taken": 6}
        assert post.counts() == {}
    assert len(set(post.box.numbers)) == len(post.box.numbers) == 6


def test_a_server_that_leaves_in_the_middle_is_tried_again_later(post):
    for n in range(3):
        tell(f"meeting-{n}", "meeting")
    answers = iter(["250 taken", "421 closing", "421 closing"])
    post.box.data = lambda _: next(answers)
    with running(post.box, post.port):
        assert isinstance(post.send().exception, smtp.NoMailServer)
    assert [state for _, state, _ in states(post.store)] == [State.SENT, State.WAITING, State.WAITING]
    assert states(post.store)[1][2] == Problem.SERVER_DOWN
    post.box.data, post.at = lambda _: "250 taken", post.at + 5 * MINUTE
    with running(post.box, post.port):
        assert post.counts() == {"taken": 2}
    assert len(set(post.box.numbers)) == len(post.box.numbers) == 3


@pytest.mark.parametrize("part", ["recipient", "data"])
def test_a_server_that_asks_to_come_later_is_asked_again_after_growing_waits(post, part):
    setattr(post.box, part, lambda _: "451 not now")
    tell("plan-1", "plan")
    with running(post.box, post.port):
        assert post.counts() == {"later": 1, "waiting": 1}
        post.at += 4 * MINUTE
        assert post.counts() == {"waiting": 1}
        post.at += MINUTE
        assert post.counts() == {"later": 1, "waiting": 1}
        setattr(post.box, part, lambda _: "250 taken")
        post.at += 15 * MINUTE
        assert post.counts() == {"taken": 1}
    assert len(post.box.arrived) == 1


@pytest.mark.parametrize("part", ["recipient", "data"])
def test_a_mailbox_that_is_refused_stops_its_own_message_and_no_other(post, part):
    post.store.change(
        insert(ContactDetail).values(enrolment=2, kind=ContactKind.EMAIL, value="cal@x.example", run=1)
    )
    setattr(post.box, part, lambda address: "550 no such mailbox" if address == CANARY else "250 taken")
    tell("plan-1", "plan")
    tell("plan-2", "plan", by=TOM, to=CAL)
    with running(post.box, post.port):
        assert post.counts() == {"refused": 1, "taken": 1}
        assert post.counts() == {}
    assert states(post.store) == [("plan-1", State.BOUNCED, Problem.REFUSED), ("plan-2", State.SENT, None)]


@pytest.mark.parametrize("address", ["no address at all", "a@b\r\nBcc: c@d.example", "ä@ö.example", ""])
def test_an_address_that_is_none_stops_its_own_message(post, address):
    post.store.change(update(ContactDetail).values(value=address))
    post.box.recipient = lambda said: "250 taken" if said.isascii() and "@" in said else "553 no address"
    tell("plan-1", "plan")
    with running(post.box, post.port):
        post.counts()
    assert [state for _, state, _ in states(post.store)] == [State.BOUNCED]
    assert post.box.arrived == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (delete(ContactDetail), Problem.NO_ADDRESS),
        (
            update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - timedelta(1)),
            Problem.ENROLMENT_ENDED,
        ),
    ],
    ids=["no address", "course over"],
)
def test_what_may_not_be_sent_reaches_no_server(post, change, problem):
    tell("plan-1", "plan")
    post.store.change(change)
    with running(post.box, post.port):
        assert post.counts() == {"blocked": 1}
    assert (post.box.arrived, states(post.store)) == ([], [("plan-1", State.BLOCKED, problem)])


def test_without_a_mail_server_it_says_so_and_all_wait(post):
    post.set_up(host='""')
    tell("plan-1", "plan")
    done = post.send()
    assert done.exit_code == 0
    assert done.stdout.strip() == (
        "0 e-mails sent. 1 message waits. No mail server is named in messages.toml, so nothing is e-mailed. "
        "No rule for the addresses of staff, so no weekly e-mail to them."
    )


def test_neither_what_is_printed_nor_logged_nor_stored_holds_an_address(post, caplog):
    said = []
    for n, answer in enumerate(["250 taken", "451 not now", "550 {}", "421 bye {}", "554 {}"]):
        tell(f"meeting-{n}", "meeting")
        post.box.recipient = lambda address, answer=answer: answer.format(address)
        with running(post.box, post.port):
            for words in ((), ("--json",)):
                done = post.send(*words)
                said.append(f"{done.output} {done.exception!r} {done.exception}")
        post.at += 5 * MINUTE
    access_log.record(Line(TOM.viewer, PLANTED, (), post.at))
    files = {file.name: file.read_bytes() for file in post.home.rglob("*") if file.is_file()}
    log = b"".join(read for name, read in files.items() if name.startswith("access-log.db"))
    assert PLANTED.encode() in log  # so what is searched is the log, with what SQLite has not folded in yet
    assert CANARY not in "".join(said) + caplog.text
    holding = {name.partition(".db")[0] for name, read in files.items() if CANARY.encode() in read}
    assert holding == {"learner-analytics"}  # the records themselves, where the address belongs
    assert CANARY not in repr([dict(row) for row in rows(post.store)])
