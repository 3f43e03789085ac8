"""Follow-ups

Which email of an opportunity a draft is: the first, or a follow-up, and what it answers to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "draft",
        sa.Column(
            "follow_up",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="0: the first email; 1: the first follow-up …",
        ),
    )
    op.add_column(
        "draft",
        sa.Column(
            "in_reply_to",
            sa.Text(),
            nullable=True,
            comment="Message-ID of the email that a follow-up goes with; NULL: none, or it is not known",
        ),
    )
