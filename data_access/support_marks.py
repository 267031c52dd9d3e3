"""What the timeline marks of support: conversations, plans, notes and help asked for, each step on its day."""

from collections.abc import Iterator
from datetime import date, datetime

from auth.viewer import Viewer
from data_access import escalations, meetings, notes, offers, plans
from engagement import words
from engagement.marks import Mark, Outcome
from policy.days import london_day
from support.action import Action
from support.action import State as ActionState
from support.escalation import Escalation
from support.meeting import Meeting
from support.meeting import State as MeetingState
from support.note import APPROVED, SHOWN, Note
from support.offer import Offer
from support.offer import State as OfferState
from support.plan import Plan
from support.plan import State as PlanState

TALK, PLAN, NOTE, HELP = "Conversation", "Support plan", "Note", "Senior tutor"

_OFFERS = {
    OfferState.ASKED: "A conversation was asked for",
    OfferState.OFFERED: "A conversation was offered",
    OfferState.COUNTERED: "Another time was proposed",
    OfferState.ACCEPTED: "A time was agreed",
    OfferState.DECLINED: "The conversation was declined",
    OfferState.WITHDRAWN: "The offer was taken back",
    OfferState.UNANSWERED: "The offered times passed without an answer",
}
_MEETINGS = {
    MeetingState.PLANNED: (Outcome.AHEAD, "planned"),
    MeetingState.HELD: (Outcome.DONE, "held"),
    MeetingState.MISSED: (Outcome.MISSED, "not held"),
    MeetingState.CANCELLED: (Outcome.NONE, "called off"),
}
_PLANS = {
    PlanState.PROPOSED: "proposed",
    PlanState.AGREED: "agreed",
    PlanState.REVIEWED: "looked at again",
    PlanState.CLOSED: "closed",
}
_ENTRIES = {"text": "written", "correction": "corrected", "comment": "commented on"}


def days(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Mark, ...]:
    """Every step of support with one student that the viewer may read; None is the viewer's own.

    Tutor and student get the same, but for drafts, which are their maker's and are not marked at all.
    """
    talks, met = offers.of(viewer, student_id, at), meetings.of(viewer, student_id, at)
    agreed, written = plans.of(viewer, student_id, at), notes.of(viewer, student_id, at)
    passed_on = escalations.of(viewer, student_id, at)
    return (
        *(mark for one in talks for mark in _offer(one)),
        *(_meeting(one, at) for one in met),
        *(mark for one in agreed for mark in _plan(one, london_day(at))),
        *(mark for one in written for mark in _note(one)),
        *dict.fromkeys(mark for one in passed_on for mark in _passed_on(one)),  # once, of two courses
    )


def _offer(one: Offer) -> Iterator[Mark]:
    for step in one.steps:
        yield Mark(london_day(step.at), TALK, f"{_OFFERS[OfferState(step.state)]}{_by(step.by)}.")


def _meeting(one: Meeting, at: datetime) -> Mark:
    outcome, became = _MEETINGS[one.state]
    if one.state is MeetingState.PLANNED and one.ends_at <= at:
        outcome, became = Outcome.NONE, "not recorded yet as held or not"
    why = f", {one.missed.value}" if one.missed else ""
    said = f"Conversation with {one.tutor}, {one.format.value}: {became}{why}."
    return Mark(london_day(one.starts_at), TALK, said, outcome)


def _plan(plan: Plan, today: date) -> Iterator[Mark]:
    """Nothing of a draft. Of the rest its steps, but not each change of wording, and its actions."""
    if plan.state is PlanState.DRAFT:
        return
    for step in plan.steps:
        if (state := PlanState(step.state)) in _PLANS and not (
            step.before and state is not PlanState.REVIEWED
        ):
            became = f": {plan.outcome.value}" if state is PlanState.CLOSED and plan.outcome else ""
            yield Mark(london_day(step.at), PLAN, f"Plan “{plan.aim}” {_PLANS[state]}{_by(step.by)}{became}.")
    if plan.in_force:
        due = Outcome.MISSED if plan.review_on < today else Outcome.AHEAD
        yield Mark(plan.review_on, PLAN, f"Plan “{plan.aim}”: to be looked at again.", due)
    for action in plan.actions:
        yield from _action(action, today, runs=plan.in_force)


def _action(action: Action, today: date, *, runs: bool) -> Iterator[Mark]:
    if action.state is ActionState.DONE and action.done_on:
        late = Outcome.LATE if action.done_on > action.due else Outcome.DONE
        yield Mark(action.done_on, PLAN, f"“{action.text}”: done.", late)
    elif action.state is ActionState.OPEN and runs:
        late = Outcome.MISSED if action.due < today else Outcome.AHEAD
        yield Mark(action.due, PLAN, f"“{action.text}”, due {words.short_day(action.due)}: open.", late)
    for share in action.shares:
        said = f"“{action.text}” was shared with {share.recipient} by {share.shared_by}."
        yield Mark(london_day(share.shared_at), PLAN, said)
        if share.outcome_at:
            yield Mark(
                london_day(share.outcome_at), PLAN, f"{share.recipient} said what came of “{action.text}”."
            )


def _passed_on(one: Escalation) -> Iterator[Mark]:
    yield Mark(
        london_day(one.raised_at), HELP, f"{one.raised_by} asked {one.senior_tutor}, senior tutor, to help."
    )
    if one.ended_at:
        yield Mark(london_day(one.ended_at), HELP, f"The help of {one.senior_tutor}, senior tutor, ended.")


def _note(note: Note) -> Iterator[Mark]:
    if note.state in SHOWN:
        for entry in note.entries:
            approved = entry.kind == "comment" and entry.text == APPROVED
            became = "approved" if approved else _ENTRIES[entry.kind]
            yield Mark(london_day(entry.at), NOTE, f"Note {became} by {entry.by}.")


def _by(name: str) -> str:
    return f" by {name}" if name else ""
