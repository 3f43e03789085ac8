"""Lists, counts and the reclamation list."""

import pytest

from mentions.exports.columns import RECLAIM
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.store import Filters, Store
from mentions.store.queries import page_url
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, finding, found, outcome
from tests.store.conftest import Rows


@pytest.fixture
def filled(store: Store, run_id: int) -> Store:
    store.save_outcomes(
        run_id,
        [
            outcome(2, finding(), finding(Verdict.LINKED, target=ORBIT.name, level=Level.SKIP)),
            outcome(1, finding(Verdict.BARE_URL)),
            outcome(3, finding(Verdict.NOT_MENTIONED, sentences=(), level=Level.SKIP), at=NIGHT + DAY),
        ],
    )
    return store


def test_findings_are_sorted_and_filtered(filled: Store) -> None:
    def shown(**filters: object) -> list[tuple[str, str]]:
        return [(f.page_url[-1], f.target) for f in filled.findings(**filters)]  # type: ignore[arg-type]  # by name

    assert shown() == [("1", ACME.name), ("2", ACME.name), ("2", ORBIT.name), ("3", ACME.name)]
    assert shown(limit=2) == [("1", ACME.name), ("2", ACME.name)]
    assert shown(target=ORBIT.name) == [("2", ORBIT.name)]
    assert shown(verdict=Verdict.BARE_URL) == [("1", ACME.name)]
    assert shown(since=NIGHT + DAY) == [("3", ACME.name)]
    assert shown(publisher="gazette.example") == []
    assert len(shown(publisher=COURIER.domain)) == 4


def test_findings_are_read_as_they_are_asked_for(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(number, finding()) for number in range(1200)])
    stream = store.findings()
    assert next(stream).page_url.endswith("0000")
    store.save_outcomes(run_id, [outcome(2000, finding())])  # a list being read holds no writer up
    assert sum(1 for _ in stream) == 1199, "and shows one consistent state"


def test_counts_by_verdict_of_all_and_of_one_run(filled: Store) -> None:
    second = filled.start_run("nightly", NIGHT + DAY)
    filled.save_outcomes(second, [outcome(1, finding(), at=NIGHT + DAY)])
    assert {v: n for v, n in filled.counts_by_verdict().items() if n} == {
        Verdict.UNLINKED: 2,
        Verdict.LINKED: 1,
        Verdict.NOT_MENTIONED: 1,
    }
    assert {v: n for v, n in filled.counts_by_verdict(second).items() if n} == {Verdict.UNLINKED: 1}
    assert set(filled.counts_by_verdict()) == set(Verdict)


def test_the_reclamation_list_has_one_row_an_opportunity_with_every_column(filled: Store) -> None:
    """E-03."""
    rows = list(filled.reclaim_rows())
    assert [list(row) for row in rows] == [list(RECLAIM)] * 2
    assert [row["verdict"] for row in rows] == ["bare_url", "unlinked"]
    assert filled.count_reclaim_rows() == 2
    assert filled.count_reclaim_rows(Filters(verdict=Verdict.UNLINKED)) == 1
    assert rows[0]["reason"] == "worth asking"


def test_a_contact_that_a_person_chose_stands_before_the_draft_s(filled: Store, rows: Rows) -> None:
    rows(
        "INSERT INTO contact (id, publisher_id, email, name, role, confidence, source_url, form_url, first_seen_at,"
        " last_seen_at) SELECT 7, id, 'kim@courier.example', 'Kim', 'editor', 'high', 'https://courier.example/kim',"
        " NULL, first_seen_at, first_seen_at FROM publisher LIMIT 1"
    )
    rows("UPDATE opportunity SET contact_id = 7, reason = 'asked by phone'")
    row = next(iter(filled.reclaim_rows()))
    assert (row["contact_email"], row["contact_role"], row["reason"]) == (
        "kim@courier.example",
        "editor",
        "asked by phone",
    )
    rows("UPDATE contact SET email = NULL, name = NULL, erased_at = '2026-11-21 00:00:00.000000'")
    row = next(iter(filled.reclaim_rows()))
    assert (row["contact_email"], row["contact_name"]) == (None, None)


def test_without_a_draft_the_page_s_own_contact_is_listed(filled: Store, rows: Rows) -> None:
    rows("UPDATE finding SET contact_address = 'desk@courier.example', contact_source_url = 'https://courier.example/'")
    row = next(iter(filled.reclaim_rows()))
    assert (row["contact_email"], row["contact_source_url"]) == ("desk@courier.example", "https://courier.example/")


def test_the_announced_title_and_date_stand_in_for_what_was_not_read(store: Store, run_id: int, rows: Rows) -> None:
    store.add_found([found(1, published=NIGHT - DAY)])
    rows("UPDATE page SET announced_title = 'As announced'")
    store.save_outcomes(
        run_id, [outcome(1, finding(Verdict.UNKNOWN, level=Level.SKIP), state=PageState.BLOCKED, http_status=403)]
    )
    (stored,) = store.findings()
    assert (stored.page_title, stored.published_at) == ("As announced", NIGHT - DAY)


@pytest.mark.parametrize(
    ("url", "key", "shown"),
    [
        ("https://a.test/x?utm_source=rss", "https://a.test/x", "https://a.test/x"),
        ("https://a.test/x/", "https://a.test/x", "https://a.test/x/"),
        ("https://a.test/x?b=1", "https://a.test/begin#hash", "https://a.test/x?b=1"),
    ],
)
def test_addresses_are_shown_without_tracking(url: str, key: str, shown: str) -> None:
    assert page_url(url, key) == shown
