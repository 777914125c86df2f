"""The Data health page: what it says is what the refresh reported, and what was put aside is harmless."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl
import pytest

from connectors.rules import explain
from dashboard import data, files, health_tables, row_data
from dashboard.health_message import message
from dashboard.scope import Scope, ScopeError
from dashboard.wording import Say, health
from tests.dashboard import worlds
from tests.dashboard.opened import VIEWS, every_language, open_page

EN = Say("en", "CNY")
PAGE = VIEWS["data_health"]


def test_all_kept_is_said_with_the_number_of_rows(pinned):
    manifest = data.manifest(pinned)
    rows = sum(report.accepted for report in manifest.connections["shop"].tables.values())
    assert message(manifest, EN) == f"All {rows:,} rows were read and kept"


def test_a_failed_connection_is_said_before_rows_put_aside(visit):
    visit(worlds.broken)
    page = open_page(PAGE)
    assert page.title[0].value == "1 of 2 connections could not be read"
    states = page.dataframe[-2].value
    assert states["State"].to_list() == ["✕ failed", "✓ read"]
    assert states["Reason"][0]


@every_language
def test_every_page_says_that_money_has_no_exchange_rate_and_where_to_write_it(visit, language):
    visit(worlds.in_dollars)
    for view in (PAGE, VIEWS["overview"]):
        page = open_page(view, language)
        assert not page.exception
        (said,) = [warning.value for warning in page.warning]
        assert ("so no money figure counts them" in said) is (language == "en")
        assert "\\[rates\\]" in said
        heading = {"en": "an amount without an exchange rate", "zh": "金额缺少汇率"}[language]
        assert (heading in page.title[0].value) is (view is PAGE)


@every_language
def test_rows_put_aside_are_counted_and_explained(visit, language):
    visit(worlds.faulty)
    page = open_page(PAGE, language, show="faults", aside="shop.orders")
    assert not page.exception
    assert [metric.value for metric in page.metric[:3]] == ["29,553", "29,544", "9"]
    aside = page.dataframe[-1].value
    assert len(aside) == 3
    rule = {"en": "Rule", "zh": "规则"}[language]
    negative = explain("net_amount:negative").in_language(language)
    assert aside[rule].to_list().count(negative) == 2
    faults = page.dataframe[-2].value
    where = {"en": "Count", "zh": "数量"}[language]
    assert faults[where].to_list() == [2, 2, 2, 1, 1, 1, 5, 1, 1]


def test_nothing_personal_and_no_formula_is_among_rows_put_aside(visit):
    visit(worlds.faulty)
    pinned = data.pin()
    for table in ("orders", "order_lines", "shipments"):
        rows = health_tables.aside(row_data.put_aside(pinned, "shop", table), EN)
        assert rows.height == 3
        written = files.csv_of(rows)().decode("utf-8-sig")
        assert "example.org" not in written
        assert "13800138000" not in written
        assert "phone" not in written.splitlines()[0]
        cells = pl.read_csv(io.StringIO(written), infer_schema=False)
        assert not [
            cell for column in cells.iter_columns() for cell in column.drop_nulls() if cell.startswith("=")
        ]
    assert "=cmd" in "".join(row_data.put_aside(pinned, "shop", "orders")["placed_at"])


def test_rows_put_aside_and_coverage_are_refused_to_who_may_see_only_a_part(pinned):
    for scope in (Scope(channel=("web",)), Scope(region=("East",)), Scope(tables=("surveys",))):
        with pytest.raises(ScopeError):
            row_data.put_aside(replace(pinned, scope=scope), "shop", "orders")
        with pytest.raises(ScopeError):
            row_data.coverage(replace(pinned, scope=scope), "orders")


def test_how_far_tables_reach_is_refused_to_who_may_see_only_a_part(pinned):
    assert row_data.reaches(pinned).height
    for scope in (Scope(channel=("web",)), Scope(region=("East",)), Scope(store=("s1",))):
        with pytest.raises(ScopeError):
            row_data.reaches(replace(pinned, scope=scope))


@every_language
@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("section", health.SECTIONS)
def test_every_section_is_drawn(language, section):
    page = open_page(PAGE, language, show=section, table="surveys")
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert page.session_state["show"] == section


@pytest.mark.usefixtures("at_home")
def test_columns_say_what_is_filled_and_what_nobody_delivers():
    found = open_page(PAGE, show="columns", table="orders").dataframe[-1].value.set_index("Column")
    assert found.loc["order_id", "shop"] == "100.0%"
    assert found.loc["tier", "shop"] == "not delivered"
    assert found.loc["placed_at", "Need"] == "required"


@pytest.mark.usefixtures("at_home")
def test_a_section_or_table_that_does_not_exist_is_said():
    page = open_page(PAGE, show="colums")
    assert "colums" in page.warning[0].value
    page = open_page(PAGE, show="columns", table="ordres")
    assert "ordres" in page.warning[0].value
