"""Counts of the queue

How many finds are alike in what the review desk's lists are counted by, kept by triggers (store/queue_tally.py). On
PostgreSQL the search is made anew besides: it folds accents from here on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True, comment="NULL: not known"),
        sa.Column("assigned_to", sa.Text(), nullable=True, comment="NULL: nobody"),
        sa.Column("has_contact", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True, comment="NULL: not snoozed"),
        sa.Column("finds", sa.Integer(), nullable=False, comment="so many more; below 0: so many less"),
        sa.PrimaryKeyConstraint("id", name="pk_queue_tally"),
    )
