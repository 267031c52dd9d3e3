"""The files of an OULAD folder: which are read, in which formats, and what is said when one cannot be."""

import gzip
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

from auth.refusals import Refusal
from ingest import oulad
from tests.cast import NOW
from tests.ingest.oulad_folder import CLICKS, TABLES, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "it's [one] folder")


def read(folder):
    """What is in the folder, whatever its files are called."""
    return [{**vars(batch), "sha256": "", "file": ""} for batch in oulad.read(folder, NOW).batches]


def parquet(folder, table: pa.Table) -> None:
    (folder / "studentVle.csv").unlink()
    pq.write_table(table, folder / "studentVle_rebuilt.parquet")


def test_packed_tables_say_the_same(folder, tmp_path):
    assert read(write(tmp_path / "packed", packed=True)) == read(folder)


@pytest.mark.parametrize("whole", [pa.int16(), pa.int64(), pa.string()])
def test_clicks_in_parquet_say_the_same_whatever_the_type_of_their_numbers(folder, whole):
    before = read(folder)
    table = csv.read_csv(folder / "studentVle.csv")
    parquet(folder, table.set_column(4, "date", table["date"].cast(whole)))
    assert read(folder) == before


def test_clicks_in_parts_say_the_same_in_any_mixture_of_formats(folder):
    before = read(folder)
    header, *lines = CLICKS.splitlines(keepends=True)
    (folder / "studentVle.csv").unlink()
    (folder / "studentVle_0.csv").write_text(header + "".join(lines[:3]), "utf-8")
    (folder / "studentVle_1.csv.gz").write_bytes(gzip.compress((header + "".join(lines[3:5])).encode()))
    (folder / "rest.csv").write_text(header + "".join(lines[5:]), "utf-8")
    pq.write_table(csv.read_csv(folder / "rest.csv"), folder / "studentVle_2.parquet")
    assert read(folder) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\n".join(",".join(f'"{f}"' for f in line.split(",")) for line in text.splitlines()),
        lambda text: "\n".join(",".join(line.split(",")[::-1]) for line in text.splitlines()),
        lambda text: "\n".join(
            f"{line},9" if n else f"{line},extra" for n, line in enumerate(text.splitlines())
        ),
    ],
    ids=[
        "byte order mark",
        "crlf",
        "blank lines",
        "no last newline",
        "quoted",
        "columns reversed",
        "a further column",
    ],
)
def test_other_ways_of_writing_the_same_tables_say_the_same(folder, tmp_path, change):
    assert read(write(tmp_path / "other", **{name: change(text) for name, text in TABLES.items()})) == read(
        folder
    )


def test_raw_samples_are_read_only_when_there_is_nothing_else(folder):
    before = read(folder)
    raw = CLICKS + "AAA,2013J,11,501,4,1\n"
    (folder / "studentVle_raw_AAA.csv").write_text(raw, "utf-8")
    assert read(folder) == before
    (folder / "studentVle.csv").unlink()
    assert read(folder)[1]["counted"].rows == before[1]["counted"].rows + 1


def test_other_files_in_the_folder_do_not_matter(folder):
    before = read(folder)
    (folder / "studentVle.txt").write_text("not a table", "utf-8")
    (folder / "OULAD.names").write_text("not a table", "utf-8")
    assert read(folder) == before


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named_in_one_sentence(folder, table):
    (folder / f"{table}.csv").unlink()
    with pytest.raises(Refusal, match=rf"has no {table}\.csv") as refused:
        oulad.read(folder, NOW)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_there_twice_is_refused(folder, table):
    (folder / f"{table}.csv.gz").write_bytes(gzip.compress(TABLES[table].encode()))
    with pytest.raises(Refusal, match="leave one of them"):
        oulad.read(folder, NOW)


def test_a_part_whose_name_is_no_text_is_refused_in_one_sentence(folder):
    (folder / os.fsdecode(b"studentVle_\xff.csv")).write_bytes((folder / "studentVle.csv").read_bytes())
    with pytest.raises(Refusal, match="is not written in UTF-8; please rename it"):
        oulad.read(folder, NOW)


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(Refusal, match="There is no folder"):
        oulad.read(tmp_path / "nothing", NOW)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_lacks_a_column_is_refused(folder, table):
    file = folder / f"{table}.csv"
    file.write_text(
        file.read_text("utf-8").replace("code_presentation", "code").replace("id_student", "id"), "utf-8"
    )
    with pytest.raises(Refusal, match=rf"{table}.csv lacks the column (code_presentation|id_student)"):
        oulad.read(folder, NOW)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("damage", ["cut", "not packed", "flipped"])
def test_a_damaged_file_is_refused_and_never_read_in_part(tmp_path, table, damage):
    folder = write(tmp_path / "packed", packed=True)
    file = folder / f"{table}.csv.gz"
    packed = file.read_bytes()
    middle = len(packed) // 2
    flipped = packed[:middle] + bytes([packed[middle] ^ 0xFF]) + packed[middle + 1 :]
    file.write_bytes({"cut": packed[:-12], "not packed": b"nothing packed", "flipped": flipped}[damage])
    with pytest.raises(Refusal, match=rf"{table}.csv.gz (cannot be read|lacks the column)"):
        oulad.read(folder, NOW)


def test_a_damaged_parquet_file_is_refused(folder):
    (folder / "studentVle.csv").unlink()
    (folder / "studentVle.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(Refusal, match=r"studentVle\.parquet cannot be read"):
        oulad.read(folder, NOW)


def test_a_parquet_file_that_lacks_a_column_is_refused(folder):
    parquet(folder, csv.read_csv(folder / "studentVle.csv").drop_columns("sum_click"))
    with pytest.raises(Refusal, match="lacks a column"):
        oulad.read(folder, NOW)


def test_courses_without_a_usable_row_are_refused(folder):
    (folder / "courses.csv").write_text(TABLES["courses"].splitlines()[0], "utf-8")
    with pytest.raises(Refusal, match="courses has no presentation"):
        oulad.read(folder, NOW)


def test_a_folder_without_students_and_clicks_is_empty_and_no_fault(tmp_path):
    heads = {name: text.splitlines()[0] + "\n" for name, text in TABLES.items() if name != "courses"}
    reading = oulad.read(write(tmp_path / "oulad", **heads), NOW)
    assert reading.counted.rows == 4
    assert len(reading.batches[1].gaps) == 4
    assert reading.batches[1].vle_days.num_rows == 0
    assert (reading.tutors, reading.tutor) == ((), None)
