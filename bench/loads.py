"""A load of one of the four systems end to end: wall, CPU and memory by its size, and what readers feel of it.

python -m bench.loads [STUDENTS [ROWS ...]]
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bench import load_files, load_meanwhile, load_runs, machine


def main(students: int, sizes: list[int]) -> None:
    """Print both tables: loads by their size, and reads of one tutee meanwhile."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        home = _begun(folder, students)
        print(f"\n{students:,} students, SQLite. {machine.words()}\n")
        print(f"{'':44}{'wall s':>8}{'CPU s':>8}{'child CPU':>11}{'peak MB':>9}{'child MB':>10}")
        for rows in sizes:
            _sizes(folder, home, students, rows)
        load_meanwhile.show(folder, home, students, sizes[0])


def _begun(folder: Path, students: int) -> Path:
    """An installation with the students and the timetable in it."""
    exports, home = folder / "exports", folder / "home"
    load_files.write(exports, students)
    for system, path in (
        ("student-records", exports / "student-records"),
        ("timetable", exports / "classes.csv"),
    ):
        _row(f"{system}, {students:,} students", load_runs.load(folder, home, system, path))
    return home


def _sizes(folder: Path, begun: Path, students: int, rows: int) -> None:
    days, registers = folder / "days.csv", folder / "registers.csv"
    load_files.days(days, students, rows)
    load_files.registers(registers, students, rows)
    _row(f"polars: {rows:,} VLE days, read and checked", load_runs.rival(days))
    for system, path in (("vle", days), ("attendance", registers)):
        home = shutil.copytree(begun, folder / "copy")
        _row(
            f"{system}: {rows:,} rows, read and checked",
            load_runs.load(folder, home, system, path, "--check"),
        )
        _row(f"{system}: {rows:,} rows, stored and rated", load_runs.load(folder, home, system, path))
        _row(f"{system}: the same again", load_runs.load(folder, home, system, path))
        shutil.rmtree(home)


def _row(title: str, cost: load_runs.Cost) -> None:
    print(
        f"{title:44}{cost.wall:8.1f}{cost.own_cpu:8.1f}{cost.child_cpu:11.1f}{cost.own_peak:9}{cost.child_peak:10}",
        flush=True,
    )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 50_000, given[1:] or [1_000_000, 10_000_000])
