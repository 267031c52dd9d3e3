"""Released figures stay as they are: no cell and no place of a release is changed or removed.

A correction is another release; the one before is taken out of sight, and its cells are kept.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_SAID = "released figures are never changed"
_TABLES = ("release_cell", "release_node")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION released_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{_SAID}'; END $$"
        )
        for table in _TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION released_kept()"
            )
        return
    for table in _TABLES:
        for act, done in (("UPDATE", "changed"), ("DELETE", "removed")):
            op.execute(
                f"CREATE TRIGGER {table}_not_{done} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"DROP TRIGGER {table}_kept ON {table}")
        op.execute("DROP FUNCTION released_kept()")
        return
    for table in _TABLES:
        for done in ("changed", "removed"):
            op.execute(f"DROP TRIGGER {table}_not_{done}")
