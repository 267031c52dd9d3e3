"""Published figures, read by managers and compliance: the one table of cells, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.tables import PublishedCell
from engagement.published import Cell, Published
from privacy.labels import Category
from privacy.purposes import Duty, Purpose

PUBLISH = Act(Action.WRITE, Category.PUBLISHED, Duty.AUDIT)
_MONITOR = Act(Action.READ, Category.PUBLISHED, Purpose.EQUALITY)
_CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)


def figures(viewer: Viewer, at: datetime) -> Published | None:
    """The figures of the last run, or None before there was one. Managers monitor by them, compliance checks."""
    act = _CHECK if viewer.role is Role.COMPLIANCE else _MONITOR
    with gate.reading(viewer, None, act, at) as opened:
        cell = PublishedCell
        columns = opened.columns(cell.report, cell.row, cell.heading, cell.value, cell.made_at, cell.rule)
        rows = opened.session.execute(select(*columns).order_by(cell.report, cell.row)).all()
    if not rows:
        return None
    tables: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for report, row, heading, value, _, _ in rows:
        tables[report][row][heading] = value
    return Published(rows[0].made_at, rows[0].rule, tables)


def publish(viewer: Viewer, cells: Iterable[Cell], rule: str, at: datetime) -> int:
    """Put these cells in the place of all that were there, made at `at` by the rules of that version; how many."""
    rows = [{**cell._asdict(), "made_at": at, "rule": rule} for cell in cells]
    with gate.writing(viewer, None, PUBLISH, at) as opened:
        opened.session.execute(delete(PublishedCell))
        opened.session.execute(insert(PublishedCell), rows)
    return len(rows)
