"""Approved drafts, as records and in a store, and mailboxes to look into."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from mentions.cli.common import now
from mentions.mailboxes import Imap
from mentions.outreach.handoff.folders import Use
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.records import Approved, HandedOff
from mentions.outreach.handoff.secrets import secret_of
from mentions.store import Store, open_store
from mentions.workflow import Decision, Move
from tests.outreach.building import NOW, draft
from tests.store import building
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, outcome

CONFIG = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

[sender]
name = "Mara Lindqvist"
email = "mara@acme.example"
company = "Acme Robotics"
postal_address = "12 Harbour Street, 20457 Hamburg"
"""


def approved(number: int = 7, **changes: Any) -> Approved:
    """An approved draft; `changes` are fields of the email."""
    stored = draft(opportunity_id=number, **changes)
    return Approved(replace(stored, id=number, message_id=f"<mentions-{number}@quillon.example>"), 1, NOW)


def handed_off(number: int = 7, **changes: Any) -> HandedOff:
    """A draft that was handed off an hour after it was approved."""
    each = approved(number, **changes)
    return HandedOff(each.draft, 1, NOW, NOW + timedelta(hours=1), "imap")


def email(*, to: str = "Jane <jane.doering@courier.example>", text: str = "", **headers: str) -> bytes:
    """An email as a mail program sends it."""
    message = EmailMessage()
    message["To"] = to
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def imap_table(settings: Imap) -> str:
    """[imap] as it stands in mentions.toml."""
    given = settings.model_dump(exclude_defaults=True, mode="json")
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in given.items()]
    return "\n[imap]\n" + "\n".join(lines) + "\n"


_opened: list[Store] = []


def close_prepared() -> None:
    """Closes every store that `prepared` opened; a test module calls it when a test is over."""
    while _opened:
        _opened.pop().close()


def prepared(folder: Path, count: int = 1, *, more_config: str = "") -> Store:
    """A folder with mentions.toml and a database that holds approved drafts numbered from 1, each to another person."""
    (folder / "mentions.toml").write_text(CONFIG + more_config, encoding="utf-8")
    store = open_store(f"sqlite:///{folder / 'mentions.db'}")
    _opened.append(store)
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(number, finding()) for number in range(1, count + 1)])
    pages = sorted(store.to_draft(min_priority=0), key=lambda found: found.opportunity_id or 0)
    drafts = []
    for number, page in enumerate(pages, start=1):
        assert page.opportunity_id == number
        new = building.draft(number, subject=f"Ein Link für Leser, Nr. {number}")
        body = f"Thank you for your article ({page.page_url}).\n\n    https://acme.example/\n"
        drafts.append(replace(new, to_address=f"desk{number}@courier.example", body=body, problems=()))
    store.save_drafts(drafts)
    for number in range(1, count + 1):
        store.decide(number, Decision(Move.APPROVE), by="mara", now=now(), strict=False)
    return store


def lying_in(settings: Imap, use: Use = Use.DRAFTS) -> list[EmailMessage]:
    """The emails in a folder of the mailbox."""
    with Mailbox(settings, secret_of(settings)) as mailbox:
        folder = mailbox.folder(use)
        assert folder is not None
        mailbox.enter(folder)
        found = mailbox.look(mailbox._search("ALL"))
    messages = [BytesParser(policy=default).parsebytes(one.content) for one in found]
    return [message for message in messages if isinstance(message, EmailMessage)]
