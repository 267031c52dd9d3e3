"""Rows of the small tables, read strictly: what cannot be used is counted by reason, never mended."""

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TextIO, TypeVar

from data_access.engine.clicks import Unreadable
from ingest.oulad.tally import Tally

T = TypeVar("T")
_MISSING = ("", "?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_FARTHEST = 5_000  # days; registrations reach back not quite a year


class Faulty(Exception):
    """A row cannot be used; the text is the reason, without the row's values."""


class AfterToday(Exception):
    """A row is dated after today."""


@dataclass(frozen=True)
class Row:
    """One row by column. Blank and `?` are missing."""

    values: dict[str, str]

    def given(self, column: str) -> str | None:
        """The text of a column, None where it is missing."""
        return None if self.values[column] in _MISSING else self.values[column]

    def text(self, column: str) -> str:
        """The text of a column that must be there."""
        text = self.given(column)
        if text is None:
            raise Faulty(f"{column} is missing")
        return text

    def optional(self, column: str) -> int | None:
        """A whole number, None where it is missing."""
        text = self.given(column)
        if text is not None and not _WHOLE.fullmatch(text):
            raise Faulty(f"{column} is not a whole number")
        return None if text is None else int(text)

    def day(self, column: str) -> int | None:
        """A day of a presentation, None where it is missing; negative before the first."""
        day = self.optional(column)
        if day is not None and abs(day) > _FARTHEST:
            raise Faulty(f"{column} is no day of a presentation")
        return day

    def whole(self, column: str) -> int:
        """A whole number that must be there."""
        self.text(column)
        return self.optional(column) or 0

    def hundredths(self, column: str) -> int:
        """A number of at most two decimals that is not negative, in hundredths."""
        try:
            number = 100 * Decimal(self.text(column))
        except InvalidOperation:
            raise Faulty(f"{column} is not a number") from None
        if not number.is_finite() or number != int(number) or number < 0:
            raise Faulty(f"{column} is not a number of hundredths")
        return int(number)


@dataclass(frozen=True)
class Shape:
    """The columns a table must have, and those that name a row."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


def read(file: Path, shape: Shape, tally: Tally, parse: Callable[[Row], T]) -> list[T]:
    """What `parse` makes of the rows, in order; it raises Faulty or AfterToday for what is not taken.

    Of rows with the same key the first is taken: an equal one is a repetition, another a contradiction.
    """
    taken: list[T] = []
    seen: dict[tuple[str, ...], Row] = {}
    for row in _rows(file, shape, tally):
        key = tuple(row.values[column] for column in shape.key)
        if key in seen:
            if seen[key] == row:
                tally.repeat()
            else:
                tally.quarantine("another row with the same key says otherwise")
            continue
        try:
            taken.append(parse(row))
        except Faulty as fault:
            tally.quarantine(str(fault))
            continue
        except AfterToday:
            tally.hold_back()
        else:
            tally.accept()
        seen[key] = row
    return taken


def _rows(file: Path, shape: Shape, tally: Tally) -> Iterator[Row]:
    """Each line on its own: a stray quotation mark then costs its own line and no other."""
    with _opened(file) as lines:
        header = _fields(next(lines, "")) or []
        if missing := [column for column in shape.columns if column not in header]:
            raise Unreadable(f"{file.name} lacks the column {missing[0]}.")
        for line in lines:
            if not line.strip():
                continue
            fields = _fields(line)
            if fields is None or len(fields) != len(header):
                tally.quarantine("the wrong number of fields")
            else:
                yield Row(dict(zip(header, fields, strict=True)))


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", errors="replace") as lines:
            yield lines
    except (OSError, EOFError, zlib.error) as fault:
        raise Unreadable(f"{file.name} cannot be read: it is damaged, or not what its name says.") from fault


def _fields(line: str) -> list[str] | None:
    try:
        return [field.strip() for field in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        return None
