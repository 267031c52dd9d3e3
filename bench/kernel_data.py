"""A university's daily facts as Parquet, however many: modules of two hundred students over ten weeks.

python -m bench.kernel_data FOLDER ROWS
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import policy
from data_access.engine.inputs import columns
from data_access.engine.windows import Taught, Windows, windows
from engagement.weekly import Gaps
from policy.days import number

STUDENTS = 200
LAST = date(2026, 11, 29)
BEGINS = date(2026, 9, 21)
_DAYS = (LAST - BEGINS).days + 1
_SHARE = 0.7  # of a student's days on a module something happened on so many
_TOGETHER = 40  # modules in one row group: as many as the ratings work out at once


def main(folder: Path, size: int) -> None:
    """Write `facts.parquet`, `registered.parquet` and `work.parquet`, sorted by module."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = round(size / (STUDENTS * _DAYS * _SHARE))
    chance = np.random.default_rng(7)
    files = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", _schema(name))
        for name in ("facts", "registered", "work")
    }
    for first in range(1, modules + 1, _TOGETHER):
        lot = np.arange(first, min(first + _TOGETHER, modules + 1))
        for name, made in (
            ("facts", _facts(lot, chance)),
            ("registered", _registered(lot)),
            ("work", _work(lot, chance)),
        ):
            files[name].write_table(pa.table(made, schema=_schema(name)))
    for file in files.values():
        file.close()


def windows_of(modules: list[int], since: date = BEGINS) -> Windows:
    """The windows of these modules under the shipped policy: of all weeks, or of those since that day."""
    rules = policy.current()
    monday = 0 if since == BEGINS else number(since - timedelta(days=since.weekday()))
    taught = {module: Taught(BEGINS, LAST, Gaps(), monday) for module in modules}
    return windows(taught, rules.engagement, rules.calendar, LAST)


def _schema(name: str) -> pa.Schema:
    return pa.schema([(column, pa.int64()) for column in columns(name)])


def _facts(lot: np.ndarray, chance: np.random.Generator) -> dict[str, np.ndarray]:
    module, student, day = (
        axis.ravel() for axis in np.meshgrid(lot, np.arange(STUDENTS), np.arange(_DAYS), indexing="ij")
    )
    there = chance.random(module.size) < _SHARE
    module, student, day = module[there], student[there], day[there]
    size = module.size
    expected = (day % 7 == module % 5).astype("int64")
    came = (chance.random(size) < 0.8).astype("int64") * expected
    zeros = np.zeros(size, "int64")
    views = chance.integers(0, 30, size)
    return {
        "student": module * STUDENTS + student,
        "module": module,
        "day": number(BEGINS) + day,
        "views": np.where(views < 8, 0, views),
        "expected": expected,
        "attended": came,
        "authorised": zeros,
        "cancelled": zeros,
        "unrecorded": zeros,
    }


def _registered(lot: np.ndarray) -> dict[str, pa.Array]:
    module = np.repeat(lot, STUDENTS)
    student = module * STUDENTS + np.tile(np.arange(STUDENTS), lot.size)
    return {
        "student": pa.array(student),
        "module": pa.array(module),
        "enrolment": pa.array(student),
        "mode": pa.array(student % 5 == 0).cast(pa.int64()),
        "first": pa.array(np.full(module.size, number(BEGINS))),
        "last": pa.nulls(module.size, pa.int64()),
    }


def _work(lot: np.ndarray, chance: np.random.Generator) -> dict[str, pa.Array]:
    module = np.repeat(lot, STUDENTS * 2)
    student = module * STUDENTS + np.tile(np.repeat(np.arange(STUDENTS), 2), lot.size)
    due = number(BEGINS) + np.tile([20, 50], lot.size * STUDENTS)
    given = chance.random(module.size) < 0.9
    late = chance.random(module.size) < 0.1
    return {
        "student": pa.array(student),
        "module": pa.array(module),
        "due": pa.array(due),
        "handed_in": pa.array(due + np.where(late, 2, -1), mask=~given),
        "late": pa.array((given & late).astype("int64")),
        "mark": pa.array(chance.integers(30, 95, module.size), mask=~given),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
