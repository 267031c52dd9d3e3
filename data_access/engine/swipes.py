"""Card swipes matched to classes in DuckDB, however many they are: who was there, who was late, who was not.

A swipe that fits two classes of the student's is decided one by one, in the order of time; there are few of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import duckdb
import pyarrow as pa

from policy.attendance import Attendance

_DISTINCT = """
SELECT student, moment, event, room, sum(rows)::BIGINT AS rows FROM told
GROUP BY ALL ORDER BY student, moment, event NULLS FIRST, room NULLS FIRST
"""

# A class stands under each day that it touches: a swipe is compared with the classes of its room and day alone.
_FITS = """
CREATE TEMP TABLE fits AS
WITH open AS (
    SELECT *, starts - to_minutes($before) AS opens FROM classes
), by_day AS (
    SELECT event, room, opens, ends, module, day, starts, unnest(range(
        epoch_us(opens) // 86400000000, epoch_us(ends) // 86400000000 + 1)) AS touched
    FROM open
), swipe AS (
    SELECT s.id, s.student, s.moment, s.room, epoch_us(s.moment) // 86400000000 AS touched, c.event, c.starts
    FROM swipes AS s LEFT JOIN classes AS c ON c.event = s.event
)
SELECT id, student, moment, event, starts FROM swipe WHERE event IS NOT NULL
UNION ALL
SELECT s.id, s.student, s.moment, c.event, c.starts
FROM swipe AS s
JOIN by_day AS c ON c.room = s.room AND c.touched = s.touched AND s.moment BETWEEN c.opens AND c.ends
JOIN registered AS r ON r.student = s.student AND r.module = c.module
    AND c.day BETWEEN r.first AND coalesce(r.last, c.day)
WHERE s.event IS NULL
"""

_UNSURE = "SELECT id FROM fits GROUP BY id HAVING count(*) > 1"

# With the swipes that fit two classes come those that show that a student was at one of the two before.
_TO_DECIDE = f"""
SELECT id, student, event FROM fits
SEMI JOIN (SELECT DISTINCT student, event FROM fits SEMI JOIN ({_UNSURE}) USING (id)) USING (student, event)
ORDER BY student, moment, id, starts, event
"""  # noqa: S608 - the parts are ours

_CAME = f"""
CREATE TEMP TABLE came AS
SELECT student, event,
    CASE WHEN min(moment) > any_value(starts) + to_minutes($late_after) THEN 'late' ELSE 'present' END AS register
FROM (
    SELECT * FROM fits ANTI JOIN ({_UNSURE}) USING (id)
    UNION ALL
    SELECT fits.* FROM fits SEMI JOIN decided USING (id, event)
)
GROUP BY student, event
"""  # noqa: S608 - the parts are ours

# Who swiped where two of their classes met may have been at either: they are absent from neither.
_TOLD = """
WITH expected AS (
    SELECT c.event, r.student, came.student IS NOT NULL AS there
    FROM classes AS c
    JOIN registered AS r ON r.module = c.module AND c.day BETWEEN r.first AND coalesce(r.last, c.day)
    LEFT JOIN came ON came.event = c.event AND came.student = r.student
    WHERE c.ends < $newest
), read AS (
    SELECT event FROM expected GROUP BY event HAVING count_if(there) * 100 >= $share * count(*)
)
SELECT student, event, register FROM came
UNION ALL
SELECT student, event, 'absent' FROM expected SEMI JOIN read USING (event) ANTI JOIN fits USING (student, event)
ORDER BY student, event
"""

_WITHOUT = "SELECT count(*) FROM swipes ANTI JOIN fits USING (id)"


@dataclass(frozen=True)
class Matched:
    """`told` has columns student, event, register; `no_class` is how many swipes belong to no class."""

    told: pa.Table
    no_class: int


def distinct(told: pa.Table) -> pa.Table:
    """The swipes once each, in a fixed order, and in `rows` how many rows of the file say so."""
    with _opened(told=told) as connection:
        return connection.sql(_DISTINCT).to_arrow_table()


def matched(
    swipes: pa.Table, classes: pa.Table, registered: pa.Table, newest: datetime, rules: Attendance
) -> Matched:
    """What the distinct swipes say of attendance. A swipe with the key of a class belongs to it, one without
    to a class of its student's that is on in its room.

    The columns of `swipes` are student, moment, event, room; of `classes` event, module, room, day, starts, ends;
    of `registered` student, module, first, last. `newest` is the file's last swipe: of classes that ended
    before it, and at which enough of those registered swiped, the others were absent.
    """
    numbered = swipes.append_column("id", pa.array(range(len(swipes)), pa.int64()))
    with _opened(swipes=numbered, classes=classes, registered=registered) as connection:
        connection.execute(_FITS, {"before": rules.minutes_before})
        connection.register("decided", _decided(connection.execute(_TO_DECIDE).fetchall()))
        connection.execute(_CAME, {"late_after": rules.late_after_minutes})
        asked = {"newest": newest, "share": rules.swiped_share}
        told = connection.sql(_TOLD, params=asked).to_arrow_table()
        without = connection.execute(_WITHOUT).fetchall()
        return Matched(told, int(without[0][0]))


def _decided(fits: Iterable[tuple[int, str, str]]) -> pa.Table:
    """The class of each swipe: the earliest at which its student has not swiped before, as far as there is one."""
    been: set[tuple[str, str]] = set()
    chosen: dict[int, str] = {}
    for number, several in groupby(fits, itemgetter(0)):
        classes = [(student, event) for _, student, event in several]
        one = next((own for own in classes if own not in been), classes[0])
        been.add(one)
        chosen[number] = one[1]
    return pa.table({"id": pa.array(chosen, pa.int64()), "event": pa.array(chosen.values(), pa.string())})


def _opened(**tables: pa.Table) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "768MB"})
    connection.execute("SET TimeZone = 'UTC'")
    for name, table in tables.items():
        connection.register(name, table)
    return connection
