"""The second fence: what the gate should never have let through, the database itself refuses."""

import pytest
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

import data_access
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import (
    apart,
    database,
    equality,
    fences,
    gate,
    keys,
    migrations,
    published,
    release_decisions,
    releases,
    releasing,
)
from data_access.releasing import Wanted
from data_access.tables import Enrolment, Person, Release, ReleaseCell, ReleaseNode
from engagement.published import Cell, Family
from policy.settings import Settings
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from privacy.releases import Cohort, Measure
from tests import cast
from tests.cast import MO, NOW, ROS, TERM
from tests.data_access.profiles import PROFILE
from tests.tree import ROOT

JOB = Viewer.service("release")
MONITOR = Act(Action.READ, Category.PUBLISHED, Purpose.EQUALITY)
CHECK = Act(Action.READ, Category.PUBLISHED, Duty.AUDIT)
SQL = ROOT / "deploy" / "postgresql.sql"
TOUCHES = (
    select(Person.number),
    select(Enrolment.id).where(Enrolment.id == 1),
    select(ReleaseCell.value).where(ReleaseCell.value.in_(select(Person.family_name))),
    update(Release).values(audit="x"),
    delete(ReleaseNode),
    text("SELECT count(*) FROM person"),
    text("SELECT family_name FROM release JOIN person ON number = approved_by"),
)


def test_a_managers_session_is_refused_every_other_table_by_the_database_itself(store):
    for touch in TOUCHES:
        with gate.reading(MO.viewer, None, MONITOR, NOW) as opened, pytest.raises(DBAPIError) as refused:
            opened.session.execute(touch)
        assert (
            "prohibited" in str(refused.value)
            or "denied" in str(refused.value)
            or "not auth" in str(refused.value)
        )
    with gate.reading(
        ROS.viewer, None, CHECK, NOW
    ) as opened:  # the next one's connection is as free as before
        assert (
            opened.session.scalar(select(Person.family_name).where(Person.number == MO.number)) == MO.family
        )


def test_what_managers_are_for_works_within_the_fence(store):
    on = cast.TODAY.replace(day=15)
    number = releasing.make(JOB, Wanted(Cohort.CENSUS, on, TERM, on, NOW), NOW)
    release_decisions.approve(ROS.viewer, number, NOW)
    published.publish(JOB, Family.ACCURACY, [Cell("year", "2025/26", "rules", "1")], "1", NOW)
    found = releases.all_of(MO.viewer, NOW)
    nodes = releases.nodes(MO.viewer, number, NOW)
    assert releases.tables(MO.viewer, number, nodes[0].id, NOW)
    assert releases.under(MO.viewer, number, nodes[0].id, "ethnicity", 2, Measure.LOW.name, NOW)
    assert releases.beneath(MO.viewer, number, nodes[0].id, "ethnicity", NOW)
    assert releases.series(MO.viewer, found, nodes[0].id, "ethnicity", NOW)
    assert published.figures(MO.viewer, Family.ACCURACY, NOW)


def test_what_managers_may_read_is_about_nobody():
    found = fences.published()
    assert {table.name for table in found} >= {"release", "release_node", "release_cell", "published_cell"}
    assert {table.name for table in found if table.info["person"]} == {"release"}  # by whom it was approved
    assert {
        c.name for t in found for c in t.columns if c.info["about"].category is not Category.PUBLISHED
    } == {"approved_by"}


@pytest.fixture
def apart_from_all(postgres_url, tmp_path):
    """An installation on PostgreSQL whose application signs in as `deploy/postgresql.sql` says, with the cast."""
    as_superuser(postgres_url, "DROP DATABASE IF EXISTS fenced WITH (FORCE)", "postgres")
    as_superuser(postgres_url, "CREATE DATABASE fenced", "postgres")
    as_superuser(postgres_url, SQL.read_text("utf-8"))
    address = (postgres_url % "fenced").replace("//learner@", "//learner_analytics@")
    settings = Settings(home=tmp_path, database_url=address)
    keys.make(tmp_path)
    migrations.upgrade(settings)
    data_access.start(settings)
    with database.writing() as session:
        cast.assemble(session)
    yield settings
    database.stores().core.dispose()
    database.stores().log.dispose()


def as_superuser(url: str, statement: str, where: str = "fenced") -> None:
    engine = create_engine(url % where, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def test_on_postgresql_the_application_itself_cannot_read_the_characteristics(apart_from_all):
    assert fences.missing(apart_from_all) == ""
    with database.reading() as session, pytest.raises(DBAPIError, match="denied"):
        session.execute(text("SELECT * FROM equality.equality_profile"))
    told = {"W1": PROFILE}
    with database.writing() as session:
        session.execute(
            text("INSERT INTO source_key (system, key, person) VALUES ('student-records', 'W1', 11)")
        )
    assert equality.put(JOB, told, NOW) == 1
    assert list(equality.finest(JOB, NOW).values()) == [PROFILE]
    with apart.opened(apart.EQUALITY) as session, pytest.raises(DBAPIError, match="denied"):
        session.execute(text("SELECT * FROM public.person"))
    with gate.reading(MO.viewer, None, MONITOR, NOW) as opened, pytest.raises(DBAPIError, match="denied"):
        opened.session.execute(select(Person.number))
    with gate.reading(MO.viewer, None, MONITOR, NOW) as opened, pytest.raises(DBAPIError, match="denied"):
        opened.session.execute(text("SELECT * FROM equality.equality_profile"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER ROLE learner_analytics SUPERUSER", "signs in as a superuser"),
        ("REVOKE la_manager FROM learner_analytics", "no role la_manager"),
        ("REVOKE la_equality FROM learner_analytics", "no role la_equality"),
        ("ALTER ROLE learner_analytics INHERIT", "reads characteristics without stepping"),
    ],
)
def test_what_is_missing_of_the_fence_is_said_with_what_to_do(apart_from_all, postgres_url, statement, said):
    as_superuser(postgres_url, statement)
    try:
        missing = fences.missing(apart_from_all)
    finally:
        as_superuser(postgres_url, "ALTER ROLE learner_analytics NOSUPERUSER")
    assert said in missing
    assert "deploy/postgresql.sql" in missing
    as_superuser(postgres_url, SQL.read_text("utf-8"))
    migrations.upgrade(apart_from_all)
    assert fences.missing(apart_from_all) == ""


def test_a_managers_role_that_may_read_more_is_told(apart_from_all):
    with database.writing() as session:
        session.execute(text("GRANT SELECT ON person TO la_manager"))
    assert "public.person" in fences.missing(apart_from_all)


def test_a_store_that_was_the_applications_own_becomes_the_roles(apart_from_all, postgres_url):
    as_superuser(postgres_url, "REVOKE la_equality FROM learner_analytics")
    as_superuser(postgres_url, "ALTER SCHEMA equality OWNER TO learner_analytics")
    as_superuser(postgres_url, "ALTER TABLE equality.equality_profile OWNER TO learner_analytics")
    as_superuser(postgres_url, SQL.read_text("utf-8"))
    assert "without stepping" in fences.missing(apart_from_all)
    migrations.upgrade(apart_from_all)
    assert fences.missing(apart_from_all) == ""


def test_on_sqlite_nothing_is_missing(university):
    assert fences.missing(university.settings) == ""


def test_no_connection_keeps_the_fence_when_a_managers_read_breaks_off(university):
    class Broke(Exception):
        pass

    with pytest.raises(Broke), gate.reading(MO.viewer, None, MONITOR, NOW):
        raise Broke
    with university.session() as session:
        assert session.scalars(select(Person.number)).all()
