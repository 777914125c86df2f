"""The words: all there in both languages, all used, and none written anywhere else."""

from __future__ import annotations

import ast
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from connectors.demo import traffic
from connectors.demo.payments import METHODS
from connectors.tables import TABLES
from connectors.text import Text
from dashboard import wording
from dashboard.wording import Say, codes, columns, extracts, health, names, overview
from kpis.article_lists import LISTS
from kpis.catalogue import catalogue
from kpis.kpi import Unit
from kpis.slices import BASES, all_dimensions

HERE = Path(wording.__file__).parent.parent
SOURCES = [path for path in HERE.rglob("*.py") if "wording" not in path.parts]
MODULES = [
    import_module(f"dashboard.wording.{found.name}") for found in pkgutil.iter_modules(wording.__path__)
]
HAN = re.compile(r"[\u3400-\u9fff]")
DRAWS = {
    "title", "header", "subheader", "markdown", "caption", "text", "write", "badge", "metric", "button",
    "warning", "error", "info", "success", "selectbox", "multiselect", "pills", "segmented_control",
    "date_input", "popover", "download_button", "progress", "expander", "tabs", "toggle", "checkbox", "radio",
}  # fmt: skip
COUNTS = (
    "aside|all|alone|answers|changing|compared|connections|count|counted|customers|days|defects|equal|failed|"
    "fewest|lost|most|orders|parts|pulled|refunds|rows|visits|weeks|written"
)
PLURAL = re.compile(
    rf"{{({COUNTS})}} (?:(?!may)[a-z-]+ )?(?:are|were|have|(?!gets|is|was|has)[a-z]*[a-rt-z]s)\b"
)
INFLECTED = re.compile(r"{\w+:(?:[^{}]|{\w+})*}")
NEVER_ONE = {
    "channels.PEERS_APART", "channels.PEERS_DIFFER", "channels.PEERS_ALIKE", "channels.TOO_FEW_PEERS",
    "definitions.HEADING", "extracts.SHEETS", "extracts.TOO_MANY", "extracts.WRITING", "frame.DAYS_OLD",
    "frame.STALE", "loyalty.WITHIN", "loyalty.WITHIN_BOTH", "loyalty.SECOND_TITLE",
}  # fmt: skip
"""Texts whose number is never 1: several stores, the whole catalogue, fixed or large numbers."""


def _texts(value: object, name: str) -> list[tuple[str, Text]]:
    if isinstance(value, Text):
        return [(name, value)]
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in _texts(part, f"{name}[{key}]")]
    return []


WORDS = [
    found
    for module in MODULES
    for name, value in vars(module).items()
    for found in _texts(value, f"{module.__name__}.{name}")
]


def _places(words: str) -> set[str]:
    """The numbers and names that are shown, also within a form that follows a number."""
    found = list(Formatter().parse(words))
    shown = {name for _, name, form, _ in found if name is not None and "|" not in (form or "")}
    return shown.union(*(_places(form) for _, _, form, _ in found if form and "|" in form))


@pytest.mark.parametrize(("name", "text"), WORDS, ids=[name for name, _ in WORDS])
def test_both_languages_say_something_with_the_same_parts(name, text):
    assert text.en.strip(), name
    assert text.zh.strip(), name
    assert _places(text.en) == _places(text.zh)
    assert not HAN.search(text.en)


@pytest.mark.parametrize(("name", "text"), WORDS, ids=[name for name, _ in WORDS])
def test_words_after_a_number_that_can_be_1_have_a_form_for_one(name, text):
    following = PLURAL.search(INFLECTED.sub("", text.en))
    exempt = name.removeprefix("dashboard.wording.") in NEVER_ONE
    assert bool(following) == exempt, f"{following and following.group()!r} is said of 1, too, or is 1 now"


def test_one_is_told_as_one():
    say = Say("en")
    one = dict.fromkeys(("rows", "days", "last_day"), "1")
    assert say(extracts.ROWS_OF, **one | {"days": "5 May"}) == "1 row, 5 May. Data through 1."
    assert say(overview.MISSED, count=1, all=22) == "1 of 22 channel figures misses its target"
    assert say(overview.MISSED, count=2, all=22) == "2 of 22 channel figures miss their target"
    assert say(health.ALL_KEPT, pulled="1") == "The one row was read and kept"
    assert say(health.ALL_KEPT, pulled="1,001") == "All 1,001 rows were read and kept"


def test_nothing_that_pages_say_is_missing():
    known = {module.__name__.rsplit(".", 1)[1]: vars(module) for module in MODULES}
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        aliases = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "dashboard.wording"
            for alias in node.names
            if alias.name in known
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in aliases
            ):
                assert node.attr in known[aliases[node.value.id]], f"{path.name}: {node.value.id}.{node.attr}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_words_take_the_name_of_others(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    named = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert sorted(named) == sorted(set(named))


def test_no_words_are_left_over():
    written = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *HERE.glob("wording/*.py")])
    for module in MODULES:
        for name, value in vars(module).items():
            if _texts(value, name) and not name.startswith("_"):
                uses = len(re.findall(rf"\b{name}\b", written))
                assert uses > 1, f"{module.__name__}.{name} is said nowhere"


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
def test_no_words_are_written_outside_the_wording(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    literals = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]
    if path.name not in {"written.py", "scope.py"}:
        assert not [node.value for node in literals if HAN.search(node.value)]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        drawn = getattr(call.func, "attr", None)
        if drawn in DRAWS and call.args and call.args[0] in literals:
            pytest.fail(f"{path.name}:{call.lineno} draws the literal {call.args[0].value!r}")


def test_every_column_of_every_table_has_its_own_chinese_heading():
    for name, table in TABLES.items():
        headings = [columns.heading(column, "zh") for column in ["day", *table.column_names()]]
        assert all(HAN.search(heading) for heading in headings), name
        assert len(set(headings)) == len(headings), name


def test_every_code_of_every_table_has_a_chinese_word():
    known = {
        (column, code)
        for table in (*TABLES.values(), *(each.columns for each in LISTS.values()))
        for column, declared in table.columns().items()
        for code in (declared.metadata or {}).get("choices") or ()
    }
    assert known == {(column, code) for column, words in codes.CHINESE.items() for code in words}
    assert all(HAN.search(word) for words in codes.CHINESE.values() for word in words.values())


def test_every_table_has_a_name_and_a_usual_source():
    assert set(names.TABLES) == set(TABLES) == set(names.KEEPERS)


def test_every_dimension_and_unit_has_a_name():
    assert set(all_dimensions()) <= set(names.DIMENSIONS)
    on_any_basis = [kpi.on(basis) for kpi in catalogue().values() for basis in BASES]
    assert {kpi.dated_by for kpi in on_any_basis} == set(names.DAYS)
    assert {kpi.unit for kpi in catalogue().values()} <= set(names.UNITS) == set(Unit.__args__)


@pytest.mark.parametrize(("dimension", "values"), [("source", traffic.SOURCES), ("payment_method", METHODS)])
def test_sources_and_ways_to_pay_of_the_demo_have_chinese_names(dimension, values):
    assert all(HAN.search(names.VALUES[dimension][value].zh) for value in values)


@pytest.mark.parametrize("kpi", catalogue().values(), ids=lambda kpi: kpi.id)
def test_the_label_of_a_figure_fits_a_card(kpi):
    """At most 18 Latin letters or 7 Chinese ones, of which a Latin one takes half the room."""
    for basis in BASES:
        label = kpi.on(basis).label
        assert len(label.en) <= 18
        assert sum(1 if HAN.match(mark) else 0.5 for mark in label.zh) <= 7


def test_a_short_label_is_shorter_than_the_title_and_its_own():
    labels = [kpi.label for kpi in catalogue().values()]
    assert len({label.en for label in labels}) == len({label.zh for label in labels}) == len(labels)
    assert all(len(kpi.short.en) < len(kpi.title.en) for kpi in catalogue().values() if kpi.short)
