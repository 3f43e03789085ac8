"""One story on several sites: recognised by its words, and traced to where it comes from."""

import random
from datetime import timedelta

import pytest

from mentions import copies
from mentions.copies import (
    SIMILAR,
    Index,
    Stories,
    Telling,
    first_published,
    names_publisher,
    origin_of,
    similarity,
    sketch,
)
from tests.outreach.building import NOW, article

WORDS = [f"word{n}" for n in range(2_000)]


def text(seed: int, words: int = 500) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def sketched(words: str) -> bytes:
    found = sketch(article(words))
    assert found is not None
    return found


def telling(page_id: int, **changes: object) -> Telling:
    made = {
        "page_id": page_id,
        "url": f"https://site{page_id}.example/story",
        "publisher": f"site{page_id}.example",
        "publisher_name": f"Site {page_id}",
        "published": NOW - timedelta(days=page_id),
        "found_at": NOW,
        **changes,
    }
    return Telling(**made)  # type: ignore[arg-type]  # fields by name


class TestSketch:
    """The same words give the same sketch; shares of words are estimated."""

    def test_the_same_text_is_a_copy_whatever_its_case_and_line_breaks(self) -> None:
        words = text(1)
        half = len(words) // 2
        assert similarity(sketched(words), sketched(words.upper())) == 1.0
        assert sketch(article(words[:half] + " " + words[half:])) == sketch(article(words[:half] + "  " + words[half:]))

    @pytest.mark.parametrize("seed", range(12))
    def test_a_copy_cut_to_two_thirds_with_some_words_changed_is_recognised(self, seed: int) -> None:
        words = text(seed).split()
        cut = words[: len(words) * 2 // 3]
        for n in random.Random(seed).sample(range(len(cut)), len(cut) // 40):
            cut[n] = "changed"
        assert similarity(sketched(text(seed)), sketched(" ".join(cut))) >= SIMILAR

    @pytest.mark.parametrize("seed", range(12))
    def test_unrelated_texts_are_no_copies(self, seed: int) -> None:
        assert similarity(sketched(text(seed)), sketched(text(seed + 100))) < 0.1

    def test_a_short_text_has_none(self) -> None:
        assert sketch(article("Quillon builds machines.")) is None

    def test_text_outside_the_article_does_not_count(self) -> None:
        from mentions.extraction.article import Zone

        assert sketch(article(text(1), (text(2), Zone.BOILERPLATE))) == sketch(article(text(1)))

    def test_scripts_without_spaces_are_compared_by_letters(self) -> None:
        story = (
            "水道管の漏れを見つける新しい機械が、昨日、東京で発表された。"
            "技術者は、夜の間に音を聞いて、漏れの場所を知ることができると話した。"
        )
        assert similarity(sketched(story), sketched(story[:-6])) > 0.7


def test_the_index_finds_copies_and_nothing_else() -> None:
    index = Index()
    for seed in range(40):
        index.add(seed, sketched(text(seed)))
    assert index.like(sketched(text(7, 450))) == [7]
    assert index.like(sketched(text(400))) == []


def test_a_story_of_thousands_of_pages_is_one_story_and_each_page_is_compared_with_a_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages of one template, product lists, press releases: look-alikes must not be compared each with each."""
    compared = 0
    compare = copies.similarity

    def counted(one: bytes, other: bytes) -> float:
        nonlocal compared
        compared += 1
        return compare(one, other)

    monkeypatch.setattr(copies, "similarity", counted)
    index, stories = Index(), Stories({})
    pages = 600
    for page in range(pages):
        changed = text(1).split()
        changed[page % len(changed)] = f"only{page}"
        found = sketched(" ".join(changed))
        for other in index.like(found):
            stories.join(page, other)
        index.add(page, found)
    assert {stories.of(page) for page in range(pages)} == {0}
    assert compared < pages * 40


def test_stories_are_named_by_their_smallest_page_in_whatever_order_they_join() -> None:
    for order in ([(1, 2), (2, 3), (3, 9)], [(9, 3), (3, 2), (2, 1)], [(1, 9), (2, 3), (3, 9)]):
        stories = Stories({})
        for one, other in order:
            stories.join(one, other)
        assert {stories.of(page) for page in (1, 2, 3, 9)} == {1}
        assert stories.of(5) == 5


class TestOrigin:
    """Where a story comes from, and how we know."""

    def test_the_earliest_date(self) -> None:
        origin, why = origin_of([telling(1), telling(3), telling(2)])
        assert (origin.page_id, why) == (3, "it has the earliest date")

    def test_the_page_that_a_copy_names_as_canonical_comes_before_the_earliest(self) -> None:
        named = telling(1)
        origin, why = origin_of([named, telling(3, canonical=named.url)])
        assert origin is named
        assert "original address" in why

    def test_the_publisher_that_a_copy_credits(self) -> None:
        origin, why = origin_of([telling(1, publisher_name="The Harbour Post"), telling(3, credit="Harbour Post")])
        assert (origin.page_id, why) == (1, "a copy credits it")

    def test_a_press_wire_comes_first(self) -> None:
        assert origin_of([telling(3), telling(1, wire=True)])[0].wire

    def test_without_dates_the_page_found_first(self) -> None:
        later = telling(1, published=None, found_at=NOW + timedelta(hours=1))
        assert origin_of([later, telling(2, published=None)])[0].page_id == 2

    def test_the_order_of_the_pages_does_not_matter(self) -> None:
        pages = [telling(n, published=NOW) for n in range(1, 6)]
        random.Random(1).shuffle(pages)
        assert origin_of(pages)[0].page_id == 1


def test_a_credit_names_a_publisher_by_name_or_address() -> None:
    post = telling(1, publisher_name="The Harbour Post", publisher="harbourpost.example")
    assert names_publisher("Harbour Post", post)
    assert names_publisher("harbourpost.example", post)
    assert not names_publisher("Harbour", post)


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("This article was first published on The Harbour Post.", "The Harbour Post"),
        ("Originally appeared in Harbour Post and is shown here with leave.", "Harbour Post"),
        ("Dieser Text ist zuerst erschienen bei Hafenblatt.", "Hafenblatt"),
        ("Cet article a été publié initialement dans Le Quai.", "Le Quai"),
        ("Este artículo fue publicado originalmente en El Muelle.", "El Muelle"),
        ("The album appeared in March.", None),
        ("Quillon published its report in May.", None),
    ],
)
def test_where_a_text_was_published_first(note: str, name: str | None) -> None:
    assert first_published(article(text(1), note)) == name
