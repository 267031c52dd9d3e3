"""What people type to sign in: usernames, passwords and their hashes, and when a new one is good enough."""

import secrets
import unicodedata
from base64 import b32encode
from functools import cache

import bcrypt
from zxcvbn import zxcvbn

import policy
from auth.refusals.accounts import WeakPassword

_BYTES = 72  # bcrypt reads no further, so a longer one is refused instead of cut
_STRONG = 3  # of zxcvbn's 0–4: safe against someone who guesses offline for a while


def plain(typed: str) -> str:
    """A password as it is hashed: without spaces around it, and the same from every keyboard (NFKC)."""
    return unicodedata.normalize("NFKC", typed).strip()


def username(typed: str) -> str:
    """A username as it is kept: case and spaces around it do not count."""
    return typed.strip().lower()


def digest(password: str) -> str:
    """The bcrypt hash to keep: the same as streamlit-authenticator's `Hasher` makes, cost 12."""
    return bcrypt.hashpw(plain(password).encode(), bcrypt.gensalt()).decode()


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password of the hash. Without a hash it takes as long to say no."""
    given = plain(password).encode()
    right = bcrypt.checkpw(given[:_BYTES], (kept or _nobodys()).encode())
    return right and kept is not None and len(given) <= _BYTES


def check_new(password: str, *about: str) -> None:
    """WeakPassword, with the reason, unless it is long and hard enough to guess.

    `about` are the words that others would try first: the person's names, the username, the university.
    """
    chosen, least = plain(password), policy.current().access.password_characters
    if len(chosen) < least:
        raise WeakPassword(f"Please use at least {least} characters; three or four random words work well.")
    if len(chosen.encode()) > _BYTES:
        raise WeakPassword(f"Please use at most {_BYTES} characters (fewer with accents or symbols).")
    if (
        zxcvbn(chosen, user_inputs=[part for word in about for part in (word, *word.split())])["score"]
        < _STRONG
    ):
        raise WeakPassword


def one_time() -> str:
    """A password to hand to somebody who then chooses their own: 100 random bits, easy to copy."""
    letters = b32encode(secrets.token_bytes(13)).decode().lower()[:20]
    return "-".join(letters[i : i + 5] for i in range(0, 20, 5))


@cache
def _nobodys() -> str:
    return digest("the password of an account that does not exist")
