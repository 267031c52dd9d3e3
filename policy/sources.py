"""How often each of the four systems is loaded."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from pydantic import PositiveInt, field_validator

from policy.strict import Strict

_NAMES = ("student-records", "vle", "timetable", "attendance")


class Sources(Strict):
    """`sources.toml`."""

    hours: Mapping[Literal["student-records", "vle", "timetable", "attendance"], PositiveInt]

    @field_validator("hours")
    @classmethod
    def _each_system(cls, hours: Mapping[str, int]) -> Mapping[str, int]:
        if missing := [name for name in _NAMES if name not in hours]:
            raise ValueError(f"there must be a line for {', '.join(missing)}")
        return hours

    def allowed(self, system: str) -> timedelta:
        """How long after a load of the system the next one is due."""
        return timedelta(hours=self.hours[system])  # type: ignore[index]
