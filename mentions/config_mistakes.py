"""Mistakes in a configuration, said in plain words: the file, the line or key, and what is allowed."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mentions.exceptions import ConfigError


def read_toml(path: Path) -> dict[str, Any]:
    """What the file holds. Raises ConfigError naming file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        what, line = (found[1], found[2]) if found else (str(error), None)
        raise ConfigError(
            f"not valid TOML: {what}", path=path, where=f"line {line}" if line else "end of the file"
        ) from error


def config_error(error: ValidationError, path: Path, prefix: tuple[str | int, ...] = ()) -> ConfigError:
    """The first mistake in full, and how many more there are."""
    errors = error.errors(include_url=False)
    # A list whose every entry is wrong is reported once more as too short: an echo, not a mistake.
    echoes = {e["loc"] for e in errors if e["type"] == "too_short"} & {
        e["loc"][:n] for e in errors for n in range(1, len(e["loc"]))
    }
    errors = [e for e in errors if e["loc"] not in echoes]
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return ConfigError(_in_plain_words(first) + more, path=path, where=_key(prefix + tuple(first["loc"])) or None)


def _key(location: tuple[str | int, ...]) -> str:
    """("targets", 2, "kind") → "targets[2].kind"; counted from 1, as people count."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text


def _in_plain_words(error: ErrorDetails) -> str:
    given = error.get("input")
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a key we know; is it misspelt?"
        case "enum":
            return f"{given!r} is not allowed; allowed: {error.get('ctx', {}).get('expected', '')}"
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}" + (
                f", not {given!r}" if isinstance(given, str | int | float | bool) else ""
            )
