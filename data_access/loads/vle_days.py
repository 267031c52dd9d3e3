"""VLE days as changes: millions of them, so they stay in columns from the file to the database."""

import duckdb
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads import bulk
from data_access.loads.bulk import SLICE, Bulk
from data_access.loads.changes import table_of
from data_access.loads.numbers import Nouns
from data_access.records import Batch
from data_access.tables import VleDay

_FEW_DAYS = 31  # up to so many days the index on the day finds what is stored; beyond, all is read
_TOLD = pa.schema(
    [("student", pa.string()), ("module", pa.string()), ("day", pa.int32()), ("views", pa.int64())]
)

_ENDS = "SELECT min(day), max(day) FROM (SELECT day FROM days UNION ALL SELECT day FROM more)"
_STORED = "CREATE OR REPLACE TABLE stored (student INTEGER, module INTEGER, day INTEGER, views BIGINT)"

# Views that are added come on top of what is told of the day; where nothing is told of it, of what is stored.
_CHANGED = f"""
WITH told AS (SELECT student, module, day, views FROM days WHERE {SLICE}),
added AS (SELECT student, module, day, views FROM more WHERE {SLICE}),
before AS (SELECT * FROM stored WHERE {SLICE}),
wanted AS (
    SELECT * FROM told ANTI JOIN added USING (student, module, day)
    UNION ALL
    SELECT added.student, added.module, added.day, added.views + coalesce(told.views, before.views, 0)
    FROM added LEFT JOIN told USING (student, module, day) LEFT JOIN before USING (student, module, day)
)
SELECT wanted.*, before.day IS NULL AS fresh
FROM wanted LEFT JOIN before USING (student, module, day)
WHERE before.day IS NULL OR before.views IS DISTINCT FROM wanted.views
"""  # noqa: S608 - the parts are ours


def change(
    session: Session, nouns: Nouns, batch: Batch, run: int, scratch: duckdb.DuckDBPyConnection
) -> Bulk:
    """What makes the stored days those that are told, and adds the views that are added; any other day stays."""
    for name, told in (("days", batch.vle_days), ("more", batch.vle_added)):
        rows = _TOLD.empty_table() if told is None else told
        bulk.number(scratch, name, rows, student=nouns.people, module=nouns.modules)
    scratch.execute(_STORED)
    first, last = scratch.execute(_ENDS).fetchall()[0]
    if first is not None:
        question = select(VleDay.student, VleDay.module, VleDay.day, VleDay.views)
        if last - first < _FEW_DAYS:
            question = question.where(VleDay.day.between(first, last))
        bulk.store(session, scratch, question, "stored")
    by = ("module", "day")
    return bulk.waiting(scratch, table_of(VleDay.day), "views", run, by, _CHANGED, "days", "more")
