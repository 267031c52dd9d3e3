"""Sealing single texts: AES-256-GCM under a key of each text's own, wrapped by the installation's, kept elsewhere.

Destroying the key destroys the text, in every copy of the records too. The associated data bind a sealed text to its
place and person: moved to another row it does not open.
"""

import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from auth.refusals.consent import CannotBeOpened
from auth.viewer import Role, Viewer
from data_access import apart, database, gate, keys
from data_access.tables.sealing import SealedKey

_NONCE = 12
_LAYOUT = 2


@dataclass(frozen=True)
class Place:
    """Where a sealed text belongs: the table, and the number of the person it tells of."""

    table: str
    person: int

    def bound(self, key: str) -> bytes:
        """The associated data: table, column, row, person and the layout's version."""
        return f"{self.table}|sealed|{key}|{self.person}|{_LAYOUT}".encode()


def seal(said: Mapping[str, str], place: Place, at: datetime) -> tuple[str, bytes]:
    """The id of a new key, and the texts by name sealed with it. The key is stored before anything else is."""
    key, nonce, identity = AESGCM.generate_key(256), secrets.token_bytes(_NONCE), secrets.token_hex(16)
    with _turn() as session:  # the newest key of the installation is looked up while nobody makes a newer one
        wrapped = keys.wrapping(database.settings().home).encrypt(key).decode()
        session.add(SealedKey(id=identity, wrapped=wrapped, made_at=at))
    return identity, nonce + AESGCM(key).encrypt(nonce, json.dumps(said).encode(), place.bound(identity))


def opened(key: str, sealed: bytes, place: Place) -> dict[str, str]:
    """The texts by name. CannotBeOpened when the key is destroyed, or texts and place do not belong together."""
    data_key = _unwrapped(key) or _unwrapped(key)  # it may have been wrapped anew just between row and file
    if data_key is None:
        raise CannotBeOpened
    try:
        said: dict[str, str] = json.loads(
            AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.bound(key))
        )
    except InvalidTag as fault:
        raise CannotBeOpened from fault
    return said


def _unwrapped(key: str) -> bytes | None:
    """The key itself; None where it is gone, or none of the installation's keys opens it."""
    with apart.opened(apart.SEALING) as session:
        wrapped = session.scalar(select(SealedKey.wrapped).where(SealedKey.id == key))
    try:
        return keys.wrapping(database.settings().home).decrypt(wrapped.encode()) if wrapped else None
    except InvalidToken:
        return None


def destroy(gone: Collection[str]) -> None:
    """Destroy these keys for good; those that are gone already are no fault."""
    with apart.opened(apart.SEALING) as session:
        session.execute(delete(SealedKey).where(SealedKey.id.in_(gone)))


def rotate(viewer: Viewer, at: datetime) -> int:
    """Wrap every key anew with a new key of the installation; how many. What was sealed is not touched. For jobs.

    Stopped in the middle it has lost nothing: the older keys stay until all is wrapped by the newest. Whoever seals
    meanwhile waits, and wraps with that one.
    """
    gate.only(viewer, "keys_rotated", at, Role.SERVICE)
    home = database.settings().home
    with _turn() as session:
        keys.add_wrapping(home)
        fernet = keys.wrapping(home)
        rows = session.scalars(select(SealedKey)).all()
        for row in rows:
            row.wrapped = fernet.rotate(row.wrapped.encode()).decode()
    keys.drop_older_wrapping(home)
    return len(rows)


@contextmanager
def _turn() -> Iterator[Session]:
    """The store for whoever makes or wraps keys, one at a time."""
    with apart.opened(apart.SEALING) as session:
        if session.connection().dialect.name == "postgresql":
            session.execute(text(f"LOCK TABLE {apart.SEALING.schema}.sealed_key IN EXCLUSIVE MODE"))
        else:
            database.take_turn(session.connection(), "sealed_key")
        yield session
