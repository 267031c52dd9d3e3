"""The privacy notice: its versions as they were published, and who has said that they have read one."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from data_access.tables.base import NOTICED, Base, column, table


class NoticeVersion(Base):
    """One version, in force from `published_at` until the next. `published_by` is None for the policy folder's."""

    __tablename__ = "notice_version"
    __table_args__ = table(person="published_by")

    id: Mapped[int] = column(NOTICED, primary_key=True)
    version: Mapped[str] = column(NOTICED, unique=True)
    reviewed: Mapped[date] = column(NOTICED)
    summary: Mapped[str] = column(NOTICED)
    text: Mapped[str] = column(NOTICED)
    sha256: Mapped[str] = column(NOTICED)
    published_at: Mapped[datetime] = column(NOTICED)
    published_by: Mapped[int | None] = column(NOTICED, ForeignKey("person.number"))


class NoticeRead(Base):
    """That a student said to have read this version. It is no consent, and nothing depends on it."""

    __tablename__ = "notice_read"
    __table_args__ = (UniqueConstraint("person", "version", "sha256"), table(person="person"))

    id: Mapped[int] = column(NOTICED, primary_key=True)
    person: Mapped[int] = column(NOTICED, ForeignKey("person.number"))
    version: Mapped[str] = column(NOTICED)
    sha256: Mapped[str] = column(NOTICED)
    read_at: Mapped[datetime] = column(NOTICED)
