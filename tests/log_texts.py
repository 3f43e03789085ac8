"""Every warning and error that a run can write into its log or summary, collected from the code itself.

Two kinds: texts at the places that warn, and texts made elsewhere that those places only pass on. A placeholder of a
text is written `…`.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for room in ("mentions", "spiders", "pipelines") for path in (ROOT / room).rglob("*.py"))

# Calls whose first argument is shown: ledger.warn(…), logger.warning(…), warnings.append(…).
_WARNS = {"warn", "warning", "error", "exception", "critical", "_warn", "_no_failure", "_broke_off"}
_LISTS = {"warnings", "problems", "_warnings"}
# Errors whose text becomes a warning: a source or page that was refused or cannot be read.
_ERRORS = {
    "SourceError",
    "RequestRefused",
    "AddressRefused",
    "RobotsDenied",
    "RobotsUnreadable",
    "HostPaused",
    "BodyTooLarge",
    "BodyUndecodable",
    "RedirectsWithoutEnd",
    "NotRendered",
}
# Modules whose functions return the texts that others pass on.
_RETURN = (
    "mentions/crawling/conclusion.py",
    "mentions/crawling/expectations.py",
    "mentions/limits.py",
    "mentions/monitoring/pinging.py",
    "mentions/sources/feeds.py",
    "mentions/sources/lists.py",
    "mentions/statuses.py",
)
# Modules in which every text of several words is one that others pass on.
_ALL = ("mentions/crawling/failures.py", "mentions/statuses.py")
# Rooms whose warnings people see where they work, not in a run's log: the command line, the desk, drafts.
_ELSEWHERE = ("mentions/cli/", "mentions/review/", "mentions/outreach/", "mentions/demo/")


@cache
def texts() -> dict[str, str]:
    """Text → where it stands (the first place, as path:line)."""
    found: dict[str, str] = {}
    for path in CODE:
        name = str(path.relative_to(ROOT))
        if name.startswith(_ELSEWHERE):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for text_node in _of_node(node, name):
                for text in _texts(text_node):
                    if _says_something(text):
                        found.setdefault(text, f"{name}:{text_node.lineno}")
    return found


def _of_node(node: ast.AST, name: str) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and node.args:
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = function.value if isinstance(function, ast.Attribute) else None
        owner_name = getattr(owner, "attr", getattr(owner, "id", ""))
        if called in _WARNS and owner_name != "warnings":
            yield from node.args
        elif called in _ERRORS or (called in {"append", "extend"} and owner_name in _LISTS):
            yield node.args[0]
    elif isinstance(node, (ast.Return, ast.Yield)) and name in _RETURN and node.value is not None:
        yield node.value
    elif isinstance(node, (ast.Tuple, ast.Assign)) and name in _ALL:
        yield from node.elts if isinstance(node, ast.Tuple) else [node.value]


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts an expression can be; of a list or tuple those of its elements."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.replace("%s", "…").replace("%d", "…")
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
            for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for element in node.elts:
            yield from _texts(element)
    elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        yield from _texts(node.elt)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield from _texts(argument)


def _says_something(text: str) -> bool:
    """Words of its own: neither a text passed on ("…: …") nor a name of something."""
    words = text.replace("…", " ").split()
    return len(words) >= 2 and any(character.islower() for character in text) and not text.startswith("skipped/")


if __name__ == "__main__":
    for text, where in sorted(texts().items(), key=lambda pair: pair[1]):
        print(f"{where}\t{text}")
