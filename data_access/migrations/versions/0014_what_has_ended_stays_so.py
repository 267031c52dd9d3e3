"""What has ended stays so: how much of it the database has seen; and what consents are about is sealed.

A consent from before lay open. It ends here and its words go, so that it has to be asked for anew.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from data_access.tables.base import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SAID = "the ledger of consents only grows"
_KINDS = (
    "core", "contact", "engagement", "support", "governance", "consent", "sensitive", "rights", "audit",
    "quarantine",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "watermark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermark")),
        info={"person": None},
    )
    op.create_table(
        "buried_key",
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_buried_key")),
        info={"person": None},
    )
    op.create_table(
        "disposed_class",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*_KINDS, name="retention", native_enum=False, length=32), nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.number"], name=op.f("fk_disposed_class_person_person")),
        sa.PrimaryKeyConstraint("person", "kind", name=op.f("pk_disposed_class")),
        info={"person": "person"},
    )
    # A restored database may be older than the log, which is never put back.
    op.create_index("ix_access_line_at", "access_line", ["at"], schema="audit", if_not_exists=True)
    op.add_column("dispute", sa.Column("item", sa.Integer(), nullable=True))
    op.add_column("dispute", sa.Column("name", sa.String(), nullable=True))
    _end_what_stands()
    _without_triggers()
    for column in ("what", "why", "text"):
        op.execute(f"ALTER TABLE consent DROP COLUMN {column}")
    op.execute("ALTER TABLE sensitive_extract DROP COLUMN necessity")
    op.execute("ALTER TABLE consent ADD COLUMN key VARCHAR NOT NULL DEFAULT ''")
    empty = "''::bytea" if _postgresql() else "x''"
    blob = "BYTEA" if _postgresql() else "BLOB"
    op.execute(f"ALTER TABLE consent ADD COLUMN sealed {blob} NOT NULL DEFAULT {empty}")
    op.add_column("consent", sa.Column("destroyed_at", Instant(timezone=True), nullable=True))
    now = sa.bindparam("now", datetime.now(UTC), Instant())
    op.get_bind().execute(sa.text("UPDATE consent SET destroyed_at = :now").bindparams(now))
    _may_be_left(nullable=True)
    _with_triggers("destroyed_at IS NULL")


def downgrade() -> None:
    _without_triggers()
    _may_be_left(nullable=False)
    for column in ("destroyed_at", "sealed", "key"):
        op.execute(f"ALTER TABLE consent DROP COLUMN {column}")
    for column in ("what", "why", "text"):
        op.execute(f"ALTER TABLE consent ADD COLUMN {column} VARCHAR NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE sensitive_extract ADD COLUMN necessity VARCHAR NOT NULL DEFAULT ''")
    _with_triggers("text <> ''")
    op.drop_column("dispute", "name")
    op.drop_column("dispute", "item")
    op.drop_index("ix_access_line_at", "access_line", schema="audit")
    for table in ("disposed_class", "buried_key", "watermark"):
        op.drop_table(table)


def _may_be_left(*, nullable: bool) -> None:
    """A plan is deleted before the proof that consent was asked for it; what is held back outlasts its share.

    Where that has happened, the way back is refused.
    """
    for table, column in (("consent", "plan"), ("sensitive_extract", "share")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Integer(), nullable=nullable)


def _end_what_stands() -> None:
    """Consents that stand or wait lapse; what was written under them is shut, and a day later destroyed."""
    now = sa.bindparam("now", datetime.now(UTC), Instant())
    run = op.get_bind().execute
    last = "(SELECT max(n) FROM consent_step l WHERE l.consent = s.consent)"
    run(
        sa.text(
            "INSERT INTO consent_step (consent, n, state, at, person, method, typed) "  # noqa: S608
            f"SELECT s.consent, s.n + 1, 'lapsed', :now, NULL, NULL, '' FROM consent_step s WHERE s.n = {last} "
            "AND s.state IN ('asked for', 'signed, to be confirmed', 'given')"
        ).bindparams(now)
    )
    run(sa.text("UPDATE sensitive_note SET locked_at = :now WHERE locked_at IS NULL").bindparams(now))
    run(sa.text("UPDATE sensitive_extract SET ended_at = :now WHERE ended_at IS NULL").bindparams(now))


def _without_triggers() -> None:
    if _postgresql():
        op.execute("DROP TRIGGER consent_step_kept ON consent_step")
        op.execute("DROP FUNCTION consent_step_kept()")
        return
    op.execute("DROP TRIGGER consent_step_not_changed")
    op.execute("DROP TRIGGER consent_step_not_removed")


def _with_triggers(told: str) -> None:
    """A line goes only once what its consent was about has gone: while it is `told`, none does."""
    if _postgresql():
        op.execute(
            "CREATE FUNCTION consent_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent AND {told}) THEN "
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
        f"WHEN EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent AND {told}) "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    )


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
