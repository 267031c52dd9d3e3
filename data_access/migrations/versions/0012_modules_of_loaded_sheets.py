"""The modules that a loaded sheet tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loaded_module",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("module", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module"], ["module.id"], name=op.f("fk_loaded_module_module_module")),
        sa.ForeignKeyConstraint(["run"], ["load_run.id"], name=op.f("fk_loaded_module_run_load_run")),
        sa.PrimaryKeyConstraint("run", "sheet", "module", name=op.f("pk_loaded_module")),
        info={"person": None},
        sqlite_with_rowid=False,
    )
    # Of the sheets that are stored nobody knows the modules: they stand for all, as they did.
    with op.batch_alter_table("loaded_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_module", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("loaded_sheet", schema=None) as batch_op:
        batch_op.drop_column("by_module")
    op.drop_table("loaded_module")
