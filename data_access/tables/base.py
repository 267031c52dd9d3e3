"""What all tables share: labelled columns, instants in UTC, enums by value, and the path to the person."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from privacy.labels import About, Category, Retention, Source
from privacy.purposes import Duty, Purpose

AUDIT = "audit"
"""The schema of the access log: a schema on PostgreSQL, a file of its own on SQLite."""


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite has no time zones, so the zone is dropped and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Every table of the project; `Base.metadata` is what the labels are read from."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: Instant,
        Enum: EnumColumn(Enum, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e]),
    }


def column(about: About, *args: Any, **options: Any) -> MappedColumn[Any]:
    """A column with its label. `mapped_column` alone is refused by the tests."""
    return mapped_column(*args, info={"about": about}, **options)


def table(*, person: str | None, clustered: bool = False, schema: str | None = None) -> dict[str, Any]:
    """A table's options: the path to the person it tells of, as `column.column`, or None.

    `clustered` keeps the rows in the order of the primary key on SQLite: for tables of daily facts, which
    are read by student.
    """
    options: dict[str, Any] = {"info": {"person": person}}
    if clustered:
        options["sqlite_with_rowid"] = False
    if schema:
        options["schema"] = schema
    return options


def _about(source: Source, category: Category, retention: Retention, *why: Purpose | Duty) -> About:
    return About(source, category, frozenset(why), retention)


_ALL = (
    Purpose.IDENTIFY,
    Purpose.OFFER,
    Purpose.AGREE,
    Purpose.FOLLOW_UP,
    Purpose.COMMUNICATE,
    Purpose.EQUALITY,
)
_WATCH = (Purpose.IDENTIFY, Purpose.FOLLOW_UP, Purpose.EQUALITY)

IDENTITY = _about(Source.STUDENT_RECORDS, Category.IDENTITY, Retention.CORE, *_ALL)
CONTACT = _about(Source.STUDENT_RECORDS, Category.CONTACT, Retention.CONTACT, Purpose.COMMUNICATE)
COURSE = _about(Source.STUDENT_RECORDS, Category.COURSE, Retention.CORE, *_ALL)
ASSESSED = _about(Source.STUDENT_RECORDS, Category.ASSESSMENT, Retention.CORE, *_WATCH)
RESEARCH = _about(Source.STUDENT_RECORDS, Category.RESEARCH, Retention.CORE, *_WATCH)
EXAMINED = _about(Source.STUDENT_RECORDS, Category.EXAMINATION, Retention.CORE, *_WATCH)
QUALIFIED = _about(Source.STUDENT_RECORDS, Category.QUALIFICATION, Retention.CORE, *_WATCH)
SERVED = _about(Source.ATTENDANCE, Category.SERVICE_USE, Retention.ENGAGEMENT, *_WATCH)
TIMETABLE = _about(Source.TIMETABLE, Category.ENGAGEMENT, Retention.ENGAGEMENT, *_WATCH)
ATTENDED = _about(Source.ATTENDANCE, Category.ENGAGEMENT, Retention.ENGAGEMENT, *_WATCH)
ONLINE = _about(Source.VLE, Category.ENGAGEMENT, Retention.ENGAGEMENT, *_WATCH)
DERIVED = _about(Source.HERE, Category.ENGAGEMENT, Retention.ENGAGEMENT, *_WATCH)
SUGGESTED = _about(Source.HERE, Category.SUGGESTION, Retention.ENGAGEMENT, Purpose.OFFER, *_WATCH)
_SUPPORT = (Purpose.OFFER, Purpose.AGREE, Purpose.FOLLOW_UP, Purpose.COMMUNICATE)
SUPPORT = _about(Source.HERE, Category.SUPPORT, Retention.SUPPORT, *_SUPPORT)
MESSAGE = _about(Source.HERE, Category.MESSAGE, Retention.SUPPORT, Purpose.COMMUNICATE)
AGREED = _about(Source.STUDENT_RECORDS, Category.COURSE, Retention.GOVERNANCE, Duty.AUDIT)
ACCOUNT = _about(Source.HERE, Category.ACCOUNT, Retention.GOVERNANCE, Duty.SECURITY)
ROLES = _about(Source.HERE, Category.ROLES, Retention.GOVERNANCE, Duty.SECURITY)
COVERED = _about(Source.HERE, Category.ROLES, Retention.CORE, Duty.SECURITY)
LOADED = _about(Source.HERE, Category.SOURCES, Retention.AUDIT, Duty.AUDIT, Purpose.IDENTIFY)
REFUSED = _about(Source.HERE, Category.SOURCES, Retention.QUARANTINE, Duty.AUDIT, Purpose.IDENTIFY)
PUBLISHED = _about(Source.HERE, Category.PUBLISHED, Retention.GOVERNANCE, Purpose.EQUALITY, Duty.AUDIT)
NOTICED = _about(Source.HERE, Category.NOTICE, Retention.GOVERNANCE, Duty.AUDIT, Duty.RIGHTS)
CONSENTED = _about(
    Source.HERE, Category.CONSENT, Retention.CONSENT, Purpose.AGREE, Purpose.FOLLOW_UP, Duty.RIGHTS
)
ASKED = _about(
    Source.HERE, Category.CONSENT, Retention.SENSITIVE, Purpose.AGREE, Purpose.FOLLOW_UP, Duty.RIGHTS
)
SEALED = _about(Source.HERE, Category.SENSITIVE, Retention.SENSITIVE, Purpose.AGREE, Purpose.FOLLOW_UP)
RIGHTS = _about(Source.HERE, Category.RIGHTS, Retention.RIGHTS, Duty.RIGHTS, Duty.AUDIT)
DISPUTED = _about(Source.HERE, Category.ENGAGEMENT, Retention.RIGHTS, *_WATCH)
DISPOSED = _about(Source.HERE, Category.DISPOSAL, Retention.GOVERNANCE, Duty.RETENTION, Duty.AUDIT)
REGISTERED = _about(Source.HERE, Category.REGISTER, Retention.GOVERNANCE, Duty.AUDIT, Duty.RIGHTS)
MONITORED = _about(Source.STUDENT_RECORDS, Category.EQUALITY, Retention.EQUALITY, Purpose.EQUALITY)
LOGGED = _about(Source.HERE, Category.ACCESS_LOG, Retention.AUDIT, Duty.AUDIT, Duty.RIGHTS)
