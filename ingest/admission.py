"""From staged rows to a batch: what one row says is held against the others and against what is known.

A row that repeats another exactly is counted; two that contradict each other are both refused; one that
speaks of somebody or something unknown is refused and its key counted, never guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from ingest.found import Fault
from ingest.staging import Staged
from ingest.template.record import Record

Cells = dict[str, Any]
Key = tuple[Any, ...]


@dataclass
class Admission:
    """What was admitted so far of one load: faults found between rows, exact repeats, and unknown keys.

    `lost` are rows of unknown keys that were only counted, not kept: of a VLE there are millions. `left_out`
    are rows that are rightly not stored, by their reason; `notes` tell the person who loads. `keys` are the
    columns of the key of each sheet that was taken row by row.
    """

    staged: Staged
    faults: list[Fault] = field(default_factory=list)
    repeated: int = 0
    lost: int = 0
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    keys: dict[type[Record], tuple[str, ...]] = field(default_factory=dict)

    def rows(
        self,
        sheet: type[Record],
        *key: str,
        resolve: Callable[[Cells], Cells | None] = dict,
        of: pa.Table | None = None,
    ) -> list[Cells]:
        """The rows of a sheet whose key is theirs alone; with `of` only those are looked at.

        `resolve` puts our keys in the place of theirs first, or answers None for a row that is left out.
        """
        self.keys[sheet] = key
        by_key: dict[Key, list[Cells]] = defaultdict(list)
        for came in _each(self.staged.table(sheet) if of is None else of):
            row = resolve(came)
            if row:
                by_key[tuple(row[name] for name in key)].append(_remembering(came, row))
        kept = []
        for rows in by_key.values():
            first, *others = rows
            if all(_said(row) == _said(first) for row in others):
                kept.append(first)
                self.repeated += len(others)
            else:
                self._refuse(sheet, rows, key[0], "twice", "The same key stands twice with different values.")
        return kept

    def known(
        self, sheet: type[Record], rows: Iterable[Cells], column: str, noun: str, keys: Container[str]
    ) -> list[Cells]:
        """Those of the rows whose key in `column` is one of `keys`; the others' keys are counted."""
        kept: list[Cells] = []
        unknown: list[Cells] = []
        for row in rows:
            (kept if row[column] in keys else unknown).append(row)
        self.unmatched.update((noun, row[column]) for row in unknown)
        then = "replay this row" if sheet.replayable else "load this file again"
        advice = f"This {noun} is not known here. Load the records that bring it, then {then}."
        self._refuse(sheet, unknown, column, "unknown", advice)
        return kept

    def sound(
        self, sheet: type[Record], rows: Iterable[Cells], column: str, fault: Callable[[Cells], str | None]
    ) -> list[Cells]:
        """Those of the rows in which `fault` finds nothing; it says what is wrong and what to do."""
        kept = []
        for row in rows:
            advice = fault(row)
            if advice is None:
                kept.append(row)
            else:
                self._refuse(sheet, [row], column, "contradiction", advice)
        return kept

    def agreeing(
        self, sheet: type[Record], rows: Iterable[Cells], key: str, columns: Sequence[str]
    ) -> list[Cells]:
        """One row for each value of `key`; where the columns differ between its rows, the first counts for all.

        For what a sheet repeats beside its own noun, such as the title of the course on each enrolment: that
        two spellings stand there is told, and no reason to refuse anybody's enrolment.
        """
        first: dict[str, Cells] = {}
        other: Counter[str] = Counter()
        for row in rows:
            mine = first.setdefault(row[key], row)
            other[row[key]] += any(mine[name] != row[name] for name in columns)
        self.notes += [
            f"{sheet.sheet}: {key} “{value}” has other values in {', '.join(columns)} on {times:,} "
            f"{'rows' if times > 1 else 'row'}; those of its first row count."
            for value, times in other.items()
            if times
        ]
        return list(first.values())

    def _refuse(
        self, sheet: type[Record], rows: Iterable[Cells], column: str, kind: str, advice: str
    ) -> None:
        self.faults.extend(
            Fault(r["_line"], column, kind, advice, str(r[column]), r["_file"], sheet.sheet, _kept(sheet, r))
            for r in rows
        )


def _each(table: pa.Table | None) -> Iterator[Cells]:
    for batch in table.to_batches() if table else ():
        yield from batch.to_pylist()


def _said(row: Cells) -> Cells:
    """What a row says, without where it says it."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _remembering(came: Cells, row: Cells) -> Cells:
    """The row, with what stood in the place of our keys when it came."""
    before = {name: cell for name, cell in came.items() if cell != row[name]}
    return row | {"_before": before} if before else row


def _kept(sheet: type[Record], row: Cells) -> Cells:
    """What is kept of a row that is refused, as it came: what its sheet withholds is not."""
    came = _said(row) | row.get("_before", {})
    return {name: value for name, value in came.items() if name not in sheet.withheld}
