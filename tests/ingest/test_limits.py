"""Every limit of a reading: what goes beyond one is refused in a plain sentence, and only the child dies of it."""

import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from ingest import sandbox
from ingest.found import NotReadable
from ingest.limits import FROM_PAGE, MIB, Limits
from privacy.labels import Source
from tests.ingest.corpus.raw_workbook import packed

HEADER = "student_id,given_name,family_name\n"
TWO = HEADER + "w001,Ann,Oakes\nw002,Bob,Elm\n"


def rows(count: int, row: str = "w{n:06d},Ann,Oakes\n") -> Callable[[Path], object]:
    """Writes so many rows under the header."""
    return lambda path: path.write_text(HEADER + "".join(row.format(n=n) for n in range(count)))


def archive(members: int, content: str = TWO) -> Callable[[Path], object]:
    """Writes an archive of so many files."""
    return lambda path: packed(path, {f"students{n}.csv": content for n in range(members)})


def blank(megabytes: int) -> Callable[[Path], object]:
    """Writes a small archive of one large file."""

    def write(path: Path) -> None:
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as files,
            files.open("students.csv", "w") as file,
        ):
            for _ in range(megabytes):
                file.write(b" " * MIB)

    return write


CASES: list[tuple[str, Limits, str, Callable[[Path], object], str, str]] = [
    ("upload", Limits(upload=MIB), "students.csv", rows(100_000), "size", "more than 1 MB"),
    ("unpacked", Limits(unpacked=50), "records.zip", archive(1), "bomb", "far more than it may"),
    ("entries", Limits(entries=2), "records.zip", archive(3), "entries", "more than 2 files"),
    ("ratio", Limits(), "records.zip", blank(20), "bomb", "far more than it may"),
    ("rows", Limits(rows=2), "students.csv", rows(3), "rows", "more than 2 rows"),
    ("bad", Limits(bad=2), "students.csv", rows(3, "w {n},Ann,Oakes\n"), "bad", "“not_a_key”, in 3 of them"),
    ("columns", Limits(columns=2), "students.csv", rows(1), "columns", "at most 2 are read"),
    ("cell", Limits(cell=16), "students.csv", rows(1, "w{n}," + "n" * 17 + ",Oakes\n"), "cell", "line 2"),
    ("memory", Limits(memory=512 * MIB, unpacked=None, ratio=5000), "records.zip", blank(600), "memory", "memory"),
    ("seconds", Limits(seconds=1), "students.csv", rows(500_000), "time", "longer than 1 seconds"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "name", "write", "kind", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_goes_beyond_a_limit_is_refused_with_the_name_of_the_file(
    tmp_path, limits, name, write, kind, says
):
    write(tmp_path / name)
    with pytest.raises(NotReadable) as refused:
        read(tmp_path / name, tmp_path / "staging", limits)
    assert refused.value.kind == kind, refused.value
    assert says in str(refused.value)
    assert name in str(refused.value) or "students" in str(refused.value)


def test_every_limit_is_tried():
    assert [case[0] for case in CASES] == [limit.name for limit in fields(Limits)]


def test_within_the_limits_it_is_read(tmp_path):
    rows(3)(tmp_path / "students.csv")
    found = read(tmp_path / "students.csv", tmp_path / "staging", FROM_PAGE)
    assert found.summary.accepted == {"students": 3}


def read(path: Path, folder: Path, limits: Limits) -> sandbox.Staged:
    folder.mkdir()
    return sandbox.read(path, Source.STUDENT_RECORDS, "student-records-template", limits, folder)
