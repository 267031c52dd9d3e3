"""Days that feeds told of, gaps that people record, and weeks that are not held against another."""

import sqlalchemy as sa
from alembic import op

from data_access.tables.base import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_day",
        sa.Column(
            "system",
            sa.Enum(
                "student-records", "vle", "timetable", "attendance", "here", name="source", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column(
            "heard",
            sa.Enum("told", "pause", "silent", name="heard", native_enum=False, length=32),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("system", "day", name=op.f("pk_feed_day")),
        info={"person": None},
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("feed_gap", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recorded_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("recorded_at", Instant(timezone=True), nullable=True))
    with op.batch_alter_table("module_week", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gap", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("enrolment_week", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disturbed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("enrolment_week", schema=None) as batch_op:
        batch_op.drop_column("disturbed")
    with op.batch_alter_table("module_week", schema=None) as batch_op:
        batch_op.drop_column("gap")
    with op.batch_alter_table("feed_gap", schema=None) as batch_op:
        batch_op.drop_column("recorded_at")
        batch_op.drop_column("recorded_by")
    op.drop_table("feed_day")
