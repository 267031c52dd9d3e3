"""Where the access log begins, once lines that were over their time were disposed of; and when accounts were made."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from data_access.tables.base import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_cut",
        sa.Column("last", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_mac", sa.String(), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("certificate", sa.Integer(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("last", name=op.f("pk_access_cut")),
        schema="audit",
        info={"person": None},
        if_not_exists=True,  # a restored database may be older than the log, which is never put back
    )
    op.add_column("account", sa.Column("made_at", Instant(timezone=True), nullable=True))
    # When those that are there were made is not known: their period begins today.
    now = sa.bindparam("now", datetime.now(UTC), Instant())
    op.get_bind().execute(sa.text("UPDATE account SET made_at = :now").bindparams(now))


def downgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("made_at")
    op.drop_table("access_cut", schema="audit")
