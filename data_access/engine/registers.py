"""Registers sorted in DuckDB: the rows that stand alone, and those that have to be looked at one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from data_access.engine import bounded
from data_access.engine.bounded import Columns

Class = tuple[str | None, str | None, datetime | None]
"""What a register calls a class: its key, or its module and when it began."""

_CLASSES = "SELECT DISTINCT event_id, module_id, starts_at FROM told"
_RESOLVED = """
FROM (SELECT *, row_number() OVER () AS place FROM told) AS told
LEFT JOIN student AS s ON s.key = told.student_id
LEFT JOIN class AS c ON c.event_id IS NOT DISTINCT FROM told.event_id
    AND c.module_id IS NOT DISTINCT FROM told.module_id AND c.starts_at IS NOT DISTINCT FROM told.starts_at
"""
_MARKS = f"""
CREATE TABLE marks AS
SELECT s.own AS student, c.own AS event, any_value(status::status) AS register, count(*) AS rows,
    min(status::status) = max(status::status) AND min(c.number) = max(c.number) AS alone
{_RESOLVED} WHERE s.own IS NOT NULL AND c.own IS NOT NULL
GROUP BY s.own, c.own
"""
_ALONE = """
SELECT student::VARCHAR AS student, event::VARCHAR AS event, register::VARCHAR AS register FROM marks WHERE alone
"""
_REPEATED = "SELECT coalesce(sum(rows - 1), 0)::BIGINT FROM marks WHERE alone"
_OTHERS = f"""
SELECT told.* EXCLUDE (place) {_RESOLVED}
LEFT JOIN (SELECT * FROM marks WHERE NOT alone) AS m ON m.student = s.own AND m.event = c.own
WHERE s.own IS NULL OR c.own IS NULL OR m.rows IS NOT NULL
ORDER BY place
"""  # noqa: S608 - the parts are ours


@dataclass(frozen=True)
class Sorted:
    """`marks` has columns student, event and register, under our own keys: of known people at known classes.

    `repeated` rows say what one of them says. `others` are whole rows, in the order of the file, whose keys are
    not known, or that speak of one student at one class and say different things.
    """

    marks: Columns
    repeated: int
    others: pa.Table


def classes(told: Columns, folder: Path) -> list[Class]:
    """What the registers call their classes, each once."""
    with bounded.opened(folder) as connection:
        connection.register("told", told)
        rows = connection.sql(_CLASSES).to_arrow_table().to_pylist()
    return [(row["event_id"], row["module_id"], row["starts_at"]) for row in rows]


def sorted_out(
    told: Columns, students: Mapping[str, str], named: Mapping[Class, str], statuses: list[str], folder: Path
) -> Sorted:
    """The registers, sorted. `students` leads from their keys to our own, `named` from what a class is called."""
    with bounded.opened(folder) as connection:
        values = ", ".join(f"'{status}'" for status in statuses)
        connection.execute(f"CREATE TYPE status AS ENUM ({values})")
        bounded.own(connection, "student", bounded.keys(students))
        bounded.own(connection, "class", _named(named))
        connection.register("told", told)
        connection.execute(_MARKS)
        marks = bounded.kept(connection.sql(_ALONE), folder / "registers-told.arrow")
        repeated = connection.execute(_REPEATED).fetchall()[0][0]
        return Sorted(marks, repeated, connection.sql(_OTHERS).to_arrow_table())


def _named(named: Mapping[Class, str]) -> pa.Table:
    keys, modules, begin = zip(*named, strict=True) if named else ((), (), ())
    return pa.table(
        {
            "event_id": pa.array(keys, pa.string()),
            "module_id": pa.array(modules, pa.string()),
            "starts_at": pa.array(begin, pa.timestamp("us", tz="UTC")),
            "own": pa.array(named.values(), pa.string()),
            "number": pa.array(_numbered(named), pa.int32()),
        }
    )


def _numbered(named: Mapping[Class, str]) -> list[int]:
    """The same number where the same is said of the same class; whether the row gave its key makes no difference."""
    numbers: dict[object, int] = {}
    said = ((own, module, begins) for (_, module, begins), own in named.items())
    return [numbers.setdefault(one, len(numbers)) for one in said]
