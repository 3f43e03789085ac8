"""The first schema

There is no data before it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment='what happened: "opportunity found", "exported" …'),
        sa.Column("subject", sa.Text(), nullable=False, comment='to what: "opportunity/12", "export/reclaim.csv" …'),
        sa.Column("actor", sa.Text(), nullable=True, comment="NULL: this program"),
        sa.Column("detail", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_event_subject_at", ["subject", "at"], unique=False)

    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True, comment="NULL: the configuration does not say"),
        sa.Column("caveat", sa.Text(), nullable=True, comment="NULL: nothing to know before writing to it"),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher")),
        sa.UniqueConstraint("domain", name=op.f("uq_publisher_domain")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="nightly, crawl …"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: running"),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "publishers", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False, comment="domain → counts"
        ),
        sa.Column("warnings", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, comment="lower case"),
        sa.Column("reason", sa.Text(), nullable=True, comment="NULL: none given"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_suppression_kind_value")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "retired_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: it stands in the configuration"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("name", name=op.f("uq_target_name")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True, comment="NULL: logs in through a proxy only"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: may log in"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column(
            "email", sa.Text(), nullable=True, comment="NULL: only a form is published, or the contact was erased"
        ),
        sa.Column("name", sa.Text(), nullable=True, comment="NULL: a role address, or the contact was erased"),
        sa.Column("role", sa.Text(), nullable=True, comment="NULL: not published"),
        sa.Column("confidence", sa.Text(), nullable=True, comment="NULL: not judged"),
        sa.Column("source_url", sa.Text(), nullable=False, comment="where it was published"),
        sa.Column("form_url", sa.Text(), nullable=True, comment="NULL: no form is published"),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "erased_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not erased at the person's request"
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name=op.f("fk_contact_publisher_id_publisher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("publisher_id", "email", name=op.f("uq_contact_publisher_id_email")),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="canonical URL"),
        sa.Column("url", sa.Text(), nullable=False, comment="as announced; what gets fetched"),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "source_url", sa.Text(), nullable=True, comment="NULL: no source named it; it was looked at directly"
        ),
        sa.Column("source_kind", sa.String(32), nullable=True, comment="NULL: as source_url"),
        sa.Column("announced_title", sa.Text(), nullable=True, comment="NULL: its source gave none"),
        sa.Column(
            "announced_at", sa.DateTime(timezone=True), nullable=True, comment="date by its source; NULL: it gave none"
        ),
        sa.Column("depth", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(32), nullable=True, comment="NULL: never fetched; error: no look was good so far"),
        sa.Column("last_good_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: no look was good so far"),
        sa.Column("final_url", sa.Text(), nullable=True, comment="NULL: no good look so far"),
        sa.Column(
            "http_status", sa.Integer(), nullable=True, comment="NULL: no good look so far, or it was not asked for"
        ),
        sa.Column(
            "reason", sa.Text(), nullable=True, comment="why a state other than live; NULL: live or never fetched"
        ),
        sa.Column("etag", sa.Text(), nullable=True, comment="NULL: its last good answer had none"),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="NULL: its last good answer had none"),
        sa.Column("content_hash", sa.Text(), nullable=True, comment="NULL: there was nothing to hash"),
        sa.Column("body_bytes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), nullable=True, comment="NULL: not read, or it has none"),
        sa.Column("author", sa.Text(), nullable=True, comment="NULL: not read, or it names none"),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not read, or it names none"
        ),
        sa.Column("language", sa.Text(), nullable=True, comment="NULL: not read, or not known"),
        sa.Column("site_name", sa.Text(), nullable=True, comment="NULL: not read, or it names none"),
        sa.Column("last_looked_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: never fetched"),
        sa.Column(
            "attempts", sa.Integer(), server_default="0", nullable=False, comment="looks since the last good one"
        ),
        sa.Column("last_error", sa.Text(), nullable=True, comment="NULL: the last look was good, or there was none"),
        sa.Column("text", sa.Text(), nullable=True, comment="NULL: nothing of ours was found in it"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name=op.f("fk_page_publisher_id_publisher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("key", name=op.f("uq_page_key")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index("ix_page_frontier", ["publisher_id", "attempts", "last_looked_at"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True, comment="NULL: its last answer had none"),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="NULL: its last answer had none"),
        sa.Column("last_looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "last_good_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: it was never read without a problem",
        ),
        sa.Column("found", sa.Integer(), nullable=False, comment="pages it announced at the last good look"),
        sa.Column("problem", sa.Text(), nullable=True, comment="NULL: the last look was good"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name=op.f("fk_source_publisher_id_publisher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("url", name=op.f("uq_source_url")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_publisher_id"), ["publisher_id"], unique=False)

    op.create_table(
        "check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True, comment="NULL: no answer"),
        sa.Column("reason", sa.Text(), nullable=True, comment="NULL: live"),
        sa.Column("content_hash", sa.Text(), nullable=True, comment="NULL: there was nothing to hash"),
        sa.Column("body_bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_check_page_id_page")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_check_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check")),
        sa.UniqueConstraint("page_id", "looked_at", name=op.f("uq_check_page_id_looked_at")),
    )
    with op.batch_alter_table("check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_run_id"), ["run_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="the run that judged it last"),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("reasons", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=True, comment="0 … 100; NULL: nobody would ask"),
        sa.Column(
            "parts",
            sa.JSON().with_variant(JSONB(), "postgresql"),
            nullable=False,
            comment="the priority's arithmetic: name, points, out_of, why",
        ),
        sa.Column(
            "level_reasons", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False, comment="why this level"
        ),
        sa.Column("canonical", sa.Text(), nullable=True, comment="NULL: the page names no canonical address"),
        sa.Column("sentence", sa.Text(), nullable=True, comment="NULL: it has no mention"),
        sa.Column("matched", sa.Text(), nullable=True, comment="NULL: it has no mention"),
        sa.Column("zone", sa.String(32), nullable=True, comment="NULL: it has no mention"),
        sa.Column("similarity", sa.Double(), nullable=True, comment="0 … 1; NULL: it has no mention"),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="the last look at which the page held this target",
        ),
        sa.Column(
            "last_checked_at", sa.DateTime(timezone=True), nullable=False, comment="the last look that could judge"
        ),
        sa.Column(
            "missing_since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: the last look that could judge found it",
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_finding_page_id_page")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finding_run_id_run")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_finding_target_id_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("page_id", "target_id", name=op.f("uq_finding_page_id_target_id")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_first_seen_at"), ["first_seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_target_id"), ["target_id"], unique=False)
        batch_op.create_index("ix_finding_verdict_level_priority", ["verdict", "level", "priority"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("link_key", sa.Text(), nullable=False, comment="hash of address, anchor and zone (keys.py)"),
        sa.Column("nth", sa.Integer(), nullable=False, comment="which of several equal links on the page, from 0"),
        sa.Column("place", sa.Integer(), nullable=False, comment="order on the page, from 0"),
        sa.Column("url", sa.Text(), nullable=False, comment="absolute; as written where it leads to no web page"),
        sa.Column("effective_url", sa.Text(), nullable=True, comment="NULL: it leads to no web page"),
        sa.Column(
            "rel",
            sa.JSON().with_variant(JSONB(), "postgresql"),
            nullable=False,
            comment="effective tokens, page-wide robots rules included",
        ),
        sa.Column("zone", sa.String(32), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_link_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("finding_id", "link_key", "nth", name=op.f("uq_link_finding_id_link_key_nth")),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("sentence_key", sa.Text(), nullable=False, comment="hash of the normalised sentence (keys.py)"),
        sa.Column("nth", sa.Integer(), nullable=False, comment="which mention of that sentence on the page, from 0"),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False, comment="offset into page.text, in characters"),
        sa.Column("end", sa.Integer(), nullable=False, comment="offset into page.text, in characters"),
        sa.Column("zone", sa.String(32), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False, comment="0 … 1"),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("sense", sa.String(32), nullable=False),
        sa.Column("sense_score", sa.Double(), nullable=False, comment="0: surely not us … 1: surely us"),
        sa.Column("sense_reasons", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("distance", sa.String(32), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_sense", sa.String(32), nullable=True, comment="NULL: no person has said"),
        sa.Column("person_sense_by", sa.Text(), nullable=True, comment="NULL: no person has said"),
        sa.Column("person_sense_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: no person has said"),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_mention_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("finding_id", "sentence_key", "nth", name=op.f("uq_mention_finding_id_sentence_key_nth")),
    )
    op.create_table(
        "opportunity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "link_found_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: no link of ours was seen since"
        ),
        sa.Column("link_url_found", sa.Text(), nullable=True, comment="NULL: as link_found_at"),
        sa.Column("link_rel", sa.Text(), nullable=True, comment="NULL: as link_found_at; empty: followed"),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False, comment="when the state was last changed"),
        sa.Column("state_by", sa.Text(), nullable=True, comment="NULL: this program, not a person"),
        sa.Column(
            "rev", sa.Integer(), server_default="0", nullable=False, comment="grows with every change by a person"
        ),
        sa.Column("assigned_to", sa.Text(), nullable=True, comment="NULL: nobody"),
        sa.Column("contact_id", sa.Integer(), nullable=True, comment="NULL: no person chose one"),
        sa.Column("approved_by", sa.Text(), nullable=True, comment="NULL: not approved"),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not approved"),
        sa.Column("handed_off_via", sa.Text(), nullable=True, comment="NULL: not handed off"),
        sa.Column("handed_off_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not handed off"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True, comment="NULL: not sent, as far as we know"),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True, comment="NULL: not snoozed"),
        sa.Column("reason", sa.Text(), nullable=True, comment="why ignored, declined or suppressed; NULL: none given"),
        sa.Column("note", sa.Text(), nullable=True, comment="NULL: none"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_opportunity_contact_id_contact")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_opportunity_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_opportunity_finding_id")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_opportunity_state", ["state"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="from 1; the newest counts"),
        sa.Column("written_by", sa.Text(), nullable=True, comment="NULL: rendered by this program"),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=True, comment="NULL: nobody's name is known"),
        sa.Column("to_address", sa.Text(), nullable=True, comment="NULL: nobody's address is published"),
        sa.Column("contact_source_url", sa.Text(), nullable=True, comment="NULL: as to_address"),
        sa.Column("suggested_url", sa.Text(), nullable=False),
        sa.Column("suggested_anchor", sa.Text(), nullable=False),
        sa.Column("suggested_html", sa.Text(), nullable=False),
        sa.Column(
            "problems",
            sa.JSON().with_variant(JSONB(), "postgresql"),
            nullable=False,
            comment="what a person must fix before approving",
        ),
        sa.Column("message_id", sa.Text(), nullable=False, comment="the same for every revision"),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_draft_opportunity_id_opportunity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("opportunity_id", "revision", name=op.f("uq_draft_opportunity_id_revision")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_message_id"), ["message_id"], unique=False)
