"""One consent as information compliance has it: when it was decided, and nothing of what it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from privacy.consent import State


@dataclass(frozen=True)
class Recorded:
    """`student` is the pseudonym of the access log; `readers` how many of staff the consent names."""

    id: int
    student: str
    state: State
    asked_at: datetime
    decided_at: datetime
    last_day: date
    version: str
    sha256: str
    readers: int


@dataclass(frozen=True)
class Standing:
    """A consent that a student could take back or, while it waits, refuse; `tutor` asked for it."""

    id: int
    tutor: str
    since: datetime
    last_day: date
    waits: bool = False


@dataclass(frozen=True)
class Over:
    """That a consent has ended under which sentences were shared with the reader. `student` is who they still see."""

    student: str
    shared_on: date
    on: date
