"""What a Caliper 1.1 or 1.2 event is, as far as we look at it: who did something, in which course, as what, and when.

An entity may be given in full or by its IRI alone. Names, pages, messages, answers and sessions are dropped as the
event is read.
"""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

_VERSIONS = ("http://purl.imsglobal.org/ctx/caliper/v1p1", "http://purl.imsglobal.org/ctx/caliper/v1p2")
_COURSES = ("CourseSection", "CourseOffering")


def is_caliper(context: object) -> bool:
    """Whether a JSON-LD context is that of Caliper 1.1 or 1.2, or of an extension of theirs."""
    contexts = context if isinstance(context, list) else [context]
    return any(isinstance(one, str) and one.startswith(_VERSIONS) for one in contexts)


def _version(context: Any) -> Any:
    if not is_caliper(context):
        raise PydanticCustomError("not_allowed", "The event is not of Caliper 1.1 or 1.2.")
    return context


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Entity(_Part):
    """A person, a program, a course, a page; `type` is empty where only its IRI is given."""

    id: str = Field(min_length=1)
    type: str = ""
    within: "MaybeEntity" = Field(default=None, alias="subOrganizationOf")

    @property
    def course(self) -> Self | None:
        """The course section, of a group of students the one it is formed in; None where there is none."""
        found: Self | None = self
        while found and found.type and found.type not in _COURSES:
            found = found.within  # type: ignore[assignment]
        return found


def _entity(given: Any) -> Any:
    return {"id": given} if isinstance(given, str) else given


MaybeEntity = Annotated[Entity | None, BeforeValidator(_entity)]
GivenEntity = Annotated[Entity, BeforeValidator(_entity)]


class Membership(_Part):
    """As what a person belongs to a course."""

    member: MaybeEntity = None
    organization: MaybeEntity = None
    roles: list[str] = []


def _membership(given: Any) -> Any:
    return None if isinstance(given, str) else given


class Event(_Part):
    """The event."""

    context: Annotated[Any, AfterValidator(_version)] = Field(alias="@context")
    type: str
    actor: GivenEntity
    action: str
    object: GivenEntity
    at: str = Field(alias="eventTime")
    group: MaybeEntity = None
    membership: Annotated[Membership | None, BeforeValidator(_membership)] = None

    @property
    def roles(self) -> list[str]:
        """The actor's roles, where the event says them of the actor and not of somebody else."""
        found = self.membership
        return found.roles if found and (not found.member or found.member.id == self.actor.id) else []

    @property
    def course(self) -> str:
        """The IRI of the course it happened in; "" where none is named."""
        places = (self.group, self.membership and self.membership.organization)
        courses = (place.course for place in places if place)
        return next((course.id for course in courses if course), "")
