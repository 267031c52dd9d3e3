"""How e-mail is sent: by which server, when not, how often to one student, and the weekly one to tutors."""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from policy.days import LONDON
from policy.placeholders import placeholders
from policy.strict import Strict

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\r\n]+$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^\s()<>@,;:]+@[^\s()<>@,;:]+$")]


class Sending(Strict):
    """The mail server and the sender. Without a host nothing is e-mailed, and messages wait on the students' page."""

    host: str
    port: PositiveInt
    tls: Literal["starttls", "implicit", "none"]
    username: str
    from_address: Address
    from_name: Line
    retry_minutes: tuple[PositiveInt, ...] = Field(min_length=1)
    give_up_after: PositiveInt
    at_once: PositiveInt

    @model_validator(mode="after")
    def _private(self) -> "Sending":
        if self.tls == "none" and self.host not in ("", "127.0.0.1"):
            raise ValueError("without TLS e-mail goes to 127.0.0.1 alone: choose starttls or implicit")
        if self.tls == "none" and self.username:
            raise ValueError("without TLS no password is sent: leave username empty")
        return self

    def wait(self, tries: int) -> timedelta:
        """How long to wait after so many tries; the last step again and again."""
        return timedelta(minutes=self.retry_minutes[min(tries, len(self.retry_minutes)) - 1])


class Quiet(Strict):
    """The hours of London's nights, and weekends, in which no e-mail is sent."""

    begins: time
    ends: time
    weekends: bool

    @model_validator(mode="after")
    def _night(self) -> "Quiet":
        if self.begins <= self.ends:
            raise ValueError("quiet hours begin in the evening and end the next morning")
        return self

    def after(self, at: datetime) -> datetime:
        """The instant itself, or the first after it that is not quiet; in London's time, whatever the clocks do."""
        local = at.astimezone(LONDON)
        day = local.date()
        if local.time() >= self.begins:
            day += timedelta(days=1)
        while self.weekends and day.weekday() > 4:
            day += timedelta(days=1)
        if day == local.date() and local.time() >= self.ends:
            return at
        return datetime.combine(day, self.ends, LONDON).astimezone(at.tzinfo)


class Cap(Strict):
    """How many e-mails one student is sent in so many days: about the same thing, and in all."""

    days: PositiveInt
    same: PositiveInt
    all: PositiveInt


class Digest(Strict):
    """The weekly e-mail to colleagues. Without an `address`, which holds `{username}`, there is none."""

    address: str
    subject: Line
    opening: Words
    closing: Words

    @model_validator(mode="after")
    def _of_each(self) -> "Digest":
        if self.address and placeholders(self.address) != {"username"}:
            raise ValueError("address must hold {username}, as in {username}@university.example")
        return self
