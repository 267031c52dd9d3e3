"""Plans and their actions in sentences, for the side that reads them."""

from collections.abc import Iterator
from datetime import date, datetime

from components.plain import plain
from engagement import words
from policy.days import london_day
from support.action import Action
from support.action import State as ActionState
from support.offer import Step
from support.party import Party
from support.plan import Agreement, Plan, State

BADGES = {
    State.DRAFT: ":gray-badge[draft]",
    State.PROPOSED: ":blue-badge[proposed]",
    State.AGREED: ":green-badge[agreed]",
    State.ACTIVE: ":green-badge[agreed]",
    State.REVIEWED: ":green-badge[agreed]",
    State.CLOSED: ":gray-badge[closed]",
}
_BECAME = {
    State.DRAFT: "written down as a draft",
    State.PROPOSED: "proposed",
    State.AGREED: "agreed",
    State.ACTIVE: "began",
    State.REVIEWED: "looked at again",
    State.CLOSED: "closed",
}
_ACTION_BECAME = {
    ActionState.OPEN: "open again",
    ActionState.DONE: "done",
    ActionState.DECLINED: "left out by the student",
    ActionState.DROPPED: "taken out",
}


def full(on: date) -> str:
    """`23 November 2026`."""
    return f"{words.day(on)} {on.year}"


def state(plan: Plan, who: Party) -> str:
    """Where the plan stands, in one sentence."""
    mine = who is Party.STUDENT
    match plan.state:
        case State.DRAFT:
            return "A draft: only you see it."
        case State.PROPOSED:
            waits = "you agree" if mine else f"{plan.student} agrees"
            return f"Proposed by {plan.tutor}. Nothing in it holds until {waits}."
        case State.AGREED:
            until = full(plan.undo_until) if plan.undo_until else ""
            undo = "You can undo this until" if mine else f"{plan.student} can undo this until"
            return f"Recorded as agreed in the meeting. {undo} {until}; then it begins."
        case State.ACTIVE | State.REVIEWED:
            agreed = full(london_day(plan.agreed_at)) if plan.agreed_at else ""
            how = "in the meeting" if plan.agreement is Agreement.IN_MEETING else ""
            by = "you" if mine else plan.student
            return " ".join(part for part in (f"Agreed by {by}", how, f"on {agreed}") if part) + "."
        case State.CLOSED:
            on = full(london_day(plan.closed_at)) if plan.closed_at else ""
            return f"Closed on {on}: {plan.outcome.value if plan.outcome else ''}."


def review(plan: Plan, today: date) -> str:
    """When both look at it again; empty for a plan that is closed."""
    if plan.state is State.CLOSED:
        return ""
    if plan.review_on <= today and plan.in_force:
        return f"It is time to look at it again together, since {full(plan.review_on)}."
    return f"You look at it again together on {full(plan.review_on)}."


def owner(action: Action, plan: Plan, who: Party) -> str:
    """Who does it."""
    match action.owner:
        case Party.STUDENT:
            return "You" if who is Party.STUDENT else plan.student
        case Party.TUTOR:
            return "You" if who is Party.TUTOR and plan.mine else plan.tutor
        case Party.ADVISER:
            return f"{action.owner_name}, adviser"
        case Party.SERVICE:
            return action.owner_name


def stands(action: Action, today: date) -> str:
    """By when, and where it stands."""
    match action.state:
        case ActionState.OPEN:
            since = ", still open" if action.due < today else ""
            return f"by {full(action.due)}{since}"
        case ActionState.DONE:
            return f"done on {full(action.done_on)}" if action.done_on else "done"
        case ActionState.DECLINED:
            return "left out by the student"
        case ActionState.DROPPED:
            return "taken out"


def shared(action: Action) -> str:
    """With whom the action is or was shared; empty where it never was."""
    if action.share is None:
        return ""
    if action.share.ended_at is None:
        since = full(london_day(action.share.shared_at))
        return (
            f"Shared with {action.share.recipient} since {since}: this action, and nothing else of the plan."
        )
    ended = full(london_day(action.share.ended_at))
    came = f" What came back: “{action.share.outcome}”" if action.share.outcome else ""
    return f"Was shared with {action.share.recipient} until {ended}.{came}"


def became(plan: Plan) -> list[str]:
    """What became of the plan and of each action, the latest first, as plain lines."""
    found = [*_of_plan(plan.steps)]
    for action in plan.actions:
        found += _of_action(action)
    found.sort(key=lambda one: one[0])
    return [
        line for _, line in found[::-1]
    ]  # not reverse=True: of one instant, too, the later step stands first


def _of_plan(steps: tuple[Step, ...]) -> Iterator[tuple[datetime, str]]:
    for step in steps:
        changed = step.before and step.state is not State.REVIEWED
        yield step.at, _line(step, "The plan", "changed" if changed else _BECAME[State(step.state)])


def _of_action(action: Action) -> Iterator[tuple[datetime, str]]:
    for number, step in enumerate(action.steps):
        what = "changed" if step.before else _ACTION_BECAME[ActionState(step.state)]
        if number == 0:
            what = "added"
        elif not step.before and action.steps[number - 1].state is step.state:
            what = "sharing"
        yield step.at, _line(step, f"“{action.text}”", what)


def _line(step: Step, what: str, became: str) -> str:
    by = f" ({step.by})" if step.by else ""
    said = f" {' '.join(step.said.split())}" if step.said else ""
    before = f" Before: “{' '.join(step.before.split())}”" if step.before else ""
    return f"{words.short_day(london_day(step.at))}: {what}, {became}{by}.{said}{before}"


def whose(student: str) -> str:
    """Of whom an adviser is told, who may not see the name any more."""
    return plain(student) if student else "a student whose action was shared with you"
