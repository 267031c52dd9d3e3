"""`consent.toml`: what a student is told before they consent, and how long a consent holds."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from string import Formatter

from pydantic import Field, field_validator

from policy.strict import Strict

WORDS = frozenset({"university", "tutor", "what", "why", "who", "until", "officer"})


class Consent(Strict):
    """The text's version and words, and the periods."""

    version: str = Field(min_length=1)
    months: int = Field(ge=1, le=12)
    reminder_days: int = Field(ge=1, le=90)
    destroy_after_hours: int = Field(ge=0, le=72)
    text: str

    @field_validator("text")
    @classmethod
    def _says_it_all(cls, text: str) -> str:
        """What the law asks to be told must all be in it, and nothing that nobody fills in."""
        named = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
        if named != WORDS:
            missing = ", ".join(sorted(named ^ WORDS))
            raise ValueError(
                f"the text must hold each of {sorted(WORDS)} and no other word in braces: {missing}"
            )
        return text.strip()

    def told(self, words: Mapping[str, str]) -> tuple[str, str]:
        """What one student is told, and its SHA-256."""
        said = self.text.format_map(dict(words))
        return said, sha256(said.encode()).hexdigest()

    def last_day(self, day: date) -> date:
        """The last day on which a consent of `day` can hold."""
        month = day.month - 1 + self.months
        year, month = day.year + month // 12, month % 12 + 1
        shortest = 28 if month == 2 else 30
        return date(year, month, min(day.day, shortest))
