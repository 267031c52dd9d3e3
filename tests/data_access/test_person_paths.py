"""The way from every table to a person: whose rows are found, and in which order tables come."""

import pytest
from sqlalchemy import delete, func, insert, select

from data_access import person_paths
from data_access.tables import (
    ActionStep,
    Attendance,
    Base,
    ContactDetail,
    ContactKind,
    Person,
    TimetableEvent,
)
from support.action import State
from tests.cast import BEN, CAL, NOW

TABLES = list(person_paths.tables())


def count(store, statement):
    with store.session() as session:
        return session.execute(select(func.count()).select_from(statement.subquery())).scalar_one()


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_with_a_path_can_be_asked_for_a_person(university, table):
    assert count(university, person_paths.rows_of(table, 0)) == 0


def test_the_rows_that_are_found_are_the_persons_own_and_no_others(store):
    with store.session() as session:
        assert (
            session.execute(person_paths.rows_of(Person.__table__, BEN.number)).one().family_name
            == BEN.family
        )
        own = session.execute(person_paths.rows_of(Attendance.__table__, BEN.number)).all()
    assert {row.student for row in own} == {BEN.number}
    assert len(own) == 9


def test_a_way_of_four_steps_is_walked_to_its_end(store, ready):
    step = insert(ActionStep).values(action=ready.action, state=State.OPEN, at=NOW)
    store.change(step)
    assert count(store, person_paths.rows_of(ActionStep.__table__, BEN.number)) == 1
    assert count(store, person_paths.rows_of(ActionStep.__table__, CAL.number)) == 0


def test_what_belongs_to_a_person_can_be_deleted_by_the_same_condition(store):
    table = ContactDetail.__table__
    with store.session() as session, session.begin():
        for enrolment in (1, 2):
            session.add(ContactDetail(enrolment=enrolment, kind=ContactKind.EMAIL, value="a@b", run=1))
        session.flush()
        session.execute(delete(table).where(person_paths.belongs(table, BEN.number)))
    with store.session() as session:
        assert session.scalars(select(ContactDetail.enrolment)).all() == [2]


def test_a_table_that_tells_of_nobody_is_refused():
    with pytest.raises(LookupError, match="timetable_event leads to no person"):
        person_paths.belongs(TimetableEvent.__table__, BEN.number)


def test_every_table_comes_after_those_it_points_at():
    assert set(TABLES) == {t for t in Base.metadata.tables.values() if t.info["person"] is not None}
    for place, table in enumerate(TABLES):
        targets = {key.column.table for key in table.foreign_keys} - {table}
        assert not targets & set(TABLES[place + 1 :])
