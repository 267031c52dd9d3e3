"""What is decided about a datum that may be wrong, as a page hands it on: by its student, and by whoever keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from privacy.dispute import Target


@dataclass(frozen=True)
class Say:
    """The student says that a datum is wrong, what is right instead, and what else there is to say.

    `why_kept` is the reason for words that look sensitive.
    """

    target: Target
    claim: str
    text: str
    why_kept: str = ""
    done: ClassVar[str] = "Marked as disputed. Until it is settled it does not count."


@dataclass(frozen=True)
class TakeBack:
    """The student lets the datum stand after all."""

    reference: str
    done: ClassVar[str] = "Taken back. The record stands as it is."


@dataclass(frozen=True)
class Keep:
    """Whoever keeps the record lets it stand, with reasons."""

    reference: str
    reasons: str
    done: ClassVar[str] = "Kept. The student reads the reasons, and their own words stay with the record."


@dataclass(frozen=True)
class KeepOwn(Keep):
    """The same of what is written here, by the student's tutor."""


Own = Say | TakeBack
Decision = Say | TakeBack | Keep
