"""A university of any size on SQLite: a small one is made and rated, and then laid side by side with itself."""

import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Insert, Integer, Table, insert, literal, select

import data_access
from auth.viewer import Viewer
from bench import seed
from data_access import database, keys, migrations, ratings
from data_access import tables as t
from policy.settings import Settings

# What belongs to people, in the order in which it can be copied. Courses and modules are everybody's.
COPIED: tuple[Any, ...] = (
    t.Person,
    t.AgreementAcceptance,
    t.Enrolment,
    t.EnrolmentStatus,
    t.EnrolmentAgreement,
    t.Registration,
    t.Tutoring,
    t.VleDay,
    t.Attendance,
    t.Submission,
    t.DailyFact,
    t.ModuleWeek,
    t.EnrolmentWeek,
)
SHIFT = 10_000  # between the numbers of one copy and the next


def made(students: int) -> Path:
    """Start an installation of so many students, rounded up to whole copies; made where missing or old."""
    copies = -(-students // seed.STUDENTS)
    home = Path(tempfile.gettempdir()) / f"learner-analytics-bench-{copies}"
    settings = Settings(home=home)
    if not ((home / "complete").exists() and migrations.current(settings)):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        keys.make(home)
        migrations.upgrade(settings)
        data_access.start(settings)
        _fill(copies)
        (home / "complete").touch()
    data_access.start(settings)
    return home


def _fill(copies: int) -> None:
    print(f"Making {seed.STUDENTS:,} students with twelve weeks of facts", flush=True)
    with database.writing() as session:
        seed.plant(session, random.Random(7))
    print("Rating them", flush=True)
    ratings.refresh(Viewer.service("bench"), seed.AT)
    print(f"Laying {copies} such universities side by side", flush=True)
    tables = [model.__table__ for model in COPIED]
    for table in tables:
        with database.writing() as session:
            for copy in range(1, copies):
                session.execute(_copy(table, tables, copy))
    with database.writing() as session:
        session.connection().exec_driver_sql("ANALYZE")


def _copy(table: Table, tables: list[Table], copy: int) -> Insert:
    """The statement that adds the first university's rows of a table once more, as those of other people."""
    columns = [_moved(c, tables, copy).label(c.name) for c in table.columns]
    first = select(*columns).where(next(iter(table.primary_key)) < SHIFT)
    return insert(table).from_select([c.name for c in table.columns], first)


def _moved(column: Column[Any], tables: list[Table], copy: int) -> Any:
    """The column in the copy: other numbers for people and rows, other keys; the rest as it is."""
    if column.unique:
        return column + literal(f"-{copy}")
    target = next((key.column for key in column.foreign_keys), column)
    if target.primary_key and target.table in tables and isinstance(column.type, Integer):
        own_day_or_module = target is column and len(column.table.primary_key) > 1
        return column if own_day_or_module else column + copy * SHIFT
    return column
