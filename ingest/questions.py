"""What in a load needs a person's yes: a sentence for each thing that may well be a mistake."""

from collections.abc import Iterator, Mapping

from data_access.records import Batch, Counted

_BAD = 20  # one bad row in so many
_LEFT = 80  # per cent of the rows of the last load


def of(batch: Batch, before: Mapping[str, int]) -> Iterator[str]:
    """The questions; `before` says how many rows each whole snapshot had in its last load."""
    yield from _bad_rows(batch.counted)
    if not batch.counted.rows:
        yield "There is a header, and no row under it."
    for sheet in batch.sheets:
        last = before.get(sheet.sheet, 0)
        if sheet.first_day is None and 100 * sheet.rows < _LEFT * last:
            yield f"“{sheet.sheet}” has {sheet.rows:,} rows where its last load had {last:,}."


def _bad_rows(counted: Counted) -> Iterator[str]:
    if counted.quarantined * _BAD > counted.rows:
        yield (
            f"{counted.quarantined:,} of {counted.rows:,} rows cannot be taken in, which is more than one in twenty."
        )
