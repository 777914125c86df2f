"""The Consistency page: what it compares, and what it says of it."""

from __future__ import annotations

import pytest

from dashboard import article_panel, comparison, comparison_data, gaps_panel
from dashboard.filters import Filters
from kpis.consistency import consistency
from kpis.shop import open_shop
from tests.dashboard.opened import VIEWS, open_page, spoken
from tests.dashboard.test_evidence import _room

PAGE = VIEWS["consistency"]


def _found(room):
    return {
        gap.kpi.id: gap for gap in comparison.gaps(comparison_data.told(room.pinned, comparison.asked(room)))
    }


def test_each_figure_is_compared_over_its_own_final_days(at_home, pinned, options):
    room, shop = _room(pinned, options), open_shop(at_home / "config", at_home / "data")
    found, days = _found(room), dict(comparison.asked(room).days)
    for name in ("return_rate", "repurchase_rate", "average_order_value"):
        (row,) = consistency(shop, days[name]).rows.filter(kpi=name).iter_rows(named=True)
        same = ("from", "to", "online", "offline_n", "gap", "verdict")
        assert [found[name].row[column] for column in same] == [row[column] for column in same]


def test_chosen_channels_stand_against_all_of_the_other_kind(pinned, options):
    alone = _found(_room(pinned, options, Filters(channels=("market",))))["return_rate"].row
    every = _found(_room(pinned, options))["return_rate"].row
    assert alone["offline"] == every["offline"]
    assert alone["online_n"] < every["online_n"]
    assert alone["online"] > every["online"], "more is returned of what the marketplace sold"


def test_a_chosen_store_stands_against_what_no_store_sold(pinned, options):
    alone = _found(_room(pinned, options, Filters(stores=("S1",))))["return_rate"].row
    every = _found(_room(pinned, options))["return_rate"].row
    assert alone["online_n"] == every["online_n"]
    assert alone["offline_n"] < every["offline_n"]


def test_what_rests_on_too_few_has_no_figure_in_the_table(pinned, options):
    room = _room(pinned, options, Filters(period="7d", regions=("East",)))
    found = list(_found(room).values())
    assert any(gap.is_few for gap in found)
    rows = gaps_panel.table(found, room)
    for gap, row in zip(found, rows.iter_rows(named=True), strict=True):
        assert (row["Gap"] is None) == gap.is_few


def test_a_list_of_articles_names_the_column_behind_each_heading(pinned, options):
    room = _room(pinned, options, Filters(), "zh")
    for name in comparison_data.LISTS:
        rows = comparison_data.articles(pinned, name, comparison.period(room), ())
        behind = article_panel.columns_behind(rows, room.say)
        assert list(behind.values()) == rows.columns
        assert list(behind) == article_panel.spoken(rows, room).columns


@pytest.mark.parametrize("codes", [{}, {"period": "90d", "channel": "market"}])
@pytest.mark.usefixtures("at_home")
def test_the_index_is_the_same_here_and_on_the_overview(codes):
    indices = {
        metric.value
        for path in ("overview", "consistency")
        for metric in open_page(VIEWS[path], **codes).metric
        if metric.label == "Consistency index"
    }
    assert len(indices) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["same", "shared", "together"])
@pytest.mark.usefixtures("at_home")
def test_every_part_is_shown_and_says_what_is_missing(part, language):
    page = open_page(PAGE, language, part=part)
    assert not page.exception
    assert not page.error
    keeper = {"same": ("price list", "价目表"), "shared": ("price list", "价目表"), "together": ("", "")}
    assert any(keeper[part][language == "zh"] in text for text in spoken(page))
