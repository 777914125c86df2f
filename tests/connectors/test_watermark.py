"""What makes a refresh read everything again: whatever decides over rows, the data apart."""

from __future__ import annotations

import ast
from pathlib import Path

import connectors
from connectors.watermark import VALIDATION, files_of

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
    for name in VALIDATION:
        files = files_of(FOLDER / name)
        assert files, name
        assert all(path.exists() for path in files), name


def _imported(module: str) -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files_of(FOLDER / module)]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [(node.module or "").split(".") for node in nodes]
    return {parts[1] for parts in names if parts[0] == "connectors" and len(parts) > 1}
