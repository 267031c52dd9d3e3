"""Actions of support plans: added, changed, done, declined or dropped, and the student's yes to sharing one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

import policy
from auth.refusals import NotOpenToYourRole
from auth.refusals.support import ActionNotOpen, DayNotAhead, NobodyDoesIt, NotForAnAdviser
from auth.viewer import Role, Viewer
from data_access import action_states, colleagues, gate, plan_states, sharing, tombstones, tripwire
from data_access.gate import Opened
from data_access.plan_states import FOLLOW, READ, WRITE
from data_access.tables import SupportAction, SupportPlan
from data_access.tombstones import What
from policy.days import london_day
from support.action import STANDS, Adviser, State, Wanted
from support.party import Party


def advisers(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Adviser, ...]:
    """The colleagues with the role of adviser today, by name: who can be named in an action of this student's.

    Neither the student nor whoever looks is among them.
    """
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        nobody = (viewer.person, *opened.students)
        rows = [row for row in colleagues.holding(opened, Role.ADVISER, at) if row.number not in nobody]
        return tuple(Adviser(row.id, f"{row.given_name} {row.family_name}") for row in rows)


def add(viewer: Viewer, student_id: str | None, plan: int, wanted: Wanted, at: datetime) -> int:
    """Add an action; its number. A student adds what they do themselves, and it holds at once."""
    with gate.writing_one(viewer, student_id, WRITE, at, only={Role.TUTOR, Role.STUDENT}) as opened:
        if viewer.role is Role.STUDENT and wanted.owner is not Party.STUDENT:
            raise NotOpenToYourRole(
                "You can add what you will do yourself. Please ask your tutor for anything else."
            )
        row = plan_states.one(opened, plan)
        plan_states.changing(opened, row)
        number = put(opened, row, wanted, at)
        plan_states.propose_again(opened, row, at)
        return number


def amend(
    viewer: Viewer,
    student_id: str | None,
    action: int,
    version: int,
    text: str,
    due: date,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Change the text and the day of an open action. ChangedMeanwhile, with what stands now, for an older version.

    A tutor's change of a plan in force is proposed again, and takes back the student's yes to sharing the action.
    """
    with action_states.open_one(viewer, student_id, action, WRITE, at) as (opened, plan, row):
        plan_states.changing(opened, plan)
        action_states.fits(row, version)
        if (row.text, row.due) == (new := tripwire.text(text), due):
            return
        if due != row.due:
            _from_today(due, at)
        said = tripwire.kept(tripwire.reason(new, why_kept, row.text))
        values = {"text": new, "due": due, "version": version + 1, "reminded_at": None}
        if viewer.role is Role.TUTOR:
            values["may_share_at"] = None
        action_states.write(opened, row, said, at, before=action_states.wording(row), **values)
        plan_states.propose_again(opened, plan, at)


def decline(viewer: Viewer, action: int, said: str, at: datetime, *, why_kept: str = "") -> None:
    """Leave an action out, by the student; it is not shared any more."""
    with action_states.open_one(viewer, None, action, WRITE, at, {Role.STUDENT}) as (opened, plan, row):
        plan_states.changing(opened, plan)
        words = tripwire.said(said, why_kept)
        action_states.move(opened, plan, row, State.DECLINED, words, at, may_share_at=None)
        _stays_unshared(opened, action, at)


def done(
    viewer: Viewer,
    student_id: str | None,
    action: int,
    on: date,
    said: str,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Say that an action of a plan in force is done, since which day; it is not shared any more."""
    if on > london_day(at):
        raise DayNotAhead("Please look at the day again: what is done was done today or before.")
    with action_states.open_one(viewer, student_id, action, FOLLOW, at) as (opened, plan, row):
        action_states.running(plan)
        words = tripwire.said(said, why_kept)
        action_states.move(opened, plan, row, State.DONE, words, at, done_on=on)


def reopen(
    viewer: Viewer, student_id: str | None, action: int, said: str, at: datetime, *, why_kept: str = ""
) -> None:
    """Take back that an action is done or declined, while the plan runs; declined, by the student alone."""
    with action_states.open_one(viewer, student_id, action, FOLLOW, at) as (opened, plan, row):
        plan_states.changing(opened, plan)
        words = tripwire.said(said, why_kept)
        action_states.move(opened, plan, row, State.OPEN, words, at, done_on=None, reminded_at=None)


def drop(
    viewer: Viewer, student_id: str, action: int, said: str, at: datetime, *, why_kept: str = ""
) -> None:
    """Take an action out, by the tutor; a plan in force is proposed again without it."""
    with action_states.open_one(viewer, student_id, action, WRITE, at, {Role.TUTOR}) as (opened, plan, row):
        plan_states.changing(opened, plan)
        words = tripwire.said(said, why_kept)
        action_states.move(opened, plan, row, State.DROPPED, words, at, may_share_at=None)
        plan_states.propose_again(opened, plan, at)


def allow_sharing(viewer: Viewer, action: int, yes: bool, at: datetime) -> None:
    """The student's own yes, or its end, to showing one action to the adviser who does it; a share ends at once."""
    with action_states.open_one(viewer, None, action, WRITE, at, {Role.STUDENT}) as (opened, plan, row):
        if yes:
            action_states.running(plan)
            if row.state is not State.OPEN:
                raise ActionNotOpen
            if not action_states.shareable(row):
                raise NotForAnAdviser
        if yes != (row.may_share_at is not None):
            said = "May be shared with the adviser." if yes else "May not be shared any more."
            action_states.write(opened, row, said, at, may_share_at=at if yes else None)
        if not yes:
            _stays_unshared(opened, action, at)
        sharing.end_lost(opened, plan.id, at)


def _stays_unshared(opened: Opened, action: int, at: datetime) -> None:
    """A backup from before the no shows the action to nobody again."""
    tombstones.add(opened.session, opened.students, What.NOT_SHARED, str(action), at)


def put(opened: Opened, plan: SupportPlan, wanted: Wanted, at: datetime) -> int:
    """Store an action of the plan, in the transaction that is open; its number."""
    said = tripwire.kept(tripwire.reason(wanted.text, wanted.why_kept))
    row = SupportAction(
        plan=plan.id,
        state=State.OPEN,
        text=tripwire.text(wanted.text),
        owner=wanted.owner,
        adviser=_adviser(opened, wanted, at),
        service=_service(wanted),
        due=_from_today(wanted.due, at),
        version=1,
    )
    opened.session.add(row)
    opened.session.flush()
    action_states.step(opened, row, said, at)
    return row.id


def standing(opened: Opened, plan: int) -> Sequence[SupportAction]:
    """The actions of a plan that are open or done: what an agreement is given to."""
    mine = select(SupportAction).where(SupportAction.plan == plan, SupportAction.state.in_(STANDS))
    return opened.session.scalars(mine.order_by(SupportAction.id)).all()


def _adviser(opened: Opened, wanted: Wanted, at: datetime) -> int | None:
    if wanted.owner is not Party.ADVISER:
        return None
    found = colleagues.holder(opened, wanted.adviser, Role.ADVISER, at)
    if found is None or found in (opened.viewer.person, *opened.students):
        raise NobodyDoesIt
    return found


def _service(wanted: Wanted) -> str | None:
    """The place as policy names it."""
    if wanted.owner is not Party.SERVICE:
        return None
    if wanted.service not in {place.name for place in policy.current().support.place}:
        raise NobodyDoesIt
    return wanted.service


def _from_today(due: date, at: datetime) -> date:
    if due < london_day(at):
        raise DayNotAhead
    return due
