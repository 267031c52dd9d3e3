"""Support impact in policy: how often it is published, and who is alike enough to be compared."""

from pydantic import Field, PositiveInt

from policy.strict import Strict


class Match(Strict):
    """How many points two students may differ by; and of how many pairs anything is said, never of fewer than 23."""

    score: PositiveInt
    history: PositiveInt
    pairs: int = Field(ge=23)


class Impact(Strict):
    """`impact.toml`."""

    version: str
    days_apart: int = Field(ge=28)
    match: Match
