"""After an emergency: reviewed by somebody else, told to the student unless that is held back, and shown to them."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from auth.refusals import DaysDoNotFit, FullerReasonNeeded, GoneMeanwhile, MovedOn, NotOpenToYourRole
from auth.refusals.compliance import NotYourOwn
from auth.viewer import Role, Viewer
from data_access import breaches, emergencies, emergency_record, emergency_reviews, holdings, who_looked
from data_access.access_log import pseudonym
from data_access.tables import Message, SourceKey
from privacy.break_glass import Declare, Ground, Hold, Review, State, Tell
from privacy.labels import Source
from tests.cast import ADA, BEN, CAL, EVE, NOW, ROS, SUE, TODAY

JOB = Viewer.service("send")
WHY = "Nobody has seen him since Friday; security asks."
FOUND = "The hospital had rung; right to look."
LATER = NOW + timedelta(hours=2)
DAY = timedelta(days=1)


@pytest.fixture
def declared(store):
    """Sue has opened Ben's record, and looked at how to reach him."""
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    emergencies.declare(SUE.viewer, Declare("W1", Ground.SAFEGUARDING, WHY), NOW)
    emergency_record.reach(SUE.viewer, BEN.id, NOW + timedelta(minutes=5))
    return store


def known():
    (one,) = emergency_reviews.all_of(ROS.viewer, LATER)
    return one


def decide(decided, by=ROS.viewer, at=LATER):
    emergency_reviews.carry_out(by, decided, at)


def messages(store):
    with store.session() as session:
        return session.scalars(select(Message).where(Message.template == "emergency")).all()


def test_compliance_knows_at_once_who_why_and_what_was_opened_but_not_the_students_name(declared):
    one = known()
    assert (one.by, one.role, one.ground, one.why) == (
        f"Sue {SUE.family}",
        "Senior tutor",
        Ground.SAFEGUARDING,
        WHY,
    )
    assert (one.pseudonym, one.lines, one.state, one.own) == (pseudonym(BEN.number), 1, State.DECLARED, False)
    assert BEN.family not in repr(one)


@pytest.mark.parametrize(("days", "late"), [(0, False), (2, False), (3, True)])
def test_the_review_is_overdue_after_two_working_days(declared, days, late):
    assert known().overdue(TODAY + days * DAY) is late


@pytest.mark.parametrize("member", [ADA, SUE, EVE, BEN], ids=lambda m: m.given)
def test_nobody_else_reviews(declared, member):
    with pytest.raises(NotOpenToYourRole):
        emergency_reviews.all_of(member.viewer, LATER)
    with pytest.raises(NotOpenToYourRole):
        decide(Review(known().id, State.JUSTIFIED, FOUND), member.viewer)


def test_nobody_reviews_their_own(declared):
    with pytest.raises(NotYourOwn):
        decide(Review(known().id, State.JUSTIFIED, FOUND), Viewer(SUE.number, Role.COMPLIANCE, "other-role"))


def test_what_was_justified_is_told_to_the_student_and_shown_from_then_on(declared):
    assert emergency_reviews.own(BEN.viewer, LATER) == ()
    decide(Review(known().id, State.JUSTIFIED, FOUND))
    (message,) = messages(declared)
    assert message.to == BEN.number
    assert f"Sue {SUE.family}, senior tutor opened your name" in message.body
    assert "23 November 2026, 10:00" in message.body
    assert WHY not in message.body
    (told,) = emergency_reviews.own(BEN.viewer, LATER)
    assert (told.by, told.ground, told.state) == (f"Sue {SUE.family}", Ground.SAFEGUARDING, State.JUSTIFIED)
    assert emergency_reviews.own(CAL.viewer, LATER) == ()
    with pytest.raises(MovedOn):
        decide(Review(known().id, State.NOT_JUSTIFIED, FOUND))
    assert [(step.state, step.by) for step in known().steps] == [
        (State.DECLARED, f"Sue {SUE.family}"),
        (State.JUSTIFIED, f"Ros {ROS.family}"),
    ]


def test_what_was_not_justified_is_a_breach_with_its_clock(declared):
    decide(Review(known().id, State.NOT_JUSTIFIED, "Only curious, as it turned out."))
    (breach,) = breaches.all_of(ROS.viewer, LATER)
    assert breach.due_at == LATER + timedelta(hours=72)
    assert "was not justified" in breach.what
    assert len(messages(declared)) == 1


def test_telling_is_held_back_with_a_reason_and_happens_by_itself_afterwards(declared):
    until = TODAY + 10 * DAY
    decide(Hold(known().id, until, "The police ask us not to yet."))
    decide(Review(known().id, State.JUSTIFIED, FOUND))
    assert (messages(declared), known().held(TODAY), emergency_reviews.own(BEN.viewer, LATER)) == (
        [],
        True,
        (),
    )
    assert emergency_reviews.tell_due(JOB, NOW + 9 * DAY) == 0
    assert emergency_reviews.tell_due(JOB, NOW + 10 * DAY) == 1
    assert emergency_reviews.tell_due(JOB, NOW + 11 * DAY) == 0
    assert len(messages(declared)) == 1
    with pytest.raises(MovedOn):
        decide(Hold(known().id, until, "The police ask us not to yet."))


@pytest.mark.parametrize(("days", "told"), [(2, 0), (3, 1)])
def test_a_student_nobody_decided_about_is_told_after_the_day_of_the_review(declared, days, told):
    assert emergency_reviews.tell_due(JOB, NOW + days * DAY) == told


def test_the_student_is_told_at_once_where_compliance_says_so_and_once_only(declared):
    for _ in range(2):
        decide(Tell(known().id))
    assert len(messages(declared)) == 1
    assert known().told_at == LATER


@pytest.mark.parametrize(
    ("until", "why", "refusal"),
    [
        (TODAY, FOUND, DaysDoNotFit),
        (TODAY + 29 * DAY, FOUND, DaysDoNotFit),
        (TODAY + DAY, "no", FullerReasonNeeded),
    ],
)
def test_holding_back_needs_a_day_within_four_weeks_and_a_reason(declared, until, why, refusal):
    with pytest.raises(refusal):
        decide(Hold(known().id, until, why))
    assert known().hold_until is None


def test_a_review_needs_its_reason_and_an_emergency(declared):
    with pytest.raises(FullerReasonNeeded):
        decide(Review(known().id, State.JUSTIFIED, "fine"))
    with pytest.raises(GoneMeanwhile):
        decide(Tell(999))


def test_what_the_student_is_not_told_yet_stands_on_none_of_their_pages_and_then_on_all(declared):
    def pages():
        looks = who_looked.of(BEN.viewer, LATER)
        held = {row for one in holdings.of(BEN.viewer, LATER) for row in [one.title]}
        return [look.name for look in looks if look.why.startswith("Acting in an emergency")], held

    names, before = pages()
    assert names == []
    decide(Tell(known().id))
    names, after = pages()
    assert names == [f"Sue {SUE.family}"] * 2
    assert len(after) > len(before)
