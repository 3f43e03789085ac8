"""A team's own templates are checked before they are used: every problem with its file."""

from pathlib import Path

import pytest

from mentions.outreach.template_folders import problems_in
from mentions.outreach.templates import own_templates


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_our_own_templates_have_no_problem() -> None:
    assert problems_in(own_templates().folders[-1]) == []


def test_a_folder_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    assert problems_in(tmp_path / "none") == [f"{tmp_path / 'none'}: there is no such folder"]
    assert "no templates in it" in problems_in(tmp_path)[0]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("unlinked_brand/en/body.txt", "Hello,\n\n{{ article.titel }}", "line 3: there is no variable 'article.titel'"),
        ("unlinked_brand/en/body.txt", "{% for x in article %}{% endfor %}", "a loop is not allowed"),
        ("unlinkd_brand/en/body.txt", "x", "did you mean 'unlinked_brand'?"),
        ("unlinked_brand/en/boddy.txt", "x", "did you mean 'body.txt'?"),
        ("body.txt", "x", "is not read"),
        ("frame/en/subject.txt", "x", "frame has the files body.txt and opt_out.txt"),
        ("unlinked_brand/nl/body.txt", "Dank u wel.", "unlinked_brand/nl/subject.txt"),
        ("unlinked_brand/en/body.txt", "word " * 160, "editors read 150"),
        ("unlinked_brand/en/subject.txt", "A subject that is much longer than any mail program shows it", "characters"),
        ("statistic/de/body.txt", "Das ist dringend.", '"dringend" reads like spam'),
        ("frame/fr/body.txt", "{{ text }}", "opt-out"),
        ("frame/fr/body.txt", "{{ text }}\n{{ opt_out }}", "postal address"),
        ("bare_url/en/body.txt", "quillon ROBOTICS says hello", 'is written "Quillon Robotics"'),
    ],
)
def test_each_problem_names_its_file(tmp_path: Path, name: str, text: str, what: str) -> None:
    write(tmp_path, name, text)
    found = problems_in(tmp_path)
    assert found
    assert all(problem.startswith(str(tmp_path)) for problem in found)
    assert any(what in problem for problem in found), found


def test_what_a_folder_leaves_out_is_taken_from_ours(tmp_path: Path) -> None:
    write(tmp_path, "unlinked_brand/en/subject.txt", "About {{ target.short_name }}")
    write(tmp_path, ".DS_Store", "left by a file manager")
    assert problems_in(tmp_path) == []


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, "unlinked_brand/en/body.txt", "{{ nobody }}")
    write(tmp_path, "unlinked_product/en/body.txt", "{{ nothing }}")
    assert len(problems_in(tmp_path)) == 2
