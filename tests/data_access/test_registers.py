"""Registers sorted in bounded memory: what streams by is never held, however long the file is."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from data_access.engine import bounded, registers
from engagement.studies import Register

ROWS, STUDENTS, CLASS = 200_000, 500, 40
BEGINS = datetime(2026, 9, 21, 9, tzinfo=UTC)


def told() -> pa.Table:
    """Classes of forty; every thousandth row is of somebody who is not known."""
    places = range(ROWS)
    students = [f"Z{n}" if n % 1_000 == 0 else f"S{(n // CLASS + n % CLASS) % STUDENTS}" for n in places]
    return pa.table(
        {
            "student_id": students,
            "event_id": [f"T{n // CLASS}" for n in places],
            "module_id": [f"M{n // CLASS % 50}" for n in places],
            "starts_at": pa.array([BEGINS] * ROWS, pa.timestamp("us", tz="UTC")),
            "status": ["present"] * ROWS,
            "remark": [
                f"as long as remarks in registers tend to be, and longer still, of row {n}" for n in places
            ],
        }
    )


def in_file(rows: pa.Table, folder: Path) -> bounded.InFile:
    """The rows as they are staged: DuckDB cannot know how many a file has."""
    path = folder / "told.arrow"
    with pa.ipc.new_file(str(path), rows.schema) as file:
        file.write_table(rows)
    return bounded.InFile(path)


def test_many_registers_are_sorted_in_a_fraction_of_the_memory_that_they_take(tmp_path, monkeypatch):
    rows = in_file(told(), tmp_path)
    monkeypatch.setattr(bounded, "_MEMORY", "32MB")
    assert rows.path.stat().st_size > 24_000_000
    named = {one: str(one[0]) for one in registers.classes(rows, tmp_path)}
    students = {f"S{n}": f"S{n}" for n in range(STUDENTS)}
    found = registers.sorted_out(rows, students, named, list(Register), tmp_path)
    assert sum(batch.num_rows for batch in found.marks.to_reader()) == ROWS - ROWS // 1_000
    assert found.others["student_id"].to_pylist() == [f"Z{n}" for n in range(0, ROWS, 1_000)]
    assert found.repeated == 0
