"""The templates of the desk: always escaped, misspelt variables are errors, and filters for what was crawled."""

import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

import mentions
from mentions.review import filters
from mentions.review.statics import Statics

_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Lines of templates begin with one blank at most, which parts words as many do: a list is a tenth smaller."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's own text; what pages put into it, such as the text of an email, stays as it is."""
        return _INDENTATION.sub(" ", source)


def templates_folder() -> Path:
    """Where the desk's templates lie: in the package of a wheel, beside it in a checkout."""
    package = Path(mentions.__file__).parent
    packaged = package / "templates" / "review"
    return packaged if packaged.is_dir() else package.parent / "templates" / "review"


def environment(statics: Statics) -> Environment:
    """Everything a template may use besides what its page hands it (see mentions.review.responses.page)."""
    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        extensions=[Unindented],
        autoescape=True,  # whatever a template is called: the usual rule leaves *.html.j2 unescaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(filters.FILTERS)
    made.tests["web_address"] = filters.is_web_address
    made.globals["statics"] = statics
    return made
