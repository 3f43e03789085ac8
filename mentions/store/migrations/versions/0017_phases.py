"""Phases of a run

What a night consists of, and how each part of it went.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run") as batch:
        batch.add_column(
            sa.Column(
                "phases",
                sa.JSON().with_variant(JSONB(), "postgresql"),
                nullable=True,
                comment="mentions.phases; NULL: the run kept none",
            )
        )
