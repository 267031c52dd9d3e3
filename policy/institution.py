"""The university itself: its name and the people to ask."""

from pydantic import BaseModel, ConfigDict


class Institution(BaseModel):
    """`institution.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    support_name: str
    support_contact: str
    demonstration: bool = False
