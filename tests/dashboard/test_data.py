"""The door to data: one version a run, nothing outside the scope, no answer of another question."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import polars as pl
import pytest

import dashboard
from connectors.refresh import refresh
from connectors.settings import load_settings
from dashboard import data, figures, row_data, worst_pair
from dashboard.filters import Filters
from dashboard.scope import EVERYTHING, Scope, ScopeError
from kpis.catalogue import catalogue
from kpis.evaluate import Query, evaluate
from kpis.periods import Period
from kpis.shop import open_shop
from tests.connectors.shopfolder import ShopFolder
from tests.dashboard.opened import VIEWS, open_page
from tests.dashboard.test_evidence import _room

HERE = Path(dashboard.__file__).parent
QUESTION = Query(("return_rate", "visits"), dt.date(2026, 6, 1), dt.date(2026, 6, 30), ("channel",))
OF_THE_DOOR = {"evaluate", "extract", "open_shop", "open_snapshot", "current_version", "load_settings"}


def test_answers_are_those_of_the_engine(pinned, at_home):
    with open_shop(at_home / "config", at_home / "data") as shop:
        assert data.results(pinned, QUESTION).equals(evaluate(shop, QUESTION))


def test_keys_of_what_is_kept_write_out_all_they_are_made_of():
    """Or one question would be given the answer of another."""
    for kind in {*data.BY_WORDS, Scope, Filters}:
        assert all(field.repr for field in fields(kind)), kind.__name__
        assert "__repr__" in vars(kind), kind.__name__


def test_a_scope_cuts_every_answer(pinned):
    narrow = replace(pinned, scope=Scope(channel=("web", "store")))
    found = data.results(narrow, QUESTION)
    everything = data.results(pinned, QUESTION)
    assert set(found["channel"]) == {"web", "store"}
    kept = everything.filter(pl.col("channel").is_in(["web", "store"]))
    assert found.sort("kpi", "channel").equals(kept.sort("kpi", "channel"))
    assert set(data.options(narrow).channels) == {"web", "store"}


def test_a_scope_cuts_rows(pinned):
    narrow = replace(pinned, scope=Scope(region=("East",)))
    assert set(row_data.rows(narrow, "orders", None, None, ()).collect()["region"]) == {"East"}


def test_what_is_asked_beyond_the_scope_is_refused(pinned):
    narrow = replace(pinned, scope=Scope(channel=("web",), tables=("orders",)))
    with pytest.raises(ScopeError, match="channel=app"):
        data.results(narrow, replace(QUESTION, where=(("channel", ("app",)),)))
    with pytest.raises(ScopeError, match="surveys"):
        row_data.rows(narrow, "surveys", None, None, ())
    assert list(row_data.tables(narrow)) == ["orders"]


def test_a_figure_that_cannot_be_cut_to_the_scope_is_refused(pinned):
    narrow = replace(pinned, scope=Scope(region=("East",)))
    assert data.results(narrow, replace(QUESTION, by=())).height == 2
    assert EVERYTHING.within((("region", ("East",)),)) == (("region", ("East",)),)


def test_questions_and_scopes_never_share_an_answer(pinned):
    narrow = replace(pinned, scope=Scope(channel=("web",)))
    whole = replace(QUESTION, by=())
    answers = [
        data.results(where, question)["denominator"].to_list()
        for where in (pinned, narrow)
        for question in (whole, replace(whole, end=dt.date(2026, 6, 29)))
    ]
    assert len({tuple(answer) for answer in answers}) == len(answers)


def test_the_same_question_is_answered_once(pinned):
    assert data.results(pinned, QUESTION) is data.results(pinned, QUESTION)


def test_what_pages_make_of_answers_is_made_once_for_all_languages(pinned, options):
    kpi, room, chinese = catalogue()["nps"], _room(pinned, options), _room(pinned, options, language="zh")
    for make in (
        lambda room: figures.by(room, kpi, "channel"),
        lambda room: figures.over_time(room, kpi, "week", "channel"),
        lambda room: worst_pair.judged(room, kpi.id),
    ):
        assert make(chinese) is make(room) is not None
        for other in (
            replace(room, filters=Filters(period="custom", custom=Period(QUESTION.start, QUESTION.end))),
            replace(room, filters=Filters(channels=("web", "app", "store"))),
            replace(room, pinned=replace(pinned, scope=Scope(channel=("web", "app")))),
        ):
            assert make(other) is not make(room)


def test_a_changed_target_shows_without_a_restart(pinned, options, at_home):
    business = at_home / "config" / "business.toml"
    written = business.read_text(encoding="utf-8")
    question, kpi = Query(("return_rate",)), catalogue()["return_rate"]
    before = data.results(pinned, question)["target"].item()
    assert set(figures.by(_room(pinned, options), kpi, "channel")["target"]) == {before}
    try:
        business.write_text(written.replace("at_most = 0.10", "at_most = 0.20"), encoding="utf-8")
        assert data.results(data.pin(), question)["target"].item() == 0.20 != before
        assert set(figures.by(_room(data.pin(), options), kpi, "channel")["target"]) == {0.20}
    finally:
        business.write_text(written, encoding="utf-8")


def test_pages_show_the_version_before_a_damaged_one_and_say_so(tmp_path, monkeypatch):
    shop = ShopFolder(tmp_path / "shop")
    for _ in range(2):
        refresh(load_settings(shop.config, shop.data))
    (shop.data / "versions" / "000002" / "facts" / "visit_facts.parquet").write_bytes(b"")
    monkeypatch.setenv("SEAMLINE_CONFIG", str(shop.config))
    monkeypatch.setenv("SEAMLINE_DATA", str(shop.data))
    manifest = data.manifest(data.pin())
    assert manifest.version == "000001"
    assert manifest.fell_back.en.startswith("snapshot 000002 is damaged")
    page = open_page(VIEWS["overview"])
    assert not page.exception
    assert not page.error
    assert [each for each in page.warning if "000002" in each.value]


def test_only_the_door_opens_the_data():
    for path in HERE.rglob("*.py"):
        if path.name not in {"data.py", "row_data.py"}:
            used = {
                alias.name
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("kpis", "connectors"))
                for alias in node.names
            }
            assert not used & OF_THE_DOOR, path.name


def test_no_page_takes_html_and_only_the_language_takes_a_script():
    for path in HERE.rglob("*.py"):
        written = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in written, path.name
        assert "<style" not in written, path.name
        assert written.count("unsafe_allow_javascript") == (1 if path.name == "app.py" else 0), path.name
        assert "plotly.express" not in written, path.name
        assert "cache_data" not in written, path.name


def test_no_folder_is_named_like_streamlits_own_pages():
    assert not (HERE / "pages").exists()


def test_what_draws_holds_no_arithmetic():
    sums = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    for path in [*(HERE / "views").glob("*.py"), *HERE.glob("*_panel.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        done = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, sums)]
        assert not done, path.name
