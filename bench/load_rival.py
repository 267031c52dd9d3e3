"""The least that the same file costs: read and validated by polars.

python -m bench.load_rival FILE
"""

import sys
from datetime import date
from pathlib import Path

import polars as pl

KEY = "[A-Za-z0-9][A-Za-z0-9_.:/@#-]{0,99}"
COUNT = "[0-9]{1,9}"
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)


def sound(path: Path) -> tuple[int, int]:
    """How many rows of VLE days the file has, and in how many of them every field is right."""
    right = pl.all_horizontal(
        pl.col("student_id").str.contains(f"^{KEY}$"),
        pl.col("module_id").str.contains(f"^{KEY}$"),
        pl.col("day").str.to_date("%Y-%m-%d", strict=False).is_between(FIRST, LAST).fill_null(value=False),
        pl.col("views").str.contains(f"^{COUNT}$"),
    )
    rows = pl.scan_csv(path, infer_schema=False)
    told = rows.select(pl.len().alias("rows"), right.sum().alias("sound")).collect()
    return int(told["rows"][0]), int(told["sound"][0])


if __name__ == "__main__":
    rows, right = sound(Path(sys.argv[1]))
    if rows != right:
        raise SystemExit(f"{rows - right:,} of {rows:,} rows are not sound")
