"""E-04: who asked to be erased stands nowhere any more, and no crawl brings them back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mentions.assessments import Contact
from mentions.outreach.contacts.model import Confidence, FoundContact, Lead, LeadKind, PageContacts, Role
from mentions.outreach.erasing import INK
from mentions.store import Store, open_store
from mentions.store.records import OpportunityState, PageOutcome
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, outcome
from tests.store.conftest import Rows

KEY = "0123456789abcdef-a key for tests"
JANE = "jane.doe@courier.example"
TEXT = (
    f"Acme Robotics builds robots. By Jane Doe, {JANE} or Jane.Doe+tips@courier.example; not janet.doe@courier.example."
)
BOB = "bob@courier.example"
AUTHOR_PAGE = Lead(
    LeadKind.AUTHOR_PAGE, "https://courier.example/authors/jane-doe", "https://courier.example/1", "Jane Doe"
)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, key=KEY)
    opened.register([ACME, ORBIT], [COURIER], NIGHT)
    yield opened
    opened.close()


def look(number: int = 1) -> PageOutcome:
    """A page whose author asks readers to write to her, in a sentence that names us."""
    judged, said = finding(sentences=(f"Acme Robotics, says {JANE}, builds robots.",))
    contact = Contact(JANE, "Jane Doe", "https://courier.example/authors/jane-doe", "beside the author's name")
    return replace(outcome(number, (judged, replace(said, contact=contact))), text=TEXT, author="Jane Doe")


def contact(address: str = JANE, name: str = "Jane Doe") -> FoundContact:
    return FoundContact(
        address=address,
        name=name,
        role=Role.AUTHOR,
        confidence=Confidence.HIGH,
        source_url=f"https://courier.example/authors/{name.lower().replace(' ', '-')}",
        why="on the author's page",
    )


@pytest.fixture
def number(store: Store) -> int:
    """An opportunity that Jane was to be asked about, and everything else that names her."""
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [look()])
    store.save_published(COURIER.domain, PageContacts((contact(), contact(BOB, "Bob Roe"))), NIGHT)
    store.save_leads(
        COURIER.domain,
        [
            Lead(
                LeadKind.AUTHOR_PAGE,
                "https://courier.example/authors/jane-doe",
                "https://courier.example/1",
                "Jane Doe",
            )
        ],
        NIGHT,
    )
    (found,) = store.to_draft(min_priority=0)
    assert found.opportunity_id is not None
    letter = replace(
        draft(found.opportunity_id),
        to_name="Jane Doe",
        to_address=JANE,
        contact_source_url="https://courier.example/authors/jane-doe",
        body=f"Dear Jane,\n\nthank you. We found {JANE} beside your article. Reply no, Ms Doe, and we stop.\n",
        problems=(),
    )
    store.save_drafts([letter])
    store.finish_run(run_id, store.run(run_id).state, NIGHT, {}, {}, [f"could not ask {JANE}"])  # type: ignore[union-attr]  # it was started above
    store.record_event("note", "opportunity/1", {"what": ["asked", f"Jane Doe <{JANE.upper()}>"]}, NIGHT)
    return found.opportunity_id


def everything(rows: Rows) -> str:
    """Every value of every table but the hashes, as one text."""
    tables = ("page", "finding", "mention", "contact", "contact_page", "draft", "event", "run", "opportunity", "answer")
    return "\n".join(str(row) for table in tables for row in rows(f'SELECT * FROM "{table}"'))


def test_an_erased_person_stands_nowhere(store: Store, number: int, rows: Rows) -> None:
    before = everything(rows).casefold()
    assert "jane.doe" in before
    assert "jane doe" in before
    erased = store.erase_contact("Jane.Doe@Courier.example", by="ada", now=NIGHT + DAY)
    after = everything(rows).casefold()
    for trace in ("jane.doe", "jane doe", "jane-doe", "dear jane", "ms doe"):
        assert trace not in after, trace
    assert "janet.doe@courier.example" in after, "a colleague with a similar address stays"
    assert "bob roe" in after
    assert erased.opportunities == (number,)
    assert set(erased.rows) >= {"page", "finding", "mention", "contact", "contact_page", "draft", "event", "run"}
    exported = json.dumps(list(store.reclaim_rows()), default=str).casefold()
    assert "jane.doe" not in exported
    assert "jane doe" not in exported


def test_what_was_struck_out_keeps_its_length(store: Store, number: int, rows: Rows) -> None:
    """Offsets of mentions point into the text of the page."""
    store.erase_contact(JANE, by="ada", now=NIGHT + DAY)
    ((kept,),) = rows("SELECT text FROM page WHERE text IS NOT NULL")
    assert len(str(kept)) == len(TEXT)
    assert str(kept).startswith(f"Acme Robotics builds robots. By {INK * 8}, {INK * len(JANE)} or ")


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_file_holds_no_remains(store: Store, number: int, sqlite_url: str) -> None:
    """SQLite leaves deleted bytes in the file until it is written anew; PostgreSQL's files are its own business."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    store.erase_contact(JANE, by="ada", now=NIGHT + DAY)
    store.close()
    files = [path for path in file.parent.iterdir() if path.name.startswith(file.name)]
    assert not [path.name for path in files if b"jane.doe@" in path.read_bytes().lower()]


def test_the_next_crawl_does_not_bring_them_back(store: Store, number: int, rows: Rows) -> None:
    store.erase_contact(JANE, by="ada", now=NIGHT + DAY)
    run_id = store.start_run("nightly", NIGHT + 2 * DAY)
    later = NIGHT + 2 * DAY
    store.save_outcomes(run_id, [replace(look(), looked_at=later), replace(look(2), looked_at=later)])
    assert (
        store.save_published(COURIER.domain, PageContacts((contact(), contact("jd@courier.example"))), NIGHT + 2 * DAY)
        == 0
    )
    store.save_leads(
        COURIER.domain,
        [
            Lead(
                LeadKind.AUTHOR_PAGE,
                "https://courier.example/authors/jane-doe",
                "https://courier.example/1",
                "Jane Doe",
            )
        ],
        NIGHT + 2 * DAY,
    )
    after = everything(rows).casefold()
    assert "jane.doe@" not in after
    assert "jane.doe+" not in after
    assert rows("SELECT DISTINCT author FROM page") == [(None,)]
    assert rows("SELECT count(*) FROM finding WHERE contact_address = 'jane.doe@courier.example'") == [(0,)]
    assert rows("SELECT count(*) FROM contact_page") == [(0,)]
    assert store.suppressed(JANE, COURIER.domain) is not None


@pytest.mark.parametrize(
    "author", ["Jane Doe", "By JANE DOE", "Jane Doe, Senior Reporter", "Bob Roe and Jane Doe", "Jane Doe & Bob Roe"]
)
def test_a_later_author_s_line_does_not_bring_the_name_back(store: Store, rows: Rows, author: str) -> None:
    store.save_published(COURIER.domain, PageContacts((contact(),)), NIGHT)
    store.erase_contact(JANE, by="ada", now=NIGHT)
    looks = [replace(look(), author=author), replace(look(2), author="Bob Roe, Senior Reporter")]
    store.save_outcomes(store.start_run("nightly", NIGHT), looks)
    assert rows("SELECT author FROM page ORDER BY id") == [(None,), ("Bob Roe, Senior Reporter",)]


@pytest.mark.parametrize("around", ["({})", "'{}'", "...{}", "mailto:{}?subject=x", "Write to {}."])
def test_the_address_is_known_again_whatever_stands_beside_it(store: Store, rows: Rows, around: str) -> None:
    store.erase_contact(JANE, by="ada", now=NIGHT)
    text = f"Acme Robotics builds robots. {around.format(JANE)}"
    store.save_outcomes(store.start_run("nightly", NIGHT), [replace(look(), text=text)])
    assert rows("SELECT text FROM page") == [(text.replace(JANE, INK * len(JANE)),)]


@pytest.mark.parametrize("spelt", ["Zoë Özil", "ZOË ÖZIL", "Zoë\u00a0Özil", "Zoë\nÖzil", "zoë özil"])
def test_a_name_is_found_in_other_capitals_and_across_lines(store: Store, rows: Rows, spelt: str) -> None:
    """Databases know the capitals of ASCII letters for sure, and no more."""
    zoe = "zoe@courier.example"
    store.save_published(COURIER.domain, PageContacts((contact(zoe, "Zoë Özil"),)), NIGHT)
    text = f"Acme Robotics builds robots. By {spelt}, harbour desk."
    store.save_outcomes(store.start_run("nightly", NIGHT), [replace(outcome(1, finding()), text=text)])
    store.erase_contact(zoe, by="ada", now=NIGHT)
    assert rows("SELECT text FROM page") == [(text.replace(spelt, INK * len(spelt)),)]


def test_an_approval_of_an_email_to_them_is_taken_back(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="bob", now=NIGHT, strict=False)
    store.erase_contact(JANE, by="ada", now=NIGHT + DAY)
    assert store.standing(number).state is OpportunityState.DRAFTED
    (kept,) = store.drafts()
    assert (kept.draft.to_address, kept.draft.to_name) == (None, None)


def test_nobody_follows_up_on_what_was_sent_to_them(store: Store, number: int) -> None:
    for move in (Decision(Move.APPROVE), Decision(Move.HAND_OFF, via="eml"), Decision(Move.SENT)):
        store.decide(number, move, by="bob", now=NIGHT, strict=False)
    store.erase_contact(JANE, by="ada", now=NIGHT + DAY)
    assert store.standing(number).state is OpportunityState.SUPPRESSED


def test_an_office_with_the_publishers_name_does_not_take_the_name_along(store: Store, number: int, rows: Rows) -> None:
    """A person may have typed it as the recipient's name."""
    store.edit_draft(
        number,
        subject="Hello",
        body="Dear all,",
        to_address="desk@courier.example",
        to_name=COURIER.name,
        by="ada",
        now=NIGHT,
    )
    store.record_event("note", "opportunity/1", {"what": f"asked {COURIER.name}"}, NIGHT)
    store.erase_contact("desk@courier.example", by="ada", now=NIGHT)
    assert f"asked {COURIER.name}" in everything(rows)
    assert "desk@courier.example" not in everything(rows)


def test_erasing_somebody_unknown_suppresses_them_all_the_same(store: Store, rows: Rows) -> None:
    erased = store.erase_contact("new@gazette.example", by="ada", now=NIGHT)
    assert (dict(erased.rows), erased.opportunities) == ({}, ())
    assert store.suppressed("new@gazette.example", "gazette.example") is not None
    with pytest.raises(ValueError, match="not exactly one email address"):
        store.erase_contact("gazette.example", by="ada", now=NIGHT)


def test_everything_held_is_told_with_where_it_comes_from(store: Store, number: int) -> None:
    told = store.export_contact(JANE.upper())
    assert told["suppressed"] is None
    rows = told["rows"]
    assert isinstance(rows, list)
    tables = [row["table"] for row in rows]
    assert {"page", "finding", "mention", "contact", "contact_page", "draft", "event", "run"} <= set(tables)
    (kept,) = [row for row in rows if row["table"] == "contact"]
    assert kept["source_url"] == "https://courier.example/authors/jane-doe"
    assert kept["first_seen_at"] == NIGHT.isoformat()
    (letter,) = [row for row in rows if row["table"] == "draft"]
    assert letter["body"].startswith("Dear Jane,")
    json.dumps(told)
    assert "Bob" not in json.dumps([row for row in rows if row["table"] != "event"])


def test_after_erasing_there_is_nothing_to_tell(store: Store, number: int) -> None:
    store.erase_contact(JANE, by="ada", now=NIGHT)
    told = store.export_contact(JANE)
    assert told["rows"] == []
    assert "erased at the person's request" in str(told["suppressed"])
