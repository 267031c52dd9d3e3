"""The ledger of consents only grows.

A line of it is never changed, and goes only together with its consent, when the retention schedule says so.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SAID = "the ledger of consents only grows"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION consent_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent AND "
            "text = '') THEN "
            f"RAISE EXCEPTION '{_SAID}'; END IF; "
            f"IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{_SAID}'; END IF; RETURN OLD; END $$"
        )
        op.execute(
            "CREATE TRIGGER consent_step_kept BEFORE UPDATE OR DELETE ON consent_step "
            "FOR EACH ROW EXECUTE FUNCTION consent_step_kept()"
        )
        return
    op.execute(
        "CREATE TRIGGER consent_step_not_changed BEFORE UPDATE ON consent_step "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    )
    op.execute(
        "CREATE TRIGGER consent_step_not_removed BEFORE DELETE ON consent_step "
        "WHEN EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent AND text <> '') "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER consent_step_kept ON consent_step")
        op.execute("DROP FUNCTION consent_step_kept()")
        return
    op.execute("DROP TRIGGER consent_step_not_changed")
    op.execute("DROP TRIGGER consent_step_not_removed")
