"""Emails to a person

An index by which the emails to one address are found without reading their texts.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_draft_to_address", "draft", ["to_address"])
