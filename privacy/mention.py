"""That a text about another student names the one who asks for a copy: where, since when and by whom, not what."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Mention:
    """One text. `about` is the other student's pseudonym in the access log, `by` the colleague who wrote it."""

    what: str
    on: date
    about: str
    by: str
