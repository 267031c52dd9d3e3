"""`retention.toml`: how long each class of records is kept, from when, and what happens then."""

from typing import Literal

from pydantic import Field, model_validator

from policy.strict import Strict

_COUNTED = {
    "contact": ("course end", "last course end"),
    "audit": ("own day",),
    "quarantine": ("load",),
    "equality": ("next census",),
}
"""What periods may count from, of classes where it is not the end of the last course."""


class Rule(Strict):
    """One class: the period after the event in years, months and days, what is done, and on whose authority."""

    after: Literal["course end", "last course end", "next census", "load", "own day"]
    years: int = Field(default=0, ge=0, le=100)
    months: int = Field(default=0, ge=0, le=11)
    days: int = Field(default=0, ge=0, le=365)
    action: Literal["delete", "review"]
    automatic: bool
    authority: str = Field(min_length=1)

    @property
    def length(self) -> tuple[int, int, int]:
        """To compare periods by."""
        return self.years, self.months, self.days


class Retention(Strict):
    """The schedule: its version, and a rule by class."""

    version: str = Field(min_length=1)
    rules: dict[str, Rule] = Field(alias="class")

    @model_validator(mode="after")
    def _core_is_kept_longest(self) -> "Retention":
        """Everything else hangs on the core records, so nothing that is deleted may outlive them."""
        core = self.rules.get("core")
        for name, rule in self.rules.items():
            if core and name != "audit" and rule.action == "delete" and rule.length > core.length:
                raise ValueError(f"class {name} is kept longer than class core, on which it hangs")
            if name == "audit" and rule.automatic:
                raise ValueError(
                    "class audit cannot be automatic: the access log is cut only once somebody has approved it"
                )
            if rule.action == "review" and rule.automatic:
                raise ValueError(f"class {name} is reviewed by a person, so it cannot be automatic")
            if rule.after not in (allowed := _COUNTED.get(name, ("last course end",))):
                raise ValueError(f"class {name} must count from the {' or the '.join(allowed)}")
        return self

    def unruled(self, classes: set[str]) -> list[str]:
        """Those of the classes that have no rule."""
        return sorted(classes - set(self.rules))
