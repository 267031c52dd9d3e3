"""The university itself: its name, who answers for the data, whom to ask, and where its rules can be read."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from policy.strict import Strict
from policy.support import Email, Link, Phone, Words


def _said(value: object) -> object:
    """Nothing where a line of the file is left blank."""
    return value or None


MaybeLink = Annotated[Link | None, BeforeValidator(_said)]
MaybePhone = Annotated[Phone | None, BeforeValidator(_said)]
MaybeEmail = Annotated[Email | None, BeforeValidator(_said)]


class Controller(Strict):
    """Who decides about the data in the sense of the law, and the address letters reach it at."""

    name: str = ""
    address: str = ""


class Contact(Strict):
    """Somebody to ask. Shipped blank: only the university knows who it is."""

    name: str = ""
    email: MaybeEmail = None
    phone: MaybePhone = None
    link: MaybeLink = None

    @property
    def reached(self) -> bool:
        """Whether it has a name and at least one way to it."""
        return bool(self.name and (self.email or self.phone or self.link))

    @property
    def said(self) -> str:
        """Who it is and every way to them, in one line; while that is blank, where it will stand."""
        ways = (self.name, self.email, self.phone, self.link)
        return ", ".join(str(way) for way in ways if way) or "named on the page Help and contacts"


class Regulations(Strict):
    """What a student agreed to at enrolment: the regulation, by level, as the university numbers it."""

    undergraduate: str = "undergraduate regulations"
    postgraduate: str = "postgraduate regulations"
    undergraduate_link: MaybeLink = None
    postgraduate_link: MaybeLink = None


class Schedule(Strict):
    """The university's records retention schedule, as it is published."""

    title: str = "records retention schedule"
    link: MaybeLink = None


class Complaints(Strict):
    """The university's own procedure for complaints about personal data."""

    title: str = "complaints about personal data"
    link: MaybeLink = None


class Regulator(Strict):
    """Who watches over data protection from a day on, and where a complaint to them begins."""

    name: Words
    begins: date
    link: Link
    phone: MaybePhone = None


_UK = Regulator(
    name="Information Commissioner’s Office",
    begins=date(2001, 1, 30),
    link="https://ico.org.uk/make-a-complaint/",
    phone="0303 123 1113",
)


class Institution(Strict):
    """`institution.toml`."""

    name: str
    support_name: str
    support_contact: str
    demonstration: bool = False
    controller: Controller = Controller()
    data_protection_officer: Contact = Contact()
    learner_analytics: Contact = Contact()
    information_compliance: Contact = Contact()
    regulations: Regulations = Regulations()
    retention_schedule: Schedule = Schedule()
    complaints: Complaints = Complaints()
    regulator: tuple[Regulator, ...] = Field(default=(_UK,), min_length=1)

    @property
    def controller_name(self) -> str:
        """Who answers for the data: the controller, or while none is named the university."""
        return self.controller.name or self.name

    def regulator_on(self, day: date) -> Regulator:
        """The regulator of that day: the last that has begun by then; before all, the first there is."""
        ordered = sorted(self.regulator, key=lambda one: one.begins)
        begun = [one for one in ordered if one.begins <= day]
        return begun[-1] if begun else ordered[0]
