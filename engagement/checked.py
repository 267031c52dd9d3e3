"""What the check of a file found, before anything of it is stored: counts and sentences, never a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from privacy.labels import Source


@dataclass(frozen=True)
class Checked:
    """`rows` = accepted + quarantined + held back + repeated; `questions` are what needs a person's yes.

    `reasons` say why rows were not accepted, `noted` what was met in rows that were, `sheets` how many rows of
    each were read. `sha256` is of the file that was checked, `format` the name of what it was read as, `title`
    the same in words.
    """

    system: Source
    file: str
    sha256: str
    taken_at: datetime
    format: str
    title: str
    rows: int
    accepted: int
    quarantined: int
    held_back: int
    repeated: int
    sheets: Mapping[str, int]
    reasons: Mapping[str, int]
    noted: Mapping[str, int]
    notes: tuple[str, ...]
    unmatched: int
    questions: tuple[str, ...]
