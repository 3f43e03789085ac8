"""Our own site

How pages of ours link to each other, as a crawl of our own site found it; and the redirects that a link to a page of
ours passes through.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column(
        "destination",
        sa.Column("hops", json, nullable=True, comment="redirects passed: [status, address led to]; NULL: none seen"),
    )
    op.create_table(
        "site_crawl",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False, comment="that answered, in whatever way"),
        sa.Column("left", sa.Integer(), nullable=False, comment="known, and not asked for within the budget"),
        sa.PrimaryKeyConstraint("id", name="pk_site_crawl"),
    )
    op.create_table(
        "site_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="canonical URL"),
        sa.Column("http_status", sa.Integer(), nullable=True, comment="NULL: no answer, or we may not ask"),
        sa.Column("problem", sa.Text(), nullable=True, comment="NULL: it was read, or it leads elsewhere"),
        sa.Column("redirects_to", sa.Text(), nullable=True, comment="NULL: it does not"),
        sa.Column("canonical", sa.Text(), nullable=True, comment="another page, its original; NULL: it names none"),
        sa.Column("noindex", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True, comment="NULL: not read, or it has none"),
        sa.Column("depth", sa.Integer(), nullable=True, comment="clicks from a home page; NULL: no way was found"),
        sa.Column("linked_in_article", sa.Integer(), nullable=False),
        sa.Column("linked_elsewhere", sa.Integer(), nullable=False),
        sa.Column("links_in_article", sa.Integer(), nullable=False),
        sa.Column("links_elsewhere", sa.Integer(), nullable=False),
        sa.Column("linked_from", json, nullable=False, comment="some linking pages: url, anchor, in_article"),
        sa.PrimaryKeyConstraint("id", name="pk_site_page"),
        sa.UniqueConstraint("url", name="uq_site_page_url"),
    )
