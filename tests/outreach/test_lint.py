"""The linter names what a person must put right, and leaves crawled text in peace."""

import pytest

from mentions.outreach.lint import lint, word_count

GOOD = "Hello,\n\nthank you. Could it link to https://quillon.example/?\n\n12 Harbour Street\n--\nSay so."
URL = "https://courier.example/a"


def problems(subject: str = "Thank you", body: str = GOOD, *, quoted: tuple[str, ...] = ()) -> str:
    """The problems in one text."""
    found = lint(subject, body, article_url=URL, postal_address="12 Harbour Street", opt_out="Say so.", quoted=quoted)
    return "\n".join(found)


def test_a_good_email_has_no_problem() -> None:
    assert problems() == ""


@pytest.mark.parametrize(
    ("subject", "body", "what"),
    [
        ("x" * 51, GOOD, "51 characters"),
        ("a\nb", GOOD, "line break"),
        ("a\u2028b", GOOD, "line break"),
        ("", GOOD, "empty"),
        ("Thank you", GOOD + " word" * 150, "editors read 150"),
        ("Thank you", GOOD + " https://quillon.example/other", "more than one link"),
        ("Thank you", GOOD.replace("12 Harbour Street", ""), "postal address"),
        ("Thank you", GOOD.replace("Say so.", ""), "opt-out"),
        ("Thank you", GOOD + " Boost your SEO", '"SEO"'),
        ("Act now", GOOD, '"Act now"'),
        ("Thank you!!", GOOD, '"!!"'),
        ("Thank you", GOOD + " Jetzt kostenlos", '"kostenlos"'),
        ("Hello {{ name }}", GOOD, "placeholder"),
        ("Thank you", GOOD + " Dear [NAME]", "placeholder"),
        ("Thank you", GOOD + " None", "placeholder"),
        ("Thank you", GOOD + " an <url> to add", "placeholder"),
        ("Hello [VORNAME]", GOOD, "placeholder"),
        ("Thank you", GOOD + " TODO: the quarter", "placeholder"),
        ("Thank you", GOOD.replace("Hello,", "Dear ,"), "greeting names nobody"),
    ],
)
def test_each_problem_is_named(subject: str, body: str, what: str) -> None:
    assert what in problems(subject, body)


def test_the_same_address_twice_and_the_articles_own_are_one_link() -> None:
    assert problems(body=f'{GOOD} {URL} <a href="https://quillon.example/">Quillon</a>') == ""


def test_what_is_quoted_is_not_ours_to_be_blamed_for() -> None:
    sentence = "SEO firm says act now!! {{ 7*7 }} at https://other.example/"
    assert problems(body=f"{GOOD} {sentence}", quoted=(sentence,)) == ""


def test_no_postal_address_at_all() -> None:
    assert any("postal address" in p for p in lint("a", GOOD, article_url=URL, postal_address=None, opt_out="Say so."))


def test_words_are_counted_as_readers_count_them() -> None:
    assert word_count("Thank you — for “this”.") == 4
    assert word_count('<a href="https://quillon.example/a/b">Quillon Robotics</a>') == 1
    assert word_count("夜も動く") == 2


@pytest.mark.parametrize("text", ["quillon Robotics", "QUILLON ROBOTICS", "Quillon robotics"])
def test_a_name_in_the_wrong_case_is_named(text: str) -> None:
    def found(body: str, quoted: tuple[str, ...] = ()) -> tuple[str, ...]:
        return lint(
            "Thank you",
            body,
            article_url=URL,
            postal_address="12 Harbour Street",
            opt_out="Say so.",
            quoted=quoted,
            names=("Quillon Robotics",),
        )

    assert found(f"{GOOD} {text} thanks you.") == (f'"{text}" is written "Quillon Robotics"',)
    assert found(f"{GOOD} Quillon Robotics thanks you.") == ()
    assert found(f"{GOOD} {text} grows.", (f"{text} grows.",)) == (), "the article may write it as it likes"
    assert found(f"{GOOD} mail mara@quillon.example or see quillon.example") == ()


def test_nearly_the_same_email_to_the_same_person_is_named() -> None:
    def found(earlier: str) -> str:
        return "\n".join(
            lint(
                "Thank you",
                GOOD,
                article_url=URL,
                postal_address="12 Harbour Street",
                opt_out="Say so.",
                earlier=(earlier,),
            )
        )

    assert "nearly the same as an earlier email" in found(GOOD.replace("Hello", "Hallo"))
    assert found("Dear Jane,\n\nyour piece on night trains was a pleasure to read. Could its second line link?") == ""


def test_the_subject_of_an_answer_is_counted_without_its_re() -> None:
    assert problems("Re: " + "x" * 50) == ""
    assert "51 characters" in problems("Re: " + "x" * 51)
