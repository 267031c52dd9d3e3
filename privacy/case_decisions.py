"""What is decided about a request, as a page hands it on: by the student, and by whoever answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from privacy.labels import Source
from privacy.marks import Awaited
from privacy.purposes import Purpose
from privacy.refusal_grounds import Ground
from privacy.request import Channel, Kind, State


@dataclass(frozen=True)
class Ask:
    """The student's own request. `purposes` are those objected to; `about` is the request complained of."""

    kind: Kind
    text: str
    purposes: tuple[Purpose, ...] = ()
    about_team: bool = False
    about: str = ""
    done: ClassVar[str] = "We have it. Where it stands is in the part Requests."


@dataclass(frozen=True)
class Answer:
    """The student's answer to a question about their request."""

    reference: str
    text: str
    done: ClassVar[str] = "Your answer is with your request. The clock runs again."


@dataclass(frozen=True)
class TakeBack:
    """The student takes a request back."""

    reference: str
    done: ClassVar[str] = "Taken back."


@dataclass(frozen=True)
class UseAgain:
    """The student lets their data be used for this purpose again."""

    purpose: Purpose
    done: ClassVar[str] = "Your data are used for this again."


Own = Ask | Answer | TakeBack | UseAgain


@dataclass(frozen=True)
class Enter:
    """A request that came another way. `key` is the student's number in student records.

    `purposes` are those objected to, `consents` the numbers of those refused or taken back.
    """

    key: str
    kind: Kind
    channel: Channel
    text: str
    received_at: datetime
    purposes: tuple[Purpose, ...] = ()
    about_team: bool = False
    consents: tuple[int, ...] = ()

    @property
    def done(self) -> str:
        """What is true once it is entered."""
        if self.kind is Kind.CONSENT_WITHDRAWAL:
            return "Entered. Each consent has ended, and the student finds it on their page."
        return "Entered. It is in the list."


@dataclass(frozen=True)
class Go:
    """Bring it into this state, which no letter tells of. `on` is the day that counts for the clock."""

    state: State
    on: date
    why: str = ""
    done: ClassVar[str] = "Done."


@dataclass(frozen=True)
class Send:
    """Bring it into this state and send the letter that tells of it.

    `awaited` are marks that were asked for and are not announced: they become a request of their own.
    """

    state: State
    ground: Ground | None
    said: str
    awaited: Awaited | None = None
    done: ClassVar[str] = "Sent. The student reads it on the page My data."


@dataclass(frozen=True)
class Progress:
    """Write down what happened; the student reads it."""

    why: str
    done: ClassVar[str] = "Written down. The student reads it."


@dataclass(frozen=True)
class Received:
    """It reached the university at another moment than was entered."""

    received_at: datetime
    why: str
    done: ClassVar[str] = "Put right. The clock was worked out again."


@dataclass(frozen=True)
class Announced:
    """The marks that it waits for are announced on that day, as is known by now."""

    results: date
    done: ClassVar[str] = "Written down. The day of the answer was worked out again."


@dataclass(frozen=True)
class Searched:
    """One system was searched, or was not."""

    system: Source
    searched: bool
    terms: str
    first: date | None
    last: date | None
    why: str
    done: ClassVar[str] = "Added to the record of the search."


@dataclass(frozen=True)
class Announce:
    """Tell the student that their data will be used for this purpose again, and why."""

    purpose: Purpose
    why: str
    done: ClassVar[str] = "The student has been told."


@dataclass(frozen=True)
class Lift:
    """Use the data for this purpose again, of which the student was told."""

    purpose: Purpose
    done: ClassVar[str] = "The data are used for this again."


Answering = Go | Send | Progress | Received | Announced | Searched | Announce | Lift
