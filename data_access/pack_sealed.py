"""Sealed texts of a student, opened for the copy that is handed to themselves; nobody else is handed any."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Table, null, select

from auth.permissions import readable
from auth.refusals import NotYoursToSee
from auth.refusals.consent import CannotBeOpened
from data_access import person_paths, sealing
from data_access.gate import Opened
from data_access.tables import Base
from privacy.labels import Category
from privacy.pack import Field, Section

_NAMES: Mapping[str, tuple[str, ...]] = {
    "consent": ("what", "why", "text"),
    "sensitive_note": ("text",),
    "sensitive_extract": ("text", "necessity"),
}
"""What is sealed in each table, by name."""
CLOSED = "[CLOSED – the consent was taken back or has ended]"
"""What stands for a text that nobody reads any more."""


def opened_for(opened: Opened, person: int, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections, those of sealed texts with a column for each. NotYoursToSee for anybody but the student."""
    own = opened.viewer.person == person and person in opened.students
    if not own or not readable(opened.viewer.role, opened.act, [Category.SENSITIVE]):
        raise NotYoursToSee
    return tuple(_opened(opened, person, section) for section in sections)


def closed(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with the same columns, in which nothing is opened: for a copy that somebody else carries."""
    return tuple(
        _with(section, [{} for _ in section.rows]) if section.name in _NAMES else section
        for section in sections
    )


def _opened(opened: Opened, person: int, section: Section) -> Section:
    table = Base.metadata.tables.get(section.name)
    if table is None or section.name not in _NAMES:
        return section
    locked = table.c.locked_at if "locked_at" in table.c else null()
    question = select(table.c.key, table.c.sealed, locked.label("locked_at"))
    rows = opened.session.execute(
        question.where(person_paths.belongs(table, person)).order_by(*table.primary_key)
    ).all()
    return _with(section, [_texts(table, person, row) for row in rows])


def _with(section: Section, texts: Sequence[Mapping[str, str]]) -> Section:
    """The section with a column for each sealed text, of each row those that are open."""
    names, about = _NAMES[section.name], Base.metadata.tables[section.name].c.sealed.info["about"]
    return replace(
        section,
        fields=(*section.fields, *(Field(name, about) for name in names)),
        rows=tuple(
            (*told, *(said.get(name, CLOSED) for name in names))
            for told, said in zip(section.rows, texts, strict=True)
        ),
    )


def _texts(table: Table, person: int, row: Row[Any, Any, Any]) -> dict[str, str]:
    """The texts of a row by name; none where they are closed."""
    if row.locked_at is not None:
        return {}
    try:
        return sealing.opened(row.key, row.sealed, sealing.Place(table.name, person))
    except CannotBeOpened:
        return {}
