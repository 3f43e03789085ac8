"""The draft templates: found, read once, checked, chosen by case and language.

`templates/outreach/<case>/<language>/{subject,body}.txt` say what is particular to a case;
`templates/outreach/frame/<language>/{body,opt_out}.txt` put greeting and signature around it. A folder of the user's
own may hold any of these files and is asked first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Template, UndefinedError

import mentions
from mentions.exceptions import TemplateError
from mentions.outreach.syntax import compiled
from mentions.outreach.variables import FRAME_VARIABLES, VARIABLES, Variables

FRAME = "frame"
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered subject and body, and the opt-out line that stands in the body."""

    subject: str
    body: str
    opt_out: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of some folders; the first folder that has a file wins."""

    folders: tuple[Path, ...]
    _compiled: dict[str, Template] = field(default_factory=dict, compare=False)
    _languages: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def languages(self, case: str) -> frozenset[str]:
        """The languages in which a case can be written: body, subject and frame are all there."""
        if case not in self._languages:
            names = {path.name for folder in self.folders for path in (folder / case).glob("*") if path.is_dir()}
            whole = (name for name in names if all(self._path(part) for part in _parts(case, name)))
            self._languages[case] = frozenset(whole)
        return self._languages[case]

    def render(self, case: str, language: str, variables: Variables) -> Letter:
        """The email for these variables. Raises TemplateError naming template and line."""
        opt_out = self.opt_out(language, variables)
        text = self._text(f"{case}/{language}/body.txt", variables)
        body = self._text(f"{FRAME}/{language}/body.txt", {**variables, "text": text, "opt_out": opt_out})
        return Letter(self._text(f"{case}/{language}/subject.txt", variables), body, opt_out)

    def opt_out(self, language: str, variables: Variables) -> str:
        """The line that says how to be left alone. Raises TemplateError."""
        return self._text(f"{FRAME}/{language}/opt_out.txt", variables)

    def check(self) -> None:
        """Reads every template there is. Raises TemplateError for the first that cannot be used."""
        for folder in self.folders:
            for path in sorted(folder.glob("*/*/*.txt")):
                self._template(path.relative_to(folder).as_posix())

    def check_one(self, name: str) -> None:
        """Reads one template. Raises TemplateError naming file and line."""
        self._template(name)

    def missing(self, case: str, language: str) -> tuple[str, ...]:
        """The files without which a case cannot be written in a language."""
        return tuple(part for part in _parts(case, language) if self._path(part) is None)

    def _text(self, name: str, variables: Variables) -> str:
        try:
            return self._template(name).render(variables).strip("\n")
        except UndefinedError as error:
            raise TemplateError(f"{name}: {error.message}") from error

    def _template(self, name: str) -> Template:
        template = self._compiled.get(name)
        if template is None:
            path = self._path(name)
            if path is None:
                raise TemplateError(f"there is no template {name}")
            ours = len(self.folders) > 1 and path.is_relative_to(self.folders[-1])
            template = self._compiled[name] = compiled(_read(path), name if ours else str(path), _known(name))
        return template

    def _path(self, name: str) -> Path | None:
        return next((path for folder in self.folders if (path := folder / name).is_file()), None)


def _parts(case: str, language: str) -> tuple[str, ...]:
    return (
        f"{case}/{language}/subject.txt",
        f"{case}/{language}/body.txt",
        f"{FRAME}/{language}/body.txt",
        f"{FRAME}/{language}/opt_out.txt",
    )


def _known(name: str) -> Mapping[str, Mapping[str, str] | None]:
    """What the template of that name may use."""
    if name.startswith(f"{FRAME}/") and name.endswith("/body.txt"):
        return {**VARIABLES, **dict.fromkeys(FRAME_VARIABLES)}
    return VARIABLES


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: cannot be read: {error}") from error


@cache
def own_templates(users: Path | None = None) -> Templates:
    """The templates of this package, with those of a user's folder before them."""
    package = Path(mentions.__file__).parent
    packaged = package / "templates" / "outreach"  # in the wheel; in a checkout they lie beside the package
    ours = packaged if packaged.is_dir() else package.parent / "templates" / "outreach"
    return Templates((users, ours) if users else (ours,))


def chosen_language(page_language: str | None, reply_language: str, available: frozenset[str]) -> str:
    """The page's language, else the sender's, else English: the first in which there is a template."""
    for tag in (page_language, reply_language):
        primary = (tag or "").replace("_", "-").partition("-")[0].lower()
        if primary in available:
            return primary
    return FALLBACK_LANGUAGE
