"""How far something has got, for good: the highest number that was ever given, the lines of a list that were seen."""

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.tables import Person, Watermark

PERSON, TOMBSTONES = "person", "tombstones"


def at(session: Session, name: str) -> int:
    """Where it stands; 0 before anything."""
    return session.scalar(select(Watermark.number).where(Watermark.name == name)) or 0


def take(session: Session, name: str) -> None:
    """Wait until nobody else moves it, and keep others out until the transaction ends."""
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(Watermark).values(name=name, number=0).on_conflict_do_nothing())
    connection.execute(update(Watermark).where(Watermark.name == name).values(number=Watermark.number))


def raise_to(session: Session, name: str, number: int) -> None:
    """Move it up to the number; it never goes down."""
    take(session, name)
    higher = Watermark.name == name, Watermark.number < number
    session.connection().execute(update(Watermark).where(*higher).values(number=number))


def next_person(session: Session) -> int:
    """A number for one person more; nobody else is given one until the transaction ends."""
    take(session, PERSON)
    return last_person(session) + 1


def last_person(session: Session) -> int:
    """The highest number that anybody has or ever had: a number names its person in the log for good."""
    return max(session.scalar(select(func.max(Person.number))) or 0, at(session, PERSON))
