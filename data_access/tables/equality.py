"""The separate store of characteristics: groups by pseudonym, in a database of its own, joined with no record.

It has its own base, so that no query over the records can reach it. Codes are read before they come here, and a day
of birth into a band.
"""

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped

from data_access.tables.base import MONITORED, Instant, column


class EqualityBase(DeclarativeBase):
    """The tables of the separate store."""

    metadata = MetaData()
    type_annotation_map = {datetime: Instant}


class EqualityProfile(EqualityBase):
    """One student's characteristics, by a pseudonym that only the release builder can work out.

    `loaded_at` is when student records last told them.
    """

    __tablename__ = "equality_profile"

    pseudonym: Mapped[str] = column(MONITORED, primary_key=True)
    ethnicity: Mapped[str] = column(MONITORED)
    sex: Mapped[str] = column(MONITORED)
    disability: Mapped[str] = column(MONITORED)
    age: Mapped[str] = column(MONITORED)
    domicile: Mapped[str] = column(MONITORED)
    deprivation: Mapped[str] = column(MONITORED)
    imd_version: Mapped[int | None] = column(MONITORED)
    participation: Mapped[str] = column(MONITORED)
    fees: Mapped[str] = column(MONITORED)
    loaded_at: Mapped[datetime] = column(MONITORED)
