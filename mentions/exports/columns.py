"""The reclamation list's columns: the same in CSV, XLSX and JSON Lines, in this order, for good.

People and programs read these files by position and by name: a column is only ever added at the end.
"""

from typing import Final

RECLAIM: Final = (
    "id",  # of the opportunity
    "target",
    "target_kind",  # brand, product, report
    "state",  # where a person and we stand: new, drafted, approved …
    "verdict",
    "page_state",  # what the last good look at the page said
    "priority",  # 0 … 100
    "publisher",  # domain
    "page_url",
    "page_title",
    "published_at",
    "author",
    "sentence",  # the mention to look at first
    "matched_text",
    "zone",
    "language",
    "suggested_link_url",
    "suggested_anchor",
    "suggested_html",
    "contact_name",
    "contact_email",
    "contact_role",
    "contact_confidence",
    "contact_source_url",  # where the address was published
    "contact_form_url",
    "subject",  # of the newest draft
    "assigned_to",
    "approved_by",
    "approved_at",
    "handed_off_at",
    "handed_off_via",
    "sent_at",
    "link_found_at",  # a link of ours stood in the article at a later look
    "link_url_found",
    "link_rel",
    "last_checked_at",
    "first_seen_at",
    "last_seen_at",
    "reason",
    "note",
)
