"""Explicit consent to sensitive information: its states and what it covers. A new yes is a new consent.

Article 9(2)(a) UK GDPR; the promise that such information is gathered and used with explicit consent alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SHORTEST = 15
"""Characters of what would be written down, and of what for."""
LONGEST = 500


class State(StrEnum):
    """Where a consent stands."""

    ASKED = "asked for"
    SIGNED = "signed, to be confirmed"
    GIVEN = "given"
    REFUSED = "refused"
    TAKEN_BACK = "no longer asked for"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


NEXT: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.GIVEN, State.SIGNED, State.REFUSED, State.TAKEN_BACK, State.LAPSED}),
    State.SIGNED: frozenset({State.GIVEN, State.REFUSED, State.TAKEN_BACK, State.LAPSED}),
    State.GIVEN: frozenset({State.WITHDRAWN, State.LAPSED}),
    State.REFUSED: frozenset(),
    State.TAKEN_BACK: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
}
"""The states that may follow each. What has ended stays so: the student would be asked anew."""
WAITS = frozenset({State.ASKED, State.SIGNED})
"""States in which the student is asked. In all but GIVEN nothing may be written, read or shared."""
ENDED = frozenset(State) - WAITS - {State.GIVEN}
"""States in which nothing follows: what it was about is destroyed after a while."""


class Method(StrEnum):
    """How the student said yes, refused, or took it back. A yes comes by one of the first two alone."""

    IN_APP = "in the student's own session"
    IN_MEETING = "signed in a meeting, confirmed"
    BY_EMAIL = "on the student's word by e-mail"
    BY_POST = "on the student's word by post"
    BY_WORD = "on the student's spoken word"


@dataclass(frozen=True)
class Step:
    """One line of the ledger: what was done, when, by whom; how a yes or a no came, and what was typed."""

    state: State
    at: datetime
    by: str
    method: Method | None = None
    typed: str = ""


@dataclass(frozen=True)
class Consent:
    """One consent as both sides read it. `text` is what the student was told, of `version`, with its SHA-256.

    `plan` is the number of the support plan it is for, `aim` that plan's, while the plan is kept; `holds` whether it
    allows anything now, and `readable` whether it allows whoever looks to read what was written under it. A while
    after it has ended `what`, `why` and `text` are empty: what it was about is held no longer.
    """

    id: int
    student_id: str
    student: str
    tutor: str
    plan: int | None
    aim: str
    what: str
    why: str
    recipients: tuple[str, ...]
    last_day: date
    version: str
    sha256: str
    text: str
    holds: bool
    readable: bool
    steps: tuple[Step, ...]
    locked: int = 0
    notes: int = 0

    @property
    def state(self) -> State:
        """Where it stands: the last line of its ledger."""
        return self.steps[-1].state

    @property
    def waits(self) -> bool:
        """Whether the student has not decided yet."""
        return self.state in WAITS


@dataclass(frozen=True)
class Wanted:
    """What a tutor asks consent for: of which plan, what would be written, why, and which advisers may read of it."""

    plan: int
    what: str
    why: str
    advisers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extract:
    """Sentences of a sensitive note, chosen by the tutor, that an adviser reads for one action.

    `share` is the number of what was shared, while that is kept.
    """

    id: int
    share: int | None
    adviser: str
    text: str
    necessity: str
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class SensitiveNote:
    """One sensitive note, opened for somebody whom the consent names."""

    id: int
    consent: int
    author: str
    at: datetime
    text: str
    extracts: tuple[Extract, ...] = ()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a note, from which an extract is chosen."""
    parts, begun = [], ""
    for word in text.split():
        begun = f"{begun} {word}".strip()
        if word.endswith((".", "!", "?")):
            parts.append(begun)
            begun = ""
    return tuple([*parts, begun] if begun else parts)
