"""Loads: what came in, from where, how far it reaches, and where a feed has a gap."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import LOADED, Base, column, table
from engagement.feeds import Heard
from privacy.labels import Source


class RunState(StrEnum):
    """How a load ended."""

    RUNNING = "running"
    LOADED = "loaded"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class LoadRun(Base):
    """One load of one file or set of files. `rows` = accepted + quarantined + held back + repeated.

    Of what was stored, `corrected` rows changed or replaced earlier ones; `late` ones tell of days that the
    loads before it had reached already.
    """

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
    corrected: Mapped[int] = column(LOADED, default=0)
    late: Mapped[int] = column(LOADED, default=0)
    data_up_to: Mapped[date | None] = column(LOADED)


class LoadedSheet(Base):
    """One sheet of a load: when it was taken from the system, its rows, and the days it tells of.

    Without days it is a whole snapshot. An older one is not taken in after a newer; where `by_module` is set,
    neither of the two is older than the other but for the modules that both tell of.
    """

    __tablename__ = "loaded_sheet"
    __table_args__ = table(person=None, clustered=True)

    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"), primary_key=True)
    sheet: Mapped[str] = column(LOADED, primary_key=True)
    taken_at: Mapped[datetime] = column(LOADED)
    rows: Mapped[int] = column(LOADED)
    first_day: Mapped[int | None] = column(LOADED)
    last_day: Mapped[int | None] = column(LOADED)
    by_module: Mapped[bool] = column(LOADED, default=False)


class LoadedModule(Base):
    """A module that a sheet of a load tells of, where the sheet is told by module."""

    __tablename__ = "loaded_module"
    __table_args__ = table(person=None, clustered=True)

    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"), primary_key=True)
    sheet: Mapped[str] = column(LOADED, primary_key=True)
    module: Mapped[int] = column(LOADED, ForeignKey("module.id"), primary_key=True)


class StaleModule(Base):
    """A module whose facts changed since it was last rated, and the earliest day that changed."""

    __tablename__ = "stale_module"
    __table_args__ = table(person=None)

    module: Mapped[int] = column(LOADED, ForeignKey("module.id"), primary_key=True)
    since_day: Mapped[int] = column(LOADED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class FeedDay(Base):
    """What a whole system told of a day of teaching, as it stood when the ratings were last worked out."""

    __tablename__ = "feed_day"
    __table_args__ = table(person=None, clustered=True)

    system: Mapped[Source] = column(LOADED, primary_key=True)
    day: Mapped[int] = column(LOADED, primary_key=True)
    heard: Mapped[Heard] = column(LOADED)


class FeedGap(Base):
    """Days on which a system told us nothing, for one module or for all. Missing is never low.

    A gap that a load brought has its `run`; one that a person recorded says who and when, and only a person
    takes it back.
    """

    __tablename__ = "feed_gap"
    __table_args__ = (Index(None, "system", "first"), table(person=None))

    id: Mapped[int] = column(LOADED, primary_key=True)
    system: Mapped[Source] = column(LOADED)
    module: Mapped[int | None] = column(LOADED, ForeignKey("module.id"))
    first: Mapped[date] = column(LOADED)
    last: Mapped[date] = column(LOADED)
    reason: Mapped[str] = column(LOADED)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))
    recorded_by: Mapped[str | None] = column(LOADED)
    recorded_at: Mapped[datetime | None] = column(LOADED)
