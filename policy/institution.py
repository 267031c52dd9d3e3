"""The university itself: its name and the people to ask."""

from pydantic import BaseModel, ConfigDict


class Regulations(BaseModel):
    """What a student agreed to at enrolment: the regulation, by level, as the university numbers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    undergraduate: str = "undergraduate regulations"
    postgraduate: str = "postgraduate regulations"


class Institution(BaseModel):
    """`institution.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    support_name: str
    support_contact: str
    demonstration: bool = False
    regulations: Regulations = Regulations()
