"""Loads: what came in, from where, how far it reaches, and where a feed has a gap."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import LOADED, Base, column, table
from privacy.labels import Source


class RunState(StrEnum):
    """How a load ended."""

    RUNNING = "running"
    LOADED = "loaded"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class LoadRun(Base):
    """One load of one file or set of files. `rows` = accepted + quarantined + held back + repeated."""

    __tablename__ = "load_run"
    __table_args__ = (Index(None, "system", "finished_at"), table(person=None))

    id: Mapped[int] = column(LOADED, primary_key=True)
    system: Mapped[Source] = column(LOADED)
    format: Mapped[str] = column(LOADED)
    file: Mapped[str] = column(LOADED)
    sha256: Mapped[str] = column(LOADED)
    started_at: Mapped[datetime] = column(LOADED)
    finished_at: Mapped[datetime | None] = column(LOADED)
    state: Mapped[RunState] = column(LOADED)
    started_by: Mapped[str] = column(LOADED)
    rows: Mapped[int] = column(LOADED, default=0)
    accepted: Mapped[int] = column(LOADED, default=0)
    quarantined: Mapped[int] = column(LOADED, default=0)
    held_back: Mapped[int] = column(LOADED, default=0)
    repeated: Mapped[int] = column(LOADED, default=0)
    data_up_to: Mapped[date | None] = column(LOADED)


class FeedGap(Base):
    """Days on which a system told us nothing, for one module or for all. Missing is never low."""

    __tablename__ = "feed_gap"
    __table_args__ = (Index(None, "system", "first"), table(person=None))

    id: Mapped[int] = column(LOADED, primary_key=True)
    system: Mapped[Source] = column(LOADED)
    module: Mapped[int | None] = column(LOADED, ForeignKey("module.id"))
    first: Mapped[date] = column(LOADED)
    last: Mapped[date] = column(LOADED)
    reason: Mapped[str] = column(LOADED)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))
