"""The weekly e-mail to tutors: Monday from eight, once, counts over the tutees of today, and no name."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from data_access import digest, sending
from data_access.tables import (
    Account,
    ConversationOffer,
    EnrolmentStatus,
    Meeting,
    RoleGrant,
    SuggestedTalk,
    SupportAction,
    SupportPlan,
)
from engagement.suggestion import Rule
from engagement.suggestion import State as Suggested
from support import action, meeting, offer, plan
from support.message import Problem, State
from support.party import Party
from tests.cast import ADA, CAST, NOW, TODAY
from tests.data_access.telling import JOB, rows, rules, states

DAY = timedelta(days=1)
SUGGESTED = insert(SuggestedTalk).values(
    enrolment=1,
    rule=Rule.MISSING,
    state=Suggested.RAISED,
    raised_at=NOW,
    as_of=1,
    last=1,
    amount=1,
    of=1,
    policy="",
)
SEVERAL = [
    SUGGESTED,
    insert(ConversationOffer).values(
        enrolment=1,
        tutor=ADA.number,
        made_by=11,
        state=offer.State.ASKED,
        format=offer.Format.PHONE,
        place="",
        text="",
        made_at=NOW,
    ),
    insert(Meeting).values(
        enrolment=1,
        tutor=ADA.number,
        state=meeting.State.PLANNED,
        starts_at=NOW - DAY,
        minutes=30,
        format=offer.Format.PHONE,
        place="",
        sequence=0,
    ),
    insert(SupportPlan).values(
        id=1,
        enrolment=1,
        tutor=ADA.number,
        state=plan.State.ACTIVE,
        aim="",
        review_on=TODAY + 3 * DAY,
        version=1,
        made_at=NOW,
    ),
    insert(SupportAction).values(
        plan=1, state=action.State.OPEN, text="Ask", owner=Party.TUTOR, due=TODAY - DAY, version=1
    ),
]


@pytest.fixture
def writing(store, monkeypatch):
    rules(monkeypatch, digest={"address": "{username}@staff.example"}, sending={"host": "127.0.0.1"})
    return store


def test_a_tutor_reads_how_much_waits_of_each_and_no_name(writing):
    writing.change(*SEVERAL)
    assert digest.write(JOB, NOW) == 1
    (row,) = rows(writing)
    assert (row["to"], row["enrolment"], row["key"]) == (ADA.number, None, "digest-1-2026-11-23")
    counted = [line.split(":")[0] for line in row["body"].splitlines() if line.startswith("- ")]
    assert counted == [
        "- 1 suggestion to talk without an answer",
        "- 1 conversation that waits for your answer",
        "- 1 meeting to be recorded as held or missed",
        "- 1 action of a plan that is past its day",
        "- 1 plan to be reviewed this week or before",
    ]
    assert not [m for m in CAST if m.family in row["body"] + row["subject"] or m.id in row["body"]]


def test_it_is_written_once_a_week(writing):
    writing.change(SUGGESTED)
    assert [digest.write(JOB, NOW + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    assert digest.write(JOB, NOW + 7 * DAY) == 1
    assert len(rows(writing)) == 2


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0),
        (datetime(2026, 11, 22, 8, 0, tzinfo=UTC), 0),
        (datetime(2027, 4, 5, 6, 59, tzinfo=UTC), 0),  # summer time: eight in London is seven here
        (datetime(2027, 4, 5, 7, 0, tzinfo=UTC), 1),
    ],
)
def test_it_is_written_on_monday_from_eight_by_londons_clock(writing, at, written):
    writing.change(SUGGESTED)
    assert digest.write(JOB, at) == written


def test_for_whom_nothing_waits_there_is_none(writing):
    assert digest.write(JOB, NOW) == 0


@pytest.mark.parametrize(
    "change",
    [
        update(SuggestedTalk).values(ended_at=NOW),
        update(SuggestedTalk).values(state=Suggested.CONFIRMED),
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - DAY),
        update(Account).where(Account.person == ADA.number).values(active=False),
        update(RoleGrant).where(RoleGrant.person == ADA.number).values(last=TODAY - DAY),
    ],
    ids=["ended", "answered", "course over", "account closed", "role ended"],
)
def test_what_waits_no_more_and_who_is_tutor_no_more_count_for_nothing(writing, change):
    writing.change(SUGGESTED, change)
    assert digest.write(JOB, NOW) == 0


def test_without_a_rule_for_addresses_there_is_none(store):
    store.change(SUGGESTED)
    assert digest.write(JOB, NOW) == 0


def test_it_goes_to_the_address_that_follows_from_the_username(writing):
    writing.change(SUGGESTED)
    digest.write(JOB, NOW)
    (claim,) = sending.claim(JOB, NOW)
    letter = sending.letter(JOB, claim, NOW)
    assert letter
    assert letter.address == "ada@staff.example"
    assert letter.text == rows(writing)[0]["body"]


def test_who_gives_up_the_role_before_it_is_sent_is_sent_none(writing):
    writing.change(SUGGESTED)
    digest.write(JOB, NOW)
    writing.change(update(RoleGrant).where(RoleGrant.person == ADA.number).values(last=TODAY - DAY))
    (claim,) = sending.claim(JOB, NOW)
    assert sending.letter(JOB, claim, NOW) is None
    assert states(writing) == [("digest-1-2026-11-23", State.BLOCKED, Problem.ROLE_ENDED)]
