"""Reports decide nothing by the clock, and know no screen, no crawler and no desk."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "mentions"
MODULES = sorted([*(PACKAGE / "reporting").glob("*.py"), *(PACKAGE / "notifying").glob("*.py"), PACKAGE / "plots.py"])
FORBIDDEN = ("mentions.cli", "mentions.crawling", "mentions.review", "mentions.config", "smtplib", "aiosmtplib")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_is_told_what_it_works_with(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert "datetime.now(" not in source
    assert "time.time(" not in source
    named: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            named.append(node.module)
    assert not [name for name in named if name.startswith(FORBIDDEN)]
