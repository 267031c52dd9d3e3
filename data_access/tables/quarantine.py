"""Rows that could not be taken in, keys that nobody knows, other systems' keys, and the turn to load."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, LOADED, REFUSED, Base, column, table
from privacy.labels import Source


class Waiting(StrEnum):
    """What has become of a quarantined row."""

    WAITING = "waiting"
    REPLAYED = "replayed"
    SET_ASIDE = "set aside"


class QuarantinedRow(Base):
    """A row that was refused: where, which field, why, what to do. `cells` is the row, for replay only."""

    __tablename__ = "quarantined_row"
    __table_args__ = (Index(None, "system", "state"), Index(None, "run"), table(person=None))

    id: Mapped[int] = column(REFUSED, primary_key=True)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))
    system: Mapped[Source] = column(REFUSED)
    file: Mapped[str] = column(REFUSED)
    line: Mapped[int] = column(REFUSED)
    sheet: Mapped[str] = column(REFUSED)
    key: Mapped[str] = column(REFUSED)
    field: Mapped[str] = column(REFUSED)
    kind: Mapped[str] = column(REFUSED)
    advice: Mapped[str] = column(REFUSED)
    value: Mapped[str] = column(REFUSED)
    cells: Mapped[str] = column(REFUSED)
    state: Mapped[Waiting] = column(REFUSED)
    decided_at: Mapped[datetime | None] = column(REFUSED)
    decided_by: Mapped[str | None] = column(REFUSED)


class UnmatchedKey(Base):
    """A key of a source system that belongs to nobody here, and how many rows of a run spoke of it."""

    __tablename__ = "unmatched_key"
    __table_args__ = table(person=None, clustered=True)

    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"), primary_key=True)
    noun: Mapped[str] = column(REFUSED, primary_key=True)
    key: Mapped[str] = column(REFUSED, primary_key=True)
    rows: Mapped[int] = column(REFUSED)


class ModuleKey(Base):
    """A key by which another system than student records knows a module."""

    __tablename__ = "module_key"
    __table_args__ = table(person=None, clustered=True)

    system: Mapped[Source] = column(COURSE, primary_key=True)
    key: Mapped[str] = column(COURSE, primary_key=True)
    module: Mapped[int] = column(COURSE, ForeignKey("module.id"), index=True)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class Lease(Base):
    """Whose turn it is to do what only one may do at a time; it ends by itself."""

    __tablename__ = "lease"
    __table_args__ = table(person=None)

    name: Mapped[str] = column(LOADED, primary_key=True)
    holder: Mapped[str] = column(LOADED)
    until: Mapped[datetime] = column(LOADED)
