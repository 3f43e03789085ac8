"""A report or digest as one HTML file: style and plots inside, no script, nothing to load from anywhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import mentions
from mentions.reporting.digest import Digest
from mentions.reporting.message import NEW, Message
from mentions.reporting.report import Report
from mentions.reporting.sections import headline, sections
from mentions.reporting.words import plain


def report_html(report: Report) -> str:
    """The whole file."""
    return render(
        "report.html",
        period=report.period.words,
        made_at=f"{report.made_at:%-d %B %Y, %H:%M}",
        headline=headline(report),
        sections=sections(report),
    )


def digest_html(digest: Digest, message: Message) -> str:
    """The whole file. Addresses of pages stand in it as text; the only link leads to the team's review desk."""
    return render(
        "digest.html",
        message=message,
        run=digest.run,
        made_at=f"{digest.run.ended_at or digest.run.started_at:%-d %B %Y, %H:%M}",
        best=digest.best,
        more=digest.worth_asking - len(digest.best),
        parts=[part for part in message.parts if part.title != NEW],
    )


def render(template: str, **data: object) -> str:
    """A template of templates/reports/. Everything is escaped but our style and the plots, which escape their own."""
    return _environment().get_template(template).render(style=_style(), **data)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,  # whatever a template is called
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["visible"] = plain
    made.filters["unbroken"] = _unbroken
    return made


def _unbroken(text: str) -> str:
    """No line ends between a number and its percent sign."""
    return text.replace(" %", "\u00a0%")


@cache
def _style() -> str:
    """Our own style sheet."""
    return (_folder() / "style.css").read_text(encoding="utf-8")


def _folder() -> Path:
    """In the package of a wheel, beside it in a checkout."""
    package = Path(mentions.__file__).parent
    packaged = package / "templates" / "reports"
    return packaged if packaged.is_dir() else package.parent / "templates" / "reports"
