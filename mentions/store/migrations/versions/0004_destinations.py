"""Destinations

Where shorteners lead, and whether our own pages are still there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="as it stands in links; our own pages: canonical URL"),
        sa.Column("ours", sa.Boolean(), nullable=False, comment="a page of ours, not a shortener"),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=True, comment="NULL: nobody knows where it leads"),
        sa.Column(
            "http_status", sa.Integer(), nullable=True, comment="NULL: no answer, or the last page was not asked for"
        ),
        sa.Column("problem", sa.Text(), nullable=True, comment="NULL: the last look was good"),
        sa.Column(
            "failures", sa.Integer(), server_default="0", nullable=False, comment="looks in a row that were no good"
        ),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True, comment="NULL: the last look was good"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destination")),
        sa.UniqueConstraint("url", name=op.f("uq_destination_url")),
    )
