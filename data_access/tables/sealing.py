"""The store of the keys of sensitive notes: one wrapped key a row, in a place of its own.

A backup of the records holds none of them.
"""

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped

from data_access.tables.base import SEALED, Instant, column


class SealingBase(DeclarativeBase):
    """The table of the store of keys."""

    metadata = MetaData()
    type_annotation_map = {datetime: Instant}


class SealedKey(SealingBase):
    """A key, wrapped by the installation's own. Without it what it sealed can be read by nobody."""

    __tablename__ = "sealed_key"

    id: Mapped[str] = column(SEALED, primary_key=True)
    wrapped: Mapped[str] = column(SEALED)
    made_at: Mapped[datetime] = column(SEALED)
