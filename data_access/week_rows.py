"""The rows of the ratings: one student on one module in one week, and one enrolment in one week.

Derived rows are replaced whole, from the facts that stand now.
"""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session, aliased

import policy
from data_access import taught_modules
from data_access.engine import engines, enrolments
from data_access.engine.windows import windows
from data_access.loads.changes import table_of
from data_access.restricted import restricted
from data_access.tables import Course, Enrolment, EnrolmentWeek, Level, ModuleWeek
from policy.days import day, monday, number
from privacy.purposes import Purpose

_TOGETHER = 5_000  # rows in one statement

LEFT_UNUSED = select(Enrolment.id).where(restricted(Purpose.IDENTIFY))
"""The enrolments of those who asked that their data be not used to notice difficulties."""


def first(session: Session, module: int, since: int | None) -> int:
    """The Monday to begin at when nothing changed before the day `since`; 0 for all weeks.

    The week that ran when the module was last rated is not over in what is stored. What was rated by other
    rules, or not at all, is rated from the start; that the last week was rated by these says it of all.
    """
    if since is None:
        return 0
    m, other = ModuleWeek, aliased(ModuleWeek)
    rated = select(
        func.max(m.as_of).label("as_of"), func.min(m.rule).label("oldest"), func.max(m.rule).label("rule")
    )
    used = m.enrolment.not_in(LEFT_UNUSED)
    newest = select(func.max(other.week)).where(other.module == module).scalar_subquery()
    last = session.execute(rated.where(m.module == module, m.week == newest, used)).one()
    if last.as_of is None or {last.oldest, last.rule} != {policy.current().engagement.version}:
        return 0
    return number(monday(day(min(since, last.as_of))))


def worked_out(session: Session, since: Mapping[int, int], today: date) -> pa.Table:
    """The rows of these modules up to today, each from its Monday on, by the facts that are stored."""
    rules, calendar = policy.current().engagement, policy.current().calendar
    looked_at = windows(taught_modules.taught(session, since), rules, calendar, today)
    return engines.in_duckdb(session.connection(), since, looked_at, rules)


def replace(session: Session, module: int, since: int, rated: pa.Table) -> int:
    """Put the rows of a module in the place of those from that Monday on; how many they are.

    The rows of who asked that their data be not used stay as they are: kept, and not worked out anew.
    """
    gone = delete(ModuleWeek).where(ModuleWeek.module == module, ModuleWeek.week >= since)
    session.execute(gone.where(ModuleWeek.enrolment.not_in(LEFT_UNUSED)))
    # In the order of the key SQLite puts them down at half the price.
    rows = rated.filter(pc.field("module") == module).sort_by(
        [("student", "ascending"), ("week", "ascending")]
    )
    rule = {"rule": policy.current().engagement.version}
    for some in rows.to_batches(max_chunksize=_TOGETHER):
        if values := [row | rule for row in some.to_pylist()]:  # a filter leaves empty batches too
            session.connection().execute(insert(table_of(ModuleWeek.week)), values)
    return int(rows.num_rows)


def of_enrolments(session: Session, own: Select[int], since: int = 0) -> None:
    """What the modules of each of these enrolments come to in the weeks from that Monday on.

    Of taught courses: whoever is on a research course has a score of other parts (`research_rows`).
    """
    taught = select(Course.id).where(Course.level != Level.RESEARCH)
    own = select(Enrolment.id).where(Enrolment.id.in_(own), Enrolment.course.in_(taught))
    own = own.where(Enrolment.id.not_in(LEFT_UNUSED))
    gone = delete(EnrolmentWeek).where(EnrolmentWeek.enrolment.in_(own), EnrolmentWeek.week >= since)
    session.execute(gone)
    session.execute(insert(EnrolmentWeek).from_select(enrolments.COLUMNS, enrolments.weeks(own, since)))
