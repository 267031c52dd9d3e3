"""Marks that were asked for before they are announced: the day on which what waits for them is due."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rights_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marks_by", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rights_case", schema=None) as batch_op:
        batch_op.drop_column("marks_by")
