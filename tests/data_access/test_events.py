"""Days of VLE activity added up in bounded memory, however many the file has."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pyarrow as pa

from data_access.engine import bounded, events

STUDENTS, MODULES, DAYS = 3_000, 4, 50
ROWS = STUDENTS * MODULES * DAYS
FIRST = date(2026, 9, 21)


def in_file(path: Path) -> bounded.InFile:
    """Day after day of each student on each module, as they are staged; every thousandth row is of nobody known."""
    days, students, modules = zip(*product(range(DAYS), range(STUDENTS), range(MODULES)), strict=True)
    told = pa.table(
        {
            "student_id": [f"w{n:07d}" if row % 1_000 else "nobody" for row, n in enumerate(students)],
            "module_id": [f"M{n}" for n in modules],
            "day": [FIRST + timedelta(days=n) for n in days],
            "views": pa.array([2] * ROWS, pa.int64()),
        }
    )
    with pa.ipc.new_file(str(path), told.schema) as file:
        file.write_table(told, max_chunksize=10_000)
    return bounded.InFile(path)


def test_many_days_are_added_up_in_a_fraction_of_the_memory_that_they_take(tmp_path, monkeypatch):
    rows = in_file(tmp_path / "told.arrow")
    monkeypatch.setattr(bounded, "_MEMORY", "32MB")
    students = {f"w{n:07d}": f"w{n:07d}" for n in range(STUDENTS)}
    found = events.days([rows], students, {f"M{n}": f"M{n}" for n in range(MODULES)}, tmp_path)
    assert found.unknown == {("student", "nobody"): ROWS // 1_000}
    told = found.days.to_reader().read_all()
    assert (told.num_rows, sum(told["views"].to_pylist())) == (ROWS - ROWS // 1_000, 2 * told.num_rows)
