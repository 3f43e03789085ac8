"""Articles that moved

Where the address of a page leads, so that an article that moved stays one article.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "page",
        sa.Column("leads_to", sa.Text(), nullable=True, comment="key of another page; NULL: it led to none so far"),
    )
    known = sa.text("leads_to IS NOT NULL")
    op.create_index("ix_page_leads_to", "page", ["leads_to"], sqlite_where=known, postgresql_where=known)
