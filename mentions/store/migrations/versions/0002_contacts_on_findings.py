"""Contacts on findings

The address that the article's own page publishes; findings judged before have none until the next look.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "contact_address",
                sa.Text(),
                nullable=True,
                comment="NULL: the page publishes no address that may be used",
            )
        )
        batch_op.add_column(
            sa.Column(
                "contact_name", sa.Text(), nullable=True, comment="NULL: a role address, or not certain whose it is"
            )
        )
        batch_op.add_column(
            sa.Column("contact_source_url", sa.Text(), nullable=True, comment="NULL: as contact_address")
        )
        batch_op.add_column(
            sa.Column("contact_why", sa.Text(), nullable=True, comment="where on the page; NULL: as contact_address")
        )
