"""Why personal data may be used: the six purposes of the statement, and the duties beside them."""

from enum import StrEnum


class Purpose(StrEnum):
    """The six purposes of the privacy statement (`docs/statement.md`, P1–P6). There is no seventh."""

    IDENTIFY = "identify"
    OFFER = "offer"
    AGREE = "agree"
    FOLLOW_UP = "follow_up"
    COMMUNICATE = "communicate"
    EQUALITY = "equality"

    @property
    def words(self) -> str:
        """The purpose in our words, as the log and the registers print it."""
        return {
            Purpose.IDENTIFY: "Noticing when engagement points to possible difficulty",
            Purpose.OFFER: "Offering a conversation with the personal tutor",
            Purpose.AGREE: "Agreeing advice and support the student finds useful",
            Purpose.FOLLOW_UP: "Seeing that agreed support is passed on and helps",
            Purpose.COMMUNICATE: "Writing to the student about it",
            Purpose.EQUALITY: "Monitoring equality duties",
        }[self]


class Duty(StrEnum):
    """What the university must do whatever the purposes: not a use of the data for its own sake."""

    RIGHTS = "rights"
    RETENTION = "retention"
    SECURITY = "security"
    AUDIT = "audit"
    EMERGENCY = "emergency"

    @property
    def words(self) -> str:
        """The duty as the log and the registers print it."""
        return {
            Duty.RIGHTS: "Answering a person's rights",
            Duty.RETENTION: "Keeping and disposing of records on time",
            Duty.SECURITY: "Keeping accounts and data safe",
            Duty.AUDIT: "Checking that the promises are kept",
            Duty.EMERGENCY: "Acting in an emergency, for an hour and with a reason",
        }[self]


_PURPOSES = frozenset(purpose.value for purpose in Purpose)


def basis(word: str) -> Purpose | Duty:
    """The purpose or duty of that name; ValueError for anything else, so that no third kind exists."""
    return Purpose(word) if word in _PURPOSES else Duty(word)
