"""Every engine, and the plain specification, come to the same digits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

import policy
from data_access.engine import engines, rating
from data_access.engine.inputs import named
from data_access.engine.windows import Taught, windows
from data_access.tables import Module, ModuleWeek
from engagement.weekly import Gaps
from policy.days import london_day
from tests.cast import NOW
from tests.engine_rows import rows, specified, university

EVENTS = 200_000


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
def test_what_is_stored_is_rated_alike_wherever_it_is_worked_out(rated, engine):
    with rated.session() as session:
        modules = {m.id: Taught(m.starts, m.ends, Gaps()) for m in session.scalars(select(Module))}
        rules, calendar = policy.current().engagement, policy.current().calendar
        made = windows(modules, rules, calendar, london_day(NOW))
        found = rows(engine(session.connection(), list(modules), made, rules))
        columns = [getattr(ModuleWeek, name) for name in rating.COLUMNS]
        stored = sorted((tuple(row) for row in session.execute(select(*columns))), key=lambda r: r[:3])
    assert found
    assert found == stored
