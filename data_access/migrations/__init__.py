"""The schema's history, and the two questions asked of it: bring it up to date; is it up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from data_access import apart, database, fences
from data_access.tables import AUDIT
from policy.settings import Settings


def upgrade(settings: Settings) -> None:
    """Create the schema and the stores apart from it, or bring them up to date. Safe to call again."""
    command.upgrade(config(settings), "head")
    fences.put_up(settings)
    apart.make(settings)


def current(settings: Settings) -> bool:
    """Whether the database is there, answers, and is at the newest revision, and the stores apart are with it."""
    if not database.there(settings):
        return False
    engine = database.engine(settings)
    try:
        with engine.connect() as connection:
            at = MigrationContext.configure(connection).get_current_revision()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    newest = ScriptDirectory.from_config(config(settings)).get_current_head()
    return at == newest and apart.current(settings)


def config(settings: Settings) -> Config:
    """Alembic's configuration for this installation; there is no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["settings"] = settings
    made.attributes["audit"] = AUDIT
    return made
