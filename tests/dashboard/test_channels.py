"""Channels: who leads, who moved and who brings it are what the files of the small shop say."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from dashboard import data, figures, leaderboard, leaderboard_panel, verdicts
from dashboard.channels_heading import message
from dashboard.charts import axes
from dashboard.filters import Filters
from dashboard.leaderboard_panel import why
from dashboard.view import Room
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.periods import Period
from tests.dashboard.browser import settled, widget
from tests.dashboard.opened import VIEWS, open_page, spoken
from tests.dashboard.test_allowances import _orders
from tests.dashboard.witness import Witness

RETURNS, REPURCHASE, NPS = (catalogue()[name] for name in ("return_rate", "repurchase_rate", "nps"))
NOW, BEFORE = (
    Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9)),
    Period(dt.date(2026, 5, 15), dt.date(2026, 6, 11)),
)
CHANNELS = ("web", "app", "market", "store")
BRIGHTNESS = "marks => marks.map(mark => mark.style.opacity)"


def _room(pinned, options, filters=None, language="en"):
    return Room(pinned, data.manifest(pinned), options, filters or Filters(), Say(language, "CNY"), None)


def _rate(period: Period, channel: str) -> float:
    orders = _orders(period, channel)
    return orders["returned"].sum() / orders.height


def test_the_best_comes_first_and_the_sentence_says_so(pinned, options):
    room = _room(pinned, options)
    ranked = leaderboard.by_value(RETURNS, figures.by(room, RETURNS, "channel"))
    expected = sorted(CHANNELS, key=lambda channel: _rate(NOW, channel))
    assert ranked["channel"].to_list() == expected
    told = leaderboard.order(RETURNS, ranked, str, "channel", room.say)
    rates = [f"{100 * _rate(NOW, channel):.1f}%" for channel in (expected[0], expected[-1])]
    assert told == f"Best: {expected[0]}, {rates[0]}; last: market, {rates[1]}"


def test_what_improved_most_comes_first_and_only_the_planted_change_is_real(pinned, options):
    room = _room(pinned, options)
    ranked = leaderboard.by_change(RETURNS, figures.by(room, RETURNS, "channel"))
    changes = {channel: _rate(NOW, channel) - _rate(BEFORE, channel) for channel in CHANNELS}
    assert ranked["channel"].to_list() == sorted(CHANNELS, key=changes.__getitem__)
    found = leaderboard.changed(RETURNS, ranked, str, "channel", room.say)
    assert [move.amount for move in found] == pytest.approx(sorted(changes.values()))
    assert {move.code for move in found if move.meaning != "unchanged"} == {"market"}
    told = leaderboard.moved_most(RETURNS, ranked, str, "channel", room.say)
    assert told == f"1 of 4 really changed, most of all market (+{100 * changes['market']:.1f} pp)"


def test_what_the_channels_bring_adds_up_to_the_change(pinned, options):
    room = _room(pinned, options)
    found, row = why(room, RETURNS, ("channel",)), figures.one(room, RETURNS)
    parts = leaderboard.told_parts(found)
    verdict = verdicts.of_change(RETURNS, row)
    moves = leaderboard.brought(found, parts, verdict, str, room.say)
    assert sum(move.amount for move in moves) == pytest.approx(row["change"])
    assert (moves[0].code, moves[0].meaning) == ("market", "worse")
    assert leaderboard.whence(found, verdict, str, room.say).startswith("market brings +")


def test_parts_of_a_change_that_may_be_chance_have_no_colour(pinned, options):
    room = _room(pinned, options, Filters(channels=("web",)))
    found = why(room, RETURNS, ("region",))
    verdict = verdicts.of_change(RETURNS, figures.one(room, RETURNS))
    assert verdict is verdicts.NO_REAL_CHANGE
    moves = leaderboard.brought(found, leaderboard.told_parts(found), verdict, str, room.say)
    assert {move.meaning for move in moves} == {"unchanged"}
    assert "may be chance" in leaderboard.whence(found, verdict, str, room.say)


def test_few_people_are_not_betrayed_by_what_they_bring(pinned, options):
    room = _room(pinned, options)
    found = why(room, REPURCHASE, ("channel",))
    below = [12.0, 9.0, 40.0, 300.0]
    slices = found.slices[:4].with_columns(
        pl.Series("denominator", below), denominator_before=pl.lit(100.0), value=pl.lit(0.5)
    )
    few = type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"slices": slices})
    told = leaderboard.told_parts(few)
    assert told["denominator"].to_list() == [40, 300], "the next smallest goes with a lone group of few"
    assert told["value"].to_list() == [0.5, 0.5]


def test_rates_of_few_are_left_out_of_the_parts(pinned, options):
    found = why(_room(pinned, options), RETURNS, ("channel",))
    slices = found.slices.with_columns(denominator=pl.Series([29.0, 30.0, 31.0, 500.0]))
    few = type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"slices": slices})
    assert leaderboard.told_parts(few)["value"].is_null().to_list() == [True, False, False, False]


def test_the_heading_names_the_change_and_where_it_comes_from(pinned, options):
    room = _room(pinned, options)
    told = message(room, RETURNS, figures.one(room, RETURNS), ["channel", "region"])
    assert told.startswith("Return rate rose ")
    assert told.endswith(", mainly Marketplace")
    web = _room(pinned, options, Filters(channels=("web",)))
    assert message(web, RETURNS, figures.one(web, RETURNS), ["channel"]).endswith(": no real change")


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("rank", ["value", "change", "contribution"])
@pytest.mark.parametrize("split", ["channel", "store", "region", "category"])
def test_every_ranking_of_every_split_is_drawn(split, rank):
    page = open_page(VIEWS["channels"], split=split, rank=rank)
    assert not page.exception
    assert not page.warning
    assert len(page.get("plotly_chart")) == 2


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    ("rank", "told"), [("value", "The first and last "), ("contribution", "The 2 of 4 ")]
)
def test_what_is_left_out_of_a_chart_is_said(rank, told, monkeypatch):
    monkeypatch.setattr(leaderboard_panel, "MOST", 2)
    page = open_page(VIEWS["channels"], rank=rank)
    assert [text for text in spoken(page) if text.startswith(told)]


@pytest.mark.usefixtures("at_home")
def test_what_cannot_be_ranked_says_why():
    page = open_page(VIEWS["channels"], figure="conversion_per_visit", split="category")
    assert "It cannot be split by: Category." in spoken(page)
    page = open_page(VIEWS["channels"], rank="contribution", compare="none")
    assert [text for text in spoken(page) if text.startswith("There is nothing to compare with")]
    page = open_page(VIEWS["channels"], figure="refund_hours", rank="contribution")
    assert [text for text in spoken(page) if "is not additive" in text]
    page = open_page(VIEWS["channels"], figure="reply_seconds")
    assert [text for text in spoken(page) if "No connection delivers conversations" in text]
    page = open_page(VIEWS["channels"], figure="nps", category="Tea")
    assert [text for text in spoken(page) if "is not counted by: Category" in text]
    page = open_page(VIEWS["channels"])
    assert [text for text in spoken(page) if text.startswith("Fewer than 4 stores")]


@pytest.mark.usefixtures("at_home")
def test_a_ranking_that_does_not_exist_is_said_and_another_is_shown():
    page = open_page(VIEWS["channels"], figure="npz", split="planet", rank="luck")
    assert all(given in page.warning[0].value for given in ("npz", "planet", "luck"))
    assert len(page.get("plotly_chart")) == 2


def test_a_click_on_a_bar_shows_that_one_alone_and_bars_follow_the_filter_however_it_is_set(
    server, witness: Witness
):
    page = settled(witness.open(f"{server}/channels"))
    board = widget(page, "leaderboard-chart")

    def assert_alone(code: str, *names: str) -> None:
        page.wait_for_url(lambda address: ("channel=" in address) == bool(code) and code in address)
        board.get_by_text("▸").first.wait_for(state="attached" if names else "detached")
        settled(page)
        assert [mark[2:] for mark in board.get_by_text("▸").all_text_contents()] == [*names]
        drawn = {float(each) for each in board.locator(".barlayer .point path").evaluate_all(BRIGHTNESS)}
        assert drawn == ({1, axes.FADED} if names else {1})

    def click() -> None:
        board.locator(".barlayer .point").first.click(force=True)

    click()
    assert_alone("channel=store", "Stores")
    widget(page, "channel").get_by_text("Stores", exact=True).click()
    assert_alone("")
    click()
    assert_alone("channel=store", "Stores")
    click()
    assert_alone("")
    page.go_back()
    assert_alone("channel=store", "Stores")


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("rank", ["change", "contribution"])
def test_where_no_part_has_a_value_no_comparison_is_asked_for(rank):
    """What is sent home is of no store, whichever days it is compared with."""
    page = open_page(VIEWS["channels"], figure="on_time_delivery", split="store", rank=rank)
    assert "Too few to rank" in [heading.value for heading in page.subheader]
