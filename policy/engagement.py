"""The measure's settings: windows, weights and words of the engagement rating."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt, model_validator


class Weights(BaseModel):
    """Shares of the score by part; a part that is absent leaves its share to the others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    attendance: NonNegativeInt
    vle: NonNegativeInt
    submissions: NonNegativeInt
    marks: NonNegativeInt


class Windows(BaseModel):
    """Days of teaching weeks that are looked back over, weekends included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    full_time: PositiveInt
    part_time: PositiveInt


class VleExpectation(BaseModel):
    """What VLE activity is held against when the module's own median says too little."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    smallest_median_days: PositiveInt
    smallest_module: PositiveInt
    smallest_window: PositiveInt
    fixed_days_full_time: PositiveInt
    fixed_days_part_time: PositiveInt


class Bands(BaseModel):
    """The lowest whole score of each rating word; below the last it is Very low."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    high: PositiveInt
    good: PositiveInt
    partial: PositiveInt
    low: PositiveInt

    @model_validator(mode="after")
    def _descend(self) -> "Bands":
        if not 100 >= self.high > self.good > self.partial > self.low:
            raise ValueError("the bands must descend from high to low, and start at 100 at most")
        return self


class Attention(BaseModel):
    """What brings a tutee to the front of a tutor's list beside a low rating."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sharp_fall: PositiveInt


class Engagement(BaseModel):
    """`engagement.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    excused: Literal["excluded", "met"]
    weights: Weights
    windows: Windows
    vle: VleExpectation
    bands: Bands
    attention: Attention
