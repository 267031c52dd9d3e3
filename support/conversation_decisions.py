"""What a tutor or a student decides about a conversation, as a page hands it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from support.meeting import Missed
from support.offer import Format, Invitation, Slot


@dataclass(frozen=True)
class Send:
    """Offer a conversation, as an answer to these suggestions."""

    invitation: Invitation
    suggestions: tuple[int, ...]
    done: ClassVar[str] = "Sent. The student sees it on My support, and is told by e-mail."


@dataclass(frozen=True)
class SendToSeveral:
    """Offer the same times to several students, by id, each as an answer to these suggestions."""

    invitation: Invitation
    to: Mapping[str, tuple[int, ...]]
    done: ClassVar[str] = "Sent. Each of them sees it on My support, and is told by e-mail."


@dataclass(frozen=True)
class OfferTimes:
    """Offer times to whoever asked, or others than the one proposed."""

    offer: int
    invitation: Invitation
    done: ClassVar[str] = "Sent. The student sees the times on My support."


@dataclass(frozen=True)
class Take:
    """Agree to the time that the student proposed."""

    offer: int
    done: ClassVar[str] = "Agreed. The meeting stands below."


@dataclass(frozen=True)
class Withdraw:
    """Take an offer back."""

    offer: int
    done: ClassVar[str] = "Taken back. The student is told."


@dataclass(frozen=True)
class Hold:
    """A meeting took place."""

    meeting: int
    done: ClassVar[str] = "Recorded as held."


@dataclass(frozen=True)
class Miss:
    """A meeting did not take place."""

    meeting: int
    why: Missed
    done: ClassVar[str] = "Recorded as not held."


@dataclass(frozen=True)
class Cancel:
    """Call a meeting off, by either side."""

    meeting: int
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Called off. The other side sees it here."


@dataclass(frozen=True)
class Record:
    """A contact that was not planned here."""

    slot: Slot
    format: Format
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Recorded. The student reads it too."


@dataclass(frozen=True)
class Ask:
    """A student would like to talk."""

    text: str
    format: Format
    why_kept: str = ""
    done: ClassVar[str] = "Sent. Your tutor will offer you times here."


@dataclass(frozen=True)
class Accept:
    """One of the times suits."""

    offer: int
    slot: int
    done: ClassVar[str] = (
        "Agreed. The meeting stands below, and an invitation for your calendar is on its way."
    )


@dataclass(frozen=True)
class Counter:
    """Another time would suit."""

    offer: int
    starts_at: datetime
    minutes: int
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Sent. Your tutor will answer here."


@dataclass(frozen=True)
class Decline:
    """No conversation is wanted."""

    offer: int
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Declined. Nothing else follows from it."


@dataclass(frozen=True)
class CallOff:
    """A wish to talk is taken back."""

    offer: int
    done: ClassVar[str] = "Taken back."


Decision = (
    Send
    | SendToSeveral
    | OfferTimes
    | Take
    | Withdraw
    | Hold
    | Miss
    | Cancel
    | Record
    | Ask
    | Accept
    | Counter
    | Decline
    | CallOff
)
