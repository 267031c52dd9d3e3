"""A row that could not be taken in, as an administrator who mends it sees it."""

from dataclasses import dataclass
from datetime import datetime

from privacy.labels import Source


@dataclass(frozen=True)
class Refused:
    """A row that waits: where it stands, which field is faulty, why, and what to do about it.

    `key` names what the row is about, `value` is the one faulty value; never a name or a contact detail.
    `since` is when the load that brought it ended. Where it is not `mendable` nothing of the row is kept, and only a
    new file helps.
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
    mendable: bool = True
