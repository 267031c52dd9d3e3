"""Support plans in policy: times to undo and to review, templates, and the words that look sensitive."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from policy import wording
from policy.strict import Strict

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Term = Annotated[str, StringConstraints(pattern=r"^\w[\w'’\- ]*\*?$")]


class ActionTemplate(Strict):
    """An action to begin from. `days` from now it is due; `service` names a place of `support.toml`."""

    text: Words
    owner: Literal["student", "tutor", "adviser", "service"]
    days: PositiveInt
    service: str = ""

    @model_validator(mode="after")
    def _somebody_does_it(self) -> "ActionTemplate":
        if (self.owner == "service") != bool(self.service):
            raise ValueError(f"“{self.text}”: name the service where the owner is one, and only there")
        return self


class Template(Strict):
    """A plan to begin from, in words that a student reads."""

    name: Words
    aim: Words
    action: tuple[ActionTemplate, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _said_well(self) -> "Template":
        for text in (self.name, self.aim, *(one.text for one in self.action)):
            for kind, found in wording.kinds(text).items():
                raise ValueError(f"“{found[0]}” {kind}")
        return self


class Tripwire(Strict):
    """Terms that look like sensitive information: of health, and of the other special kinds."""

    health: tuple[Term, ...] = Field(min_length=1)
    other: tuple[Term, ...] = Field(min_length=1)

    @property
    def terms(self) -> tuple[str, ...]:
        """All of them."""
        return self.health + self.other


class Plans(Strict):
    """`plans.toml`."""

    undo_days: PositiveInt
    review_days: PositiveInt
    tripwire: Tripwire
    template: tuple[Template, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Plans":
        names = [one.name for one in self.template]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"“{twice}” is there twice")
        return self
