"""The columns of a table as a copy shows them, with what a row says of its class, its module and its load."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, FromClause, Integer, LargeBinary, Table

from auth.permissions import readable
from data_access.gate import Opened
from data_access.pack_names import Names
from data_access.tables import Base
from policy.days import day
from privacy.labels import About
from privacy.pack import Field, Value

SECRET = frozenset(
    {
        ("account", "password_hash"),
        ("calendar_feed", "digest"),
        ("consent", "key"),
        ("sensitive_extract", "key"),
        ("sensitive_note", "key"),
        ("sign_in", "digest"),
        ("ticket", "digest"),
    }
)
"""What opens an account, a feed or a sealed text: in no copy, since it tells nothing about the student."""
BESIDE: Mapping[str, tuple[str, ...]] = {
    "assessment": ("module.code", "key", "title", "due_day", "weight", "exam"),
    "course": ("code", "title", "level"),
    "load_run": ("system", "file", "finished_at"),
    "module": ("code", "title", "credits"),
    "timetable_event": ("module.code", "kind", "starts_at", "ends_at", "room", "cancelled"),
}
"""What a row says of the class, the module, the load it points at: those tables lead to nobody by themselves."""
_DAYS = frozenset({"day", "week", "as_of", "last_active"})
_DAYS_OF = frozenset({("suggested_talk", "first"), ("suggested_talk", "last")})
_PERSON = Base.metadata.tables["person"]

Make = Callable[[Any], Value]


@dataclass(frozen=True)
class Shown:
    """One column of a copy: its field, where it is read, and what is made of the value."""

    field: Field
    read: Column[Any]
    make: Make


def plan(opened: Opened, table: Table, names: Names) -> tuple[list[Shown], FromClause]:
    """The columns of the table's section, and what they are read from."""
    shown: list[Shown] = []
    joined: FromClause = table
    for column in told(opened, table):
        target = _target(column)
        if target is not None and target.name in BESIDE:
            more, joined = _beside(joined, column, target)
            shown += more
        else:
            make = names.of if target is _PERSON else _make(column)
            shown.append(Shown(Field(column.name, column.info["about"]), column, make))
    return shown, joined


def told(opened: Opened, table: Table) -> list[Column[Any]]:
    """The columns that the role may read, without what opens an account, what is sealed, and the student again."""
    categories = {column: column.info["about"].category for column in table.columns}
    allowed = readable(opened.viewer.role, opened.act, categories.values())
    return [
        column
        for column in table.columns
        if categories[column] in allowed
        and (table.name, column.name) not in SECRET
        and not isinstance(column.type, LargeBinary)
        and column.name != table.info["person"]
    ]


def plain(value: Any) -> Value:
    """A value as a copy writes it."""
    match value:
        case Enum():
            return str(value.value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
    return str(value)


def _beside(joined: FromClause, column: Column[Any], target: Table) -> tuple[list[Shown], FromClause]:
    """What the row says of another one; `module.code` there is the code of that one's module."""
    beside = target.alias(f"of_{column.name}")
    joined = joined.outerjoin(beside, column == beside.c[_key(target)])
    shown = []
    for name in BESIDE[target.name]:
        first, _, further = name.partition(".")
        own, read = target.c[first], beside.c[first]
        if further and (beyond := _target(own)) is not None:
            alias = beyond.alias(f"of_{column.name}_{first}")
            joined = joined.outerjoin(alias, read == alias.c[_key(beyond)])
            own, read = beyond.c[further], alias.c[further]
        about: About = own.info["about"]
        shown.append(Shown(Field(f"{column.name}.{first}", about), read, _make(own)))
    return shown, joined


def _target(column: Column[Any]) -> Table | None:
    return next((key.column.table for key in column.foreign_keys), None)


def _key(table: Table) -> str:
    return next(column.name for column in table.primary_key)


def _make(column: Column[Any]) -> Make:
    counted = column.name in _DAYS or column.name.endswith("_day")
    if isinstance(column.type, Integer) and (counted or (column.table.name, column.name) in _DAYS_OF):
        return _day
    return plain


def _day(value: int | None) -> Value:
    return None if value is None else day(value).isoformat()
