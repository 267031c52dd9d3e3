"""A row that could not be taken in, as an administrator who mends it sees it."""

from dataclasses import dataclass
from datetime import datetime

from privacy.labels import Source


@dataclass(frozen=True)
class Refused:
    """A row that waits: where it stands, which field is faulty, why, and what to do about it.

    `key` names what the row is about, `value` is the one faulty value; never a name or a contact detail.
    `since` is when the load that brought it ended. Where it is not `mendable`, since its cells are not known one by
    one, only the file can be mended.
    """

    id: int
    system: Source
    file: str
    line: int
    sheet: str
    key: str
    field: str
    kind: str
    advice: str
    value: str
    since: datetime
    mendable: bool


@dataclass(frozen=True)
class Some:
    """Which of the faults that wait: of a system, of one kind or of any; from the `first` on so `many`, or all."""

    system: Source
    kind: str | None = None
    first: int = 0
    many: int | None = None
