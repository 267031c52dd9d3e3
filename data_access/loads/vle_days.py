"""VLE days as changes: millions of them, so they stay in columns from the file to the database."""

import duckdb
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads import bulk
from data_access.loads.bulk import Bulk
from data_access.loads.changes import table_of
from data_access.loads.numbers import Nouns
from data_access.records import Batch
from data_access.tables import VleDay

_FEW_DAYS = 31  # up to so many days the index on the day finds what is stored; beyond, all is read
_TOLD = pa.schema(
    [("student", pa.string()), ("module", pa.string()), ("day", pa.int32()), ("views", pa.int64())]
)

_NUMBERED = """
SELECT student.number AS student, module.number AS module, day::INTEGER AS day, views
FROM {told} AS told JOIN student ON student.key = told.student JOIN module ON module.key = told.module
"""
_ENDS = "SELECT min(day), max(day) FROM (SELECT day FROM told UNION ALL SELECT day FROM added)"
_STORED = "CREATE OR REPLACE TABLE stored (student INTEGER, module INTEGER, day INTEGER, views BIGINT)"

# Views that are added come on top of what is told of the day; where nothing is told of it, of what is stored.
_CHANGED = f"""
WITH days AS ({_NUMBERED.format(told="told")}), more AS ({_NUMBERED.format(told="added")}), wanted AS (
    SELECT * FROM days ANTI JOIN more USING (student, module, day)
    UNION ALL
    SELECT more.student, more.module, more.day, more.views + coalesce(days.views, stored.views, 0)
    FROM more LEFT JOIN days USING (student, module, day) LEFT JOIN stored USING (student, module, day)
)
SELECT wanted.*, stored.day IS NULL AS fresh
FROM wanted LEFT JOIN stored USING (student, module, day)
WHERE stored.day IS NULL OR stored.views IS DISTINCT FROM wanted.views
"""  # noqa: S608 - the parts are ours


def change(
    session: Session, nouns: Nouns, batch: Batch, run: int, scratch: duckdb.DuckDBPyConnection
) -> Bulk:
    """What makes the stored days those that are told, and adds the views that are added; any other day stays."""
    told, added = (
        _TOLD.empty_table() if some is None else some for some in (batch.vle_days, batch.vle_added)
    )
    scratch.register("told", told)
    scratch.register("added", added)
    bulk.number(scratch, "student", nouns.people, told, added)
    bulk.number(scratch, "module", nouns.modules, told, added)
    scratch.execute(_STORED)
    first, last = scratch.execute(_ENDS).fetchall()[0]
    if first is not None:
        question = select(VleDay.student, VleDay.module, VleDay.day, VleDay.views)
        if last - first < _FEW_DAYS:
            question = question.where(VleDay.day.between(first, last))
        bulk.store(session, scratch, question, "stored")
    found = bulk.waiting(scratch, table_of(VleDay.day), "views", run, ("module", "day"), _CHANGED)
    scratch.execute("DROP TABLE stored")
    return found
