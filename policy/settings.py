"""Where this installation keeps its data and how it is reached: four environment variables, no others."""

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`LA_HOME`, `LA_DATABASE_URL`, `LA_HTTPS`, `PORT`. Made by `app.py` and `manage.py`, nowhere else."""

    model_config = SettingsConfigDict(env_prefix="LA_", frozen=True)

    home: Path = Path("var")
    database_url: str | None = None
    https: bool = False
    port: int = Field(default=8501, validation_alias=AliasChoices("PORT", "port"))

    @property
    def url(self) -> str:
        """The database: PostgreSQL where `LA_DATABASE_URL` says so, else SQLite in the home folder."""
        return self.database_url or f"sqlite:///{(self.home / 'learner-analytics.db').resolve()}"

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. Under HTTPS browsers hold `__Host-` to Secure, this host, path /."""
        return "__Host-la_sid" if self.https else "la_sid"
