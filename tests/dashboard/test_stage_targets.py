"""What is left to the targets, on each page that has such a part: of all stages of the page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from tests.dashboard import small_shop
from tests.dashboard.opened import VIEWS, every_language, open_page, spoken

PARTS = {"returns": "after", "delivery": "delivery"}
TARGETS = {"late_shipment_rate": 0.01, "order_defect_rate": 0.005}
ON_PAGE = {"delivery": "late_shipment_rate", "returns": "order_defect_rate"}
SAID = {"en": "count against it", "zh": "例不合要求"}
every_part = pytest.mark.parametrize("path", PARTS)


def judged(folder: Path) -> None:
    """Some orders leave late, banks take some back, some are reviewed, and all of it has a target."""
    files, orders = folder / "files", _promised()
    orders.write_csv(files / "orders.csv", datetime_format=small_shop.MOMENT)
    written = orders.gather_every(100).select(
        "order_id", "channel", day=pl.col("placed_at") + dt.timedelta(9)
    )
    cases = {"case_id": "order_id", "kind": pl.lit("chargeback"), "seller_liable": pl.lit("yes")}
    written.rename({"day": "opened_at"}).with_columns(**cases).write_csv(
        files / "cases.csv", datetime_format=small_shop.MOMENT
    )
    written.rename({"day": "created_at"}).with_columns(review_id="order_id", stars=pl.lit(5)).write_csv(
        files / "reviews.csv", datetime_format=small_shop.MOMENT
    )
    limits = "".join(f'[[targets]]\nkpi = "{name}"\nat_most = {limit}\n' for name, limit in TARGETS.items())
    small_shop.write_settings(folder / "config", files, small_shop.BUSINESS + limits)


def _promised() -> pl.DataFrame:
    """The orders; all that are sent leave after 8 hours, promised after 9, every tenth of them after 7."""
    hours = pl.when(_is_late()).then(7).otherwise(9)
    promised = pl.when(pl.col("channel") != "store").then(pl.col("placed_at") + pl.duration(hours=hours))
    return small_shop.tables()["orders"].with_columns(promised_ship_at=promised)


def _is_late() -> pl.Expr:
    return pl.col("order_id").str.ends_with("0")


def _named(kpi: Kpi, language: str, told: str) -> bool:
    return f"**{Say(language, 'CNY')(kpi.label)}**" in told


@every_part
@every_language
def test_every_target_of_the_stages_of_a_page_is_told_in_counts(path, language, visit):
    visit(judged)
    page = open_page(VIEWS[path], language, period="28d", **{PARTS[path]: "targets"})
    assert not page.exception
    (told,) = [text for text in spoken(page) if SAID[language] in text]
    named = {name for name, kpi in catalogue().items() if _named(kpi, language, told)}
    assert ON_PAGE[path] in named
    assert {catalogue()[name].stage for name in named} <= set(VIEWS[path].stages)


def test_late_parcels_are_counted_against_their_target(visit):
    """Data to 8 August tell of shipping to 5 August; of 28 days one in a hundred may be late."""
    visit(judged)
    page = open_page(VIEWS["delivery"], period="28d", delivery="targets")
    (told,) = [text for text in spoken(page) if SAID["en"] in text]
    day = pl.col("promised_ship_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    orders = _promised().filter(day.is_between(dt.date(2026, 7, 9), dt.date(2026, 8, 5)))
    late, most = orders.filter(_is_late()).height, orders.height // 100
    assert (
        f"**Late shipment** ≤ 1.0%: {late} of {orders.height} count against it, {most} may: "
        f"{late - most} too many."
    ) in told


@every_part
@every_language
@pytest.mark.usefixtures("at_home")
def test_of_a_period_that_is_over_it_is_said_that_nothing_is_left(path, language):
    page = open_page(VIEWS[path], language, period="month", **{PARTS[path]: "targets"})
    assert not page.exception
    assert not [text for text in spoken(page) if SAID[language] in text]
    assert [text for text in spoken(page) if "business" in text]
