"""Support plans, their actions, with whom an action was shared, and whom a student was passed on to."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, IDENTITY, SUPPORT, Base, column, table
from support.action import State as ActionState
from support.party import Party
from support.plan import Agreement, Outcome
from support.plan import State as PlanState

_RUNNING = text("ended_at IS NULL")


class SupportPlan(Base):
    """One plan. `version` counts its texts; `undo_until` is the last day to undo an agreement given in a meeting."""

    __tablename__ = "support_plan"
    __table_args__ = table(person="enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    tutor: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    meeting: Mapped[int | None] = column(SUPPORT, ForeignKey("meeting.id"))
    state: Mapped[PlanState] = column(SUPPORT)
    aim: Mapped[str] = column(SUPPORT)
    review_on: Mapped[date] = column(SUPPORT)
    version: Mapped[int] = column(SUPPORT, default=1)
    made_at: Mapped[datetime] = column(SUPPORT)
    agreed_at: Mapped[datetime | None] = column(SUPPORT)
    agreement: Mapped[Agreement | None] = column(SUPPORT)
    undo_until: Mapped[date | None] = column(SUPPORT)
    outcome: Mapped[Outcome | None] = column(SUPPORT)
    closed_at: Mapped[datetime | None] = column(SUPPORT)


class PlanStep(Base):
    """What became of a plan, or of its text, whose earlier wording `before` keeps; `person` is empty for a job."""

    __tablename__ = "plan_step"
    __table_args__ = table(person="plan.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    plan: Mapped[int] = column(SUPPORT, ForeignKey("support_plan.id"), index=True)
    state: Mapped[PlanState] = column(SUPPORT)
    at: Mapped[datetime] = column(SUPPORT)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    said: Mapped[str] = column(SUPPORT, default="")
    before: Mapped[str | None] = column(SUPPORT)


class SupportAction(Base):
    """One action. An adviser who does it is a person here; a service is a name, and is told nothing."""

    __tablename__ = "support_action"
    __table_args__ = table(person="plan.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    plan: Mapped[int] = column(SUPPORT, ForeignKey("support_plan.id"), index=True)
    state: Mapped[ActionState] = column(SUPPORT)
    text: Mapped[str] = column(SUPPORT)
    owner: Mapped[Party] = column(SUPPORT)
    adviser: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"), index=True)
    service: Mapped[str | None] = column(SUPPORT)
    due: Mapped[date] = column(SUPPORT)
    done_on: Mapped[date | None] = column(SUPPORT)
    version: Mapped[int] = column(SUPPORT, default=1)
    may_share_at: Mapped[datetime | None] = column(SUPPORT)
    reminded_at: Mapped[datetime | None] = column(SUPPORT)


class ActionStep(Base):
    """What became of an action, or of its text, whose earlier wording `before` keeps."""

    __tablename__ = "action_step"
    __table_args__ = table(person="action.plan.enrolment.student")

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    action: Mapped[int] = column(SUPPORT, ForeignKey("support_action.id"), index=True)
    state: Mapped[ActionState] = column(SUPPORT)
    at: Mapped[datetime] = column(SUPPORT)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    said: Mapped[str] = column(SUPPORT, default="")
    before: Mapped[str | None] = column(SUPPORT)


class SharedAction(Base):
    """An action shared with one named adviser, who reports its outcome; at most one share of an action runs."""

    __tablename__ = "shared_action"
    __table_args__ = (
        Index(None, "action", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        table(person="action.plan.enrolment.student"),
    )

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    action: Mapped[int] = column(SUPPORT, ForeignKey("support_action.id"))
    recipient: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    necessity: Mapped[str] = column(SUPPORT)
    shared_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    shared_at: Mapped[datetime] = column(SUPPORT)
    ended_at: Mapped[datetime | None] = column(SUPPORT)
    outcome: Mapped[str | None] = column(SUPPORT)
    outcome_at: Mapped[datetime | None] = column(SUPPORT)


class Escalation(Base):
    """A student whom a tutor passed on to a senior tutor, with the reason, until it is ended."""

    __tablename__ = "escalation"
    __table_args__ = (
        Index(None, "enrolment", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        table(person="enrolment.student"),
    )

    id: Mapped[int] = column(SUPPORT, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"))
    senior_tutor: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    raised_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    reason: Mapped[str] = column(SUPPORT)
    raised_at: Mapped[datetime] = column(SUPPORT)
    ended_at: Mapped[datetime | None] = column(SUPPORT)
    outcome: Mapped[str | None] = column(SUPPORT)
