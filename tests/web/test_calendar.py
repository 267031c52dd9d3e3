"""A calendar's address, asked of the real server: the owner's meetings to whoever has it, and 404 for all else."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from components import calendar_feed
from data_access import calendar_feeds, database
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, CalendarFeed, EnrolmentStatus, Meeting, RoleGrant
from support.meeting import State
from support.offer import Format
from tests.cast import ADA, BEN, CAL, DEE, TOM

pytestmark = pytest.mark.server
DAY = timedelta(days=1)
NAMES = [word for member in (ADA, BEN, CAL, DEE, TOM) for word in (member.given, member.family, member.id)]


def change(*statements):
    with Session(database.stores().core) as session, session.begin():
        for statement in statements:
            session.execute(statement)


@pytest.fixture
def now(server):
    """Two meetings of tomorrow, Ben's with Ada and Cal's with Tom; the server lives today."""
    at = datetime.now(UTC).replace(microsecond=0)
    values = {"state": State.PLANNED, "starts_at": at + DAY, "minutes": 30, "sequence": 0}
    rest = {"format": Format.IN_PERSON, "place": "Room 1.02"}
    change(
        insert(Meeting).values(id=1, enrolment=1, tutor=ADA.number, **values, **rest),
        insert(Meeting).values(id=2, enrolment=2, tutor=TOM.number, **values, **rest),
    )
    yield at
    change(
        delete(Meeting),
        delete(CalendarFeed),
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=None),
        update(RoleGrant).values(last=None),
    )


def ask(server, token):
    return server.ask(calendar_feed.ADDRESS.format(token=token))


@pytest.mark.parametrize(
    ("member", "page"), [(ADA, "support"), (BEN, "my-support")], ids=["tutor", "student"]
)
def test_a_calendar_reads_the_owners_meetings_without_a_cookie_and_without_a_name(server, now, member, page):
    answer, body = ask(server, calendar_feeds.make(member.viewer, now))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"  # stricter than private
    (event,) = Calendar.from_ical(body.decode()).walk("VEVENT")
    assert event["UID"] == "meeting-1@learner-analytics"
    assert event.decoded("DTSTART") == now + DAY
    assert event["URL"].endswith(f"/{page}")
    assert not [word for word in NAMES if word in body.decode()]


def test_every_read_is_in_the_log_as_the_owners(server, now):
    token = calendar_feeds.make(ADA.viewer, now)
    ask(server, token)
    with Session(database.stores().core) as session:
        line = session.scalars(select(AccessLine).order_by(AccessLine.seq.desc())).first()
    assert line
    assert (line.actor, line.role, line.action, line.category) == (
        pseudonym(ADA.number),
        "tutor",
        "read",
        "support",
    )
    assert pseudonym(BEN.number) in line.students
    assert line.session == calendar_feeds.owner(token, now).session[:16]


def test_what_does_not_open_is_answered_like_an_address_that_was_never_made(server, now):
    never = server.ask("/no-such-page")[1]
    of_ada, of_ben = (calendar_feeds.make(m.viewer, now) for m in (ADA, BEN))
    stopped = calendar_feeds.make(CAL.viewer, now)
    calendar_feeds.stop(CAL.viewer, now)
    too_old = calendar_feeds.make(TOM.viewer, now - timedelta(days=367))
    change(
        update(RoleGrant).where(RoleGrant.person == ADA.number).values(last=now.date() - DAY),
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=now.date() - DAY),
    )
    for token in (of_ada, of_ben, stopped, too_old, "x", "a" * 43, "a" * 5000, "%ff", "x/../y"):
        answer, body = ask(server, token)
        assert (answer.status, body) == (404, never)


def test_the_servers_own_log_holds_no_token(server, now):
    token = calendar_feeds.make(ADA.viewer, now)
    ask(server, token)
    assert token not in server.log.read_text("utf-8", "replace")


def test_it_is_only_read(server, now):
    token = calendar_feeds.make(ADA.viewer, now)
    assert server.ask(calendar_feed.ADDRESS.format(token=token), method="POST")[0].status == 405
    assert server.ask(calendar_feed.ADDRESS.format(token=token), method="HEAD")[1] == b""
