"""Events and days of the VLE, counted in DuckDB: one row for each student, module and day in London."""

import duckdb
import pyarrow as pa

_DAYS = """
SELECT student_id AS student, module_id AS module, date_diff('day', DATE '1970-01-01', day) AS day,
       sum(views)::BIGINT AS views, count(*) AS rows
FROM told GROUP BY ALL
"""
_EVENTS = """
SELECT student_id AS student, module_id AS module,
       date_diff('day', DATE '1970-01-01', (told."at" AT TIME ZONE 'Europe/London')::DATE) AS day,
       count(*) AS views, count(*) AS rows
FROM told GROUP BY ALL
"""
_SUMMED = """
SELECT student, module, day, sum(views)::BIGINT AS views FROM told GROUP BY ALL ORDER BY student, module, day
"""


def days(told: pa.Table) -> pa.Table:
    """What a sheet of days or of events tells, as columns student, module, day, views and rows.

    `told` has the columns of the template; with `at` each row is one event, and its day is London's.
    """
    return _ask(_EVENTS if "at" in told.column_names else _DAYS, told)


def summed(told: pa.Table) -> pa.Table:
    """One row for each student, module and day: two keys of one person may have told of the same day."""
    return _ask(_SUMMED, told)


def _ask(question: str, told: pa.Table) -> pa.Table:
    with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "768MB"}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("told", told)
        return connection.sql(question).to_arrow_table()
