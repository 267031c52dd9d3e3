"""Every datum of a student can be disputed: said, marked, answered by who keeps it, settled by another value."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from auth.viewer import Viewer
from data_access import (
    dispute_tickets,
    disputes,
    disputes_closing,
    gate,
    holdings,
    notes,
    own_requests,
    person_paths,
    plan_actions,
    plans,
    ratings,
    shared_with_me,
    timelines,
)
from data_access.disputable import TABLES
from data_access.loads import acting
from data_access.tables import (
    Attendance,
    Award,
    ContactDetail,
    ContactKind,
    Course,
    Dispute,
    EnrolmentStatus,
    Level,
    Meeting,
    Milestone,
    Person,
    PlanStep,
    Register,
    Registration,
    ResearchWeek,
    RightsCase,
    ServiceUse,
    Sitting,
    Submission,
    Supervision,
    SupportPlan,
    VleDay,
)
from engagement.marks import Mark, all_of
from policy.days import number
from privacy.dispute import CLAIMS, RESEARCH, Kind, State
from privacy.labels import Source
from support.meeting import State as MeetingState
from support.offer import Format
from support.plan import State as PlanState
from tests.cast import ADA, AVI, BEN, CAL, EVE, NOW, TODAY, TOM
from tests.planned import AIM, TEXT, planned
from tests.shared import share

JOB = Viewer.service("load")
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)
ADDRESS = "ben.quaverley@uni.example"
TITLE = "Confirmation of registration"
HERE = [kind for kind in Kind if kind.system is Source.HERE]
PK = {"student": BEN.number, "run": 1}

CHANGES = {
    Kind.ATTENDANCE: update(Attendance)
    .where(Attendance.student == BEN.number)
    .values(register=Register.LATE),
    Kind.WORK: update(Submission).where(Submission.student == BEN.number).values(late=True),
    Kind.ONLINE: update(VleDay).where(VleDay.student == BEN.number).values(views=99),
    Kind.SUPERVISION: update(Supervision).values(held_day=number(TODAY) - 9),
    Kind.MILESTONE: update(Milestone).values(met_day=number(TODAY) - 9),
    Kind.SITTING: update(Sitting).values(attended=True),
    Kind.AWARD: update(Award).values(classification="First"),
    Kind.MODULE: update(Registration).where(Registration.student == BEN.number).values(last=TODAY),
    Kind.COURSE: update(Course).where(Course.id == 1).values(title="Another course"),
    Kind.STATUS: update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY + DAY),
    Kind.NAME: update(Person).where(Person.number == BEN.number).values(given_name="Benedict"),
    Kind.CONTACT: update(ContactDetail).values(value="b.quaverley@uni.example"),
    Kind.SERVICE: delete(ServiceUse),
}
"""What the source puts right."""
EXEMPT = {
    **dict.fromkeys(
        ("daily_fact", "module_week", "enrolment_week", "research_week", "suggested_talk", "suggestion_step"),
        "worked out from what can be disputed, and anew at once",
    ),
    **dict.fromkeys(
        (
            "action_step", "plan_step", "meeting_step", "offer_step", "case_step", "dispute_step", "pack_step",
            "emergency_step", "consent_step",
        ),
        "a line of a history, to which others are added and which is not changed",
    ),
    **dict.fromkeys(
        ("conversation_offer", "offer_slot", "offer_suggestion", "message", "case_letter", "case_search"),
        "what was said to the student, as it was said; they answer it",
    ),
    **dict.fromkeys(
        (
            "consent", "consent_recipient", "sensitive_note", "sensitive_extract", "shared_action", "escalation",
            "hidden_suggestion", "correction_news",
        ),
        "the student decides or is told, and can take it back or complain",
    ),
    **dict.fromkeys(
        (
            "dispute", "rights_case", "restriction", "access_pack", "redaction", "disclosure", "emergency",
            "legal_hold", "disposal_person", "disposed_class", "notice_read",
        ),
        "how rights and duties were answered: answered by a complaint",
    ),
    **dict.fromkeys(
        ("breach_step", "disposal", "notice_version", "release"),
        "who of the staff did something that is about no single student",
    ),
    **dict.fromkeys(
        ("account", "role_grant", "ticket", "sign_in", "agreement_acceptance", "calendar_feed"),
        "the means of signing in, changed on My account or by an administrator",
    ),
    **dict.fromkeys(
        ("source_key", "enrolment_agreement", "tutoring"),
        "a key, or who was given to whom: asked of the keeper of student records by way of the course",
    ),
}  # fmt: skip
"""Tables that no student disputes a row of, and why not."""


@pytest.fixture
def told(store):
    """A row of every kind about Ben, who is rated as the research student he is."""
    ready = planned(store)
    share(ready)
    rows = (
        insert(Supervision).values(due_day=number(TODAY) - 10, held_day=None, **PK),
        insert(Milestone).values(title=TITLE, due_day=number(TODAY) - 10, met_day=None, **PK),
        insert(Sitting).values(assessment=1, day=number(TODAY) - 20, attended=False, **PK),
        insert(Award).values(enrolment=1, title="Certificate", awarded_day=number(TODAY) - 5, **PK),
        insert(ServiceUse).values(service="library", day=number(TODAY) - 5, count=3, **PK),
        insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value=ADDRESS, run=1),
        insert(PlanStep).values(plan=ready.plan, state=PlanState.AGREED, at=NOW - DAY, said=""),
        insert(Meeting).values(
            enrolment=1,
            tutor=ADA.number,
            state=MeetingState.MISSED,
            starts_at=NOW - DAY,
            minutes=30,
            format=Format.IN_PERSON,
            place="Room 4",
            sequence=0,
        ),
        update(Course).where(Course.id == 1).values(level=Level.RESEARCH),
    )
    store.change(*rows)
    notes.share(ADA.viewer, BEN.id, notes.begin(ADA.viewer, BEN.id, "Ben likes mornings.", NOW), 1, NOW)
    ratings.refresh(Viewer.service("rate"), NOW)
    return store


def say(kind: Kind) -> str:
    datum = disputes.data(BEN.viewer, kind, NOW)[0]
    return disputes.say(BEN.viewer, datum.target, CLAIMS[kind][0], "", NOW)


def test_every_table_that_leads_to_a_student_can_be_disputed_or_says_why_not():
    disputable = {name for tables in TABLES.values() for name in tables}
    found = {table.name for table in person_paths.tables()}
    assert found - disputable == set(EXEMPT)
    assert set(TABLES) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_each_is_marked_where_it_is_held_and_stands_in_the_queue_of_who_keeps_it(told, kind):
    reference = say(kind)
    assert {one.name for one in holdings.of(BEN.viewer, NOW) if one.disputed} <= TABLES[kind]
    assert [len(one.disputed) for one in holdings.of(BEN.viewer, NOW) if one.disputed] == [1]
    asked = [one.reference for one in dispute_tickets.waiting(EVE.viewer, NOW)]
    tutors = [one.reference for one in dispute_tickets.own(ADA.viewer, BEN.id, NOW)]
    assert (asked, tutors) == (([], [reference]) if kind in HERE else ([reference], []))
    assert reference not in {one.target for one in disputes.data(BEN.viewer, kind, NOW)}


@pytest.mark.parametrize("kind", CHANGES)
def test_another_value_from_the_source_settles_it_and_the_same_one_does_not(told, kind):
    say(kind)
    for at, change in ((NOW, None), (LATER, CHANGES[kind])):
        if change is not None:
            told.change(change)
        with gate.writing(JOB, None, acting.STORE, at) as opened:
            settled = disputes_closing.after_load(opened, at)
        assert settled == (1 if change is not None else 0)
    (one,) = disputes.own(BEN.viewer, LATER)
    assert (one.state, bool(one.now)) == (State.CORRECTED, True)
    assert own_requests.of(BEN.viewer, LATER)[0].ended_at == LATER


@pytest.mark.parametrize("kind", RESEARCH)
def test_a_disputed_meeting_or_milestone_is_in_no_rating_from_that_moment(told, kind):
    before = latest(told)
    say(kind)
    during = latest(told)
    if kind is Kind.SUPERVISION:
        assert (before.meetings_due, before.supervision) == (1, 0)
        assert (during.meetings_due, during.supervision) == (0, None)
    else:
        assert (before.milestones_due, before.milestones) == (1, 0)
        assert (during.milestones_due, during.milestones) == (0, None)
    marked = [mark for mark in marks() if "disputed since 23 November" in mark.sentence]
    assert len(marked) == 1
    disputes.take_back(BEN.viewer, disputes.own(BEN.viewer, NOW)[0].reference, LATER)
    assert latest(told).score == before.score


def latest(store) -> ResearchWeek:
    with store.session() as session:
        weeks = select(ResearchWeek).where(ResearchWeek.enrolment == 1).order_by(ResearchWeek.week.desc())
        return session.scalars(weeks).first()


def marks() -> list[Mark]:
    seen = timelines.year(ADA.viewer, BEN.id, NOW)
    return list(all_of(seen.facts.agreed, (), seen.today))


def test_the_address_itself_is_in_no_request_and_no_dispute(told):
    say(Kind.CONTACT)
    with told.session() as session:
        kept = [repr(vars(row)) for table in (Dispute, RightsCase) for row in session.scalars(select(table))]
    assert len(kept) == 2
    assert ADDRESS not in "".join(kept)


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.ACTION, Kind.MEETING])
def test_what_is_written_here_is_kept_with_reasons_by_the_tutor_and_nobody_else(told, kind):
    reference = say(kind)
    reasons = "We wrote it down together at the end of the meeting"
    for other in (TOM, AVI, CAL, EVE):
        with pytest.raises(Exception, match=r"."):
            dispute_tickets.keep_own(other.viewer, BEN.id, reference, reasons, LATER)
    dispute_tickets.keep_own(ADA.viewer, BEN.id, reference, reasons, LATER)
    (one,) = disputes.own(BEN.viewer, LATER)
    assert (one.state, one.answer) == (State.KEPT, reasons)


def test_what_the_tutor_changes_in_a_plan_settles_what_was_disputed_of_it(told):
    say(Kind.ACTION)
    (plan,) = plans.of(ADA.viewer, BEN.id, NOW)
    disputed = disputes.own(BEN.viewer, NOW)[0]
    action = next(one for one in plan.actions if one.text in disputed.value)
    plan_actions.amend(ADA.viewer, BEN.id, action.id, action.version, "Something else", action.due, LATER)
    assert disputes.own(BEN.viewer, LATER)[0].state is State.CORRECTED


def test_an_adviser_sees_that_a_shared_action_is_disputed(told):
    assert shared_with_me.mine(AVI.viewer, NOW)[0].disputed is None
    shared = next(one for one in disputes.data(BEN.viewer, Kind.ACTION, NOW) if TEXT in one.value)
    disputes.say(BEN.viewer, shared.target, CLAIMS[Kind.ACTION][0], "", NOW)
    assert shared_with_me.mine(AVI.viewer, NOW)[0].disputed == TODAY


def test_a_plan_that_is_still_a_draft_is_not_the_students_to_dispute(told):
    told.change(update(SupportPlan).values(state=PlanState.DRAFT))
    assert disputes.data(BEN.viewer, Kind.PLAN, NOW) == ()
    assert disputes.data(BEN.viewer, Kind.ACTION, NOW) == ()
    assert AIM not in repr(disputes.data(BEN.viewer, Kind.MEETING, NOW))
