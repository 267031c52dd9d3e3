"""Where the access log begins, once lines that were over their time were disposed of."""

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


def downgrade() -> None:
    op.drop_table("access_cut", schema="audit")
