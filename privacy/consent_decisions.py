"""What a student or a tutor can decide about consent, as the pages hand it on, with what is said once it is done."""

from dataclasses import dataclass
from datetime import date

from privacy.consent import Wanted


@dataclass(frozen=True)
class Ask:
    """A tutor asks for consent; `met_on` is the day of a meeting where the student has signed already."""

    wanted: Wanted
    met_on: date | None = None
    place: str = ""
    done: str = "Asked. The student decides on their own page."


@dataclass(frozen=True)
class TakeBack:
    """The tutor does not need it any more."""

    consent: int
    done: str = "Taken back. The student is not asked any more."


@dataclass(frozen=True)
class Write:
    """The tutor writes a sensitive note under a consent."""

    consent: int
    text: str
    done: str = "Kept, encrypted. The student reads it on their page."


@dataclass(frozen=True)
class ShareExtract:
    """Some sentences of a note go to the adviser of a shared action."""

    note: int
    share: int
    sentences: tuple[int, ...]
    necessity: str
    done: str = "The adviser reads these sentences for as long as the action is shared."


@dataclass(frozen=True)
class Give:
    """The student says yes to the text with this digest, with their full name."""

    consent: int
    sha256: str
    typed: str
    done: str = "You have consented. You can take it back on this page at any time."


@dataclass(frozen=True)
class Refuse:
    """The student says no."""

    consent: int
    done: str = "You have said no. Nothing else changes."


@dataclass(frozen=True)
class Withdraw:
    """The student takes a yes back."""

    consent: int
    done: str = "Withdrawn. From this moment nobody can read it, and it will be destroyed."


Decision = Ask | TakeBack | Write | ShareExtract | Give | Refuse | Withdraw
