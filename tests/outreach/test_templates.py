"""Templates: what they may say (D-01 … D-06), which is chosen, and that ours read well in every case."""

import re
import time
from pathlib import Path

import pytest

from mentions.exceptions import TemplateError
from mentions.outreach.cases import CASES
from mentions.outreach.syntax import compiled
from mentions.outreach.templates import Templates, chosen_language, own_templates
from mentions.outreach.variables import FRAME_VARIABLES, VARIABLES

ATTACKS = [
    "{{ 'x'*10**9 }}",
    "{{ 9**99999999 }}",
    "{% if false %}{{ 9**99999999 }}{% endif %}",
    "{% for i in article %}{% for j in article %}{% endfor %}{% endfor %}",
    "{{ lipsum() }}",
    "{{ cycler }}",
    "{{ namespace(a=1) }}",
    "{{ article.title.upper() }}",
    "{{ article.title.__class__ }}",
    "{{ article.__class__.__mro__ }}",
    "{{ article['title'] }}",
    "{{ ''.__class__ }}",
    "{{ article|attr('title') }}",
    "{{ 'a'|center(10**9) }}",
    "{{ article.title|center(1000000000) }}",
    "{{ article.title|truncate(10**9) }}",
    "{{ article.title|truncate(99999999) }}",
    "{{ article.title|replace('', 'aaaaaaaa') }}",
    "{% set x = 1 %}",
    "{% macro a() %}{% endmacro %}",
    "{% import 'x' as x %}",
    "{% from 'x' import y %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% block a %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% raw",
    "{{ 'a' ~ 'b' }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ self }}",
    "{{ article }}",
    "{{ request.application }}",
    "{{ article.title is defined }}",
    "{{ -1 }}",
]


@pytest.mark.parametrize("source", ATTACKS)
def test_an_attack_is_refused_at_once_d01_d02(source: str) -> None:
    started = time.process_time()
    with pytest.raises(TemplateError):
        compiled(source, "team/en/body.txt", VARIABLES)
    assert time.process_time() - started < 5, "it hung; the bound is far above what refusing takes"


@pytest.mark.parametrize(
    "source",
    [
        "{{ " + "(" * 3000 + "article.title" + ")" * 3000 + " }}",
        "{{ " + "(\n" * 3000 + "article.title" + ")\n" * 3000 + " }}",
        "{% if article.title %}" * 800 + "{% endif %}" * 800,
        "{{ " + "not " * 5000 + "article.title }}",
        "{{ article.title" + " if article.title" * 900 + " }}",
    ],
    ids=["brackets", "brackets on lines", "ifs", "nots", "conditions"],
)
def test_deep_nesting_is_refused_d03(source: str) -> None:
    with pytest.raises(TemplateError):
        compiled(source, "team/en/body.txt", VARIABLES)


def test_a_template_of_any_length_is_not_read() -> None:
    with pytest.raises(TemplateError, match="longer than 20,000"):
        compiled("x" * 20_001, "team/en/body.txt", VARIABLES)


def test_a_misspelt_variable_names_template_line_and_what_was_meant_d04() -> None:
    source = "Hello,\n\n{{ mention.sentense }}\n"
    with pytest.raises(TemplateError, match=r"team/en/body\.txt, line 3: .*mention\.sentense.*mention\.sentence"):
        compiled(source, "team/en/body.txt", VARIABLES)


def test_a_misspelt_variable_in_a_branch_that_is_not_taken_is_found_too_d04() -> None:
    with pytest.raises(TemplateError, match="line 2"):
        compiled("{% if contact.found %}\n{{ contact.nme }}\n{% endif %}", "team/en/body.txt", VARIABLES)


def test_broken_syntax_names_the_line() -> None:
    with pytest.raises(TemplateError, match=r"team/en/body\.txt, line 2"):
        compiled("Hello,\n{{ article.title \n", "team/en/body.txt", VARIABLES)


def test_what_a_template_may_do() -> None:
    source = (
        "{% if contact.name and not mention.in_caption %}{{ article.title|truncate(10)|upper }}{% else %}-{% endif %}"
    )
    text = compiled(source, "x", VARIABLES).render(
        contact={"name": "Jane"}, mention={"in_caption": False}, article={"title": "A long headline indeed"}
    )
    assert text == "A LONG..."


def test_the_frame_alone_knows_the_text_and_the_opt_out(tmp_path: Path) -> None:
    folder = tmp_path / "unlinked_brand" / "en"
    folder.mkdir(parents=True)
    (folder / "body.txt").write_text("{{ opt_out }}", encoding="utf-8")
    with pytest.raises(TemplateError, match="opt_out"):
        Templates((tmp_path,)).check()
    assert set(FRAME_VARIABLES) == {"text", "opt_out"}


def test_a_users_template_comes_before_ours(tmp_path: Path) -> None:
    ours = own_templates()
    folder = tmp_path / "unlinked_brand" / "en"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("About {{ target.short_name }}\n", encoding="utf-8")
    mixed = own_templates(tmp_path)
    assert mixed.languages("unlinked_brand") == ours.languages("unlinked_brand")
    values = {group: dict.fromkeys(keys, "") for group, keys in VARIABLES.items()}
    values["target"]["short_name"] = "Quillon"
    assert mixed.render("unlinked_brand", "en", values).subject == "About Quillon"
    assert ours.render("unlinked_brand", "en", values).subject == "Thank you for mentioning Quillon"


def test_a_template_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "frame" / "en"
    folder.mkdir(parents=True)
    (folder / "opt_out.txt").write_bytes(b"caf\xe9")
    with pytest.raises(TemplateError, match=r"opt_out\.txt"):
        own_templates(tmp_path).check()


def test_our_templates_can_all_be_used() -> None:
    own_templates().check()


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_written_in_four_languages(case: str) -> None:
    assert own_templates().languages(case) >= {"en", "de", "fr", "es"}


def test_french_marks_are_never_parted_from_their_words() -> None:
    for folder in own_templates().folders:
        for path in sorted(folder.glob("*/fr/*.txt")):
            words = re.sub(r"\{[{%].*?[}%]\}", "x", path.read_text("utf-8").replace("Re: ", ""))
            assert not re.findall(r"[^\u00a0][;:!?»]|«[^\u00a0]", words), path


@pytest.mark.parametrize(
    ("page", "sender", "chosen"),
    [
        ("de", "en", "de"),
        ("de-AT", "en", "de"),
        ("ja", "fr", "fr"),
        (None, "es", "es"),
        ("ja", "fi", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_of_the_page_then_the_senders_then_english(page: str | None, sender: str, chosen: str) -> None:
    assert chosen_language(page, sender, frozenset({"en", "de", "fr", "es"})) == chosen
