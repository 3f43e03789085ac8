"""`mentions list`: what was judged before a page went out of sight is said to be old."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from mentions.cli.list_ import _entry, _row
from mentions.pages import PageState
from mentions.store import Store, open_store
from mentions.store.records import StoredFinding
from tests.store.building import ACME, COURIER, DAY, NIGHT, finding, outcome


def shown(found: StoredFinding) -> str:
    text = io.StringIO()
    Console(file=text, width=80).print(_entry(found))
    return text.getvalue()


@pytest.fixture
def found(tmp_path: Path) -> StoredFinding:
    store: Store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.register([ACME], [COURIER], NIGHT)
    run = store.start_run("nightly", NIGHT)
    store.save_outcomes(run, [outcome(1, finding())])
    store.save_outcomes(run, [outcome(1, at=NIGHT + DAY, state=PageState.PAYWALLED, reason="log in to read on")])
    [kept] = store.findings()
    store.close()
    return kept


def test_a_verdict_from_before_a_paywall_says_of_which_day_it_is(found: StoredFinding) -> None:
    assert "behind a paywall now; judged as it was on 2026-11-20" in shown(found)
    told = json.loads(json.dumps(_row(found)))
    assert (told["verdict"], told["page_state"], told["last_checked_at"][:10]) == (
        "unlinked",
        "paywalled",
        "2026-11-20",
    )


def test_a_page_that_can_be_seen_says_nothing_of_it(found: StoredFinding) -> None:
    assert "judged as it was" not in shown(replace(found, page_state=PageState.LIVE))
