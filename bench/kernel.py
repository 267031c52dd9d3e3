"""Rating everybody anew, beside a query written by hand and pandas; and one more day, beside everything.

python -m bench.kernel [ROWS ...]

The aims: at most 1.5 times the CPU of the query and 1 GB, and a day that costs the same however much was before it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import kernel_data, machine

_WAYS = {
    "ours": "the kernel, by lots of modules",
    "query": "one DuckDB query written by hand",
    "pandas": "pandas, counting the windows only",
    "day": "the kernel, one more day of twenty modules",
    "night": "the kernel, one more day of every module",
}
_CPU, _PEAK = 1.5, 1_000
_PANDAS = 20_000_000  # more rows than that do not fit


def main(sizes: list[int]) -> None:
    """Print a table for each size: time, CPU, memory, and CPU as a ratio to the query's."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            kernel_data.main(Path(scratch), rows)
            _table(Path(scratch), rows)


def _table(folder: Path, rows: int) -> None:
    print(f"\n{rows:,} daily facts. {machine.words()}\n")
    print(f"{'':46}{'wall s':>8}{'CPU s':>8}{'ratio':>7}{'peak MB':>9}{'rated':>12}  checksum")
    costs = {way: _cost(folder, way) for way in _WAYS if way != "pandas" or rows <= _PANDAS}
    for way, cost in costs.items():
        ratio = cost["cpu"] / costs["query"]["cpu"]
        print(
            f"{_WAYS[way]:46}{cost['wall']:8.1f}{cost['cpu']:8.1f}{ratio:7.2f}{cost['peak']:9}{cost['rows']:12,}"
            f"  {cost['checksum'] if way in ('ours', 'query') else ''}",
            flush=True,
        )
    ours = costs["ours"]
    same = "equal" if ours["checksum"] == costs["query"]["checksum"] else "DIFFERENT"
    print(
        f"\nSums of all ratings: {same}. CPU {ours['cpu'] / costs['query']['cpu']:.2f} times the query's (aim "
        f"{_CPU}), peak {ours['peak']} MB (aim {_PEAK:,}).\nEverything anew costs "
        f"{ours['cpu'] / costs['day']['cpu']:.0f} times one more day of twenty modules "
        f"({1000 * costs['day']['cpu']:.0f} ms of CPU), {ours['cpu'] / costs['night']['cpu']:.1f} times one of all."
    )


def _cost(folder: Path, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.kernel_runs", str(folder), way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000_000, 10_700_000, 100_000_000])
