"""`rights.toml`: who answers what the team itself is complained of, and the bank holidays."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field, PositiveInt, model_validator

from policy.strict import Strict


class Rights(Strict):
    """`rights.toml`. The years of the bank holidays follow one another without a gap."""

    data_protection_officer: str = ""
    progress_days: PositiveInt
    days_before_use: PositiveInt
    bank_holidays: Mapping[int, tuple[date, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole_years(self) -> "Rights":
        years = sorted(self.bank_holidays)
        if years != list(range(years[0], years[-1] + 1)):
            raise ValueError("the years of the bank holidays must follow one another without a gap")
        for year, days in self.bank_holidays.items():
            if strange := [day for day in days if day.year != year]:
                raise ValueError(f"{strange[0]} stands among the bank holidays of {year}")
            if not days:
                raise ValueError(f"{year} has no bank holiday at all")
        return self

    @property
    def holidays(self) -> frozenset[date]:
        """Every bank holiday that is listed."""
        return frozenset(day for days in self.bank_holidays.values() for day in days)
