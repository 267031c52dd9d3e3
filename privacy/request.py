"""A request under the law: what can be asked for, the states it goes through, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a person can ask for, or complain about."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    EQUALITY_STOP = "equality_stop"
    COMPLAINT = "complaint"

    @property
    def words(self) -> str:
        """What it is called on a page and in a letter."""
        return _WORDS[self]


class State(StrEnum):
    """Where a request stands. A complaint has states of its own, and shares only the first."""

    RECEIVED = "received"
    ID_PENDING = "id_pending"
    CLARIFYING = "clarification_pending"
    IN_PROGRESS = "in_progress"
    EXTENDED = "extended"
    REVIEW = "review"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    MORE_INFO = "more_info"
    OUTCOME = "outcome"
    REVIEWED = "reviewed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state on a page, for whoever asked and whoever answers alike."""
        return _STANDS[self]


class Channel(StrEnum):
    """The way a request came. Each counts from the moment that it reached anybody of the university."""

    HERE = "here"
    EMAIL = "email"
    POST = "post"
    SPOKEN = "spoken"

    @property
    def words(self) -> str:
        """The way, on a page."""
        return {
            Channel.HERE: "On the page My data",
            Channel.EMAIL: "By e-mail",
            Channel.POST: "By post",
            Channel.SPOKEN: "Spoken, also by telephone",
        }[self]


_WORDS: Mapping[Kind, str] = {
    Kind.ACCESS: "Copy of what is held",
    Kind.RECTIFICATION: "Correction",
    Kind.ERASURE: "Erasure",
    Kind.RESTRICTION: "Restriction of use",
    Kind.OBJECTION: "Objection",
    Kind.CONSENT_WITHDRAWAL: "Withdrawal or refusal of consent",
    Kind.EQUALITY_STOP: "Leaving the equality statistics",
    Kind.COMPLAINT: "Complaint",
}
_STANDS: Mapping[State, str] = {
    State.RECEIVED: "Received",
    State.ID_PENDING: "Waiting to know who asks",
    State.CLARIFYING: "Waiting for an answer to a question",
    State.IN_PROGRESS: "Being answered",
    State.EXTENDED: "Being answered, in the longer time",
    State.REVIEW: "Answer being checked",
    State.FULFILLED: "Done",
    State.PARTLY_FULFILLED: "Done in part",
    State.REFUSED: "Not done, with reasons",
    State.WITHDRAWN: "Taken back",
    State.ACKNOWLEDGED: "Receipt confirmed",
    State.INVESTIGATING: "Being looked into",
    State.MORE_INFO: "Waiting for an answer to a question",
    State.OUTCOME: "Answered",
    State.REVIEWED: "Looked at again",
    State.CLOSED: "Closed",
}

_DECIDED = frozenset({State.FULFILLED, State.PARTLY_FULFILLED, State.REFUSED})
_ASKED_BACK = frozenset({State.WITHDRAWN})
NEXT: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ID_PENDING, State.CLARIFYING, State.IN_PROGRESS}) | _ASKED_BACK,
    State.ID_PENDING: frozenset({State.RECEIVED, State.IN_PROGRESS}) | _ASKED_BACK,
    State.CLARIFYING: frozenset({State.IN_PROGRESS, State.EXTENDED}) | _ASKED_BACK,
    State.IN_PROGRESS: frozenset({State.CLARIFYING, State.EXTENDED, State.REVIEW}) | _ASKED_BACK,
    State.EXTENDED: frozenset({State.CLARIFYING, State.REVIEW}) | _ASKED_BACK,
    State.REVIEW: frozenset({State.IN_PROGRESS, State.EXTENDED}) | _DECIDED | _ASKED_BACK,
    **{state: frozenset() for state in _DECIDED | _ASKED_BACK},
}
"""Which state may follow which, of everything but a complaint."""

COMPLAINT_NEXT: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ACKNOWLEDGED, State.WITHDRAWN}),
    State.ACKNOWLEDGED: frozenset({State.INVESTIGATING, State.WITHDRAWN}),
    State.INVESTIGATING: frozenset({State.MORE_INFO, State.OUTCOME, State.WITHDRAWN}),
    State.MORE_INFO: frozenset({State.INVESTIGATING, State.WITHDRAWN}),
    State.OUTCOME: frozenset({State.REVIEWED, State.CLOSED}),
    State.REVIEWED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Which state may follow which, of a complaint."""


def following(kind: Kind, state: State) -> frozenset[State]:
    """What may follow `state`; nothing where a request of this kind is never in it.

    A question to whoever asked stops the clock only where a copy was asked for (UK GDPR art. 12A).
    """
    if kind is Kind.COMPLAINT:
        return COMPLAINT_NEXT.get(state, frozenset())
    if kind is Kind.ACCESS:
        return NEXT.get(state, frozenset())
    never = frozenset({State.CLARIFYING})
    return frozenset() if state in never else NEXT.get(state, frozenset()) - never


def ends(kind: Kind, state: State) -> bool:
    """Whether nothing can follow, so that the request is over."""
    return not following(kind, state)
