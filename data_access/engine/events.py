"""Events and days of the VLE, counted in DuckDB: one row for each student, module and day in London."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_access.engine import bounded
from data_access.engine.bounded import Columns

_DAYS = "SELECT student_id, module_id, day, views FROM told"
_EVENTS = """
SELECT student_id, module_id, (told."at" AT TIME ZONE 'Europe/London')::DATE AS day, 1 AS views FROM told"""

# Own keys are numbered while they are counted, and come out as what they are.
_SUMMED = """
SELECT s.own::VARCHAR AS student, m.own::VARCHAR AS module,
    date_diff('day', DATE '1970-01-01', day)::INTEGER AS day, sum(views)::BIGINT AS views
FROM ({told}) JOIN student AS s ON s.key = student_id JOIN module AS m ON m.key = module_id
GROUP BY s.own, m.own, day
"""
_UNKNOWN = """
SELECT CASE WHEN s.key IS NULL THEN 'student' ELSE 'module' END AS noun,
    CASE WHEN s.key IS NULL THEN student_id ELSE module_id END AS key, count(*) AS rows
FROM ({told}) LEFT JOIN student AS s ON s.key = student_id LEFT JOIN module AS m ON m.key = module_id
WHERE s.key IS NULL OR m.key IS NULL
GROUP BY ALL ORDER BY noun DESC, key
"""


@dataclass(frozen=True)
class Days:
    """`days` has columns student, module, day and views, under our own keys, each day once.

    `unknown` says in how many rows the key of a student or a module stands that leads to nobody.
    """

    days: Columns
    unknown: dict[tuple[str, str], int]


def days(
    told: Sequence[Columns],
    students: Mapping[str, str],
    modules: Mapping[str, str],
    folder: Path,
) -> Days:
    """What sheets of days or of events tell, added up, in a file in the folder.

    The columns of a sheet are those of the template; with `at` each row is one event, and its day is London's.
    `students` and `modules` lead from the keys that may stand there to our own; two may lead to the same.
    """
    with bounded.opened(folder) as connection:
        bounded.own(connection, "student", bounded.keys(students))
        bounded.own(connection, "module", bounded.keys(modules))
        every = _together(connection, told)
        unknown = connection.execute(_UNKNOWN.format(told=every)).fetchall()
        summed = connection.sql(_SUMMED.format(told=every))
        found = bounded.kept(summed, folder / "vle-days-told.arrow")
    return Days(found, {(noun, key): rows for noun, key, rows in unknown})


def _together(connection: duckdb.DuckDBPyConnection, told: Sequence[Columns]) -> str:
    """The question for the rows of all sheets."""
    parts = []
    for place, sheet in enumerate(told):
        connection.register(f"told_{place}", sheet)
        question = _EVENTS if "at" in sheet.to_reader().schema.names else _DAYS
        parts.append(question.replace("FROM told", f"FROM told_{place} AS told"))
    return "\nUNION ALL\n".join(parts)
