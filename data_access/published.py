"""Published figures, read by managers and compliance: the one table of cells, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.tables import PublishedCell
from engagement.published import Cell, Family, Published
from privacy.labels import Category
from privacy.purposes import Duty, Purpose

PUBLISH = Act(Action.WRITE, Category.PUBLISHED, Duty.AUDIT)
_MONITOR = Act(Action.READ, Category.PUBLISHED, Purpose.EQUALITY)
_CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)


def figures(viewer: Viewer, family: Family, at: datetime) -> Published | None:
    """The reports of a family as last made, or None before they were. Managers monitor by them, compliance checks."""
    act = _CHECK if viewer.role is Role.COMPLIANCE else _MONITOR
    with gate.reading(viewer, None, act, at) as opened:
        cell = PublishedCell
        columns = opened.columns(cell.report, cell.row, cell.heading, cell.value, cell.made_at, cell.rule)
        rows = opened.session.execute(
            select(*columns).where(_of(family)).order_by(cell.report, cell.row)
        ).all()
    if not rows:
        return None
    tables: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for report, row, heading, value, _, _ in rows:
        tables[report.removeprefix(family.value)][row][heading] = value
    return Published(rows[0].made_at, rows[0].rule, tables)


def publish(
    viewer: Viewer,
    family: Family,
    cells: Iterable[Cell],
    rule: str,
    at: datetime,
    *,
    apart: timedelta = timedelta(),
) -> int:
    """Put these cells in the place of all that the family had, made at `at` by the rules of that version; how many.

    Nothing is changed, and 0 comes back, where those that stand were made less than `apart` before.
    """
    rows = [
        {**cell._asdict(), "report": family.value + cell.report, "made_at": at, "rule": rule}
        for cell in cells
    ]
    with gate.writing(viewer, None, PUBLISH, at) as opened:
        made_at = opened.session.scalar(select(func.max(PublishedCell.made_at)).where(_of(family)))
        if made_at and made_at + apart > at:
            return 0
        opened.session.execute(delete(PublishedCell).where(_of(family)))
        opened.session.execute(insert(PublishedCell), rows)
    return len(rows)


def _of(family: Family) -> ColumnElement[bool]:
    """Whether a cell is of the family. The names of the first have no slash: they were there before the second."""
    report = PublishedCell.report
    return report.startswith(family.value, autoescape=True) if family.value else ~report.contains("/")
