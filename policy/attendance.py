"""What a card that was read at a door says about attendance at the class in that room."""

from datetime import timedelta

from pydantic import Field, NonNegativeInt

from policy.strict import Strict


class Attendance(Strict):
    """`attendance.toml`. `swiped_share` is a whole per cent."""

    minutes_before: NonNegativeInt
    late_after_minutes: NonNegativeInt
    swiped_share: int = Field(ge=1, le=100)

    @property
    def before(self) -> timedelta:
        """How long before it begins a class takes swipes."""
        return timedelta(minutes=self.minutes_before)

    @property
    def late_after(self) -> timedelta:
        """How long after the beginning a first swipe is still in time."""
        return timedelta(minutes=self.late_after_minutes)
