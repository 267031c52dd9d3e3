"""The schema's history: it ends where the tables are, goes back and forth, and asks to be brought up to date."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text

from data_access import database, keys, migrations
from data_access.tables import Base
from policy.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation without a schema, on each of the two databases."""
    keys.make(tmp_path)
    if request.param == "sqlite":
        return Settings(home=tmp_path)
    url: str = request.getfixturevalue("postgres_url")
    server = create_engine(url % "postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS blank"))
        connection.execute(text("CREATE DATABASE blank"))
    server.dispose()
    return Settings(home=tmp_path, database_url=url % "blank")


def tables(settings: Settings) -> set[str]:
    engine = database.engine(settings)
    found = inspect(engine)
    names = set(found.get_table_names()) | set(found.get_table_names(schema="audit"))
    engine.dispose()
    return names - {"alembic_version"}


def test_the_history_ends_where_the_tables_are(empty):
    migrations.upgrade(empty)
    command.check(migrations.config(empty))
    assert tables(empty) == {table.name for table in Base.metadata.tables.values()}


def test_an_old_schema_is_told_from_a_current_one(empty):
    assert not migrations.current(empty)
    migrations.upgrade(empty)
    assert migrations.current(empty)


def test_the_history_goes_back_and_forth(empty):
    migrations.upgrade(empty)
    command.downgrade(migrations.config(empty), "base")
    assert tables(empty) == set()
    migrations.upgrade(empty)
    assert migrations.current(empty)


def test_upgrading_again_changes_nothing(empty):
    migrations.upgrade(empty)
    before = tables(empty)
    migrations.upgrade(empty)
    assert tables(empty) == before


def test_tables_of_daily_facts_lie_in_the_order_of_their_key_on_sqlite(tmp_path: Path):
    settings = Settings(home=tmp_path)
    migrations.upgrade(settings)
    engine = database.engine(settings)
    with engine.connect() as connection:
        for name in ("daily_fact", "vle_day", "attendance", "submission", "module_week"):
            made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
            assert "WITHOUT ROWID" in made
    engine.dispose()
