"""Agreement to a plan: given by the student, recorded from a meeting, and taken back at any time."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import update

import policy
from auth.refusals import ChangedMeanwhile, DaysDoNotFit, MovedOn, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import action_states, gate, plan_actions, plan_states, tombstones, tripwire
from data_access.gate import Opened
from data_access.plan_states import WRITE
from data_access.tables import SupportAction, SupportPlan
from data_access.tombstones import What
from engagement import words
from policy.days import london_day
from support.plan import IN_FORCE, Agreement, State
from support.plan import wording as mark


def agree(viewer: Viewer, plan: int, wording: str, may_share: Collection[int], at: datetime) -> None:
    """Agree to a plan in the student's own session: it is agreed and begins at once.

    `wording` is `Plan.wording` of what the student read: ChangedMeanwhile when a word has changed since.
    `may_share` are the actions that may be shown to the adviser who does them; to no others they said yes.
    """
    with gate.writing_own(viewer, WRITE, at) as opened:
        row = plan_states.one(opened, plan)
        _as_read(opened, row, wording)
        _allowed(opened, plan, may_share, at)
        here = {"agreed_at": at, "agreement": Agreement.HERE, "undo_until": None}
        plan_states.move(opened, row, State.AGREED, "", at, **here)
        plan_states.move(opened, row, State.ACTIVE, "", at)


def record_agreed(
    viewer: Viewer, student_id: str, plan: int, wording: str, place: str, on: date, at: datetime
) -> None:
    """Record that the student agreed when they met, where and on which day; the student is told how to undo it.

    It begins when the days to undo are over. Sharing is the student's own yes, which is never recorded for them.
    """
    today = london_day(at)
    if on > today:
        raise DaysDoNotFit(
            "Please look at the day again: an agreement cannot be recorded before it is given."
        )
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = plan_states.one(opened, plan)
        plan_states.ahead(row.review_on, at)
        _as_read(opened, row, wording)
        _allowed(opened, plan, (), at)
        until = today + timedelta(days=policy.current().plans.undo_days)
        said = f"Agreed on {words.day(on)} {on.year}, {tripwire.text(place)}"
        met = {"agreed_at": at, "agreement": Agreement.IN_MEETING, "undo_until": until}
        plan_states.move(opened, row, State.AGREED, said, at, **met)
        plan_states.tell(opened, row, "plan-agreed", {"until": f"{words.day(until)} {until.year}"}, at)


def undo(viewer: Viewer, plan: int, said: str, at: datetime, *, why_kept: str = "") -> None:
    """Take agreement back, by the student, at any time while the plan is in force: it is a proposal again.

    Every share ends in the same transaction, and each yes to sharing is taken back with it.
    """
    with gate.writing_own(viewer, WRITE, at) as opened:
        row = plan_states.one(opened, plan)
        if row.state not in IN_FORCE:
            raise MovedOn
        _allowed(opened, plan, (), at)
        plan_states.move(
            opened, row, State.PROPOSED, tripwire.said(said, why_kept), at, **plan_states.NOT_AGREED
        )
        tombstones.add(opened.session, opened.students, What.UNDONE, str(plan), at)


def _as_read(opened: Opened, row: SupportPlan, wording: str) -> None:
    """Nobody agrees to a word that they have not read."""
    standing = plan_actions.standing(opened, row.id)
    if mark(row.version, ((one.id, one.version) for one in standing)) != wording:
        raise ChangedMeanwhile("\n".join([row.aim, *(one.text for one in standing)]), row.version)


def _allowed(opened: Opened, plan: int, may_share: Collection[int], at: datetime) -> None:
    """Yes to the sharing of these actions of the plan, and to no others."""
    a = SupportAction
    known = {one.id for one in plan_actions.standing(opened, plan) if action_states.shareable(one)}
    if not set(may_share) <= known:
        raise NotYoursToSee
    opened.session.execute(update(a).where(a.plan == plan).values(may_share_at=None))
    opened.session.execute(update(a).where(a.id.in_(may_share)).values(may_share_at=at))
