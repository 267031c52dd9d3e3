"""What a rating is made from, and what it is not: who somebody is moves nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Column, String, Table, delete, insert, literal, select, update
from sqlalchemy.sql import visitors

from auth.viewer import Viewer
from data_access import equality, ratings, research_rows
from data_access.engine import research, stored
from data_access.tables import (
    Assessment,
    Award,
    Base,
    ContactDetail,
    ContactKind,
    Course,
    Enrolment,
    EnrolmentWeek,
    Level,
    Mode,
    ModuleWeek,
    ResearchWeek,
    ServiceUse,
    SourceKey,
    SuggestedTalk,
    Supervision,
)
from data_access.tables.base import Instant
from policy import current
from policy.days import number
from privacy.characteristics import GROUPS, NON_EU, Home, Profile
from privacy.labels import Category, Source
from tests.cast import BEN, CAL, NOW, STUDENTS, TODAY
from tests.conftest import University
from tests.data_access.loading import rows

JOB = Viewer.service("rate")

READ = {
    "daily_fact": "student module day views expected attended authorised cancelled unrecorded",
    "registration": "student module enrolment first last",
    "enrolment": "id mode",
    "assessment": "id module due_day exam",
    "submission": "student assessment extension_day handed_in_day late mark carried_over",
}
"""Every column that the engines read, written down a second time. Whose a row is, is a number."""

LEFT_OUT_BY = {
    "dispute": "student kind state assessment",
    "restriction": "student purpose lifted_at",
    "enrolment": "student",
}
"""What leaves rows out: data that a student says are wrong, and whoever objected. It makes no rating of anything."""

READ_OF_RESEARCH = {
    "enrolment": "id student course",
    "enrolment_status": "enrolment status first last superseded_at",
    "supervision": "student due_day held_day",
    "milestone": "student due_day met_day",
}

LEFT_OUT_OF_RESEARCH = {"dispute": "student kind state day name", "milestone": "title"}
"""What leaves a meeting or a milestone out: that a student says it is wrong. A milestone is known by its title."""

INPUTS = {"enrolment.mode", "course.level", "enrolment_status.status", "enrolment_status.superseded_at"} | {
    f"enrolment_status.{name}" for name in ("first", "last")
}
"""What of a person's studies a rating depends on."""

ABOUT = (
    "person",
    "account",
    "contact_detail",
    "school",
    "course",
    "enrolment",
    "enrolment_agreement",
    "tutoring",
    "award",
    "service_use",
)
"""Tables about a person and their studies that hold nothing of classes, VLE or work."""


def test_the_engines_read_these_columns_and_no_others():
    asked = [stored.facts([1]), stored.registered([1]), stored.work([1], TODAY)]
    known = [*READ.items(), *LEFT_OUT_BY.items()]
    assert _columns(asked) == {f"{table}.{name}" for table, names in known for name in names.split()}


def test_research_students_are_rated_from_these_columns_and_no_others(university):
    rules = current().engagement.research
    with university.session() as session:
        asked = [research.rated(1, research_rows.weeks(session, rules, TODAY), rules)]
    known = [*READ_OF_RESEARCH.items(), *LEFT_OUT_OF_RESEARCH.items()]
    assert _columns(asked) == {f"{table}.{name}" for table, names in known for name in names.split()}


def test_none_of_them_is_more_than_a_course_a_class_a_day_or_a_piece_of_work():
    read = {f"{table}.{name}" for table, names in READ.items() for name in names.split()}
    labels = {
        column.info["about"].category
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if f"{table.name}.{column.name}" in read
    }
    assert labels == {
        Category.IDENTITY,
        Category.COURSE,
        Category.ENGAGEMENT,
        Category.ASSESSMENT,
    }
    assert {name for name in read if name.startswith("person.")} == set()


def _columns(asked: list) -> set[str]:
    return {
        f"{one.table.name}.{one.name}"
        for statement in asked
        for one in visitors.iterate(statement)
        if isinstance(one, Column) and isinstance(one.table, Table)
    }


def test_whatever_else_is_known_of_a_person_and_their_studies_moves_no_rating(store):
    a_research_student(store)
    ratings.refresh(JOB, NOW)
    before = _rated(store)
    for name in ABOUT:
        table = Base.metadata.tables[name]
        store.change(update(table).values({column.name: _other(column) for column in _free(table)}))
        with store.session() as session:
            assert session.execute(select(table)).first(), f"{name} had no row to be changed"
    ratings.refresh(JOB, NOW)
    assert _rated(store) == before
    assert sum(len(rows) for rows in before.values()) > 20


def test_with_other_protected_characteristics_fees_and_domicile_of_everybody_nothing_moves(store):
    """No rating, and no suggestion: neither is made of them."""
    due = {"due_day": number(TODAY) - 5, "weight": 10, "exam": False, "run": 1}
    keys = [{"system": Source.STUDENT_RECORDS, "key": one.id, "person": one.number} for one in STUDENTS]
    store.change(
        insert(Assessment).values(id=900, key="late", module=1, title="Diary", **due),
        insert(SourceKey).values(keys),
    )

    def all_of(place: int, domicile: str) -> None:
        held = {dimension: found.names[place] for dimension, found in GROUPS.items()}
        profiles = dict.fromkeys((one.id for one in STUDENTS), Profile(held, domicile, imd_version=2019))
        assert equality.put(Viewer.service("load"), profiles, NOW) == len(STUDENTS)

    all_of(0, Home.ENGLAND)
    ratings.refresh(JOB, NOW)
    before = _rated(store), rows(store, SuggestedTalk)
    assert all(before)
    all_of(1, NON_EU)
    store.change(delete(ModuleWeek), delete(EnrolmentWeek))
    ratings.refresh(JOB, NOW)
    assert (_rated(store), rows(store, SuggestedTalk)) == before


def test_the_mode_of_study_does_for_it_sets_the_window(store):
    ratings.refresh(JOB, NOW)
    before = _rated(store)
    store.change(update(Enrolment).values(mode=Mode.PART_TIME))
    ratings.refresh(JOB, NOW)
    assert _rated(store) != before


def a_research_student(store: University) -> None:
    """Cal is a research student; and there is a row in every table that is changed."""
    due = number(TODAY) - 9
    who = {"student": CAL.number, "run": 1}
    store.change(
        update(Course).where(Course.id == 2).values(level=Level.RESEARCH),
        insert(Supervision).values(due_day=due, held_day=due, **who),
        insert(Supervision).values(due_day=due - 9, held_day=None, **who),
        insert(Award).values(enrolment=2, title="BSc", awarded_day=due, **who),
        insert(ServiceUse).values(service="library", day=due, count=3, student=BEN.number, run=4),
        insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value="ben@x.example", run=1),
    )


def _free(table: Table) -> Iterator[Column]:
    """The columns that are no input, and lead to no other row."""
    for column in table.columns:
        inner = column.primary_key or column.foreign_keys or f"{table.name}.{column.name}" in INPUTS
        if not inner:
            yield column


def _other(column: Column) -> object:
    """Another value for every row: unique where it was unique."""
    kind = getattr(column.type, "enums", None)
    if kind:
        return next(reversed(column.type.enum_class))
    if isinstance(column.type, String):
        return column + literal("x")
    if isinstance(column.type, Instant):
        return NOW - timedelta(days=900)
    return {
        bool: lambda: ~column,
        int: lambda: column + 1,
        date: lambda: date(2001, 1, 1),
    }[column.type.python_type]()


def _rated(store: University) -> dict[str, list[tuple[object, ...]]]:
    with store.session() as session:
        return {
            model.__tablename__: sorted(
                (tuple(row) for row in session.execute(select(*model.__table__.columns))), key=repr
            )
            for model in (ModuleWeek, EnrolmentWeek, ResearchWeek)
        }
