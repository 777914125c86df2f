"""Imports point one way: dashboard to kpis to connectors; drivers and pages stay out of where they must."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("connectors", "kpis", "dashboard")
DRIVERS = {"psycopg", "sqlite3"}
DATABASE = {"sqlalchemy", *DRIVERS}
ORACLES = {"scipy", "statsmodels", "lifelines"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def offenders(folder: str, *forbidden: str) -> list[str]:
    """Files below `folder` that import one of `forbidden`, or a module of theirs."""
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in sorted(imported(path))
        if any(name == module or name.startswith(f"{module}.") for module in forbidden)
    ]


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("connectors", ("kpis", "dashboard", "streamlit", "tests", *ORACLES)),
        ("kpis", ("dashboard", "streamlit", "tests", *DATABASE, *ORACLES)),
        ("dashboard", ("tests", *DATABASE, *ORACLES)),
    ],
)
def test_imports_point_upstream_only(package: str, forbidden: tuple[str, ...]) -> None:
    assert modules(package)
    assert offenders(package, *forbidden) == []


def test_a_page_knows_of_connectors_only_the_words() -> None:
    words = ("connectors.text", "connectors.text.Language", "connectors.text.Text")
    found = offenders("dashboard/views", "connectors")
    assert [line for line in found if not line.endswith(words)] == []


def test_only_systems_and_their_demo_shop_import_drivers() -> None:
    allowed = (
        "connectors/systems/",
        "connectors/demo/",
        "connectors/extract.py",
        "connectors/postgres",
        "connectors/database_url.py",
        "connectors/sql_source.py",
    )
    assert [found for found in offenders("connectors", *DATABASE) if not found.startswith(allowed)] == []


@pytest.mark.parametrize(
    "module", ["connectors", "connectors.tables", "connectors.settings", "kpis.evaluate"]
)
def test_neither_drivers_nor_oracles_of_tests_are_loaded_by(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (DRIVERS | ORACLES) & set(ended.stdout.split()) == set()
