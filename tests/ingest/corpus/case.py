"""One numbered file of the corpus: how it is made, and what must become of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ingest.limits import FROM_PAGE
from ingest.template.record import Record
from ingest.template.student_records import Student
from privacy.labels import Source

Bad = tuple[int, str, str]
"""A row that is kept aside: its line, the faulty field, the kind of fault."""


class Outcome(StrEnum):
    """What becomes of a file."""

    ACCEPTED = "accepted"
    NORMALISED = "accepted, and a note says what was put right or needs a look"
    QUARANTINED = "accepted, but for rows that are kept aside"
    REFUSED = "refused as a whole"


@dataclass(frozen=True)
class Case:
    """A file by its number in the list of malformed files, a letter telling variants apart.

    `bad` are all rows that must be kept aside, `says` a part of the note, of the advice on the first bad row,
    or of the refusal's sentence; `kind` the kind of refusal. `reads` is what must come out, by column;
    `repeated` how many rows only repeat others; `seconds` how much of a processor its reading may take. `why`
    gives the reason where another outcome might be expected.
    """

    name: str
    title: str
    outcome: Outcome
    write: Callable[[Path], object]
    file: str = "students.csv"
    system: Source = Source.STUDENT_RECORDS
    sheet: type[Record] = Student
    says: str = ""
    kind: str = ""
    bad: Sequence[Bad] = ()
    reads: Mapping[str, Sequence[object]] = field(default_factory=dict)
    accepted: int | None = None
    repeated: int = 0
    seconds: int = FROM_PAGE.seconds
    why: str = ""

    @property
    def number(self) -> int:
        """The number without the letter."""
        return int(self.name.rstrip("abcdefgh"))

    def made(self, folder: Path) -> Path:
        """The file, written into the folder."""
        path = folder / self.file
        self.write(path)
        return path


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Writes a text."""
    return lambda path: path.write_bytes(content.encode(encoding))


def raw(content: bytes) -> Callable[[Path], object]:
    """Writes bytes."""
    return lambda path: path.write_bytes(content)
