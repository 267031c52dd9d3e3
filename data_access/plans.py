"""Support plans: read, written down, proposed, looked at again, and closed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from auth.refusals import ChangedMeanwhile, MovedOn, NothingWritten, NotOpenToYourRole, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import gate, plan_actions, plan_rows, plan_states, tripwire
from data_access.gate import Opened
from data_access.plan_states import FOLLOW, READ, WRITE
from data_access.scope import enrolments_visible, who_and_when
from data_access.tables import Meeting, SupportPlan
from policy.days import london_day
from support.action import Wanted
from support.plan import Outcome, Plan, State


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Plan, ...]:
    """The plans of one student, the latest first; None is the viewer's own. A draft is its maker's alone."""
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        return plan_rows.read(opened)


def unclosed(viewer: Viewer, at: datetime) -> tuple[Plan, ...]:
    """The plans of everybody in the viewer's scope that are not closed, the latest first; drafts the viewer's own."""
    with gate.reading(viewer, None, READ, at) as opened:
        return tuple(plan for plan in plan_rows.read(opened) if plan.state is not State.CLOSED)


def draft(
    viewer: Viewer,
    student_id: str,
    aim: str,
    review_on: date,
    actions: Sequence[Wanted],
    meeting: int | None,
    at: datetime,
    *,
    why_kept: str = "",
) -> int:
    """Write down a plan that nobody but its maker sees; its number. It belongs to the meeting's course.

    Without a meeting it belongs to the course on which the viewer tutors the student, the first of several.
    """
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = SupportPlan(
            enrolment=_course(opened, meeting),
            tutor=viewer.person,
            meeting=meeting,
            state=State.DRAFT,
            aim=tripwire.text(aim),
            review_on=plan_states.ahead(review_on, at),
            version=1,
            made_at=at,
        )
        kept = tripwire.kept(tripwire.reason(aim, why_kept))
        opened.session.add(row)
        opened.session.flush()
        plan_states.step(opened, row, kept, at)
        for wanted in actions:
            plan_actions.put(opened, row, wanted, at)
        return row.id


def save(
    viewer: Viewer,
    student_id: str,
    plan: int,
    version: int,
    aim: str,
    review_on: date,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Change the aim and the day of the review, by the tutor; a plan in force is proposed again.

    `version` is of the text that was changed: ChangedMeanwhile, with the words that stand now, for an older one.
    """
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = plan_states.one(opened, plan)
        plan_states.changing(opened, row)
        if row.version != version:
            raise ChangedMeanwhile(plan_states.wording(row), row.version)
        now = {"aim": tripwire.text(aim), "review_on": plan_states.ahead(review_on, at)}
        if (row.aim, row.review_on) == (now["aim"], now["review_on"]):
            return
        said = tripwire.kept(tripwire.reason(aim, why_kept, row.aim))
        before = plan_states.wording(row)
        plan_states.write(opened, row, said, at, before=before, version=version + 1, **now)
        plan_states.propose_again(opened, row, at)


def propose(viewer: Viewer, student_id: str, plan: int, at: datetime) -> None:
    """Show a draft to the student, who is told. NothingWritten without an action, DayNotAhead for an old review."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = plan_states.one(opened, plan)
        if row.state is not State.DRAFT:
            raise MovedOn
        plan_states.ahead(row.review_on, at)
        if not plan_actions.standing(opened, plan):
            raise NothingWritten("Please write down at least one action before you propose the plan.")
        plan_states.move(opened, row, State.PROPOSED, "", at)
        plan_states.tell(opened, row, "plan", {}, at)


def take_back(viewer: Viewer, student_id: str, plan: int, at: datetime) -> None:
    """Make a proposal a draft again, to work on it; it is its maker's alone until it is proposed anew."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = plan_states.one(opened, plan)
        if row.tutor != viewer.person:
            raise NotOpenToYourRole("Only the colleague who made the plan can take it back as a draft.")
        plan_states.move(opened, row, State.DRAFT, "", at)


def review(
    viewer: Viewer,
    student_id: str,
    plan: int,
    student_said: str,
    tutor_said: str,
    review_on: date,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Keep what both said when they looked at the plan again, and when they do so next; it goes on."""
    with gate.writing(viewer, student_id, FOLLOW, at, only={Role.TUTOR}) as opened:
        row = plan_states.one(opened, plan)
        both = f"The student: {tripwire.text(student_said)}\nThe tutor: {tripwire.text(tutor_said)}"
        said, before = tripwire.said(both, why_kept), plan_states.wording(row)
        next_one = plan_states.ahead(review_on, at)
        plan_states.move(
            opened, row, State.REVIEWED, said, at, before=before, review_on=next_one, version=row.version + 1
        )
        plan_states.move(opened, row, State.ACTIVE, "", at)


def close(
    viewer: Viewer,
    student_id: str | None,
    plan: int,
    outcome: Outcome,
    said: str,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """End a plan, and every share of it; a student can always stop it, and says no other outcome alone."""
    with gate.writing_one(viewer, student_id, FOLLOW, at, only={Role.TUTOR, Role.STUDENT}) as opened:
        if viewer.role is Role.STUDENT and outcome is not Outcome.STOPPED:
            raise NotOpenToYourRole
        row = plan_states.one(opened, plan)
        shown, words = row.state is not State.DRAFT, tripwire.said(said, why_kept)
        plan_states.move(opened, row, State.CLOSED, words, at, outcome=outcome, closed_at=at)
        if shown and viewer.role is Role.TUTOR:
            plan_states.tell(opened, row, "plan-closed", {}, at)


def begin(viewer: Viewer, at: datetime) -> int:
    """Let the plans agreed in meetings begin whose days to undo are over; how many. For the night's job."""
    with gate.writing(viewer, None, FOLLOW, at, only={Role.SERVICE}) as opened:
        enrolled = enrolments_visible(viewer.role, FOLLOW)
        over = select(SupportPlan).where(
            SupportPlan.state == State.AGREED,
            SupportPlan.undo_until < london_day(at),
            SupportPlan.enrolment.in_(enrolled),
        )
        locked = over.with_for_update(of=SupportPlan, skip_locked=True)
        rows = opened.session.scalars(locked, who_and_when(viewer, at)).all()
        for row in rows:
            plan_states.move(opened, row, State.ACTIVE, "", at)
        return len(rows)


def _course(opened: Opened, meeting: int | None) -> int:
    if meeting is None:
        return opened.enrolments[0]
    row = opened.session.get(Meeting, meeting)
    if row is None or row.enrolment not in opened.enrolments:
        raise NotYoursToSee
    return row.enrolment
