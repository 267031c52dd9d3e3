"""A copy of what is held about a student, from the first officer's look to the day its link ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from privacy.redaction import Reason, Span


class State(StrEnum):
    """Where a copy stands. `issued` opens for its student until the link ends; then the time alone closes it."""

    LOOKED_AT = "being looked at"
    CHECKED = "checked by one officer"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[State, frozenset[State]] = {
    State.LOOKED_AT: frozenset({State.CHECKED, State.WITHDRAWN}),
    State.CHECKED: frozenset({State.LOOKED_AT, State.ISSUED, State.WITHDRAWN}),
    State.ISSUED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
OPENS_FOR = timedelta(days=7)
"""How long the link of an issued copy opens."""


@dataclass(frozen=True)
class Cover:
    """What was decided about some letters of a text: whether they are covered, and for which reason."""

    start: int
    end: int
    reason: Reason
    hidden: bool


@dataclass(frozen=True)
class Flagged:
    """A text in which something may be about somebody else. `place` is table, key and column, `sha256` of the text.

    `covers` is empty until an officer has decided about this very text.
    """

    place: str
    title: str
    text: str
    sha256: str
    spans: tuple[Span, ...]
    covers: tuple[Cover, ...]


@dataclass(frozen=True)
class Copy:
    """One copy as its pages show it. `by_viewer` says that whoever looks checked it, and so cannot issue it.

    `passed_on` says that its student cannot sign in, so that an officer hands it to them.
    """

    id: str
    state: State
    begun_at: datetime
    checked_by: str
    by_viewer: bool
    issued_at: datetime | None
    ends_at: datetime | None
    flagged: tuple[Flagged, ...] = ()
    passed_on: bool = False

    @property
    def decided(self) -> bool:
        """Whether every flagged text was decided about."""
        return all(one.covers for one in self.flagged)

    def opens(self, at: datetime) -> bool:
        """Whether its link opens at this moment."""
        return self.state is State.ISSUED and self.ends_at is not None and at < self.ends_at
