"""Where students can turn: names, what each helps with, when it is open and how it is reached."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from policy.strict import Strict

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s()<>]+$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?\d[\d ]{1,18}\d$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^\s()<>@]+@[^\s()<>@]+\.[^\s()<>@]+$")]


class Place(Strict):
    """One place to turn to; `helps_with` completes “for …”, `hours` says when somebody is there."""

    name: Words
    helps_with: Words
    hours: Words
    link: Link | None = None
    phone: Phone | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _reached(self) -> "Place":
        if not (self.link or self.phone or self.email):
            raise ValueError(f"“{self.name}” cannot be reached: give it a link, a phone or an email")
        return self


class Support(Strict):
    """`support.toml`. There is always a place to turn to, and somebody to ring when all others are closed."""

    emergency: Words
    place: tuple[Place, ...] = Field(min_length=1)
    out_of_hours: Place

    @model_validator(mode="after")
    def _answered_at_night(self) -> "Support":
        if not self.out_of_hours.phone:
            raise ValueError(f"“{self.out_of_hours.name}” is for nights and weekends: give it a phone")
        return self
