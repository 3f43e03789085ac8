"""What is wrong with a folder of templates that people wrote: every file is read, and every email is tried.

A folder holds `<case>/<language>/{subject,body}.txt` and `frame/<language>/{body,opt_out}.txt`, all of them optional:
what is not there is taken from the templates that come with the program.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from mentions.exceptions import TemplateError
from mentions.outreach.cases import CASES, FOLLOW_UP
from mentions.outreach.lint import lint
from mentions.outreach.templates import FRAME, Letter, Templates, own_templates
from mentions.outreach.variables import FIRST_EMAIL, Value, Variables

_FILES: Final = {FRAME: ("body.txt", "opt_out.txt")}
_CASE_FILES: Final = ("subject.txt", "body.txt")

# A usual email, a little longer than most. The names are reserved or invented.
_SAMPLE: Final[dict[str, dict[str, Value]]] = {
    "article": {
        "title": "One warehouse in three works at night, and nobody minds",
        "url": "https://courier.example/technology/warehouses-at-night",
        "publisher": "The Daily Courier",
    },
    "mention": {
        "sentence": "According to Quillon Robotics, 34 % of the warehouses it surveyed now run at night.",
        "matched": "Quillon Robotics",
        "in_headline": False,
        "in_caption": False,
    },
    "target": {"name": "Quillon Robotics", "short_name": "Quillon Robotics", "url": "https://quillon.example/"},
    "link": {
        "url": "https://quillon.example/",
        "special_page": False,
        "anchor": "Quillon Robotics",
        "html": '<a href="https://quillon.example/">Quillon Robotics</a>',
        "printed_address": "quillon.example",
        "wrong_place": "home",
    },
    "contact": {
        "name": "Jane Doering",
        "first_name": "Jane",
        "address": "jane.doering@courier.example",
        "found": True,
        "source_url": "https://courier.example/technology/warehouses-at-night",
        "on_article": True,
    },
    "sender": {
        "name": "Mara Lindqvist",
        "role": "Communications",
        "company": "Quillon Robotics",
        "postal_address": "12 Harbour Street, 20457 Hamburg",
    },
    "follow_up": dict(FIRST_EMAIL),
}
_FOLLOWED: Final[dict[str, Value]] = {
    "subject": "Thank you for mentioning Quillon Robotics",
    "sent_on": "16 November",
    "in_thread": True,
    "is_last": True,
}


def problems_in(folder: Path) -> list[str]:
    """Every problem of the folder, each with the file and, where there is one, the line; none: all can be used."""
    if not folder.is_dir():
        return [f"{folder}: there is no such folder"]
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        return [f"{folder}: no templates in it; they are named <case>/<language>/body.txt and subject.txt"]
    templates = own_templates(folder)
    of_files = {path: list(_of_file(path, folder)) for path in files}
    problems = [problem for found in of_files.values() for problem in found]
    for case, language in _emails(folder, [path for path in files if not of_files[path]]):
        problems += _of_email(templates, folder, case, language)
    return list(dict.fromkeys(problems))


def _of_file(path: Path, folder: Path) -> Iterator[str]:
    parts = path.relative_to(folder).parts
    if len(parts) != 3:
        yield f"{path}: is not read; templates are named <case>/<language>/body.txt and subject.txt"
        return
    case, _language, name = parts
    allowed = _FILES.get(case, _CASE_FILES)
    if case not in CASES and case != FRAME:
        yield f"{path}: is not read: there is no case {case!r}{_meant(case, [*CASES, FRAME])}"
    elif name not in allowed:
        yield f"{path}: is not read: {case} has the files {' and '.join(allowed)}{_meant(name, list(allowed))}"
    else:
        try:
            Templates((folder,)).check_one("/".join(parts))
        except TemplateError as error:
            yield str(error)


def _meant(word: str, words: list[str]) -> str:
    near = get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _emails(folder: Path, files: list[Path]) -> list[tuple[str, str]]:
    """(case, language) of the emails that these files take part in: a frame stands around all cases."""
    found = set()
    for path in files:
        case, language, _name = path.relative_to(folder).parts
        found |= {(each, language) for each in (CASES if case == FRAME else (case,))}
    return sorted(found)


def _of_email(templates: Templates, folder: Path, case: str, language: str) -> Iterator[str]:
    """What the linter says of a sample email, as it would of a real one."""
    where = folder / case / language
    if language not in templates.languages(case):
        missing = templates.missing(case, language)
        yield f"{where}: cannot be written: {', '.join(missing)} missing"
        return
    variables: Variables = {**_SAMPLE, "follow_up": _FOLLOWED if case == FOLLOW_UP else _SAMPLE["follow_up"]}
    try:
        letter = templates.render(case, language, variables)
    except TemplateError as error:
        yield str(error)
        return
    for problem in _linted(letter):
        yield f"{where}: {problem}"


def _linted(letter: Letter) -> tuple[str, ...]:
    article, mention = _SAMPLE["article"], _SAMPLE["mention"]
    return lint(
        letter.subject,
        letter.body,
        article_url=str(article["url"]),
        postal_address=str(_SAMPLE["sender"]["postal_address"]),
        opt_out=letter.opt_out,
        quoted=(str(mention["sentence"]), str(article["title"])),
        names=("Quillon Robotics", "Jane Doering"),
    )
