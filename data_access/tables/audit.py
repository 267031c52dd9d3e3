"""The access log: who looked or tried to, at whom, in which role, why, what came of it; and where it begins."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from auth.viewer import Role
from data_access.tables.base import AUDIT, LOGGED, Base, column, table


class AccessLine(Base):
    """One line of the chain. No foreign keys and no names: it outlives what it tells of.

    `actor` and `students` are pseudonyms; `students` is sorted and joined by spaces. `mac` is the
    HMAC-SHA256 of the line together with the `mac` before it.
    """

    __tablename__ = "access_line"
    __table_args__ = (
        Index(None, "session", "at"),
        Index(None, "at"),
        table(person=None, schema=AUDIT),
    )

    seq: Mapped[int] = column(LOGGED, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(LOGGED)
    actor: Mapped[str] = column(LOGGED)
    role: Mapped[Role | None] = column(LOGGED)
    session: Mapped[str] = column(LOGGED)
    action: Mapped[str] = column(LOGGED)
    category: Mapped[str] = column(LOGGED)
    basis: Mapped[str] = column(LOGGED)
    students: Mapped[str] = column(LOGGED)
    allowed: Mapped[bool] = column(LOGGED)
    reason: Mapped[str] = column(LOGGED)
    mac: Mapped[str] = column(LOGGED)


class AccessCut(Base):
    """That the lines up to `last` were disposed of, under the certificate of that number.

    `last_mac` is the seal of the last of them and `until` when it was written; `mac` seals the row to the one before.
    """

    __tablename__ = "access_cut"
    __table_args__ = table(person=None, schema=AUDIT)

    last: Mapped[int] = column(LOGGED, primary_key=True, autoincrement=False)
    last_mac: Mapped[str] = column(LOGGED)
    until: Mapped[datetime] = column(LOGGED)
    certificate: Mapped[int] = column(LOGGED)
    at: Mapped[datetime] = column(LOGGED)
    mac: Mapped[str] = column(LOGGED)
