"""Who is asking. Every read and every write is made by one Viewer."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is here to do. One role is active in a session; a person with two switches."""

    STUDENT = "student"
    TUTOR = "tutor"
    SENIOR_TUTOR = "senior_tutor"
    ADVISER = "adviser"
    MANAGER = "manager"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"

    @property
    def words(self) -> str:
        """The role as it is written on a page."""
        return _TITLES[self]

    @property
    def staff(self) -> bool:
        """Whether the confidentiality agreement applies: to every person but a student."""
        return self not in (Role.STUDENT, Role.SERVICE)


_TITLES = {
    Role.STUDENT: "Student",
    Role.TUTOR: "Personal tutor",
    Role.SENIOR_TUTOR: "Senior tutor",
    Role.ADVISER: "Support adviser",
    Role.MANAGER: "Manager",
    Role.COMPLIANCE: "Information compliance",
    Role.ADMINISTRATOR: "Administrator",
    Role.SERVICE: "Scheduled job",
}


@dataclass(frozen=True)
class Viewer:
    """A person in one role, through one session; or a job, which has a name and no person.

    `person` is the person's number, never shown; 0 for a job. `session` is the digest of the
    session's token, or the job's name.
    """

    person: int
    role: Role
    session: str

    @classmethod
    def service(cls, name: str) -> "Viewer":
        """The viewer of a job, as `service:<name>` in the log."""
        return cls(person=0, role=Role.SERVICE, session=f"service:{name}")
