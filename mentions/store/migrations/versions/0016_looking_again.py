"""Looking again

How the article of each opportunity stands and when it is looked at next, every look at it, and the pages of ours that a
link may lead to. What is known of articles so far is taken over from their findings.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TRUTH = """CASE f.verdict WHEN 'linked' THEN 'linked' WHEN 'qualified' THEN 'qualified'
    WHEN 'misdirected' THEN 'wrong_page' WHEN 'bare_url' THEN 'unlinked' WHEN 'outside' THEN 'unlinked'
    WHEN 'unlinked' THEN 'unlinked' WHEN 'not_mentioned' THEN 'not_named' END"""
_TAKEN_OVER = f"""INSERT INTO recheck (opportunity_id, page_id, publisher_id, truth, truth_since, seen, baseline,
    link_url, link_rel, link_anchor, link_zone, last_look_at, last_good_at, failures, absent)
    SELECT o.id, p.id, p.publisher_id, {_TRUTH},
        CASE WHEN {_TRUTH} IS NULL THEN NULL ELSE COALESCE(o.link_found_at, o.created_at) END, {_TRUTH},
        CASE WHEN {_TRUTH} IS NULL THEN NULL WHEN o.link_found_at IS NULL THEN {_TRUTH} ELSE 'unlinked' END,
        o.link_url_found, CASE WHEN o.link_url_found IS NULL THEN NULL ELSE COALESCE(o.link_rel, '') END,
        CASE WHEN o.link_url_found IS NULL THEN NULL ELSE '' END,
        CASE WHEN o.link_url_found IS NULL THEN NULL ELSE 'body' END,
        f.last_checked_at, CASE WHEN {_TRUTH} IS NULL THEN NULL ELSE f.last_checked_at END, 0, 0
    FROM opportunity o JOIN finding f ON f.id = o.finding_id JOIN page p ON p.id = f.page_id"""  # noqa: S608  # our own words


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    time = sa.DateTime(timezone=True)
    op.add_column(
        "target",
        sa.Column("pages", json, nullable=True, comment="more pages that a link may lead to; NULL: none but url"),
    )
    op.create_table(
        "recheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False, comment="the finding's"),
        sa.Column("publisher_id", sa.Integer(), nullable=False, comment="the page's"),
        sa.Column("next_look_at", time, nullable=True, comment="NULL: no look is planned"),
        sa.Column(
            "planned_for",
            sa.String(32),
            nullable=True,
            comment="the state that the next look was planned for; NULL: nothing was planned yet",
        ),
        sa.Column("planned_for_at", time, nullable=True, comment="state_at of that state; NULL: as planned_for"),
        sa.Column("asked_at", time, nullable=True, comment="when a person asked for a look; NULL: nobody waits"),
        sa.Column("asked_by", sa.Text(), nullable=True, comment="NULL: as asked_at"),
        sa.Column("truth", sa.String(32), nullable=True, comment="NULL: no look was good so far"),
        sa.Column("truth_since", time, nullable=True, comment="NULL: as truth"),
        sa.Column("seen", sa.String(32), nullable=True, comment="what the last good look saw; NULL: as truth"),
        sa.Column(
            "pending_since",
            time,
            nullable=True,
            comment="since when good looks see less than the truth says; NULL: they agree",
        ),
        sa.Column(
            "baseline",
            sa.String(32),
            nullable=True,
            comment="the truth when the opportunity was found; NULL: as truth",
        ),
        sa.Column(
            "link_url", sa.Text(), nullable=True, comment="where the link leads that stood last; NULL: none ever stood"
        ),
        sa.Column(
            "link_rel",
            sa.Text(),
            nullable=True,
            comment="its effective tokens; empty: followed; NULL: as link_url",
        ),
        sa.Column("link_anchor", sa.Text(), nullable=True, comment="NULL: as link_url"),
        sa.Column("link_zone", sa.String(32), nullable=True, comment="NULL: as link_url"),
        sa.Column(
            "target_status", sa.Integer(), nullable=True, comment="HTTP status there; NULL: not known, or as link_url"
        ),
        sa.Column("lost_at", time, nullable=True, comment="when its link counted as lost; NULL: it stands, or none"),
        sa.Column("last_look_at", time, nullable=True, comment="NULL: nobody has looked"),
        sa.Column("last_good_at", time, nullable=True, comment="NULL: no look was good so far"),
        sa.Column(
            "failures", sa.Integer(), server_default="0", nullable=False, comment="looks in a row that told nothing"
        ),
        sa.Column("hidden_since", time, nullable=True, comment="since when it cannot be seen; NULL: it can"),
        sa.Column("absent", sa.Integer(), server_default="0", nullable=False, comment="days on which it was not there"),
        sa.Column("absent_at", time, nullable=True, comment="the last of those looks; NULL: it was there"),
        sa.Column("gone_at", time, nullable=True, comment="when the page counted as gone; NULL: it does not"),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name="fk_recheck_opportunity_id_opportunity"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_recheck_page_id_page"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_recheck_publisher_id_publisher"),
        sa.PrimaryKeyConstraint("id", name="pk_recheck"),
        sa.UniqueConstraint("opportunity_id", name="uq_recheck_opportunity_id"),
    )
    op.create_index("ix_recheck_page_id", "recheck", ["page_id"])
    op.create_index("ix_recheck_due", "recheck", ["publisher_id", "next_look_at"])
    op.create_index(
        "ix_recheck_asked",
        "recheck",
        ["asked_at"],
        sqlite_where=sa.text("asked_at IS NOT NULL"),
        postgresql_where=sa.text("asked_at IS NOT NULL"),
    )
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", time, nullable=False),
        sa.Column("sight", sa.String(32), nullable=False),
        sa.Column("page_state", sa.String(32), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True, comment="NULL: no answer"),
        sa.Column("reason", sa.Text(), nullable=True, comment="why it could not be read; NULL: it could"),
        sa.Column("verdict", sa.String(32), nullable=True, comment="NULL: nothing was judged, or nothing named us"),
        sa.Column("truth", sa.String(32), nullable=True, comment="NULL: the look could tell nothing"),
        sa.Column(
            "link_url",
            sa.Text(),
            nullable=True,
            comment="where the best link of ours in the article leads; NULL: none",
        ),
        sa.Column(
            "link_rel",
            sa.Text(),
            nullable=True,
            comment="its effective tokens; empty: followed; NULL: as link_url",
        ),
        sa.Column("link_anchor", sa.Text(), nullable=True, comment="NULL: as link_url"),
        sa.Column("link_zone", sa.String(32), nullable=True, comment="NULL: as link_url"),
        sa.Column(
            "target_status", sa.Integer(), nullable=True, comment="HTTP status there; NULL: not known, or as link_url"
        ),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name="fk_look_opportunity_id_opportunity"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_look_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
        sa.UniqueConstraint("opportunity_id", "looked_at", name="uq_look_opportunity_id_looked_at"),
    )
    op.create_index("ix_look_run_id", "look", ["run_id"])
    op.execute(_TAKEN_OVER)
