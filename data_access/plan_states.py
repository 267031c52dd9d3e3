"""One plan going from a state to the next, inside a transaction that the gate opened."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.support import DayNotAhead
from auth.viewer import Role
from data_access import disputes_closing, outbox, sharing
from data_access.gate import Opened
from data_access.scope import WHO
from data_access.tables import Person, PlanStep, SupportPlan
from engagement import words
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Purpose
from support.party import Party
from support.plan import IN_FORCE, NEXT, TEXT_CHANGES, State

READ = Act(Action.READ, Category.SUPPORT, Purpose.AGREE)
WRITE = Act(Action.WRITE, Category.SUPPORT, Purpose.AGREE)
FOLLOW = Act(Action.WRITE, Category.SUPPORT, Purpose.FOLLOW_UP)

NOT_AGREED: dict[str, Any] = {"agreed_at": None, "agreement": None, "undo_until": None}
"""What an agreement wrote, taken back."""

_SHOWN = aliased(PlanStep)
_TOLD = exists().where(_SHOWN.plan == SupportPlan.id, _SHOWN.state.in_((State.PROPOSED, State.AGREED)))
SEEN = (SupportPlan.tutor == WHO) | ((SupportPlan.state != State.DRAFT) & _TOLD)
"""Whether the viewer sees a plan: its maker always, everybody else once it was proposed; execute with `who`."""


def one(opened: Opened, plan: int) -> SupportPlan:
    """The plan, locked until the transaction ends; NotYoursToSee for one that the viewer does not see."""
    mine = select(SupportPlan).where(
        SupportPlan.id == plan, SupportPlan.enrolment.in_(opened.enrolments), SEEN
    )
    locked = mine.with_for_update(of=SupportPlan).execution_options(populate_existing=True)
    row = opened.session.scalar(locked, {"who": opened.viewer.person})
    if row is None:
        raise NotYoursToSee
    return row


def move(opened: Opened, row: SupportPlan, state: State, said: str, at: datetime, **values: Any) -> None:
    """Take the plan to the state; MovedOn where that cannot follow. Shares that lose their ground end with it."""
    if state not in NEXT[row.state]:
        raise MovedOn
    write(opened, row, said, at, state=state, **values)
    sharing.end_lost(opened, row.id, at)


def write(
    opened: Opened, row: SupportPlan, said: str, at: datetime, *, before: str | None = None, **values: Any
) -> None:
    """Change the plan as it was read, and add the step; MovedOn when another has changed it meanwhile."""
    as_read = (SupportPlan.id == row.id, SupportPlan.state == row.state, SupportPlan.version == row.version)
    changed: Any = opened.session.execute(update(SupportPlan).where(*as_read).values(**values))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn
    opened.session.refresh(row)
    step(opened, row, said, at, before)
    disputes_closing.after_support(opened, at)


def step(opened: Opened, row: SupportPlan, said: str, at: datetime, before: str | None = None) -> None:
    """Write down what became of it, who did it, what they said, and the wording that was replaced."""
    person = opened.viewer.person or None
    opened.session.add(PlanStep(plan=row.id, state=row.state, at=at, person=person, said=said, before=before))
    opened.session.flush()


def changing(opened: Opened, row: SupportPlan) -> None:
    """MovedOn unless the viewer may change the plan's text and actions in its state."""
    if row.state not in TEXT_CHANGES[party(opened)]:
        raise MovedOn


def propose_again(opened: Opened, row: SupportPlan, at: datetime) -> None:
    """What a tutor has changed in a plan in force holds once the student agrees anew; what a student did, at once."""
    if opened.viewer.role is Role.TUTOR and row.state in IN_FORCE:
        move(opened, row, State.PROPOSED, "", at, **NOT_AGREED)
        tell(opened, row, "plan-changed", {}, at)
    sharing.end_lost(opened, row.id, at)


def tell(opened: Opened, row: SupportPlan, template: str, more: dict[str, str], at: datetime) -> None:
    """Tell the student; each step of a plan tells at most once."""
    last = select(PlanStep.id).where(PlanStep.plan == row.id).order_by(PlanStep.id.desc()).limit(1)
    key = f"{template}-{row.id}-{opened.session.scalar(last)}"
    outbox.tell(opened, row.enrolment, template, key, {"tutor": name(opened)} | more, at)


def name(opened: Opened) -> str:
    """The viewer's name, as the student reads it."""
    found = opened.session.get_one(Person, opened.viewer.person)
    return " ".join(part for part in (found.given_name, found.family_name) if part)


def party(opened: Opened) -> Party:
    """The side that the viewer is on."""
    return Party.STUDENT if opened.viewer.role is Role.STUDENT else Party.TUTOR


def ahead(day: date, at: datetime) -> date:
    """The day, if it lies in the future; otherwise DayNotAhead."""
    if day <= london_day(at):
        raise DayNotAhead
    return day


def wording(row: SupportPlan) -> str:
    """The plan's own text, as a step keeps it when it is replaced."""
    return f"{row.aim}\nTo be looked at again on {words.day(row.review_on)} {row.review_on.year}."
