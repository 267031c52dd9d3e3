"""Messages to students: the templates with their purposes, and how, when and how often they are sent by e-mail."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import PositiveInt, StringConstraints, model_validator

from policy import wording
from policy.mailing import Cap, Digest, Line, Quiet, Sending, Words
from policy.placeholders import placeholders
from policy.strict import Strict

TAKES: Mapping[str, frozenset[str]] = {
    "offer": frozenset({"tutor", "times", "place", "text"}),
    "offer-changed": frozenset({"tutor", "times"}),
    "offer-withdrawn": frozenset({"tutor"}),
    "meeting": frozenset({"tutor", "when", "place"}),
    "meeting-cancelled": frozenset({"tutor", "when"}),
    "meeting-reminder": frozenset({"tutor", "when", "place"}),
    "record": frozenset({"tutor", "when"}),
    "plan": frozenset({"tutor"}),
    "plan-agreed": frozenset({"tutor", "until"}),
    "plan-changed": frozenset({"tutor"}),
    "plan-closed": frozenset({"tutor"}),
    "action-reminder": frozenset({"action", "due"}),
    "action-shared": frozenset({"adviser", "action"}),
    "action-outcome": frozenset({"adviser", "action"}),
    "passed-on": frozenset({"senior", "tutor"}),
    "consent-asked": frozenset({"tutor"}),
    "consent-withdrawn": frozenset({"tutor"}),
    "consent-ends": frozenset({"until"}),
    "access-pack": frozenset({"until"}),
    "request": frozenset({"reference"}),
    "emergency": frozenset({"who", "when"}),
}
"""The templates there are, and the words that the program hands to each."""

PRIVATE = frozenset({"text", "action"})
"""What people wrote freely: it stays on the student's page, and no e-mail carries it."""


class Template(Strict):
    """One template. `email` is what is e-mailed in place of the body; it knows no words but stands as it is.

    Templates of one `about` are about the same thing, for the cap; a `confirmation` is sent whatever the cap.
    After `within_hours` an e-mail would come too late, and is left. One that `answers_a_right` also goes to a student
    whose data are left unused. `page` is where it leads, if not to the page of all.
    """

    purpose: Literal["offer", "agree", "follow_up", "communicate"]
    about: Line
    subject: Line
    body: Words
    email: Words | None = None
    confirmation: bool = False
    answers_a_right: bool = False
    page: Line | None = None
    within_hours: PositiveInt = 168

    @model_validator(mode="after")
    def _said_well(self) -> "Template":
        for text in (self.subject, self.body, self.email or ""):
            for kind, found in wording.kinds(text).items():
                raise ValueError(f"“{found[0]}” {kind}")
        return self

    def knows(self, takes: frozenset[str]) -> None:
        """ValueError where it asks for a word that it is not handed, or puts a private one into an e-mail."""
        if strange := (placeholders(self.subject) | placeholders(self.body)) - takes:
            raise ValueError(f"it has no word “{min(strange)}”; its words are {', '.join(sorted(takes))}")
        if self.email and placeholders(self.email):
            raise ValueError("email stands as it is and takes no words")
        mailed = placeholders(self.subject) | (frozenset() if self.email else placeholders(self.body))
        if private := mailed & PRIVATE:
            raise ValueError(f"“{min(private)}” is private: keep it out of the subject, and write an email")


class Messages(Strict):
    """`messages.toml`."""

    site: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/()<>]+$")]
    page: Line
    greeting: Line
    closing: Words
    sending: Sending
    quiet: Quiet
    cap: Cap
    digest: Digest
    template: Mapping[str, Template]

    @model_validator(mode="after")
    def _framed(self) -> "Messages":
        if strange := placeholders(self.greeting) - {"name"}:
            raise ValueError(f"greeting: it has no word “{min(strange)}”; its word is name")
        for text in (self.greeting, self.closing, self.digest.subject, self.digest.opening):
            for kind, found in wording.kinds(text).items():
                raise ValueError(f"“{found[0]}” {kind}")
        return self

    @model_validator(mode="after")
    def _all_there(self) -> "Messages":
        if strange := sorted(set(self.template) ^ set(TAKES)):
            known = "is missing" if strange[0] in TAKES else "is no template that the program sends"
            raise ValueError(f"“{strange[0]}” {known}")
        for name, template in self.template.items():
            try:
                template.knows(TAKES[name])
            except ValueError as fault:
                raise ValueError(f"template “{name}”: {fault}") from fault
        return self
