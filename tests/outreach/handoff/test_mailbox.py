"""The mailbox against a real Dovecot: folders (A-09), letters (A-08), refusals (A-10, A-12)."""

from collections.abc import Callable

import pytest

from mentions.outreach.handoff.folders import Use
from mentions.outreach.handoff.mailbox import Mailbox

pytestmark = pytest.mark.service


def test_the_marked_folder_is_found_whatever_its_name_a09(open_mailbox: Callable[[], Mailbox]) -> None:
    mailbox = open_mailbox()
    drafts, sent = mailbox.folder(Use.DRAFTS), mailbox.folder(Use.SENT)
    assert drafts is not None
    assert (drafts.name, drafts.wire) == ("Entwürfe", b"Entw&APw-rfe")
    assert sent is not None
    assert sent.name == "Gesendet"
