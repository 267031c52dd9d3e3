"""Who handles personal data for the university: companies under contract, and what each is used for."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field, model_validator

from policy.strict import Strict
from policy.support import Words

IN_HOUSE = "in-house"
_HOME = "United Kingdom"
_WARNED = timedelta(days=90)


class Integration(StrEnum):
    """What could be in somebody else's hands: the machine, the backups, the mail server and the four systems."""

    HOSTING = "hosting"
    BACKUP = "backup"
    EMAIL = "email"
    STUDENT_RECORDS = "student-records"
    VLE = "vle"
    TIMETABLE = "timetable"
    ATTENDANCE = "attendance"

    @property
    def words(self) -> str:
        """What it is, on a page."""
        return {
            Integration.HOSTING: "The machine and the database",
            Integration.BACKUP: "Where backups are kept",
            Integration.EMAIL: "The mail server",
            Integration.STUDENT_RECORDS: "Student records",
            Integration.VLE: "The VLE",
            Integration.TIMETABLE: "The timetable",
            Integration.ATTENDANCE: "The attendance system",
        }[self]


class Term(StrEnum):
    """What the contract must bind a processor to (UK GDPR art. 28(3)(a)–(h))."""

    INSTRUCTIONS = "instructions"
    CONFIDENTIALITY = "confidentiality"
    SECURITY = "security"
    SUB_PROCESSORS = "sub-processors"
    RIGHTS = "rights"
    ASSISTANCE = "assistance"
    DELETION = "deletion"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        """The term in a few words."""
        return {
            Term.INSTRUCTIONS: "acts on the university’s written instructions only",
            Term.CONFIDENTIALITY: "binds its people to secrecy",
            Term.SECURITY: "keeps the data safe",
            Term.SUB_PROCESSORS: "engages nobody else without leave",
            Term.RIGHTS: "helps to answer people’s rights",
            Term.ASSISTANCE: "helps with security, breaches and assessments",
            Term.DELETION: "deletes or gives back everything at the end",
            Term.AUDIT: "lets the university inspect that it does so",
        }[self]


class Processor(Strict):
    """One company and its contract, which runs from `begins` to `ends`, both included."""

    name: Words
    service: Words
    data: tuple[Words, ...] = Field(min_length=1)
    countries: tuple[Words, ...] = Field(default=(_HOME,), min_length=1)
    transfer: str = ""
    contract: Words
    begins: date
    ends: date
    terms: tuple[Term, ...] = ()
    sub_processors: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Processor":
        if self.name == IN_HOUSE:
            raise ValueError(f"“{IN_HOUSE}” is the university itself: give the processor its own name")
        if self.ends < self.begins:
            raise ValueError(f"the contract with “{self.name}” ends before it begins")
        if self.abroad and not self.transfer.strip():
            raise ValueError(
                f"“{self.name}” takes data to {self.abroad[0]}: say under transfer what allows it"
            )
        return self

    @property
    def abroad(self) -> tuple[str, ...]:
        """The countries outside the United Kingdom to which data go."""
        return tuple(country for country in self.countries if country != _HOME)

    @property
    def lacking(self) -> tuple[Term, ...]:
        """What the contract does not bind it to, and must."""
        return tuple(term for term in Term if term not in self.terms)

    def runs(self, day: date) -> bool:
        """Whether there is a contract on that day."""
        return self.begins <= day <= self.ends

    def ends_soon(self, day: date) -> bool:
        """Whether the contract runs, and for no more than 90 days."""
        return self.runs(day) and self.ends <= day + _WARNED


class Processors(Strict):
    """`processors.toml`. Each integration names a processor of the list, `in-house`, or nobody yet."""

    integration: Mapping[Integration, str]
    processor: tuple[Processor, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> "Processors":
        if missing := [one for one in Integration if one not in self.integration]:
            raise ValueError(
                f"“{missing[0]}” is missing under [integration]: leave it blank until it is known"
            )
        names = [one.name for one in self.processor]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"“{twice}” is listed twice")
        for use, name in self.integration.items():
            if name not in ("", IN_HOUSE, *names):
                raise ValueError(f"{use}: “{name}” is no processor listed here; write {IN_HOUSE}, or list it")
        return self

    def of(self, use: Integration) -> Processor | None:
        """Who does it under contract; None where it is in-house, or nobody has said."""
        return next((one for one in self.processor if one.name == self.integration[use]), None)

    def said(self, use: Integration) -> bool:
        """Whether somebody has said who does it."""
        return bool(self.integration[use])

    def over(self, use: Integration, day: date) -> Processor | None:
        """The processor without a contract on that day, so that this must not be used; None where it may."""
        by = self.of(use)
        return by if by and not by.runs(day) else None

    def uses(self, processor: Processor) -> tuple[Integration, ...]:
        """What the processor is used for."""
        return tuple(use for use in Integration if self.integration[use] == processor.name)
