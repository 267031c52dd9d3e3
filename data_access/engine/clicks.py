"""A click table made into days: DuckDB reads any number of lines in bounded memory and keeps none of them."""

import csv
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from auth.refusals import Refusal

COLUMNS = ("code_module", "code_presentation", "id_student", "id_site", "date", "sum_click")
_MEMORY = "500MB"  # DuckDB's share; what does not fit waits in a temporary folder

# Each line is read whole and split here: a stray quotation mark then costs its own line and no other.
_LINES = """
SELECT len(part) = ? AS whole, trim(part[?], ' "') AS module, trim(part[?], ' "') AS presentation,
    trim(part[?], ' "') AS student, trim(part[?], ' "') AS site, trim(part[?], ' "') AS day,
    trim(part[?], ' "') AS clicks
FROM (
    SELECT string_split(line, ',') AS part
    FROM read_csv(?, header = false, skip = 1, delim = '\x01', quote = '', escape = '', auto_detect = false,
        columns = {'line': 'varchar'}, strict_mode = false, store_rejects = true, rejects_limit = 0,
        max_line_size = 100000, buffer_size = 4000000)
    WHERE line IS NOT NULL
)"""

_ROWS = """
SELECT true AS whole, code_module::varchar AS module, code_presentation::varchar AS presentation,
    id_student::varchar AS student, id_site::varchar AS site, date::varchar AS day, sum_click::varchar AS clicks
FROM read_parquet(?)"""

_JUDGED = """
CREATE TEMP TABLE judged AS
SELECT CASE
        WHEN NOT t.whole THEN 0
        WHEN delivery.number IS NULL THEN 1
        WHEN t.student IS NULL OR t.site IS NULL OR t.day IS NULL OR t.clicks IS NULL THEN 2
        WHEN t.clicks < 1 THEN 3
        WHEN enrolled.student IS NULL THEN 4
        WHEN listed.site IS NULL THEN 5
    END::tinyint AS fault,
    delivery.number AS delivery, t.student AS student, t.site AS site, t.day AS day, t.clicks AS clicks
FROM (
    SELECT whole, module, presentation, try_cast(student AS integer) AS student,
        try_cast(site AS integer) AS site, try_cast(day AS smallint) AS day, try_cast(clicks AS integer) AS clicks
    FROM ({typed})
) AS t
LEFT JOIN delivery ON delivery.module = t.module AND delivery.presentation = t.presentation
LEFT JOIN enrolled ON enrolled.delivery = delivery.number AND enrolled.student = t.student
LEFT JOIN listed ON listed.delivery = delivery.number AND listed.site = t.site"""

_FAULTS = (
    "the wrong number of fields",
    "an unknown presentation",
    "a number that is missing or not a whole number",
    "no clicks",
    "a student who is not enrolled on the presentation",
    "a site that vle does not list",
)

_DAYS = """
SELECT delivery, student, day, sum(clicks)::bigint AS views, count(*) AS lines,
    sum(copies)::bigint - count(*) AS repeated
FROM (
    SELECT delivery, student, site, day, clicks, count(*) AS copies
    FROM judged
    WHERE fault IS NULL AND delivery = ?
    GROUP BY ALL
)
GROUP BY ALL
ORDER BY delivery, student, day"""

_DAMAGED = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.BinderException,
    duckdb.ConversionException,
)


class Unreadable(Refusal):
    """A click table cannot be read; the sentence names the file."""


@dataclass(frozen=True)
class Known:
    """What a line may speak of. Deliveries are module and presentation; the others name theirs by position."""

    deliveries: Sequence[tuple[str, str]]
    enrolled: frozenset[tuple[int, int]]
    listed: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Clicks:
    """`days` has columns delivery, student, day (0 is the delivery's first), views, lines; in that order.

    Lines that are equal to the last figure count once: the others are `repeated`. A second click on the same
    page and a line delivered twice look alike; active days, which the rating counts, are the same either way.
    """

    days: pa.Table
    repeated: int
    faults: dict[str, int]


def daily(files: Sequence[Path], known: Known) -> Clicks:
    """The clicks of these files, csv, csv.gz or parquet, by delivery, student and day.

    Raises Unreadable for a file that is damaged or lacks a column.
    """
    with TemporaryDirectory() as spill, duckdb.connect(config=_settings(spill)) as connection:
        _register(connection, known)
        try:
            _judge(connection, files)
        except _DAMAGED as fault:
            names = ", ".join(file.name for file in files)
            raise Unreadable(f"{names} cannot be read: the file is damaged or lacks a column.") from fault
        as_text = any(file.suffix != ".parquet" for file in files)
        return _counted(connection, len(known.deliveries), _not_text(connection) if as_text else 0)


def _settings(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": _MEMORY,
        "temp_directory": spill,
        "preserve_insertion_order": "false",
        # A csv file's size is guessed low, and the optimiser would hold it whole to join it the other way.
        "disabled_optimizers": "join_order,build_side_probe_side",
    }


def _register(connection: duckdb.DuckDBPyConnection, known: Known) -> None:
    modules, presentations = zip(*known.deliveries, strict=True) if known.deliveries else ((), ())
    numbers = pa.array(range(len(modules)), pa.int16())
    text = pa.string()
    columns = {"module": pa.array(modules, text), "presentation": pa.array(presentations, text)}
    connection.register("delivery", pa.table(columns | {"number": numbers}))
    connection.register("enrolled", _pairs(known.enrolled, "student"))
    connection.register("listed", _pairs(known.listed, "site"))


def _pairs(pairs: frozenset[tuple[int, int]], name: str) -> pa.Table:
    deliveries, numbers = [d for d, _ in pairs], [n for _, n in pairs]
    return pa.table({"delivery": pa.array(deliveries, pa.int16()), name: pa.array(numbers, pa.int32())})


def _judge(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    sources = [_source(file) for file in files]
    typed = "\nUNION ALL\n".join(text for text, _ in sources)
    connection.execute(_JUDGED.format(typed=typed), [value for _, values in sources for value in values])


def _source(file: Path) -> tuple[str, list[object]]:
    if file.suffix == ".parquet":
        return _ROWS, [escape(str(file))]
    header = _header(file)
    return _LINES, [len(header), *(header.index(name) + 1 for name in COLUMNS), escape(str(file))]


def _header(file: Path) -> list[str]:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", errors="replace") as lines:
            header = [name.strip() for name in next(csv.reader(lines), [])]
    except (OSError, EOFError, zlib.error) as fault:
        raise Unreadable(f"{file.name} cannot be read: it is not the kind of file its name says.") from fault
    if missing := [name for name in COLUMNS if name not in header]:
        raise Unreadable(f"{file.name} lacks the column {missing[0]}.")
    return header


def _counted(connection: duckdb.DuckDBPyConnection, deliveries: int, not_text: int) -> Clicks:
    """One delivery after the other, so that memory holds the distinct lines of one alone."""
    tables = [connection.sql(_DAYS, params=[n]).to_arrow_table() for n in range(deliveries)]
    days = pa.concat_tables(tables)
    faults = connection.execute(
        "SELECT fault, count(*) FROM judged WHERE fault IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    named = {_FAULTS[number]: lines for number, lines in faults}
    if not_text:
        named["a line that is not text"] = not_text
    repeated = pc.sum(days["repeated"]).as_py() or 0
    return Clicks(days.drop_columns("repeated"), repeated, named)


def _not_text(connection: duckdb.DuckDBPyConnection) -> int:
    """How many lines DuckDB could not take as text at all: not UTF-8, or longer than 100,000 bytes."""
    lines = "SELECT count(*) FROM (SELECT DISTINCT scan_id, file_id, line FROM reject_errors)"
    return int(connection.execute(lines).fetchall()[0][0])
