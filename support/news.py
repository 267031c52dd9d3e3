"""What students and advisers did since the tutor last looked: an answer, an agreement, a word back."""

from dataclasses import dataclass
from datetime import datetime

from support.digest import Waiting


@dataclass(frozen=True)
class News:
    """The latest of one kind from one student; `state` is what it came to, `by` who did it."""

    what: Waiting
    state: str
    student_id: str
    student: str
    by: str
    at: datetime
