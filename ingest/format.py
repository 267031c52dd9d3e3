"""What a format is: how it is recognised and how it is read. Each is one small file and one line in FORMATS."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from ingest import tabular
from ingest.bundle import Member
from ingest.found import Found, NotReadable
from ingest.limits import FROM_PAGE, Limits
from privacy.labels import Source


@dataclass(frozen=True)
class Glance:
    """A first look at what was handed in, enough to say what it is."""

    members: tuple[Member, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The members' names without endings, in lower case."""
        return frozenset(member.stem for member in self.members)

    @cached_property
    def header(self) -> frozenset[str]:
        """The columns of the first member's first sheet, in lower case; nothing where there are none."""
        return self._table[0]

    @property
    def unreadable(self) -> NotReadable | None:
        """Why the first member cannot be read as a table; None where it can, or is a document."""
        return None if self.opening.startswith(("{", "[", "BEGIN:")) else self._table[1]

    @cached_property
    def _table(self) -> tuple[frozenset[str], NotReadable | None]:
        try:
            sheets = chain.from_iterable(tabular.sheets(member, FROM_PAGE) for member in self.members[:1])
            return frozenset(cell.casefold() for sheet in islice(sheets, 1) for cell in sheet.header), None
        except NotReadable as refused:
            return frozenset(), refused

    @cached_property
    def document(self) -> object:
        """The first member's first JSON value, where it is JSON; else None. Only its start is looked at."""
        if not self.members:
            return None
        start = self.members[0].start.decode("utf-8-sig", "replace").lstrip()
        if not start.startswith(("{", "[")):
            return None
        return _first_value(start)

    @cached_property
    def opening(self) -> str:
        """The first characters of the first member."""
        return self.members[0].start.decode("utf-8-sig", "replace").lstrip()[:200] if self.members else ""


def _first_value(start: str) -> object:
    """The first whole object in the text: of an array its first member, of lines the first line."""
    decoder = json.JSONDecoder()
    begin = start.find("{")
    if begin < 0:
        return None
    try:
        value, _ = decoder.raw_decode(start, begin)
    except (ValueError, RecursionError):  # longer than what was looked at, an endless number, or too deep
        return dict.fromkeys(_keys(start[begin:]), True)
    return value


def _keys(start: str) -> Iterator[str]:
    """The keys of an object that is longer than what was looked at, as far as they can be told."""
    yield from start.split('"')[1::2]


@dataclass(frozen=True)
class Format:
    """One export of one kind of system. `name` is what `--format` takes; `reads` is printed in `docs/feeds.md`."""

    name: str
    system: Source
    title: str
    recognises: Callable[[Glance], bool]
    read: Callable[[tuple[Member, ...], Limits], Iterator[Found]]
    reads: str = ""
