"""What reading a file finds, row by row: a record, a fault, or something worth telling the person."""

import dataclasses
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.template.record import Record


@dataclass(frozen=True)
class Row:
    """Cells that an adapter has translated into the columns of one sheet of the template.

    `line` is the line or row of the file where a person finds it; `file` the name inside a bundle.
    """

    sheet: type[Record]
    cells: Mapping[str, object]
    line: int
    file: str = ""


@dataclass(frozen=True)
class Fault:
    """A row that cannot be used: where it is, which field, why, and what to do about it.

    `value` is the one faulty value; `cells` the row as it came, kept for replay and never shown whole.
    """

    line: int
    field: str
    kind: str
    advice: str
    value: str = ""
    file: str = ""
    sheet: str = ""
    cells: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """A row that is rightly left out, such as a log line of a teacher; counted by its reason."""

    reason: str


@dataclass(frozen=True)
class Note:
    """What was put right on the way, or left out: an unknown column, another encoding."""

    sentence: str


@dataclass(frozen=True)
class Headed:
    """A sheet that was recognised by its header, also where no row follows."""

    sheet: type[Record]


Found = Row | Fault | Skipped | Note | Headed


class NotReadable(Exception):
    """The file as a whole is refused; the sentence says why and what to do. `file` is the one it names."""

    def __init__(self, kind: str, sentence: str, file: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind
        self.file = file


@contextmanager
def naming(file: str) -> Iterator[None]:
    """What is refused inside says of which file it speaks, where nothing nearer to it has said so."""
    try:
        yield
    except NotReadable as refused:
        if refused.file:
            raise
        raise NotReadable(refused.kind, of(file, str(refused)), file) from refused


def name_of(path: Path) -> str:
    """A file's name as it can be shown and stored: bytes that are no UTF-8 become question marks."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def of(file: str, sentence: str) -> str:
    """The sentence with the file's name before it, but where it has the name already."""
    return sentence if file in sentence else f"{file}: {sentence}"
