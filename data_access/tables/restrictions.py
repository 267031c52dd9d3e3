"""Data that are kept and not used: the student asked so, or objected, and for which of the purposes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, RIGHTS, Base, column, table
from privacy.purposes import Purpose

_RUNNING = text("lifted_at IS NULL")


class Restriction(Base):
    """One purpose for which one student's data are not used. It runs until `lifted_at`.

    At most one runs for each purpose. It is lifted only after the student was told so, at
    `told_at`, and why.
    """

    __tablename__ = "restriction"
    __table_args__ = (
        Index(None, "purpose", "student", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        table(person="student"),
    )

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    case: Mapped[int] = column(RIGHTS, ForeignKey("rights_case.id"), index=True)
    purpose: Mapped[Purpose] = column(RIGHTS)
    begun_at: Mapped[datetime] = column(RIGHTS)
    told_at: Mapped[datetime | None] = column(RIGHTS)
    why: Mapped[str] = column(RIGHTS, default="")
    lifted_at: Mapped[datetime | None] = column(RIGHTS)
    lifted_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
