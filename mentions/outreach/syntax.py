"""The part of Jinja2 that a draft template may use. Templates are text that people edit: everything else is refused.

Jinja2's own sandbox is not enough: it hangs while compiling `{{ 9**99999999 }}` and hands out methods of objects. So
the syntax tree is held against a list of what is allowed before anything is compiled, and every variable against the
contract, so that a misspelt one is found with its line when the template is saved, not when the thousandth draft is
rendered.
"""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError

from mentions.exceptions import TemplateError

LONGEST_TEMPLATE: Final = 20_000  # characters
DEEPEST_NESTING: Final = 40  # of brackets in the source, and of nodes in the tree
LONGEST_TRUNCATION: Final = 1_000

FILTERS: Final = frozenset({"capitalize", "lower", "trim", "truncate", "upper"})
_NODES: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_OPENING: Final = re.compile(r"[(\[{]")

# Plain names that stand for themselves (text, opt_out), and groups with their keys (article.title).
Known = Mapping[str, Collection[str] | None]


def compiled(source: str, name: str, known: Known) -> Template:
    """The template, ready to render. Raises TemplateError naming the template, the line and what is wrong."""
    if len(source) > LONGEST_TEMPLATE:
        raise TemplateError(f"{name}: longer than {LONGEST_TEMPLATE:,} characters")
    _check_brackets(source, name)
    environment = _environment()
    try:
        _check(environment.parse(source), name, known, 0)
        return environment.from_string(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{name}, line {error.lineno}: {error.message}") from error
    except (RecursionError, JinjaError) as error:
        raise TemplateError(f"{name}: cannot be read: {type(error).__name__}") from error


def _environment() -> Environment:
    environment = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text: escaping would turn O'Neill into O&#39;Neill
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        optimized=False,  # evaluates nothing while compiling
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {key: value for key, value in environment.filters.items() if key in FILTERS}
    return environment


def _check_brackets(source: str, name: str) -> None:
    """Deep nesting, found before a recursive parser meets it (D-03)."""
    for number, line in enumerate(source.splitlines(), 1):
        if len(_OPENING.findall(line)) > DEEPEST_NESTING:
            raise TemplateError(f"{name}, line {number}: nested too deeply")


def _check(node: nodes.Node, name: str, known: Known, depth: int) -> None:
    where = f"{name}, line {getattr(node, 'lineno', 1)}"
    if depth > DEEPEST_NESTING:
        raise TemplateError(f"{where}: nested too deeply")
    if not isinstance(node, _NODES):
        raise TemplateError(f"{where}: {_in_words(node)} is not allowed in a draft template")
    if isinstance(node, nodes.Getattr):
        _check_path(node, where, known)
        return
    if isinstance(node, nodes.Name) and known.get(node.name, ()) is not None:
        keys = known.get(node.name)
        hint = f"write {{{{ {node.name}.{min(keys)} }}}} or another of its parts" if keys else _like(node.name, known)
        raise TemplateError(f"{where}: there is no variable {node.name!r}; {hint}")
    if isinstance(node, nodes.Filter):
        _check_filter(node, where)
    for child in node.iter_child_nodes():
        _check(child, name, known, depth + 1)


def _check_path(node: nodes.Getattr, where: str, known: Known) -> None:
    group = node.node
    if not isinstance(group, nodes.Name):
        raise TemplateError(f"{where}: only one dot is allowed in a variable, as in {{{{ article.title }}}}")
    keys = known.get(group.name, ())
    if keys is None or node.attr not in keys:
        path = f"{group.name}.{node.attr}"
        raise TemplateError(f"{where}: there is no variable {path!r}; {_like(path, known)}")


def _check_filter(node: nodes.Filter, where: str) -> None:
    if node.name not in FILTERS:
        raise TemplateError(f"{where}: the filter {node.name!r} is not allowed; allowed: {', '.join(sorted(FILTERS))}")
    if node.kwargs or node.dyn_args or node.dyn_kwargs or (node.args and node.name != "truncate") or len(node.args) > 1:
        raise TemplateError(f"{where}: the filter {node.name!r} takes nothing in brackets here")
    for argument in node.args:
        value = argument.value if isinstance(argument, nodes.Const) else None
        if not isinstance(value, int) or not 4 <= value <= LONGEST_TRUNCATION:
            raise TemplateError(f"{where}: truncate takes a number from 4 to {LONGEST_TRUNCATION}")


def _like(name: str, known: Known) -> str:
    """A hint: the variable that was probably meant, else all there are."""
    paths = sorted([f"{key}.{part}" for key, parts in known.items() for part in parts or ()])
    paths += [key for key, parts in known.items() if parts is None]
    near = get_close_matches(name, paths, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(paths)}"


def _in_words(node: nodes.Node) -> str:
    words = {
        nodes.Call: "a call",
        nodes.For: "a loop",
        nodes.Macro: "a macro",
        nodes.Assign: "{% set %}",
        nodes.Include: "{% include %}",
        nodes.Import: "{% import %}",
        nodes.FromImport: "{% import %}",
        nodes.Extends: "{% extends %}",
        nodes.Getitem: "an index in square brackets",
    }
    if isinstance(node, nodes.BinExpr):
        return "arithmetic"
    return words.get(type(node), type(node).__name__)
