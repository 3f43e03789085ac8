"""The log of a run: lines for people, or one JSON object a line; never with a secret or an email address in it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import click
from rich.console import Console
from rich.logging import RichHandler

from mentions.cli.common import console, exit_code_of
from mentions.config import Config
from mentions.exceptions import MentionsError
from mentions.operating import LogFormat
from mentions.redaction import Redacting, redacted, without_addresses

logger = logging.getLogger(__name__)

_OTHERS: Final = frozenset({"scrapy", "twisted", "asyncio", "py"})

log_format_option = click.option(
    "--log-format",
    type=click.Choice([word.value for word in LogFormat]),
    help="How the log on standard error is written. [default: logging.format of mentions.toml, else plain]",
)


class JsonLines(logging.Formatter):
    """One object a line: at, level, logger, message; `error` where there is a traceback; what `extra` holds in `data`.

    Texts of `data` are redacted here; message and traceback by the handler's filter.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if data := getattr(record, "data", None):
            line["data"] = _harmless(data)
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to(err: Console, style: LogFormat) -> None:
    """From now on the process logs so: our own words from `warning` on (JSON: from `info`), others' only errors."""
    handler: logging.Handler
    if style is LogFormat.JSON:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
    elif err.is_terminal:
        handler = RichHandler(console=err, show_path=False, show_time=False, markup=False)
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    least = logging.INFO if style is LogFormat.JSON else logging.WARNING
    handler.addFilter(lambda record: record.levelno >= (logging.ERROR if _is_other(record) else least))
    handler.addFilter(Redacting())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("mentions").setLevel(least)


@contextmanager
def errors_logged(style: LogFormat) -> Iterator[None]:
    """Sets up the log, and where it is JSON writes an error that ends the command as one more line of it.

    Raises Click's Exit with the error's exit code then; else the error itself goes on, to be shown in plain words.
    """
    log_to(console(stderr=True), style)
    try:
        yield
    except MentionsError as error:
        if style is not LogFormat.JSON:
            raise
        code = exit_code_of(error)
        logger.error("%s", error, extra={"data": {"exit_code": code}})
        raise click.exceptions.Exit(code) from error


def style_of(log_format: str | None, config: Config | None = None) -> LogFormat:
    """How to log: what the command line says, else the configuration, else for people."""
    if log_format:
        return LogFormat(log_format)
    return config.logging.format if config else LogFormat.PLAIN


def _is_other(record: logging.LogRecord) -> bool:
    """Scrapy sets the levels of its own loggers when it starts, so they are held back here."""
    return record.name.partition(".")[0] in _OTHERS


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return without_addresses(redacted(value))
    if isinstance(value, dict):
        return {key: _harmless(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_harmless(each) for each in value]
    return value
