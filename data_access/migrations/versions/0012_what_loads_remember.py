"""What loads remember: the modules that a sheet tells of, and the run of every row."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WITHOUT_RUN = ("school", "course", "module", "module_key", "source_key")
"""Of the rows that are in these tables already nobody knows the run."""


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
    for name in _WITHOUT_RUN:
        reference = sa.ForeignKey("load_run.id", name=op.f(f"fk_{name}_run_load_run"))
        run = sa.Column("run", sa.Integer(), reference, nullable=True)
        op.add_column(name, run, inline_references=True)  # SQLite adds no constraint to a table that is there


def downgrade() -> None:
    for name in reversed(_WITHOUT_RUN):
        op.drop_column(name, "run")
    with op.batch_alter_table("loaded_sheet", schema=None) as batch_op:
        batch_op.drop_column("by_module")
    op.drop_table("loaded_module")
