"""Where this installation keeps its data and how it is reached: four environment variables, no others."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

_FIT: Mapping[str, tuple[str, str]] = {
    "port": ("PORT", "a number from 1 to 65535"),
    "https": ("LA_HTTPS", "1 or 0"),
}
"""The variables that take but some values, and which."""


class SettingsError(Exception):
    """A variable of the environment cannot be understood; the sentence names it and what it may hold."""


class Settings(BaseSettings):
    """`LA_HOME`, `LA_DATABASE_URL`, `LA_HTTPS`, `PORT`; made by `app.py` and `manage.py` alone. SettingsError."""

    model_config = SettingsConfigDict(env_prefix="LA_", env_ignore_empty=True, frozen=True)

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            field = str(first["loc"][0]).lower()
            if field not in _FIT:
                raise
            name, fit = _FIT[field]
            raise SettingsError(f"{name} is set to “{first['input']}”. It must be {fit}.") from None

    home: Path = Path("var")
    database_url: str | None = None
    https: bool = False
    port: int = Field(default=8501, ge=1, le=65_535, validation_alias=AliasChoices("PORT", "port"))

    @property
    def url(self) -> str:
        """The database: PostgreSQL where `LA_DATABASE_URL` says so, else SQLite in the home folder."""
        return self.database_url or f"sqlite:///{(self.home / 'learner-analytics.db').resolve()}"

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. Under HTTPS browsers hold `__Host-` to Secure, this host, path /."""
        return "__Host-la_sid" if self.https else "la_sid"
