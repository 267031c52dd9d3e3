"""The least that the same file costs: read and validated by polars, or by DuckDB where polars is not installed.

python -m bench.load_rival FILE
"""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import duckdb

KEY = "[A-Za-z0-9][A-Za-z0-9_.:/@#-]{0,99}"
COUNT = "[0-9]{1,9}"
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
POLARS = importlib.util.find_spec("polars") is not None
NAME = "polars" if POLARS else "DuckDB"
_DAYS = """
SELECT count(*), count(*) FILTER (
    WHERE regexp_full_match(student_id, $key) AND regexp_full_match(module_id, $key)
    AND try_cast(day AS DATE) BETWEEN $first AND $last AND regexp_full_match(views, $count))
FROM read_csv($path, header = true, all_varchar = true)"""


def sound(path: Path) -> tuple[int, int]:
    """How many rows of VLE days the file has, and in how many of them every field is right."""
    return _with_polars(path) if POLARS else _with_duckdb(path)


def _with_polars(path: Path) -> tuple[int, int]:
    import polars as pl

    right = pl.all_horizontal(
        pl.col("student_id").str.contains(f"^{KEY}$"),
        pl.col("module_id").str.contains(f"^{KEY}$"),
        pl.col("day").str.to_date("%Y-%m-%d", strict=False).is_between(FIRST, LAST).fill_null(value=False),
        pl.col("views").str.contains(f"^{COUNT}$"),
    )
    rows = pl.scan_csv(path, infer_schema=False)
    told = rows.select(pl.len().alias("rows"), right.sum().alias("sound")).collect()
    return int(told["rows"][0]), int(told["sound"][0])


def _with_duckdb(path: Path) -> tuple[int, int]:
    asked = {"key": KEY, "count": COUNT, "first": FIRST, "last": LAST, "path": str(path)}
    found = duckdb.execute(_DAYS, asked).fetchone()
    return (0, 0) if found is None else (int(found[0]), int(found[1]))


if __name__ == "__main__":
    rows, right = sound(Path(sys.argv[1]))
    if rows != right:
        raise SystemExit(f"{rows - right:,} of {rows:,} rows are not sound")
