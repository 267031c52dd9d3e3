"""People as student records know them, their keys in the other systems, and how they can be reached."""

from dataclasses import dataclass, field

from data_access.tables import ContactKind
from privacy.labels import Source


@dataclass(frozen=True)
class PersonRecord:
    """A student or a member of staff, by their key in student records."""

    key: str
    given_name: str
    family_name: str


@dataclass(frozen=True)
class IdentityRecord:
    """A key by which another system than student records knows a person."""

    system: Source
    key: str
    person: str


@dataclass(frozen=True)
class ContactRecord:
    """How a student can be reached. Kept only with enrolments that are active when it is loaded."""

    student: str
    kind: ContactKind
    value: str = field(repr=False)  # whatever is written down of a load that failed, not this
