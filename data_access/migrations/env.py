"""Alembic's entry: one connection, one transaction for each revision, the access log's schema included."""

from alembic import context
from sqlalchemy import text

from data_access import database
from data_access.tables import AUDIT, Base

engine = database.engine(context.config.attributes["settings"])
with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {AUDIT}"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name in (None, AUDIT),
        render_as_batch=True,
        compare_type=True,
        user_module_prefix="",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
