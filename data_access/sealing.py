"""Sealing single texts: AES-256-GCM under a key of each text's own, wrapped by the installation's, kept elsewhere.

Destroying the key destroys the text, in every copy of the records too. The associated data bind a sealed text to its
place and person: moved to another row it does not open.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select

from auth.refusals import CannotBeOpened
from auth.viewer import Role, Viewer
from data_access import apart, database, gate, keys
from data_access.tables.sealing import SealedKey

_NONCE = 12
_LAYOUT = 1


@dataclass(frozen=True)
class Place:
    """Where a sealed text belongs: the table, and the number of the person it tells of."""

    table: str
    person: int

    def bound(self, key: str) -> bytes:
        """The associated data: table, column, row, person and the layout's version."""
        return f"{self.table}|sealed|{key}|{self.person}|{_LAYOUT}".encode()


def seal(said: str, place: Place, at: datetime) -> tuple[str, bytes]:
    """The id of a new key, and the text sealed with it. The key is stored before anything else is."""
    key, nonce, identity = AESGCM.generate_key(256), secrets.token_bytes(_NONCE), secrets.token_hex(16)
    wrapped = keys.wrapping(database.settings().home).encrypt(key).decode()
    with apart.opened(apart.SEALING) as session:
        session.add(SealedKey(id=identity, wrapped=wrapped, made_at=at))
    return identity, nonce + AESGCM(key).encrypt(nonce, said.encode(), place.bound(identity))


def opened(key: str, sealed: bytes, place: Place) -> str:
    """The text. CannotBeOpened when the key is destroyed, or text and place do not belong together."""
    with apart.opened(apart.SEALING) as session:
        found = session.get(SealedKey, key)
        wrapped = found.wrapped if found else None
    if wrapped is None:
        raise CannotBeOpened
    try:
        data_key = keys.wrapping(database.settings().home).decrypt(wrapped.encode())
        return AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.bound(key)).decode()
    except (InvalidTag, InvalidToken) as fault:
        raise CannotBeOpened from fault


def destroy(gone: Collection[str]) -> None:
    """Destroy these keys for good; those that are gone already are no fault."""
    with apart.opened(apart.SEALING) as session:
        session.execute(delete(SealedKey).where(SealedKey.id.in_(gone)))


def rotate(viewer: Viewer, at: datetime) -> int:
    """Wrap every key anew with a new key of the installation; how many. What was sealed is not touched. For jobs."""
    gate.only(viewer, "keys_rotated", at, Role.SERVICE)
    home = database.settings().home
    keys.add_wrapping(home)
    fernet = keys.wrapping(home)
    with apart.opened(apart.SEALING) as session:
        rows = session.scalars(select(SealedKey)).all()
        for row in rows:
            row.wrapped = fernet.rotate(row.wrapped.encode()).decode()
    keys.drop_older_wrapping(home)
    return len(rows)
