"""Every engine, and the plain specification, come to the same digits."""

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, delete, event, insert, select
from sqlalchemy.orm import Session

import policy
from auth.viewer import Viewer
from data_access import ratings, research_rows, taught_modules
from data_access.engine import engines, enrolments, rating, research
from data_access.engine.dialects import DuckDB, written
from data_access.engine.inputs import named
from data_access.engine.windows import windows
from data_access.tables import (
    Base,
    Dispute,
    Enrolment,
    EnrolmentStatus,
    EnrolmentWeek,
    Milestone,
    Module,
    ModuleWeek,
    ResearchWeek,
    Supervision,
    VleDay,
)
from policy.days import london_day, number
from tests.cast import NOW, TODAY
from tests.data_access.test_inputs import a_research_student
from tests.engine_rows import rows, specified, university

EVENTS = 200_000
JOB = Viewer.service("rate")
ASKED = (Enrolment, EnrolmentStatus, Supervision, Milestone, Dispute)
"""The tables that research students are rated from."""


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_expression_says_what_the_specification_says(seed, modules):
    made, rules = university(700 * modules, seed, on_a_module=700), policy.current().engagement
    assert rows(engines.over(made.relations, rules)) == specified(made, rules)


def test_with_authorised_absence_as_met_too():
    made = university(2_000, 3, on_a_module=700)
    met = policy.current().engagement.model_copy(update={"excused": "met"})
    assert rows(engines.over(made.relations, met)) == specified(made, met)


def test_the_databases_and_duckdb_rate_two_hundred_thousand_facts_alike(store):
    made, rules = university(EVENTS), policy.current().engagement
    here = rows(engines.over(made.relations, rules))
    with store.session() as session:
        connection = session.connection()
        for name, relation in made.relations.items():
            table = engines.temporary(connection, name, f"{name}")
            connection.execute(insert(table), relation.to_pylist())
        found = connection.execute(rating.module_weeks(named(), rules)).all()
    assert len(here) > 20_000
    assert sorted((tuple(row) for row in found), key=lambda r: r[:3]) == here


@pytest.mark.parametrize("engine", [engines.in_duckdb, engines.in_database], ids=lambda e: e.__name__)
def test_what_is_stored_is_rated_alike_wherever_it_is_worked_out(store, engine):
    lost = number(TODAY) - 9, number(TODAY) - 3
    store.change(delete(VleDay).where(VleDay.day.between(*lost)))
    ratings.refresh(JOB, NOW)
    with store.session() as session:
        modules = taught_modules.taught(session, dict.fromkeys(session.scalars(select(Module.id)), 0))
        assert all(taught.gaps.noted >= set(range(lost[0], lost[1] + 1)) for taught in modules.values())
        rules, calendar = policy.current().engagement, policy.current().calendar
        made = windows(modules, rules, calendar, london_day(NOW))
        found = rows(engine(session.connection(), list(modules), made, rules))
        columns = [getattr(ModuleWeek, name) for name in rating.COLUMNS]
        stored = sorted((tuple(row) for row in session.execute(select(*columns))), key=lambda r: r[:3])
    assert found
    assert found == stored


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)  # SQLite plans by the keys alone
def test_a_database_knows_how_much_was_laid_ready_before_it_plans(store):
    """PostgreSQL takes what nobody counted for next to nothing: at OULAD's size it was at three modules for hours."""
    known: list[dict[str, float]] = []

    def look(connection, cursor, statement, parameters, context, executemany):
        if "every_week" in statement:
            cursor.execute(
                "SELECT relname, reltuples FROM pg_class WHERE relname LIKE 'rating%' AND relkind = 'r'"
            )
            known.append(dict(cursor.fetchall()))

    with store.session() as session:
        connection = session.connection()
        modules = taught_modules.taught(session, dict.fromkeys(session.scalars(select(Module.id)), 0))
        rules, calendar = policy.current().engagement, policy.current().calendar
        made = windows(modules, rules, calendar, london_day(NOW))
        event.listen(connection, "before_cursor_execute", look)
        engines.in_database(connection, list(modules), made, rules)
    (counted,) = known
    assert counted["rating_window_days"] == made.window_days.num_rows > 0
    assert len(counted) == 5
    assert min(counted.values()) >= 0  # −1 is: never counted


def test_research_students_and_whole_enrolments_come_to_the_same_digits_in_duckdb(store):
    """They are worked out where their few rows are stored; by the same expressions they could be elsewhere."""
    a_research_student(store)
    ratings.refresh(JOB, NOW)
    rules, since = policy.current().engagement.research, number(TODAY) - 14
    with store.session() as session, duckdb.connect() as kernel:
        for table in (*ASKED, Module, ModuleWeek, EnrolmentWeek):
            kernel.register(table.__tablename__, columns_of(session, table))

        def here(asked: Select[Any]) -> list[tuple[object, ...]]:
            return sorted(kernel.sql(written(asked, DuckDB())).fetchall())

        def stored(table: type[Base], names: Sequence[str], *where: Any) -> list[tuple[object, ...]]:
            asked = select(*[getattr(table, name) for name in names]).where(*where)
            return sorted(tuple(row) for row in session.execute(asked))

        of_research = here(research.rated(2, research_rows.weeks(session, rules, TODAY), rules))
        assert of_research == stored(ResearchWeek, research.COLUMNS) != []
        taught = select(Enrolment.id).where(Enrolment.course != 2)
        for first in (0, since):  # all weeks, and the last ones alone
            names, w = enrolments.COLUMNS, EnrolmentWeek
            assert (
                here(enrolments.weeks(taught, first))
                == stored(w, names, w.enrolment != 2, w.week >= first)
                != []
            )


def columns_of(session: Session, table: type[Base]) -> pa.Table:
    """The rows of a table as columns, words for what they stand for."""
    names = [column.name for column in table.__table__.columns]
    rows = session.execute(select(table.__table__)).all()
    values = zip(*rows, strict=True) if rows else [()] * len(names)
    plain = ([getattr(value, "value", value) for value in of] for of in values)
    return pa.table(
        {name: pa.array(of) if of else pa.nulls(0, pa.int64()) for name, of in zip(names, plain, strict=True)}
    )
