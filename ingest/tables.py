"""The tables of a bundle, by their names: of each, only the columns that are wanted; the others are never kept."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ingest import tabular
from ingest.bundle import Member
from ingest.format import Glance
from ingest.found import Fault, Found, Note, NotReadable, Skipped
from ingest.limits import FROM_PAGE, Limits
from ingest.sheets import Cells

COMPLETES = Skipped("rows that complete other rows, such as the course of an enrolment")


def folded(name: str) -> str:
    """A name as it is compared: without case, spaces, dashes and underscores."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def by_name(members: tuple[Member, ...], other_names: Mapping[str, str]) -> dict[str, Member]:
    """The members by their folded names, misspelt ones put right. NotReadable where two are the same table."""
    found: dict[str, Member] = {}
    for member in members:
        name = other_names.get(folded(member.stem), folded(member.stem))
        if name in found:
            raise NotReadable("twice", f"{found[name].name} and {member.name} are the same table. Keep one.")
        found[name] = member
    return found


def header(glance: Glance, name: str) -> frozenset[str]:
    """The folded columns of the table so called; nothing where there is none or it cannot be read."""
    member = next((m for m in glance.members if folded(m.stem) == name), None)
    try:
        sheet = next(tabular.sheets(member, FROM_PAGE), None) if member else None
    except NotReadable:
        return frozenset()
    return frozenset(folded(cell) for cell in sheet.header) if sheet else frozenset()


@dataclass(frozen=True)
class Line:
    """A row of a table: only the wanted columns, each there, as text without the spaces round it."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Tables:
    """The tables of a bundle. `columns` says which are wanted of each, and `needed` which it must have.

    `spellings` are other spellings of columns that were met in the wild, folded.
    """

    members: Mapping[str, Member]
    limits: Limits
    columns: Mapping[str, tuple[str, ...]]
    needed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None

    def __contains__(self, table: str) -> bool:
        return table in self.members

    def unopened(self) -> Iterator[Note]:
        """A note on the members that are not read at all."""
        names = [m.name for table, m in self.members.items() if table not in self.columns]
        if names:
            yield Note(f"Not opened, for nothing in them is needed: {', '.join(sorted(names))}.")

    def lines(self, table: str) -> Iterator[Line | Fault | Note]:
        """The rows of a table; none where the bundle has it not.

        A row that is longer or shorter than the header is a fault that keeps no cells: which of them are
        the wanted ones cannot be told.
        """
        if table not in self.members:
            return
        member = self.members[table]
        for sheet in tabular.sheets(member, self.limits, self.delimiter):
            known = self._known(table, sheet.header)
            yield from sheet.notes
            yield from _notes(member, sheet.header, known)
            self._check(table, member, known)
            for found in sheet.rows:
                if isinstance(found, Fault):
                    yield replace(found, file=member.name, cells={})
                else:
                    yield Line(member.name, found[0], self._wanted(table, known, found[1]))

    def _known(self, table: str, header: tuple[str, ...]) -> dict[str, str]:
        """The column's name in the format by its name in the file."""
        names = {folded(name): name for name in self.columns[table]}
        names |= {wrong: right for wrong, right in self.spellings.items() if right in self.columns[table]}
        return {cell: names[folded(cell)] for cell in header if folded(cell) in names}

    def _check(self, table: str, member: Member, known: Mapping[str, str]) -> None:
        missing = [name for name in self.needed.get(table, ()) if name not in known.values()]
        if missing:
            raise NotReadable("header", f"{member.name} has no column {', '.join(missing)}.")

    def _wanted(self, table: str, known: Mapping[str, str], cells: Cells) -> dict[str, str]:
        given = {name: str(cells[cell]).strip() for cell, name in known.items()}
        return dict.fromkeys(self.columns[table], "") | given

    def keyed(
        self, table: str, key: Callable[[Line], str], better: Callable[[Line, Line], bool] | None = None
    ) -> Generator[Found, None, dict[str, Line]]:
        """A table by a key, counted as rows that complete others; of two with one key the later, or the better."""
        found: dict[str, Line] = {}
        for line in self.lines(table):
            if isinstance(line, Line):
                before = found.get(key(line))
                if before is None or better is None or better(line, before):
                    found[key(line)] = line
                yield COMPLETES
            else:
                yield line
        return found


def _notes(member: Member, header: tuple[str, ...], known: Mapping[str, str]) -> Iterator[Note]:
    for cell, name in known.items():
        if folded(cell) != folded(name):
            yield Note(f"{member.name}: the column “{cell}” was read as {name}.")
    unread = [cell for cell in header if cell and cell not in known]
    if unread:
        yield Note(f"{member.name}: not read: {', '.join(unread)}.")


def earlier(day: str, other: str) -> bool:
    """Whether both are days and the first is the earlier one."""
    try:
        return date.fromisoformat(day) < date.fromisoformat(other)
    except ValueError:
        return False
