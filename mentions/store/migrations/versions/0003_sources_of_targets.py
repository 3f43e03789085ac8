"""Sources of targets

A search feed, a GDELT query and a list of addresses belong to a target or to nobody, not to a publisher; a source and a
page remember what was asked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.alter_column(
            "publisher_id",
            existing_type=sa.Integer(),
            nullable=True,
            comment="NULL: it announces pages of any site",
        )
        batch_op.add_column(
            sa.Column("target", sa.Text(), nullable=True, comment="by name; NULL: it was not asked for one target")
        )
        batch_op.add_column(
            sa.Column("query", sa.Text(), nullable=True, comment="what it was asked for; NULL: it takes no question")
        )
    op.add_column(
        "page",
        sa.Column(
            "source_query",
            sa.Text(),
            nullable=True,
            comment="what its source was asked for, or the row of a list; NULL: the source takes no question",
        ),
    )
