"""The measure's settings: windows, weights and words of the engagement rating."""

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt, model_validator

from policy.strict import Strict


class Weights(Strict):
    """Shares of the score by part; a part that is absent leaves its share to the others."""

    attendance: NonNegativeInt
    vle: NonNegativeInt
    submissions: NonNegativeInt
    marks: NonNegativeInt


class Windows(Strict):
    """Days of teaching weeks that are looked back over, weekends included."""

    full_time: PositiveInt
    part_time: PositiveInt


class Research(Strict):
    """A research student's parts: shares of the score, and the days looked back over for supervision meetings.

    The days are all days, vacations included, for research goes on in them.
    """

    window_days: PositiveInt
    supervision: NonNegativeInt
    milestones: NonNegativeInt


class VleExpectation(Strict):
    """What VLE activity is held against when the module's own median says too little."""

    smallest_median_days: PositiveInt
    smallest_module: PositiveInt
    smallest_window: PositiveInt
    fixed_days_full_time: PositiveInt
    fixed_days_part_time: PositiveInt


class Bands(Strict):
    """The lowest whole score of each rating word; below the last it is Very low."""

    high: PositiveInt
    good: PositiveInt
    partial: PositiveInt
    low: PositiveInt

    @model_validator(mode="after")
    def _descend(self) -> "Bands":
        if not 100 >= self.high > self.good > self.partial > self.low:
            raise ValueError("the bands must descend from high to low, and start at 100 at most")
        return self


class Attention(Strict):
    """What brings a tutee to the front of a tutor's list beside a low rating."""

    sharp_fall: PositiveInt


class Quiet(Strict):
    """No activity anywhere for `days` teaching days while a module was in use, by so much of its students."""

    days: PositiveInt
    in_use_percent: PositiveInt


class MissedClasses(Strict):
    """Under `percent` of at least `classes` classes attended in the window."""

    percent: PositiveInt
    classes: PositiveInt


class MissingWork(Strict):
    """Work of the window not handed in, without an authorised absence in the `excused_days` up to its day."""

    excused_days: NonNegativeInt


class Fall(Strict):
    """`points` under the median of at least `weeks` earlier weeks of one's own."""

    points: PositiveInt
    weeks: PositiveInt


class Suggestions(Strict):
    """When a conversation is suggested, and after how many working days without action it comes first."""

    working_days: PositiveInt
    quiet: Quiet
    attendance: MissedClasses
    missing: MissingWork
    fall: Fall


class Engagement(Strict):
    """`engagement.toml`."""

    version: str
    excused: Literal["excluded", "met"]
    weights: Weights
    windows: Windows
    research: Research
    vle: VleExpectation
    bands: Bands
    attention: Attention
    suggestions: Suggestions
