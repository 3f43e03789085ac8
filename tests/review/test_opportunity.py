"""The page of one find: every part of the evidence, for every verdict, and harmless whatever was crawled."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from mentions.assessments import Assessment, Level, Part
from mentions.config import Config
from mentions.extraction.article import Zone
from mentions.findings import Finding, JudgedMention, Verdict
from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts
from mentions.outreach.contacts.model import Role as Office
from mentions.outreach.rendering import Rendering
from mentions.pages import PageState
from mentions.review import find_words
from mentions.review.desk import Desk
from mentions.review.filters import foremost, others
from mentions.signs import Signs
from mentions.snapshots import Snapshots
from mentions.store import Store
from mentions.store.records import PageOutcome
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.finds import JANE, LOOKED, SENTENCE, TARGET, drafted, look, newsroom
from tests.review.harmless import ADDRESSES, ALL, HOSTILE, harmful
from tests.review.staff import logged_in, staffed
from tests.store.building import finding, link, mention, outcome

TEXT = f"Cranes at night. {SENTENCE} They never sleep.\nAnother paragraph."
DIGEST = "a" * 32


def seen(verdict: Verdict = Verdict.UNLINKED, number: int = 1, **changes: object) -> PageOutcome:
    """A look at an article with a text around the sentence, and a link that fits the verdict."""
    links = () if verdict is Verdict.UNLINKED else (link("https://quillon.example/", rel=("nofollow",)),)
    judged, _ = finding(verdict, target=TARGET, sentences=(SENTENCE,), links=links)
    at = TEXT.index(TARGET)
    first = judged.mentions[0]
    placed = replace(first, mention=replace(first.mention, start=at, end=at + len(TARGET)))
    parts = (Part("relevance", 40, 52, "the article names us once"), Part("place", 6, 11, "in the text"))
    said = Assessment(Level.ASK_NOW, 46, parts, ("worth asking",), JANE)
    whole = outcome(number, (replace(judged, mentions=(placed,)), said), at=LOOKED)
    made = replace(whole, text=TEXT, content_hash=DIGEST, signs=Signs(3, 1))
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own names


def stored(store: Store, config: Config, *looks: PageOutcome, draft: bool = True) -> int:
    """The opportunity that the last of these looks is about."""
    store.register(config.targets, config.publishers, LOOKED)
    run = store.start_run("nightly", LOOKED)
    for each in looks:
        store.save_outcomes(run, [each])
    if draft:
        rendering = Rendering(config, store)
        store.save_drafts([made for f in store.to_draft(min_priority=0) if (made := rendering.first(f, now=LOOKED))])
    return max(f.opportunity_id or 0 for f in store.findings())


def plain(html: str) -> str:
    """What a reader sees, in one line."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_evidence_stands_on_the_left_and_the_work_on_the_right(
    store: Store, config: Config, browser: Browser
) -> None:
    number = stored(store, config, seen())
    answer = browser.get(f"/opportunities/{number}")
    html, text = answer.text, plain(answer.text)
    assert answer.status_code == 200
    assert harmful(html) == []
    assert f"<mark>{TARGET}</mark> builds cranes" in html
    assert '<span class="beside">Cranes at night. </span>' in html
    assert '<span class="beside"> They never sleep.</span>' in html
    assert find_words.VERDICTS[Verdict.UNLINKED] in text
    assert "40 / 52" in text
    assert "46 / 63" in text
    assert "3 to other sites, 1 of them followed" in text
    assert "it is us (90 %)" in text
    assert "named in full" in text
    assert 'value="jane@courier.example"' in html
    assert "by Jane Doe" in text or "Jane Doe" in text
    assert "draft written from its template: unlinked_brand/en" in text
    order = [html.index(f'<div class="find-{part}">') for part in ("decide", "evidence", "work", "more")]
    assert order == sorted(order), "the order of the keyboard: decide, read, write, the rest"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_told_in_words(store: Store, config: Config, browser: Browser, verdict: Verdict) -> None:
    later = seen(verdict, looked_at=LOOKED + timedelta(hours=1), content_hash="b" * 32)
    number = stored(store, config, seen(), later)
    answer = browser.get(f"/opportunities/{number}")
    assert answer.status_code == 200
    assert harmful(answer.text) == []
    shown = Verdict.UNLINKED if verdict is Verdict.UNKNOWN else verdict  # could not look changes nothing
    assert find_words.VERDICTS[shown] in plain(answer.text)
    if shown is not Verdict.UNLINKED:
        assert "nofollow" in answer.text


@pytest.mark.parametrize("state", [PageState.GONE, PageState.PAYWALLED, PageState.BLOCKED, PageState.REDIRECTED])
def test_an_article_that_ended_is_said_at_the_top(
    store: Store, config: Config, browser: Browser, state: PageState
) -> None:
    later = outcome(1, at=LOOKED + timedelta(hours=1), state=state, reason="HTTP 410 & nothing else")
    number = stored(store, config, seen(), later)
    text = plain(browser.get(f"/opportunities/{number}").text)
    assert f"{find_words.ENDED[state]} : HTTP 410 & nothing else. What stands here is what we saw before." in text
    assert SENTENCE.removeprefix(TARGET) in text


def test_without_a_draft_one_can_be_written(store: Store, config: Config, browser: Browser) -> None:
    number = stored(store, config, seen(), draft=False)
    assert "No email was written yet" in browser.get(f"/opportunities/{number}").text
    assert browser.submit(f"/opportunities/{number}/again", {"rev": "0"}, on="/help").status_code == 303
    assert "Thank you for mentioning" in browser.get(f"/opportunities/{number}").text


def test_without_a_contact_the_page_says_what_to_do(store: Store, config: Config, browser: Browser) -> None:
    (number,) = drafted(store, config)
    store.save_outcomes(1, [look(2, contact=None, author=None)])
    other = stored(store, config)
    assert other != number
    text = plain(browser.get(f"/opportunities/{other}").text)
    assert "Addresses are never guessed." in text
    assert "no address is published on this page" in text


def test_without_a_sender_nothing_can_be_written_and_the_page_says_so(
    store: Store, config: Config, browser: Browser, desk: Desk
) -> None:
    number = stored(store, config, seen(), draft=False)
    object.__setattr__(desk, "config", config.model_copy(update={"sender": None}))
    answer = browser.get(f"/opportunities/{number}")
    assert (answer.status_code, "add [sender] to the configuration" in answer.text) == (200, True)


def test_a_target_that_was_taken_out_leaves_a_page_that_can_be_read(
    store: Store, config: Config, browser: Browser, desk: Desk
) -> None:
    number = stored(store, config, seen())
    other = config.targets[0].model_copy(update={"name": "Another"})
    object.__setattr__(desk, "config", config.model_copy(update={"targets": (other,)}))
    answer = browser.get(f"/opportunities/{number}")
    assert (answer.status_code, "The link we ask for" in answer.text) == (200, False)


def test_a_mention_and_a_link_that_went_away_are_marked(store: Store, config: Config, browser: Browser) -> None:
    at = LOOKED + timedelta(hours=1)
    other = finding(target=TARGET, sentences=("Quillon Robotics left.",))
    later = replace(outcome(1, other, at=at), content_hash="b" * 32, text="Quillon Robotics left.")
    number = stored(store, config, seen(Verdict.OUTSIDE), later)
    text = plain(browser.get(f"/opportunities/{number}").text)
    assert "no longer there , last seen" in text
    assert "went away , last seen" in text


def test_what_is_known_of_the_publisher_and_the_person(store: Store, config: Config, browser: Browser) -> None:
    first, second = drafted(store, config, 2)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    store.decide(first, Decision(Move.SENT), by="kim", now=NOW)
    text = plain(browser.get(f"/opportunities/{second}").text)
    assert "1 email sent" in text
    assert "Other emails to this person" in text
    assert "newsroom" in text


@pytest.mark.parametrize("way", HOSTILE)
def test_hostile_texts_are_shown_and_do_nothing_c_01_to_c_09(
    store: Store, config: Config, browser: Browser, way: str
) -> None:
    """C-01 … C-06, C-08, C-09: in title, sentence, anchor, author, site name, reasons, contact, draft and note."""
    bad = HOSTILE[way]
    number = hostile(store, config, bad, "https://courier.example/x")
    for path in ("", "/text", "/copy"):
        answer = browser.get(f"/opportunities/{number}{path}")
        assert answer.status_code == 200
        assert harmful(answer.text) == []
        assert "\u202e" not in plain(answer.text.partition("<textarea")[0])
    if way == "bidi":
        assert "[U+202E]" in browser.get(f"/opportunities/{number}").text
    elif way == "template":
        assert "{{ 7 * 7 }}" in browser.get(f"/opportunities/{number}").text


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_addresses_get_no_href_c_07(store: Store, config: Config, browser: Browser, address: str) -> None:
    """C-07: of the page, its source, its canonical, links, copies and contacts."""
    number = hostile(store, config, "harmless", address)
    answer = browser.get(f"/opportunities/{number}")
    assert answer.status_code == 200
    assert harmful(answer.text) == []


def hostile(store: Store, config: Config, text: str, address: str) -> int:
    """A find with this text and this address wherever a page can put one."""
    judged, _ = seen(Verdict.OUTSIDE).findings[0]
    (first,) = judged.mentions
    bad_mention = JudgedMention(
        replace(
            mention(text, target=TARGET).mention,
            alias=text,
            sense=replace(first.mention.sense, reasons=(text,)),
            zone=Zone.BODY,
        ),
        first.distance,
    )
    (good_link,) = judged.links
    bad_link = replace(
        good_link,
        link=replace(good_link.link, url=address, effective_url=address, anchor=text),
        rel=(text,),
    )
    bad: Finding = replace(
        judged, mentions=(bad_mention,), links=(bad_link,), reasons=(text,), canonical=address, author=text
    )
    said = Assessment(Level.HOLD, 40, (Part(text, 1, 2, text),), (text,), replace(JANE, name=text, source_url=address))
    page = replace(
        seen(),
        url=address,
        final_url=address,
        title=text,
        author=text,
        site_name=text,
        language='x" onclick="1',
        reason=text,
        text=f"{text}\n{text} {ALL}",
        findings=((bad, said),),
    )
    number = stored(store, config, page, draft=False)
    contact = FoundContact(Office.SECTION_EDITOR, Confidence.LOW, address, text, None, text, text, address)
    store.save_published("courier.example", PageContacts((contact,)), NOW)
    rendering = Rendering(config, store)
    waiting = store.finding_of(number)
    assert waiting is not None
    made = rendering.first(waiting, now=LOOKED)
    assert made is not None
    store.save_drafts([replace(made, subject=text, body=f"{text}\n{ALL}", problems=(text,))])
    store.edit_draft(number, subject=f"x {text}", body=text, to_address=None, to_name=text, by=text, now=NOW)
    store.decide(number, Decision(Move.SNOOZE, until=NOW + timedelta(days=1), note=text), by=text, now=NOW)
    return number


def test_the_saved_text_marks_every_name_where_links_lead_to(store: Store, config: Config, browser: Browser) -> None:
    number = stored(store, config, seen())
    answer = browser.get(f"/opportunities/{number}/text")
    at = TEXT.index(TARGET)
    assert f'<mark id="at-{at}">{TARGET}</mark>' in answer.text
    assert f'href="/opportunities/{number}/text#at-{at}"' in browser.get(f"/opportunities/{number}").text
    assert "Another paragraph." in plain(answer.text)


def test_a_saved_copy_stands_in_a_frame_with_walls_c_12(store: Store, config: Config, browser: Browser) -> None:
    number = stored(store, config, seen())
    assert "no saved page" in browser.get(f"/opportunities/{number}").text
    Snapshots(config.pages_folder).keep(DIGEST, f"<h1>As it came</h1><p>{SENTENCE}</p>{ALL}".encode(), LOOKED)
    outer = browser.get(f"/opportunities/{number}/copy")
    assert harmful(outer.text) == []
    assert 'sandbox=""' in outer.text
    assert "frame-src 'self'" in outer.headers["content-security-policy"]
    inner = browser.get(f"/opportunities/{number}/copy/page")
    assert inner.status_code == 200
    assert f'<mark id="name">{TARGET}</mark>' in inner.text
    assert inner.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert inner.headers["x-frame-options"] == "SAMEORIGIN"
    assert "<script" not in inner.text


def test_an_earlier_copy_is_shown_as_such(store: Store, config: Config, browser: Browser) -> None:
    later = seen(looked_at=LOOKED + timedelta(hours=1), content_hash="b" * 32)
    number = stored(store, config, seen(), later)
    Snapshots(config.pages_folder).keep(DIGEST, b"<p>before</p>", LOOKED)
    assert "it has changed since" in browser.get(f"/opportunities/{number}/copy").text


def test_a_copy_that_is_gone_or_damaged_is_said(store: Store, config: Config, browser: Browser) -> None:
    number = stored(store, config, seen())
    assert "Copies are kept for 90 days" in browser.get(f"/opportunities/{number}/copy").text
    assert browser.get(f"/opportunities/{number}/copy/page").status_code == 404
    snapshots = Snapshots(config.pages_folder)
    snapshots.keep(DIGEST, b"<div>" * 100_000, LOOKED)
    answer = browser.get(f"/opportunities/{number}/copy/page")
    assert (answer.status_code, "cannot be shown" in answer.text) == (404, True)
    snapshots.path(DIGEST).write_bytes(b"no gzip")
    assert browser.get(f"/opportunities/{number}/copy/page").status_code == 404


@pytest.mark.parametrize("path", ["", "/text", "/copy", "/copy/page"])
@pytest.mark.parametrize("number", [99, 2**31, 10**30])
def test_a_find_that_is_not_there_is_a_plain_page(browser: Browser, number: int, path: str) -> None:
    answer = browser.get(f"/opportunities/{number}{path}")
    assert answer.status_code == 404
    assert "There is no find of that number" in answer.text or "There is no such page" in answer.text


def test_the_way_through_the_queue_goes_on_and_back(store: Store, config: Config, browser: Browser) -> None:
    numbers = drafted(store, config, 3)
    links = re.findall(
        r'href="(/opportunities/\d+\?[^"]*)" data-key-open', browser.get("/opportunities?sort=newest").text
    )
    assert len(links) == len(numbers)
    first, middle, last = (browser.get(each.replace("&amp;", "&")).text for each in links)
    assert 'rel="prev"' not in first
    assert 'rel="next"' in first
    assert 'rel="prev"' in middle
    assert 'rel="next"' in middle
    assert 'rel="next"' not in last
    back = re.search(r'<a href="([^"]+)"><span aria-hidden="true">↑</span>', middle)
    assert back is not None
    assert "sort=newest" in back[1]
    assert browser.get(back[1].replace("&amp;", "&")).status_code == 200


def test_a_viewer_sees_everything_and_can_change_nothing(store: Store, config: Config, desk: Desk) -> None:
    number = stored(store, config, seen())
    vic = logged_in(staffed(desk), "vic")
    html = vic.get(f"/opportunities/{number}").text
    assert "You may look and not change anything: your role is viewer." in html
    assert "Thank you for mentioning" in html
    assert f"/opportunities/{number}/draft" not in html
    assert 'name="contact"' not in html


def test_a_long_list_of_links_or_mentions_is_folded_and_loses_none(
    store: Store, config: Config, browser: Browser
) -> None:
    judged, said = finding(
        Verdict.QUALIFIED,
        target=TARGET,
        sentences=[f"{TARGET} is named for the {number}. time." for number in range(1, 41)],
        links=tuple(link(f"https://quillon.example/{number}", rel=("nofollow",)) for number in range(1, 41)),
    )
    number = stored(store, config, outcome(1, (judged, said), at=LOOKED))
    html = browser.get(f"/opportunities/{number}").text
    assert "<summary>34 more links</summary>" in html
    assert "<summary>34 more mentions</summary>" in html
    for each in range(1, 41):
        assert f'href="https://quillon.example/{each}"' in html
        assert f"is named for the {each}. time." in plain(html)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (6, 6), (8, 8), (9, 6), (40, 6)])
def test_what_would_hide_fewer_than_three_is_not_folded(count: int, shown: int) -> None:
    things = list(range(count))
    assert foremost(things) == things[:shown]
    assert [*foremost(things), *others(things)] == things
