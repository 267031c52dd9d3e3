"""Published figures, all that managers read: rounded or withheld before they are stored, and about no person."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from data_access.tables.base import PUBLISHED, Base, column, table


class PublishedCell(Base):
    """One cell of a published table, as text: a number, or the mark that stands in its place.

    `rule` is the version of the rules it was made by. A report is replaced whole.
    """

    __tablename__ = "published_cell"
    __table_args__ = table(person=None, clustered=True)

    report: Mapped[str] = column(PUBLISHED, primary_key=True)
    row: Mapped[str] = column(PUBLISHED, primary_key=True)
    heading: Mapped[str] = column(PUBLISHED, primary_key=True)
    value: Mapped[str] = column(PUBLISHED)
    made_at: Mapped[datetime] = column(PUBLISHED)
    rule: Mapped[str] = column(PUBLISHED)
