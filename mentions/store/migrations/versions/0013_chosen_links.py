"""Chosen links

Which page of ours a person wants a mention to link to, and by which words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "opportunity",
        sa.Column("link_url", sa.Text(), nullable=True, comment="NULL: no person chose a page of ours to link to"),
    )
    op.add_column(
        "opportunity",
        sa.Column("link_anchor", sa.Text(), nullable=True, comment="NULL: no person chose the words that link"),
    )
