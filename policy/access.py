"""Sessions, sign-in and the agreement: how long each lasts; and what stands out in the access log."""

from datetime import timedelta

from pydantic import Field, PositiveInt

from policy.strict import Strict


class Watch(Strict):
    """From where on something stands out in the access log. The hours are London's, the last one excluded."""

    students_an_hour: PositiveInt
    refusals_an_hour: PositiveInt
    first_hour: int = Field(ge=0, le=23)
    last_hour: int = Field(ge=1, le=24)
    quick_seconds: PositiveInt
    days: PositiveInt


class Access(Strict):
    """`access.toml`. OWASP's advice for sessions is 15–30 minutes idle, 4–8 hours in all."""

    idle_minutes: PositiveInt
    absolute_hours: PositiveInt
    ticket_seconds: PositiveInt
    password_characters: PositiveInt
    wrong_tries: PositiveInt
    longest_lock_minutes: PositiveInt
    agreement_months: PositiveInt
    review_months: PositiveInt
    calendar_months: PositiveInt
    same_read_minutes: PositiveInt
    watch: Watch

    @property
    def idle(self) -> timedelta:
        """How long a session lives without a message."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def absolute(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(hours=self.absolute_hours)

    @property
    def ticket(self) -> timedelta:
        """How long a sign-in may wait to be turned into a cookie."""
        return timedelta(seconds=self.ticket_seconds)

    @property
    def longest_lock(self) -> timedelta:
        """The longest that wrong passwords can keep the right one out."""
        return timedelta(minutes=self.longest_lock_minutes)

    @property
    def same_read(self) -> timedelta:
        """Within this time the same people read again through the same session are one read."""
        return timedelta(minutes=self.same_read_minutes)
