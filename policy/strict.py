"""What every part of a policy file is: read strictly, and never changed afterwards."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a policy file. A field that it does not know refuses the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
