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


class Research(BaseModel):
    """A research student's parts: shares of the score, and the days looked back over for supervision meetings.

    The days are all days, vacations included, for research goes on in them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    window_days: PositiveInt
    supervision: NonNegativeInt
    milestones: NonNegativeInt


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


class Quiet(BaseModel):
    """No activity anywhere for `days` teaching days while a module was in use, by so much of its students."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: PositiveInt
    in_use_percent: PositiveInt


class MissedClasses(BaseModel):
    """Under `percent` of at least `classes` classes attended in the window."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    percent: PositiveInt
    classes: PositiveInt


class MissingWork(BaseModel):
    """Work of the window not handed in, without an authorised absence in the `excused_days` up to its day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    excused_days: NonNegativeInt


class Fall(BaseModel):
    """`points` under the median of at least `weeks` earlier weeks of one's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: PositiveInt
    weeks: PositiveInt


class Suggestions(BaseModel):
    """When a conversation is suggested, and after how many working days without an answer it comes first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    working_days: PositiveInt
    quiet: Quiet
    attendance: MissedClasses
    missing: MissingWork
    fall: Fall


class Engagement(BaseModel):
    """`engagement.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    excused: Literal["excluded", "met"]
    weights: Weights
    windows: Windows
    research: Research
    vle: VleExpectation
    bands: Bands
    attention: Attention
    suggestions: Suggestions
