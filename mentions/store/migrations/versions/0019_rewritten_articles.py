"""Rewritten articles

Whether the last good look found another text than the one that named us.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "recheck",
        sa.Column(
            "rewritten",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="the last good look found another text than the one that named us",
        ),
    )
