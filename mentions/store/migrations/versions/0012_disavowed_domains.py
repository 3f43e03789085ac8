"""Disavowed domains

Domains that a person marked for the disavow file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disavowed_domain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False, comment="lower-case ASCII"),
        sa.Column("reason", sa.Text(), nullable=True, comment="NULL: none given"),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disavowed_domain"),
        sa.UniqueConstraint("domain", name="uq_disavowed_domain_domain"),
    )
