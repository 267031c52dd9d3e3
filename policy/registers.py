"""`registers.toml`: what only the university can say in its registers: reasons in law, who answers, who decided."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import model_validator

from policy.strict import Strict
from policy.support import Words

Much = Literal["low", "medium", "high"]
_PURPOSES = ("identify", "offer", "agree", "follow_up", "communicate", "equality")
RISKS = (
    "tutors",
    "creep",
    "stigma",
    "bias",
    "gaps",
    "recognised",
    "sensitive",
    "overdue",
    "outside",
    "stamping",
    "withdrawal",
    "keys",
)
"""The risks that the assessment weighs, by name; `privacy.register_risks` says what each is."""


class Basis(StrEnum):
    """Why the law allows a use (UK GDPR art. 6(1)). Legitimate interests are not open to a public authority."""

    LEGAL_OBLIGATION = "legal obligation"
    VITAL_INTERESTS = "vital interests"
    PUBLIC_TASK = "public task"

    @property
    def words(self) -> str:
        """The reason with its article."""
        return f"{self.value.capitalize()}, Article 6(1)({'cde'[list(Basis).index(self)]})"


class Special(StrEnum):
    """Why the law allows special categories of data (UK GDPR art. 9(2), DPA 2018 sch. 1)."""

    CONSENT = "explicit consent"
    VITAL_INTERESTS = "vital interests"
    EQUALITY = "equality of opportunity"
    SAFEGUARDING = "safeguarding"

    @property
    def words(self) -> str:
        """The reason with its article."""
        article = {
            Special.CONSENT: "Article 9(2)(a)",
            Special.VITAL_INTERESTS: "Article 9(2)(c)",
            Special.EQUALITY: "Article 9(2)(g), DPA 2018 Schedule 1 paragraph 8",
            Special.SAFEGUARDING: "Article 9(2)(g), DPA 2018 Schedule 1 paragraph 18",
        }[self]
        return f"{self.value.capitalize()}, {article}"


class Use(Strict):
    """One purpose: its reasons in law, and the post that answers for it."""

    basis: tuple[Basis, ...]
    special: tuple[Special, ...] = ()
    owner: str = ""

    @model_validator(mode="after")
    def _reasoned(self) -> "Use":
        if not self.basis:
            raise ValueError("a purpose needs a reason in law under basis")
        return self


class Document(Strict):
    """The appropriate policy document: who answers for it, and when it was last looked over."""

    owner: str = ""
    reviewed: date | None = None


class Consulted(Strict):
    """Somebody who was asked about the assessment, and what they said."""

    who: Words
    on: date
    said: Words


class Weighed(Strict):
    """One risk: how likely and how grave before and after what is done about it, and who answers for it."""

    before: tuple[Much, Much]
    after: tuple[Much, Much]
    owner: str = ""


class Assessment(Strict):
    """What people decide in the impact assessment."""

    consulted: tuple[Consulted, ...] = ()
    risk: Mapping[str, Weighed]
    signed_by: str = ""
    signed_on: date | None = None
    high_risk_left: bool = False


class Registers(Strict):
    """`registers.toml`."""

    purpose: Mapping[str, Use]
    policy_document: Document = Document()
    assessment: Assessment

    @model_validator(mode="after")
    def _whole(self) -> "Registers":
        _all("[purpose]", set(self.purpose), _PURPOSES)
        _all("[assessment.risk]", set(self.assessment.risk), RISKS)
        return self

    @property
    def unowned(self) -> int:
        """How many purposes nobody answers for yet."""
        return sum(not use.owner for use in self.purpose.values())


def _all(table: str, found: set[str], wanted: tuple[str, ...]) -> None:
    if strange := sorted(found - set(wanted)):
        raise ValueError(f"“{strange[0]}” under {table} is unknown here")
    if missing := [name for name in wanted if name not in found]:
        raise ValueError(f"“{missing[0]}” is missing under {table}")
