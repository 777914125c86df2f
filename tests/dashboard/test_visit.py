"""Visit and buy: steps, conversions and what parts them, recounted from the figures of `kpis table`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from dashboard import conversions_panel, data, funnel_panel
from dashboard.filters import Filters
from dashboard.funnel_panel import judged
from dashboard.spans import Shown
from dashboard.view import Room
from dashboard.visit_figures import CONVERSIONS, PER_VISIT, STEPS, Together, failing, together
from dashboard.wording import Say
from dashboard.wording import visit as words
from kpis.catalogue import catalogue
from kpis.periods import Period
from kpis.visit_steps import visit_steps
from tests.dashboard import small_shop
from tests.dashboard.opened import VIEWS, open_page, spoken

DAYS = Period(dt.date(2026, 7, 11), dt.date(2026, 8, 7))


def _room(pinned, options, filters=None, language="en"):
    return Room(pinned, data.manifest(pinned), options, filters or Filters(), Say(language, "CNY"), None)


def _steps(counts: dict[str, tuple[int, ...]]) -> pl.DataFrame:
    """Results by channel, every step told of all visits."""
    rows = []
    for channel, (visits, *later) in counts.items():
        viewed, carted, checkout, ordered, paid = later
        rows += [
            ("visits", channel, visits, None),
            ("product_view_rate", channel, viewed, visits),
            ("add_to_cart_rate", channel, carted, visits),
            ("checkout_completion", channel, ordered, checkout),
            ("conversion_per_visit", channel, paid, visits),
        ]
    frame = pl.DataFrame(rows, schema=["kpi", "channel", "numerator", "denominator"], orient="row")
    return frame.with_columns(excluded=pl.lit(0), status=pl.lit("none"))


def test_every_step_and_conversion_is_a_figure_of_the_catalogue_and_has_words():
    assert {step.kpi for step in STEPS} | set(CONVERSIONS) <= set(catalogue())
    assert set(words.STEPS) == {step.code for step in STEPS}
    assert set(words.WHY) == set(CONVERSIONS)


def test_conversion_per_visit_is_that_of_the_files(pinned, options):
    found = together(_room(pinned, options))
    assert found.shown.period == DAYS
    visits = small_shop.tables()["visits"].filter(
        pl.col("started_at").dt.convert_time_zone("Asia/Shanghai").dt.date().is_between(DAYS.start, DAYS.end)
    )
    online = visits.filter(pl.col("channel") != "store")
    sides = found.sides(PER_VISIT, dict(options.kinds), "online")
    assert sides is not None
    assert sides.denominator == online["visits"].sum()
    whole, offline = found.sides(PER_VISIT), found.sides(PER_VISIT, dict(options.kinds), "offline")
    assert whole is not None
    assert offline is not None
    assert whole.numerator == sides.numerator + offline.numerator
    assert whole.denominator == sides.denominator + offline.denominator


def test_a_chosen_channel_stands_alone_among_the_chosen_and_beside_all_others(pinned, options):
    found = together(_room(pinned, options, Filters(channels=("web",))))
    assert set(found.chosen["channel"]) == {"web"}
    assert set(found.channels["channel"]) == set(small_shop.CHANNELS)
    row = found.whole.filter(pl.col("kpi") == PER_VISIT).row(0, named=True)
    of_web = found.chosen.filter(pl.col("kpi") == PER_VISIT).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (of_web["numerator"], of_web["denominator"])


def test_what_parts_two_conversions_is_told_in_counts_and_points(pinned, options):
    """40 of 1,000 visits against 50 orders per 1,000 visits and 40 buyers of 800: +1.0 and +1.0 points."""
    rows = [("conversion_per_visit", 40, 1000), ("orders_per_visit", 50, 1000), ("buyer_conversion", 40, 800)]
    whole = pl.DataFrame(rows, schema=["kpi", "numerator", "denominator"], orient="row").with_columns(
        value=pl.col("numerator") / pl.col("denominator")
    )
    none = whole.with_columns(channel=pl.lit("web")).clear()
    found = Together(Shown(DAYS), whole, none, none, none, none)
    room = _room(pinned, options)
    orders, buyers = (
        conversions_panel.told(catalogue()[name], found, room)[1]
        for name in ("orders_per_visit", "buyer_conversion")
    )
    assert orders == (
        "+1.0 pp against conversion per visit: above the line 10 more (+1.0 pp), below it as many (±0.0 pp)."
    )
    assert buyers == (
        "+1.0 pp against conversion per visit: above the line as many (±0.0 pp), "
        "below it 200 fewer (+1.0 pp)."
    )


def _conversions(*sides: tuple[int, int]) -> list[dict[str, float]]:
    return [{"numerator": n, "denominator": d, "value": n / d} for n, d in sides]


def test_conversions_are_told_apart_only_where_they_count_something_else():
    """At doors alone receipts over people are the conversion and the orders per visit too."""

    def told(*sides: tuple[int, int]) -> str:
        return conversions_panel.message(_conversions(*sides), Say("en"))

    assert told((40, 1000), (50, 1000)) == "2 conversions, from 4.0% to 5.0%: each counts something else"
    same = "3 conversions, all 4.0%: with these filters they come to the same counts"
    assert told((40, 1000), (40, 1000), (40, 1000)) == same
    some = "3 conversions, from 4.0% to 5.0%: with these filters some come to the same counts"
    assert told((40, 1000), (40, 1000), (50, 1000)) == some
    assert told((40, 1000)) == "One conversion can be counted with these filters: 4.0%"


def test_of_chosen_channels_without_steps_not_every_channel_is_said_to_lack_them(pinned, options):
    """The shops tell no steps, the web does; at the shops every order is one of one visit."""
    all_steps = visit_steps(_steps({"web": (9000, 5000, 1000, 300, 150, 140)}), STEPS)
    rows = [("conversion_per_visit", 40, 1000), ("orders_per_visit", 40, 1000)]
    whole = pl.DataFrame(rows, schema=["kpi", "numerator", "denominator"], orient="row")
    none = whole.clear()
    found = Together(Shown(DAYS), whole, none, none, all_steps, all_steps.clear())
    at_shops = _room(pinned, options, Filters(channels=("store",)))
    assert funnel_panel.no_funnel(at_shops, found).startswith("Stores: not every step of a visit is known")
    assert funnel_panel.no_funnel(_room(pinned, options), found) == words.NO_FUNNEL.en
    nobody = replace(found, all_steps=all_steps.clear())
    assert funnel_panel.no_funnel(at_shops, nobody) == words.NO_FUNNEL.en
    told = conversions_panel.told(catalogue()["orders_per_visit"], found, at_shops)
    assert told == [words.WHY["orders_per_visit"].en, words.SAME.en]


def test_a_channel_stands_below_at_a_step_only_where_chance_is_ruled_out():
    """At the checkout web keeps 300 of 1,000 and app 500, together 40 %; at the cart they are alike."""
    steps = _steps({"web": (9000, 5000, 1000, 300, 150, 140), "app": (9000, 5000, 1000, 500, 250, 240)})
    found = judged(visit_steps(steps, STEPS))
    at = {(row["channel"], row["step"]): row for row in found.iter_rows(named=True)}
    assert at["web", "checkout"]["overall"] == pytest.approx(0.4)
    assert (at["web", "checkout"]["standing"], at["app", "checkout"]["standing"]) == ("below", "above")
    assert at["web", "checkout"]["gap"] == pytest.approx(-0.25)
    assert {at[channel, "carted"]["standing"] for channel in ("web", "app")} == {"level"}


def test_the_most_failing_comes_first():
    rows = pl.DataFrame({"numerator": [90.0, 40.0], "denominator": [100.0, 50.0], "value": [0.9, 0.8]})
    found = failing(rows)
    assert found["failed"].to_list() == [10, 10]
    assert found["failing"].to_list() == pytest.approx([0.2, 0.1])


@pytest.mark.usefixtures("at_home")
def test_panels_without_data_say_which_table_would_fill_them():
    page = open_page(VIEWS["visit"])
    told = spoken(page)
    assert [text for text in told if "No connection delivers payments" in text]
    assert [text for text in told if text.startswith("No channel tells every step")]
    assert [text for text in told if text.startswith("Conversion")]


@pytest.mark.usefixtures("at_home")
def test_a_filter_that_visits_do_not_have_is_named():
    page = open_page(VIEWS["visit"], category="Tea")
    assert not page.exception
    assert [text for text in spoken(page) if "is not counted by: Category" in text]


@pytest.mark.usefixtures("at_home")
def test_what_only_the_chosen_channel_lacks_is_not_said_to_be_delivered_by_nobody():
    """Web visits have their page speed; doors have none."""
    told = spoken(open_page(VIEWS["visit"], channel="store"))
    assert [
        text for text in told if text.startswith("No connection delivers visits.lcp_ms for what is chosen")
    ]
