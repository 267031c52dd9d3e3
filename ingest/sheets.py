"""Rows and columns: a CSV or TSV text as a header and numbered rows, each as wide as the header or a fault."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, TextIO

from ingest.found import Fault, Note, NotReadable
from ingest.limits import Limits

Cells = dict[str, object]


class Reader(Protocol):
    """What `csv.reader` returns: rows of text, and the line the last one ended at."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True)
class Sheet:
    """A header and its rows, which are read once. A row is its line and cells, or a fault."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Cells] | Fault]
    notes: tuple[Note, ...] = ()


@dataclass
class _Lines:
    """The lines of a text as they are. `before` were read ahead of the header, `last` is the newest."""

    text: TextIO
    before: int = 0
    last: str = ""

    def __iter__(self) -> Iterator[str]:
        for line in self.text:
            self.last = line
            yield line

    @property
    def cut_short(self) -> bool:
        """Whether the newest line has no end, which only the last line of a text can lack."""
        return not self.last.endswith(("\n", "\r"))


def of_text(text: TextIO, name: str, limits: Limits, delimiter: str | None = None) -> Sheet:
    """A delimited text. Without a delimiter it is told from the header: comma, semicolon, tab or bar.

    The text must have its line ends as they are. Raises NotReadable for an empty file, a header with the same
    column twice, or an open quotation mark.
    """
    csv.field_size_limit(limits.cell)
    source, notes = _Lines(text), []
    lines = iter(source)
    first = next(lines, "")
    if first.lower().startswith("sep="):
        delimiter = first.strip()[4:5] or delimiter
        first, source.before = next(lines, ""), 1
        notes.append(Note("The line “sep=” at the top was obeyed."))
    if not first.strip():
        raise NotReadable(
            "empty", "The file is empty, or begins with an empty line where the header should be."
        )
    told = delimiter or _delimiter(first)
    if told != (delimiter or ","):
        notes.append(Note(f"The columns are parted by {_SPOKEN[told]}."))
    if first.endswith("\r"):
        notes.append(Note("The lines end in the old Macintosh way; they were read as lines."))
    reader = csv.reader(chain([first], lines), delimiter=told, strict=True)
    return _sheet(reader, source, name, limits, notes)


_SPOKEN = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def _delimiter(header: str) -> str:
    return max(_SPOKEN, key=header.count) if any(d in header for d in _SPOKEN) else ","


def _sheet(reader: Reader, source: _Lines, name: str, limits: Limits, notes: list[Note]) -> Sheet:
    try:
        header = tuple(cell.strip().strip("\ufeff") for cell in next(reader))
    except csv.Error as fault:
        raise _unreadable(source.before + 1, fault) from fault
    check_header(header, limits)
    return Sheet(name, header, _rows(reader, source, header, limits), tuple(notes))


def check_header(header: Sequence[str], limits: Limits) -> None:
    """Raise NotReadable for a header that names a column twice, or too many."""
    if len(header) > limits.columns:
        raise NotReadable(
            "columns", f"The file has {len(header)} columns; at most {limits.columns} are read."
        )
    folded = [cell.casefold() for cell in header]
    twice = next((cell for cell in folded if cell and folded.count(cell) > 1), None)
    if twice:
        raise NotReadable("header", f"The column “{twice}” stands in the header twice. Keep one of them.")


def _rows(
    reader: Reader, source: _Lines, header: tuple[str, ...], limits: Limits
) -> Iterator[tuple[int, Cells] | Fault]:
    count = 0
    while True:
        line = source.before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            if _STRAY not in str(fault):
                raise _unreadable(line, fault) from fault
            yield Fault(
                line, "", "quotes", "A quotation mark stands inside a field. Double it, or take it out."
            )
            continue
        written = "".join(cells)
        if not written.strip():
            continue
        count += 1
        if limits.rows and count > limits.rows:
            raise NotReadable("rows", f"The file has more than {limits.rows:,} rows. Load it in parts.")
        if len(cells) < len(header) and source.cut_short:
            advice = "The file ends in the middle of this row: it may have been cut short. Export it again."
            yield Fault(line, "", "cut_short", advice)
        elif "\0" in written:
            yield Fault(line, "", "nul", "The row holds a NUL character. Export the file again.")
        else:
            yield row(line, header, cells)


_STRAY = "expected after"  # how csv says that a closing quotation mark is not followed by a separator


def row(line: int, header: tuple[str, ...], cells: Sequence[object]) -> tuple[int, Cells] | Fault:
    """The cells by their column; a fault where the row is longer or shorter than the header."""
    found = dict(zip(header, cells, strict=False))
    if len(cells) != len(header):
        advice = f"The row has {len(cells)} fields, the header {len(header)}. Look for a stray or missing separator."
        return Fault(line, "", "width", advice, cells=found)
    return line, found


def _unreadable(line: int, fault: csv.Error) -> NotReadable:
    if "field larger" in str(fault):
        return NotReadable(
            "cell", f"A field at line {line} is far too long; look for a missing quotation mark."
        )
    return NotReadable("quotes", f"From line {line} on, a quotation mark is opened and not closed.")
