"""The installation's secret keys: files of 32 random bytes in `$LA_HOME/keys`, readable by the owner alone."""

import secrets
from dataclasses import dataclass
from pathlib import Path

NAMES = ("audit", "pseudonym")


class KeysMissing(Exception):
    """A key is missing, too short, or open to others; the sentence says which and what to do."""


@dataclass(frozen=True, repr=False)
class Keys:
    """`audit` chains the access log; `pseudonym` hides persons in it."""

    audit: bytes
    pseudonym: bytes


def make(home: Path) -> None:
    """Make the keys that do not exist yet. A key that exists is never replaced."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        path = folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))


def read(home: Path) -> Keys:
    """The keys of this installation; KeysMissing when one cannot be used."""
    return Keys(**{name: _key(home / "keys" / name) for name in NAMES})


def _key(path: Path) -> bytes:
    if not path.is_file():
        raise KeysMissing(f"The key {path} is missing. `python manage.py serve` makes it once.")
    if path.stat().st_mode & 0o077:
        raise KeysMissing(f"The key {path} can be read by others. Run: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) < 32:
        raise KeysMissing(f"The key {path} is too short. Restore it from your backup of the keys.")
    return key
