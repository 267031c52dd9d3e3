"""Ben's requests in any state, and what compliance sees of them, for the tests of rights."""

from datetime import timedelta

from data_access import own_requests, request_answers, request_queue
from policy.days import london_day
from privacy.case import Case
from privacy.case_decisions import Answering, Ask, Go, Searched, Send
from privacy.labels import Source
from privacy.request import Kind, State
from tests.cast import BEN, NOW, ROS

TEXT = "Everything about last term"
LATER = NOW + timedelta(days=1)


def asked(kind: Kind = Kind.ACCESS, text: str = TEXT, at=NOW, **more) -> str:
    """A request of Ben's; its reference."""
    return own_requests.ask(BEN.viewer, Ask(kind, text, **more), at)


def seen(reference: str, at=LATER) -> Case:
    """What compliance sees of it."""
    return request_queue.one(ROS.viewer, BEN.id, reference, at)


def does(reference: str, decided: Answering, at=LATER) -> None:
    """Ros does this about it."""
    request_answers.carry_out(ROS.viewer, BEN.id, reference, decided, at)


def begun(kind: Kind = Kind.ACCESS, at=LATER) -> str:
    """A request that is being answered."""
    reference = asked(kind, at=min(at, NOW))
    does(reference, Go(State.IN_PROGRESS, london_day(at)), at)
    return reference


def checked(kind: Kind = Kind.ERASURE, at=LATER) -> str:
    """A request whose answer is being checked."""
    reference = begun(kind, at)
    does(reference, Go(State.REVIEW, london_day(at)), at)
    return reference


def searched(reference: str, at=LATER) -> None:
    """Every system was searched for it."""
    for system in Source:
        does(reference, Searched(system, True, "student number", None, None, ""), at)


def letter(state: State, said: str = "", ground=None) -> Send:
    """A letter that tells of this state."""
    return Send(state, ground, said)
