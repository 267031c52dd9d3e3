"""How every command begins: the settings, the keys, an up-to-date database, and the time."""

from datetime import UTC, date, datetime

import data_access
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import keys, migrations, notice_versions
from policy.days import london_noon
from policy.settings import Settings


def installed() -> Settings:
    """Open this installation, which must exist and be up to date."""
    settings = Settings()
    if not migrations.current(settings):
        raise Refusal(
            "There is no up-to-date database here yet. `python manage.py serve` or `demo` makes it."
        )
    data_access.start(settings)
    return settings


def prepared() -> Settings:
    """Open this installation; make its folder, keys and database first where they are missing.

    A notice that the university has put into the policy folder is in force from here on.
    """
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    keys.make(settings.home)
    migrations.upgrade(settings)
    data_access.start(settings)
    notice_versions.take_up(Viewer.service("start"), now())
    return settings


def now() -> datetime:
    """The instant this command was started."""
    return datetime.now(UTC)


def noon_of(day: datetime | None) -> datetime:
    """Noon in London of a day given on the command line; without one, now."""
    return london_noon(date(day.year, day.month, day.day)) if day else now()
