"""Rating everybody anew, beside a query written by hand and pandas; and one more day, beside everything.

python -m bench.kernel [ROWS ...]

The aims: at most 1.5 times the CPU of the query and 1 GB, and a day that costs the same however much was before it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import kernel_data, machine

_WAYS = {
    "query": "one DuckDB query written by hand",
    "ours": "the kernel, by lots of modules",
    "day": "the kernel, one more day of twenty modules",
    "night": "the kernel, one more day of every module",
    "pandas": "pandas, counting the windows only",
}
_CPU, _PEAK = 1.5, 1_000
_MOST = {"query": 50_000_000, "pandas": 20_000_000}
"""More rows than that do not fit: the query holds all of them at once."""


def main(sizes: list[int]) -> None:
    """Print a table for each size: time, CPU, memory, and CPU as a ratio to the query's."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            kernel_data.main(Path(scratch), rows)
            _table(Path(scratch), rows)


def _table(folder: Path, rows: int) -> None:
    print(f"\n{rows:,} daily facts. {machine.words()}\n")
    print(f"{'':46}{'wall s':>8}{'CPU s':>8}{'ratio':>7}{'peak MB':>9}{'rated':>12}  checksum")
    costs: dict[str, dict[str, Any]] = {}
    for way in (way for way in _WAYS if rows <= _MOST.get(way, rows)):
        cost = costs[way] = _cost(folder, way)
        ratio = f"{cost['cpu'] / costs['query']['cpu']:.2f}" if "query" in costs else "–"
        print(
            f"{_WAYS[way]:46}{cost['wall']:8.1f}{cost['cpu']:8.1f}{ratio:>7}{cost['peak']:9}{cost['rows']:12,}"
            f"  {cost['checksum'] if way in ('ours', 'query') else ''}",
            flush=True,
        )
    _told(costs)


def _told(costs: dict[str, dict[str, Any]]) -> None:
    """What it comes to, in sentences."""
    ours, day, night = (costs[way] for way in ("ours", "day", "night"))
    if query := costs.get("query"):
        same = "equal" if ours["checksum"] == query["checksum"] else "DIFFERENT"
        print(
            f"\nSums of all ratings: {same}. CPU {ours['cpu'] / query['cpu']:.2f} times the query's (aim {_CPU})."
        )
    times, of_all = ours["cpu"] / day["cpu"], ours["cpu"] / night["cpu"]
    print(
        f"Peak {ours['peak']} MB (aim {_PEAK:,}). Everything anew costs {times:.0f} times one more day of twenty "
        f"modules ({1000 * day['cpu']:.0f} ms of CPU), {of_all:.1f} times one of all."
    )


def _cost(folder: Path, way: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.kernel_runs", str(folder), way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost: dict[str, Any] = json.loads(done.stdout)
    return cost


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000_000, 10_700_000, 100_000_000])
