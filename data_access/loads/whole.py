"""What a whole sheet tells no longer: rows that earlier loads brought and this one, which tells all, does not."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Column, Values, compare, look_up, table_of
from data_access.loads.numbers import Numbers
from data_access.records import Batch


def certain(batch: Batch, sheet: str, told: Iterable[str]) -> set[str]:
    """Those of the keys of whom the batch tells everything that the sheet can tell.

    None where the sheet is no whole snapshot, as when single rows are replayed; nobody of whom a row was
    refused, for what it would have told is not known.
    """
    if not any(one.sheet == sheet and one.first_day is None for one in batch.sheets):
        return set()
    refused = {row.key for row in batch.quarantine if row.sheet == sheet}
    return set() if "" in refused else set(told) - refused


def as_told(
    session: Session,
    rows: Sequence[Values],
    key: tuple[Column, ...],
    by: Column,
    of: Collection[int],
    day: Column | None = None,
) -> list[Change]:
    """What makes the stored rows equal to `rows`, and deletes what is told no longer (see `told_no_longer`)."""
    return [told_no_longer(session, rows, key, by, of, day), compare(session, rows, key, by)]


def told_no_longer(
    session: Session,
    rows: Sequence[Values],
    key: tuple[Column, ...],
    by: Column,
    of: Collection[int],
    day: Column | None = None,
) -> Change:
    """Deletes the stored rows of those in the column `by` whose `key` is not among `rows`.

    With `day`, only from the first day on that `rows` tell of: a sheet of this year leaves the last alone.
    """
    table, names = table_of(key[0]), tuple(column.key for column in key)
    if not of:
        return Change(table, names)
    told = {tuple(row[name] for name in names) for row in rows}
    question = select(*(table.c[name] for name in names))
    if day is not None:
        question = question.where(day >= min(row[day.key] for row in rows))
    gone = [row._asdict() for row in look_up(session, question, by, of) if tuple(row) not in told]
    return Change(table, names, delete=gone)


def numbered(numbers: Numbers, keys: Iterable[str]) -> set[int]:
    """The numbers behind the keys, which have been looked up."""
    return {numbers[key] for key in keys}
