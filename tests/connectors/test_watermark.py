"""What makes a refresh read everything again: whatever decides over rows, the data apart."""

from __future__ import annotations

import ast
from pathlib import Path

import connectors
from connectors.watermark import VALIDATION

FOLDER = Path(connectors.__file__).parent
START = "filing"
WORDS_AND_SETTINGS = {"connector", "errors", "manifest", "settings", "text"}


def test_a_change_of_any_module_that_validates_is_noticed() -> None:
    found, pending = set[str](), {START}
    while pending:
        module = pending.pop()
        found.add(module)
        pending |= _imported(module) - found - WORDS_AND_SETTINGS
    assert found <= set(VALIDATION)
    assert all((FOLDER / f"{name}.py").exists() for name in VALIDATION)


def _imported(module: str) -> set[str]:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    imports = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.removeprefix("connectors.") for name in imports if name.startswith("connectors.")}
