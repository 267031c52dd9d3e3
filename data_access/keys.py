"""The installation's secret keys: files of 32 random bytes in `$LA_HOME/keys`, readable by the owner alone."""

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

NAMES = ("audit", "pseudonym", "equality")


class KeysMissing(Exception):
    """A key is missing, too short, or open to others; the sentence says which and what to do."""


@dataclass(frozen=True, repr=False)
class Keys:
    """`audit` chains the access log; `pseudonym` hides persons in it, `equality` in the store of characteristics."""

    audit: bytes
    pseudonym: bytes
    equality: bytes


def make(home: Path) -> None:
    """Make the keys that do not exist yet. A key that exists is never replaced."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        path = folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))
    if not _wrapping(home):
        add_wrapping(home)


def read(home: Path) -> Keys:
    """The keys of this installation; KeysMissing when one cannot be used."""
    return Keys(**{name: _key(home / "keys" / name) for name in NAMES})


def wrapping(home: Path) -> MultiFernet:
    """What wraps the keys of sensitive notes: by the newest key, and opened by any that is there. KeysMissing."""
    found = _wrapping(home)
    if not found:
        raise KeysMissing(f"The key {home}/keys/notes-1 is missing. Restore it from your backup of the keys.")
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(path)[:32])) for path in reversed(found)])


def add_wrapping(home: Path) -> None:
    """Make a newer key to wrap with, beside those that are there."""
    found = _wrapping(home)
    path = home / "keys" / f"notes-{int(found[-1].name.partition('-')[2]) + 1 if found else 1}"
    path.touch(mode=0o600)
    path.write_bytes(secrets.token_bytes(32))


def drop_older_wrapping(home: Path) -> None:
    """Destroy all but the newest of them; whatever only they can open is lost."""
    for path in _wrapping(home)[:-1]:
        path.unlink()


def _wrapping(home: Path) -> list[Path]:
    """The files `notes-1`, `notes-2` …, the oldest first."""
    found = (home / "keys").glob("notes-*")
    return sorted(found, key=lambda path: int(path.name.partition("-")[2]))


def smtp_password(home: Path) -> str:
    """The password for the mail server, from the file `smtp`; KeysMissing when it cannot be used."""
    path = home / "keys" / "smtp"
    if not path.is_file():
        raise KeysMissing(
            f"The mail server's password is missing. Write it into {path} and run: chmod 600 {path}"
        )
    _private(path)
    return path.read_text(encoding="utf-8").strip()


def smtp_authorities(home: Path) -> Path | None:
    """The file `smtp-ca.pem`, with the authorities whose certificate a mail server may have; None is the system's."""
    path = home / "keys" / "smtp-ca.pem"
    return path if path.is_file() else None


def _private(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise KeysMissing(f"The key {path} can be read by others. Run: chmod 600 {path}")


def _key(path: Path) -> bytes:
    if not path.is_file():
        raise KeysMissing(f"The key {path} is missing. `python manage.py serve` makes it once.")
    _private(path)
    key = path.read_bytes()
    if len(key) < 32:
        raise KeysMissing(f"The key {path} is too short. Restore it from your backup of the keys.")
    return key
