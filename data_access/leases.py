"""Whose turn it is to do what only one may do at a time. A lease ends by itself when its holder died."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from auth.permissions import Action
from auth.refusals import Refusal, StoreBusy
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.loads.changes import table_of
from data_access.tables import Lease
from policy.days import LONDON


class LeaseTaken(Refusal):
    """Another is doing this at the moment. Please try again later."""


@dataclass
class Turn:
    """A lease that is held: by whom, in which run of theirs, until when, and how long each time it is renewed."""

    viewer: Viewer
    name: str
    holder: str
    length: timedelta
    until: datetime

    def keep(self, at: datetime) -> None:
        """Renew it once half of it is over. To be called often by what may last; raises as `renew` does.

        Where nobody can write at the moment, as on SQLite while a load is being stored, nobody can take it either.
        """
        if at > self.until - self.length / 2:
            with suppress(StoreBusy):
                self.renew(at)

    def renew(self, at: datetime) -> None:
        """Hold it for its whole length from `at` on. Raises LeaseTaken when it has ended and is another's now."""
        mine = Lease.name == self.name, Lease.holder == self.holder
        with gate.writing(self.viewer, None, acting.act(self.viewer, Action.WRITE), at) as opened:
            renewed = update(Lease).where(*mine).values(until=at + self.length).returning(Lease.name)
            if opened.session.scalar(renewed) is None:
                raise LeaseTaken
        self.until = at + self.length


@contextmanager
def held(viewer: Viewer, name: str, at: datetime, for_minutes: int) -> Iterator[Turn]:
    """Do something alone. Raises LeaseTaken at once, saying until when at most, while another has the lease.

    It is given back at the end; after a crash it ends `for_minutes` after it was last renewed.
    """
    length = timedelta(minutes=for_minutes)
    turn = Turn(viewer, name, f"{viewer.session[:16]} {token_urlsafe(9)}", length, at + length)
    _look(turn, at)
    _take(turn, at)
    try:
        yield turn
    finally:
        _give_back(turn, at)


def _look(turn: Turn, at: datetime) -> None:
    """On SQLite taking a lease waits for whoever writes; looking first does not."""
    with gate.reading(turn.viewer, None, acting.act(turn.viewer, Action.READ), at) as opened:
        until = opened.session.scalar(select(Lease.until).where(Lease.name == turn.name, Lease.until > at))
    if until:
        raise LeaseTaken(_sentence(turn.name, until))


def _take(turn: Turn, at: datetime) -> None:
    with gate.writing(turn.viewer, None, acting.act(turn.viewer, Action.WRITE), at) as opened:
        connection = opened.session.connection()
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        mine = {"holder": turn.holder, "until": turn.until}
        taking = insert(table_of(Lease.name)).values(name=turn.name, **mine)
        taking = taking.on_conflict_do_update(index_elements=["name"], set_=mine, where=Lease.until <= at)
        if connection.execute(taking.returning(Lease.name)).scalar() is None:
            raise LeaseTaken


def _give_back(turn: Turn, at: datetime) -> None:
    mine = Lease.name == turn.name, Lease.holder == turn.holder
    with gate.writing(turn.viewer, None, acting.act(turn.viewer, Action.WRITE), at) as opened:
        opened.session.execute(delete(Lease).where(*mine))


def _sentence(name: str, until: datetime) -> str:
    return (
        f"Another “{name}” is running. It ends by itself, or is taken to have died at "
        f"{until.astimezone(LONDON):%H:%M}. Please try again later."
    )
