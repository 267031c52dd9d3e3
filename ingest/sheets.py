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


def of_text(text: TextIO, name: str, limits: Limits, delimiter: str | None = None) -> Sheet:
    """A delimited text. Without a delimiter it is told from the header: comma, semicolon, tab or bar.

    Raises NotReadable for an empty file, a header with the same column twice, or an open quotation mark.
    """
    csv.field_size_limit(limits.cell)
    lines, notes = iter(text.readline, ""), []
    first = next(lines, "")
    if first.lower().startswith("sep="):
        delimiter = first.strip()[4:5] or delimiter
        first = next(lines, "")
        notes.append(Note("The line “sep=” at the top was obeyed."))
    if not first.strip():
        raise NotReadable(
            "empty", "The file is empty, or begins with an empty line where the header should be."
        )
    told = delimiter or _delimiter(first)
    if told != (delimiter or ","):
        notes.append(Note(f"The columns are parted by {_SPOKEN[told]}."))
    if "\r" in first.rstrip("\r\n"):
        notes.append(Note("The lines end in the old Macintosh way; they were read as lines."))
        first, lines = "", iter(_old_lines(chain([first], lines)))
    reader = csv.reader(chain([first] if first else [], lines), delimiter=told, strict=True)
    return _sheet(reader, name, limits, notes)


_SPOKEN = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def _delimiter(header: str) -> str:
    return max(_SPOKEN, key=header.count) if any(d in header for d in _SPOKEN) else ","


def _old_lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield from line.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


def _sheet(reader: Reader, name: str, limits: Limits, notes: list[Note]) -> Sheet:
    try:
        header = tuple(cell.strip().strip("\ufeff") for cell in next(reader))
    except csv.Error as fault:
        raise _unreadable(1, fault) from fault
    check_header(header, limits)
    return Sheet(name, header, _rows(reader, header, limits), tuple(notes))


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


def _rows(reader: Reader, header: tuple[str, ...], limits: Limits) -> Iterator[tuple[int, Cells] | Fault]:
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _unreadable(line, fault) from fault
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if limits.rows and count > limits.rows:
            raise NotReadable("rows", f"The file has more than {limits.rows:,} rows. Load it in parts.")
        yield row(line, header, cells)


def row(line: int, header: tuple[str, ...], cells: Sequence[object]) -> tuple[int, Cells] | Fault:
    """The cells by their column; a fault where the row is longer or shorter than the header."""
    found = dict(zip(header, cells, strict=False))
    if len(cells) != len(header):
        advice = f"The row has {len(cells)} fields, the header {len(header)}. Look for a stray or missing separator."
        return Fault(line, "", "width", advice, cells=found)
    if any(isinstance(cell, str) and "\0" in cell for cell in cells):
        return Fault(line, "", "nul", "The row holds a NUL character. Export the file again.", cells=found)
    return line, found


def _unreadable(line: int, fault: csv.Error) -> NotReadable:
    if "field larger" in str(fault):
        return NotReadable(
            "cell", f"A field at line {line} is far too long; look for a missing quotation mark."
        )
    return NotReadable("quotes", f"From line {line} on, a quotation mark is opened and not closed.")
