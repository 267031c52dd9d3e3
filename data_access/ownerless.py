"""Rows that lead to no person: each is over its time by a day of its own, the last on which it was of use."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, or_, select

from data_access import access_cuts, erasing
from data_access.gate import Opened
from data_access.tables import (
    AccessLine,
    Base,
    Breach,
    BreachStep,
    FeedDay,
    FeedGap,
    LoadRun,
    Module,
    ModuleKey,
    TimetableEvent,
    VleDay,
)
from policy.days import london_day, london_noon, number
from policy.retention import Rule
from privacy.breach import State
from privacy.labels import Retention
from privacy.retention import last_end_due

FOR_GOOD: Mapping[str, str] = {
    "access_cut": "where the access log begins, and under which certificate what came before was disposed of",
    "buried_key": "a hash, so that no load brings back whoever was disposed of",
    "disposal": "the certificate of what was disposed of; it names nobody it is about",
    "notice_version": "what people were told, by which later questions are answered",
    "published_cell": "figures about nobody, replaced whole by the next",
    "release": "approved figures about nobody",
    "release_cell": "approved figures about nobody",
    "release_node": "approved figures about nobody",
    "watermark": "a number, so that none is given twice",
}
"""The tables whose rows no schedule ends, and why."""

_STEPS = BreachStep.__tablename__  # name who decided, and go with the breach
_GO_WITH_IT = (_STEPS, ModuleKey.__tablename__)
_OF_DAYS = (FeedDay.__tablename__, FeedGap.__tablename__)
_LOG = AccessLine.__tablename__
"""Who looked: a chain, which is cut at its beginning and nowhere else."""


def tables() -> Iterator[Table]:
    """Every table whose rows have a day of their own, but refused rows; what others point at comes first."""
    for table in Base.metadata.sorted_tables:
        kept = table.name in FOR_GOOD or erasing.kind_of(table) is Retention.QUARANTINE
        if table.info["person"] is None and not kept:
            yield table


def over(opened: Opened, kind: str, rule: Rule, at: datetime) -> Mapping[str, int]:
    """How many rows of the class are over their time, by table. Those in use count only where a person looks."""
    found = {}
    for table in tables():
        if erasing.kind_of(table) == kind:
            found[table.name] = _count(opened, table, rule, at)
    return {name: rows for name, rows in found.items() if rows}


def drop(opened: Opened, kind: str, rule: Rule, at: datetime) -> Mapping[str, int]:
    """Delete those that nothing uses any more; how many of each. The access log is cut by itself."""
    by = last_end_due(london_day(at), rule)
    found = {}
    for table in reversed(list(tables())):
        if erasing.kind_of(table) == kind and table.name != _LOG and not _tells_still(opened, table, by):
            over_now = [_before(table, by), *_unused(table)]
            if table.name == Breach.__tablename__:
                over_now = [table.c.id.in_(opened.session.scalars(_closed(by)).all())]
                found[_STEPS] = _gone(opened, BreachStep.__table__, BreachStep.breach.in_(_closed(by)))
            found[table.name] = _gone(opened, table, *over_now)
    return {name: rows for name, rows in found.items() if rows}


def _count(opened: Opened, table: Table, rule: Rule, at: datetime) -> int:
    if table.name == _LOG:
        return access_cuts.over(ended(rule, at), at)
    by, looked = last_end_due(london_day(at), rule), rule.action == "review"
    free = () if looked else _unused(table)
    rows = select(func.count()).select_from(table).where(_before(table, by), *free)
    found = opened.session.scalar(rows) or 0
    return 0 if found and not looked and _tells_still(opened, table, by) else found


def _tells_still(opened: Opened, table: Table, by: date) -> bool:
    """Whether a table of what feeds told of days is asked still: missing is never low while a fact as old is kept."""
    if table.name not in _OF_DAYS:
        return False
    facts = TimetableEvent.day <= number(by), VleDay.day <= number(by)
    return bool(opened.session.scalar(select(or_(*[exists().where(fact) for fact in facts]))))


def ended(rule: Rule, at: datetime) -> datetime:
    """The moment before which lines of the access log are over their time."""
    return midnight(last_end_due(london_day(at), rule))


def loads(by: date) -> Select[int]:
    """The loads that were over by that day."""
    return select(LoadRun.id).where(func.coalesce(LoadRun.finished_at, LoadRun.started_at) < midnight(by))


def _before(table: Any, by: date) -> Any:
    """Whether the day of a row is that day or an earlier one."""
    c = table.c
    match table.name:
        case "access_line":
            return c.at < midnight(by)
        case "load_run":
            return c.id.in_(loads(by))
        case "lease":
            return c.until < midnight(by)
        case "feed_day":
            return c.day <= number(by)
        case "feed_gap":
            return c["last"] <= by
        case "breach":
            return c.id.in_(_closed(by))
        case "module":
            return c.ends <= by
        case "timetable_event":
            return c.day <= number(by)
        case "module_key":
            module = Module.__table__
            old = select(module.c.id).where(_before(module, by), *_unused(module))
            return c.module.in_(old)
    # What systems told counts from the load that last changed it; rows from before loads were noted have none.
    return c.run.is_(None) | c.run.in_(loads(by))


def _closed(by: date) -> Select[int]:
    return select(BreachStep.breach).where(BreachStep.state == State.CLOSED, BreachStep.at < midnight(by))


def _gone(opened: Opened, table: Any, *over_now: ColumnElement[bool]) -> int:
    done: Any = opened.session.connection().execute(delete(table).where(*over_now))
    return int(done.rowcount)


def _unused(table: Any) -> Iterator[ColumnElement[bool]]:
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other.name not in _GO_WITH_IT:
                yield key.column.not_in(select(key.parent).where(key.parent.is_not(None)))


def midnight(by: date) -> datetime:
    """The end of that day in London."""
    return london_noon(by) + timedelta(hours=12)
