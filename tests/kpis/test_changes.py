"""What changed: only what is real and final, the worse first, each with its slice and what was known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from connectors.business import Business, Event
from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.changes import Change, Review, changes
from kpis.errors import PeriodError, SliceError, UnknownKpiError
from kpis.judgement import of_change, of_changes
from kpis.periods import DAY, Period
from kpis.shop import Shop
from tests.kpis.frames import manifest, shop_of

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 4, 30)
APRIL = Period(dt.date(2025, 4, 1), LAST)
SALE = Event(Text("Spring sale", "春季大促"), dt.date(2025, 4, 20), dt.date(2025, 4, 21), "promotion")
BOUNCES = {"web": (10, 10), "app": (10, 40)}


def shop_with(bounced: dict[str, tuple[int, int]]) -> Shop:
    """A hundred visits a day and channel, of which so many bounced before April, and since."""
    rows = [
        {
            "day": FIRST + place * DAY, "channel": channel, "visits": 100, "searched": 20,
            "single": True, "outcome_known": True,
            "bounced": since if FIRST + place * DAY >= APRIL.start else before,
        }
        for place in range((LAST - FIRST).days + 1)
        for channel, (before, since) in bounced.items()
    ]  # fmt: skip
    about = manifest(first_day=FIRST, last_day=LAST)
    return shop_of(Business(events=(SALE,)), about=about, visit_facts=rows)


def told(shop: Shop, *kpis: str, **asked: Any) -> list[Change]:
    return changes(shop, Review(kpis, **({"period": APRIL} | asked)))


def test_a_real_change_is_told_with_its_slice_and_event() -> None:
    """3,000 visits a channel: 20 % -> 50 % of a half, from 10 % to 25 % of all, all of it the app's."""
    change, steady = told(shop_with(BOUNCES), "search_rate", "bounce_rate")
    assert (change.kpi.id, change.judgement, change.is_real) == ("bounce_rate", "worse", True)
    assert (change.row["previous"], change.row["value"]) == (pytest.approx(0.1), pytest.approx(0.25))
    assert change.relative == pytest.approx(1.5)
    assert change.driver is not None
    assert (change.driver.dimension, change.driver.slice) == ("channel", "app")
    assert change.driver.contribution == pytest.approx(0.15)
    assert [event.title.en for event in change.events] == ["Spring sale"]
    assert (change.events_before, change.before) == ((), Period(dt.date(2025, 3, 2), dt.date(2025, 3, 31)))
    assert (steady.kpi.id, steady.judgement, steady.driver) == ("search_rate", "no real change", None)


def test_what_can_still_change_is_never_called_real() -> None:
    """Days that run on to tomorrow are compared with as many as have passed, and not judged yet."""
    running = Period(dt.date(2025, 4, 2), LAST + DAY)
    (change,) = told(shop_with(BOUNCES), "bounce_rate", period=running)
    assert change.row["change_low"] > 0.1
    assert (change.is_provisional, change.is_real, change.final_on) == (True, False, LAST + DAY)
    assert change.before == Period(dt.date(2025, 3, 3), dt.date(2025, 3, 31))


def test_a_named_period_ends_for_each_kpi_when_it_is_final() -> None:
    shop = shop_with(BOUNCES)
    found = {change.kpi.id: change for change in told(shop, "bounce_rate", "search_conversion", period="7d")}
    assert found["bounce_rate"].period == Period(LAST - 6 * DAY, LAST)
    assert found["search_conversion"].period == Period(LAST - 7 * DAY, LAST - DAY)
    assert all(change.before == change.period.before() for change in found.values())


def test_one_slice_is_judged_alone() -> None:
    web = (("channel", ("web",)),)
    (change,) = told(shop_with(BOUNCES), "bounce_rate", where=web)
    assert change.judgement == "no real change"


def test_swapping_the_days_makes_better_of_worse() -> None:
    turned = {channel: (since, before) for channel, (before, since) in BOUNCES.items()}
    (change,) = told(shop_with(turned), "bounce_rate")
    assert (change.judgement, change.driver and change.driver.slice) == ("better", "app")


def test_worse_comes_before_better_and_real_before_steady(rolled_up_shop: Shop) -> None:
    found = changes(rolled_up_shop, Review(period="90d"))
    order = [(not change.is_real, change.judgement != "worse") for change in found]
    assert (
        order[: sum(change.is_real for change in found)]
        == sorted(order)[: sum(change.is_real for change in found)]
    )
    assert all(change.driver is None for change in found if not change.is_real)
    assert len({change.kpi.id for change in found}) == len(found)


def test_of_many_changes_those_that_may_be_chance_are_not_called_real() -> None:
    kpi = catalogue()["bounce_rate"]
    row = {"denominator": 100.0, "change": 0.03, "change_low": 0.001, "change_high": 0.059}
    calm = {"denominator": 100.0, "change": 0.001, "change_low": -0.03, "change_high": 0.032}
    assert of_changes([(kpi, row)]) == ["worse"]
    assert of_changes([(kpi, row), *[(kpi, calm)] * 9])[0] == "may be chance"


def test_what_cannot_be_judged_says_so() -> None:
    rate, count = catalogue()["bounce_rate"], catalogue()["visits"]
    row = {"denominator": 29.0, "change": 0.3, "change_low": 0.2, "change_high": 0.4}
    assert of_change(rate, row) == "not compared", "fewer than 30"
    assert of_change(rate, row | {"denominator": 30.0}) == "worse"
    assert of_change(rate, row | {"change": None}) == "not compared"
    assert of_change(count, row | {"change_low": None}) == "not judged"
    assert of_change(catalogue()["identified_share"], row | {"denominator": 30.0}) == "changed"


def test_questions_that_cannot_be_asked_are_refused() -> None:
    shop = shop_with(BOUNCES)
    with pytest.raises(PeriodError, match="say what to compare with"):
        told(shop, compare="none")
    with pytest.raises(UnknownKpiError, match="bounce_rate"):
        told(shop, "bounce_rat")
    with pytest.raises(SliceError, match="channel=wbe"):
        told(shop, "bounce_rate", where=(("channel", ("wbe",)),))
    with pytest.raises(PeriodError, match="there is no data"):
        told(shop, "bounce_rate", period=Period(dt.date(2030, 1, 1), dt.date(2030, 1, 2)))
