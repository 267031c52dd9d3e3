"""The separate store of characteristics: groups by pseudonym, in a database of its own, joined with no record.

It has its own base, so that no query over the records can reach it. Codes are read into groups before they come
here, and a day of birth into a band.
"""

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data_access.tables.base import Instant


class EqualityBase(DeclarativeBase):
    """The tables of the separate store."""

    metadata = MetaData()
    type_annotation_map = {datetime: Instant}


class EqualityProfile(EqualityBase):
    """One student's groups, by a pseudonym that only the release builder can work out."""

    __tablename__ = "equality_profile"

    pseudonym: Mapped[str] = mapped_column(primary_key=True)
    ethnicity: Mapped[str]
    sex: Mapped[str]
    disability: Mapped[str]
    age: Mapped[str]
    deprivation: Mapped[str]
    participation: Mapped[str]
    fees: Mapped[str]
    loaded_at: Mapped[datetime]
