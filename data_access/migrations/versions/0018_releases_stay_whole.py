"""A release stays whole: none of its rules and dates changes, and once it is approved nothing is put into it.

It goes forward alone, from built to approved to withdrawn; 0016 keeps the cells and places that it has.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_SAID = "released figures are never changed"
_PARTS = ("release_cell", "release_node")
_FIXED = ("id", "cohort", "census", "rule", "profile", "audit", "built_at")
_BACK = (
    "(NEW.state <> OLD.state AND OLD.state <> 'built' AND NOT (OLD.state = 'approved' AND NEW.state = 'withdrawn'))"
)
_LATE = "NOT EXISTS (SELECT 1 FROM release WHERE id = NEW.release AND state = 'built')"


def _changed(differs: str) -> str:
    """When an update is none that approves a release or takes it out of sight; an approver's row may go."""
    fixed = [f"NEW.{one} {differs} OLD.{one}" for one in _FIXED]
    by = f"(NEW.approved_by IS NOT NULL AND NEW.approved_by {differs} OLD.approved_by)"
    approval = [f"NEW.{one} {differs} OLD.{one}" for one in ("approved_at", "approved_name")] + [by]
    return " OR ".join([*fixed, _BACK, f"(OLD.state <> 'built' AND ({' OR '.join(approval)}))"])


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _PARTS:
            _refuse(table, "late", "INSERT", _LATE)
        _refuse("release", "changed", "UPDATE", _changed("IS DISTINCT FROM"))
        op.execute(
            "CREATE TRIGGER release_removed BEFORE DELETE ON release FOR EACH ROW EXECUTE FUNCTION released_kept()"
        )
        return
    refused = f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    for table in _PARTS:
        op.execute(f"CREATE TRIGGER {table}_not_late BEFORE INSERT ON {table} WHEN {_LATE} {refused}")
    op.execute(f"CREATE TRIGGER release_not_changed BEFORE UPDATE ON release WHEN {_changed('IS NOT')} {refused}")
    op.execute(f"CREATE TRIGGER release_not_removed BEFORE DELETE ON release {refused}")


def _refuse(table: str, name: str, act: str, when: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{_SAID}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_{name}()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, name in (*((table, "late") for table in _PARTS), ("release", "changed")):
            op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
            op.execute(f"DROP FUNCTION {table}_{name}()")
        op.execute("DROP TRIGGER release_removed ON release")
        return
    for table in _PARTS:
        op.execute(f"DROP TRIGGER {table}_not_late")
    for done in ("changed", "removed"):
        op.execute(f"DROP TRIGGER release_not_{done}")
