"""An e-mail on its way: what is handed to the mail server, and what came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


@dataclass(frozen=True)
class Claim:
    """One message that one sender has taken, and since when; another takes it over when that is too long ago."""

    message: int
    since: datetime


@dataclass(frozen=True)
class Letter:
    """One e-mail. The address is in no `repr`: it goes from the database to the mail server and nowhere else.

    `number` is the Message-ID without its brackets, the same at every try, so that whoever receives an e-mail
    twice can drop one. `calendar` is an iCalendar text that goes with it.
    """

    claim: Claim
    number: str
    address: str = field(repr=False)
    subject: str
    text: str
    calendar: str | None = None


def number(key: str, from_address: str) -> str:
    """The Message-ID, without its brackets, of the message with this key."""
    return f"{sha256(key.encode()).hexdigest()[:32]}@{from_address.rpartition('@')[2]}"


class Outcome(StrEnum):
    """What the mail server made of an e-mail."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    DOWN = "down"
