"""What an xAPI 1.0.3 statement is, as far as we look at it: who did what with what, in which module, and when.

Everything else (results, names of people, addresses, attachments) is dropped as it is read.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from ingest.xapi_terms import Actor, Iri, Part, Words

Interaction = Literal[
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
]


class Verb(Part):
    """What was done."""

    id: Iri
    display: Words | None = None


class Definition(Part):
    """What kind of thing an activity is."""

    type: Iri | None = None
    name: Words | None = None
    description: Words | None = None
    interaction: Interaction | None = Field(default=None, alias="interactionType")


class Activity(Part):
    """A thing that is worked with: a page, a video, a course."""

    kind: Literal["Activity"] = Field(default="Activity", alias="objectType")
    id: Iri
    definition: Definition = Definition()


class Reference(Part):
    """Another statement, as the object of a statement about it."""

    id: str


class SubStatement(Part):
    """A statement in a statement."""

    actor: Actor
    verb: Verb
    object: Any


def _kind(value: Any) -> str:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else ""
    return kind if isinstance(kind, str) else ""


Object = Annotated[
    Annotated[Activity, Tag("Activity")]
    | Annotated[Actor, Tag("Agent")]
    | Annotated[Actor, Tag("Group")]
    | Annotated[Reference, Tag("StatementRef")]
    | Annotated[SubStatement, Tag("SubStatement")],
    Discriminator(_kind),
]
# One activity alone may stand where several may.
Activities = Annotated[
    list[Activity], BeforeValidator(lambda given: given if isinstance(given, list) else [given])
]


class Surroundings(Part):
    """What the object is part of, by how near it is."""

    model_config = ConfigDict(extra="forbid")

    parent: Activities = []
    grouping: Activities = []
    category: Activities = []
    other: Activities = []

    @property
    def all(self) -> list[Activity]:
        """All of them, the nearest first."""
        return [*self.parent, *self.grouping, *self.category, *self.other]


class Context(Part):
    """Where it was done."""

    activities: Surroundings = Field(default=Surroundings(), alias="contextActivities")
    extensions: dict[str, Any] = {}
    instructor: Actor | None = None
    team: Actor | None = None


class Statement(Part):
    """The statement. A sub-statement, which names its kind, is none by itself."""

    id: str | None = None
    kind: None = Field(default=None, alias="objectType")
    actor: Actor
    verb: Verb
    object: Object
    context: Context = Context()
    timestamp: str | None = None
    stored: str | None = None
    authority: Actor | None = None
    version: str = Field(default="1.0.0", pattern=r"^1\.0(\.\d+)?$")

    @property
    def at(self) -> str:
        """When it was done; where that is not said, when it was stored, as the standard has it."""
        return self.timestamp or self.stored or ""
