"""A copy of what is held about one person: its tables, what was left out of them and why, and what goes beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from privacy.labels import About, Category, Source

Value = str | int | bool | None
"""A cell. Days are `2026-11-23`, instants `2026-11-23T10:00:00Z`."""


@dataclass(frozen=True)
class Field:
    """A column of a table. `event.kind` is the kind of the class that the row points at."""

    name: str
    about: About


@dataclass(frozen=True)
class Section:
    """The rows of one table that lead to the person. `keys` name the rows, one each, for the redactions."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    keys: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The systems its own columns come from, most columns first."""
        own = [about.source for about in self.own]
        return tuple(sorted(set(own), key=lambda source: (-own.count(source), source)))

    @property
    def own(self) -> tuple[About, ...]:
        """The labels of its own columns; of a table of names and keys alone all of them."""
        told = [
            one for one in self.fields if "." not in one.name and one.about.category is not Category.SOURCES
        ]
        said = [one for one in told if one.about.category is not Category.IDENTITY]
        return tuple(one.about for one in said or told)

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and words of every text that somebody else wrote here; what systems tell is no such text."""
        by = next((place for place, field in enumerate(self.fields) if field.name == "person"), None)
        for row, values in enumerate(self.rows):
            if by is not None and str(values[by]).endswith(YOU):
                continue
            for place, (field, value) in enumerate(zip(self.fields, values, strict=True)):
                if (
                    written_here(field)
                    and isinstance(value, str)
                    and (self.name, field.name) not in OWN_WORDS
                ):
                    yield row, place, value

    def place(self, row: int, column: int) -> str:
        """The name of one cell: table, key and column."""
        return f"{self.name}|{self.keys[row]}|{self.fields[column].name}"


_FREE = frozenset(
    {
        Category.SUPPORT,
        Category.MESSAGE,
        Category.SUGGESTION,
        Category.RIGHTS,
        Category.ROLES,
        Category.REGISTER,
        Category.DISPOSAL,
    }
)
"""Categories in which people write in words of their own."""


YOU = " (you)"
"""What stands behind the student's own name where a row says who did something."""
OWN_WORDS = frozenset({("rights_case", "text"), ("dispute", "claim"), ("dispute", "text")})
"""What the student alone writes: what they know of others they may be told again."""


def written_here(field: Field) -> bool:
    """Whether people write this in words of their own, so that it may speak of others."""
    return field.about.source is Source.HERE and field.about.category in _FREE


@dataclass(frozen=True)
class LeftOut:
    """Something that is held and not in the copy, and why; or that is covered in it."""

    what: str
    why: str


@dataclass(frozen=True)
class Paragraphs:
    """A heading of what must be said beside the data, and its sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """The whole copy. `as_of` is when it was issued: what happened afterwards is not in it."""

    name: str
    institution: str
    as_of: datetime
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    beside: tuple[Paragraphs, ...] = ()

    def section(self, name: str) -> Section:
        """The table of that name; KeyError where it has no row."""
        found: Mapping[str, Section] = {one.name: one for one in self.sections}
        return found[name]


def rows_of(sections: Sequence[Section]) -> int:
    """How many rows there are in all."""
    return sum(len(one.rows) for one in sections)
