"""One of staff and the confidentiality agreement: whether the version in force was accepted, and until when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signer:
    """`roles` are those held today. `version`, `accepted_at` and `ends_at` are of what they accepted, if anything.

    Where it is not `in_force` nothing of a student opens to them.
    """

    name: str
    roles: tuple[str, ...]
    in_force: bool
    version: str = ""
    accepted_at: datetime | None = None
    ends_at: datetime | None = None
