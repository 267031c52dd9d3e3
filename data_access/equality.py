"""The store of characteristics: written by a load, read by the release builder, and by nothing else.

On SQLite it is a file of its own that no other connection attaches; on PostgreSQL a schema of its own. Its keys are
pseudonyms made with a key of their own.
"""

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, create_engine, delete, insert, make_url, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import database, gate
from data_access.gate import Opened
from data_access.tables import Restriction, SourceKey
from data_access.tables.equality import EqualityBase, EqualityProfile
from privacy.characteristics import Dimension
from privacy.labels import Category
from privacy.purposes import Duty, Purpose

LOAD = Act(Action.WRITE, Category.EQUALITY, Duty.AUDIT)
_READ = Act(Action.READ, Category.EQUALITY, Duty.AUDIT)
_SCHEMA = "equality"
COLUMNS: Mapping[Dimension, str] = {
    Dimension.ETHNICITY: "ethnicity",
    Dimension.SEX: "sex",
    Dimension.DISABILITY: "disability",
    Dimension.AGE: "age",
    Dimension.DEPRIVATION: "deprivation",
    Dimension.PARTICIPATION: "participation",
    Dimension.FEES: "fees",
}
Groups = Mapping[Dimension, str]
_STOPPED = select(Restriction.student).where(
    Restriction.purpose == Purpose.EQUALITY, Restriction.lifted_at.is_(None)
)


def put(viewer: Viewer, profiles: Mapping[str, Groups], at: datetime) -> int:
    """Keep the groups of students by their key in student records, in the place of what was kept; how many.

    A key that student records do not know is left out, and who asked not to be counted. For loads.
    """
    with gate.writing(viewer, None, LOAD, at, only={Role.SERVICE}) as opened:
        stopped = set(opened.session.scalars(_STOPPED))
        people = {
            key: number
            for key, number in opened.session.execute(select(SourceKey.key, SourceKey.person))
            if key in profiles and number not in stopped
        }
    rows = [
        {
            "pseudonym": pseudonym(number),
            "loaded_at": at,
            **{name: profiles[key][dimension] for dimension, name in COLUMNS.items()},
        }
        for key, number in people.items()
    ]
    with _writing() as session:
        session.execute(delete(EqualityProfile))
        if rows:
            session.execute(insert(EqualityProfile), rows)
    return len(rows)


def profiles(viewer: Viewer, at: datetime) -> dict[str, Groups]:
    """The groups of everybody, by pseudonym. For the release builder."""
    gate.only(viewer, _READ, at, Role.SERVICE)
    with _writing() as session:
        rows = session.scalars(select(EqualityProfile)).all()
        return {row.pseudonym: {d: getattr(row, name) for d, name in COLUMNS.items()} for row in rows}


def of(opened: Opened, person: int) -> Groups | None:
    """The groups of one person, for the copy of what is held about them; None where nothing is held.

    NotYoursToSee for somebody whom the gate was not opened for.
    """
    if person not in opened.students:
        raise NotYoursToSee
    with _writing() as session:
        row = session.get(EqualityProfile, pseudonym(person))
        return {d: getattr(row, name) for d, name in COLUMNS.items()} if row else None


def drop(opened: Opened, person: int) -> None:
    """Take the groups of one person out of the store, at their own wish. NotYoursToSee as `of`."""
    if person not in opened.students:
        raise NotYoursToSee
    with _writing() as session:
        session.execute(delete(EqualityProfile).where(EqualityProfile.pseudonym == pseudonym(person)))


def pseudonym(person: int) -> str:
    """The name under which the store keeps a person."""
    return hmac.new(database.stores().keys.equality, str(person).encode(), sha256).hexdigest()


@contextmanager
def _writing() -> Iterator[Session]:
    engine = _engine()
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _engine() -> Engine:
    """The store's own engine; the store is made at its first use."""
    url = make_url(database.settings().url)
    if url.get_backend_name() == "postgresql":
        made = create_engine(url, poolclass=NullPool, hide_parameters=True)
        made = made.execution_options(schema_translate_map={None: _SCHEMA})
        with made.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
    else:
        path = Path(url.database or "").with_name("equality.db")
        path.touch(mode=0o600)
        made = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    EqualityBase.metadata.create_all(made)
    return made
