"""Weekly charts: which weeks and figures are charted, what is flagged, and which event is named beside it."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors.business import Business, Channel, Event
from connectors.text import Text
from kpis.alarms import alarms, flags
from kpis.catalogue import catalogue
from kpis.charts import POINTS, WEEK, Watch, charted, charts
from kpis.errors import PeriodError, SliceError, UnknownKpiError
from kpis.known_events import known_events
from kpis.periods import DAY, Period
from kpis.shop import Shop
from tests.kpis.frames import manifest, shop_of

MONDAY = dt.date(2025, 3, 3)
RETURNS, WORTH, VISITS = (catalogue()[name] for name in ("return_rate", "average_order_value", "visits"))
STRIKE = Event(Text("Strike", "罢工"), dt.date(2025, 3, 12), dt.date(2025, 3, 20), "incident")
IN_APP = Event(Text("New app", "新版 App"), MONDAY, MONDAY, "note", {"channel": "app"})
IN_SHOPS = Event(Text("Stocktaking", "盘点"), MONDAY, MONDAY, "note", {"channel_kind": "offline"})
BUSINESS = Business(
    channels=(Channel("app", "online", Text("App", "App")), Channel("till", "offline", Text("Till", "收银"))),
    events=(STRIKE, IN_APP, IN_SHOPS),
)


def weeks(kpi: str, values: list[float], below: float = 1000.0, channel: str | None = "app") -> pl.DataFrame:
    """Points of one series, a week each."""
    rows = [
        (kpi, channel, MONDAY + place * WEEK, value * below, below, value)
        for place, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema=dict(list(POINTS.items())[:6]), orient="row")


def told(values: list[float], kpi: str = "average_order_value", business: Business = BUSINESS):
    points = weeks(kpi, values)
    return flags(charted(catalogue()[kpi], points, points.height), business)


def test_a_week_beyond_its_limits_is_flagged_with_all_that_explains_it() -> None:
    """Ten and twelve in turn, then twenty: moving ranges are 2 eleven times, then 8."""
    (alarm,) = told([10.0, 12.0] * 6 + [20.0])
    centre, width = 152 / 13, 2.66 * (11 * 2 + 8) / 12
    assert (alarm.kpi.id, alarm.channel, alarm.rule, alarm.direction) == (
        "average_order_value", "app", "beyond", "better",
    )  # fmt: skip
    assert alarm.week == alarm.since == MONDAY + 12 * WEEK
    assert (alarm.value, alarm.centre) == (20, pytest.approx(centre))
    assert (alarm.low, alarm.high) == (pytest.approx(centre - width), pytest.approx(centre + width))
    assert alarm.sigmas == pytest.approx((20 - centre) / width * 3)
    assert (alarm.numerator, alarm.denominator, alarm.weeks, alarm.events) == (20_000, 1000, 1, ())


def test_a_run_is_one_alarm_over_all_its_weeks() -> None:
    """Ten weeks around 10 and eight around 12: both are runs; the strike lies in the first."""
    values = [9.5, 10.5] * 5 + [11.5, 12.5] * 4
    before, since = sorted(told(values), key=lambda alarm: alarm.week)
    assert (before.rule, before.since, before.week) == ("run", MONDAY, MONDAY + 9 * WEEK)
    assert (since.since, since.week, since.weeks) == (MONDAY + 10 * WEEK, MONDAY + 17 * WEEK, 8)
    assert (before.direction, since.direction) == ("worse", "better")
    assert [event.title.en for event in before.events] == ["New app", "Strike"]
    assert since.value == 12


def test_the_direction_is_the_kpis_own() -> None:
    directions = {
        kpi: told([0.1, 0.11] * 6 + [0.2], kpi)[0].direction
        for kpi in ("return_rate", "conversion_per_visit", "identified_share")
    }
    assert directions == {
        "return_rate": "worse", "conversion_per_visit": "better", "identified_share": "changed",
    }  # fmt: skip


def test_the_furthest_comes_first() -> None:
    ends = (15.0, 20.0, 22.0)
    series = [weeks("average_order_value", [10.0, 12.0] * 6 + [end], channel=str(end)) for end in ends]
    points = pl.concat(charted(WORTH, each, 13) for each in series)
    assert [alarm.channel for alarm in flags(points, BUSINESS)] == ["22.0", "20.0"], "15 is as usual"


@pytest.mark.parametrize("count", [11, 12])
def test_under_twelve_weeks_there_is_no_chart(count: int) -> None:
    points = weeks("average_order_value", [10.0, 11.0] * 6)[:count]
    assert charted(WORTH, points, count).height == (0 if count < 12 else 12)


def test_weeks_of_too_few_are_no_points() -> None:
    few = weeks("average_order_value", [99.0], below=29.0)
    points = pl.concat([weeks("average_order_value", [10.0, 11.0] * 6), few])
    assert charted(WORTH, points, 13)["value"].max() == 11


def test_shares_that_are_too_rare_are_not_charted() -> None:
    assert charted(RETURNS, weeks("return_rate", [0.0049] * 12), 12).height == 0, "4.9 a week"
    assert charted(RETURNS, weeks("return_rate", [0.0051] * 12), 12).height == 12
    assert charted(RETURNS, weeks("return_rate", [0.9951] * 12), 12).height == 0


def test_a_count_with_an_empty_week_is_not_charted() -> None:
    points = weeks("visits", [10.0, 11.0] * 6)
    assert charted(VISITS, points, 12).height == 12
    assert charted(VISITS, points, 13).height == 0
    assert charted(VISITS, points.with_columns(value=pl.when(pl.col("value") < 11).then(0)), 12).height == 0


def test_limits_stay_where_the_figure_can_be() -> None:
    points = charted(RETURNS, weeks("return_rate", [0.02, 0.2] * 6, below=400.0), 12)
    assert points["low"].min() == 0
    assert charted(WORTH, weeks("average_order_value", [1.0, 90.0] * 6), 12)["low"].min() == 0


def test_events_are_named_where_they_concern_the_slice() -> None:
    day = Period(MONDAY, MONDAY)
    named = {
        channel: [event.title.en for event in known_events(BUSINESS, day, where)]
        for channel, where in {
            "app": (("channel", ("app",)),),
            "till": (("channel", ("till",)),),
            "all": (),
            "online": (("channel_kind", ("online",)),),
        }.items()
    }
    assert named == {
        "app": ["New app"],
        "till": ["Stocktaking"],
        "all": ["New app", "Stocktaking"],
        "online": ["New app"],
    }


def test_festivals_are_named_once() -> None:
    november = Period(dt.date(2025, 11, 10), dt.date(2025, 11, 30))
    assert [event.title.zh for event in known_events(BUSINESS, november)] == ["双11", "黑色星期五"]
    sale = Event(Text("double 11", "大促"), dt.date(2025, 11, 1), dt.date(2025, 11, 11), "promotion")
    named = known_events(Business(events=(sale,)), november)
    assert [event.title.zh for event in named] == ["大促", "黑色星期五"]


def daily_visits(first: dt.date, last: dt.date) -> Shop:
    """A hundred visits a day and channel, one in ten seen by nobody further; in one week of the app, half."""
    days = [first + place * DAY for place in range((last - first).days + 1)]
    rows = [
        {"day": day, "channel": channel, "visits": 100, "bounced": 50 if odd else 9 + day.day % 3}
        for day in days
        for channel in ("web", "app")
        for odd in [channel == "app" and MONDAY <= day < MONDAY + WEEK]
    ]
    return shop_of(BUSINESS, about=manifest(first_day=first, last_day=last), visit_facts=rows)


def test_only_whole_and_final_weeks_are_charted() -> None:
    """Wednesday 1 January to Tuesday 17 June: from the 6th to Sunday the 15th, Monday 9 June."""
    shop = daily_visits(dt.date(2025, 1, 1), dt.date(2025, 6, 17))
    points = charts(shop, Watch(("visits", "bounce_rate")))
    assert points.select("kpi", "channel").unique(maintain_order=True).rows() == [
        (kpi, channel) for kpi in ("visits", "bounce_rate") for channel in (None, "app", "web")
    ]
    for series in points.partition_by("kpi", "channel"):
        assert series["week"].to_list() == [dt.date(2025, 1, 6) + place * WEEK for place in range(23)]
        assert set(series["numerator" if series["kpi"][0] == "visits" else "denominator"]) <= {700, 1400}
    assert charts(shop, Watch(("conversion_per_visit",))).height == 0, "nobody told of orders"


def test_the_odd_week_of_one_channel_is_found_and_its_event_named() -> None:
    shop = daily_visits(dt.date(2025, 1, 1), dt.date(2025, 6, 17))
    first, second = (alarm for alarm in alarms(shop, Watch(("bounce_rate",))) if alarm.rule == "beyond")
    assert (first.channel, first.week, first.direction) == ("app", MONDAY, "worse")
    assert (first.numerator, first.denominator, first.value) == (350, 700, 0.5)
    assert [event.title.en for event in first.events] == ["New app"]
    assert second.channel is None
    alone, *_ = alarms(shop, Watch(("bounce_rate",), where=(("channel", ("app",)),)))
    assert alone == first, "the whole of one channel is told once, as that channel"


def test_weeks_can_be_chosen() -> None:
    shop = daily_visits(dt.date(2025, 1, 1), dt.date(2025, 6, 17))
    points = charts(shop, Watch(("visits",), dt.date(2025, 2, 1), dt.date(2025, 5, 4)))
    assert (points["week"].min(), points["week"].max()) == (dt.date(2025, 2, 3), dt.date(2025, 4, 28))
    assert charts(shop, Watch(("visits",), dt.date(2025, 4, 1))).height == 0, "eleven weeks"


def test_questions_that_cannot_be_asked_are_refused(rolled_up_shop: Shop) -> None:
    with pytest.raises(UnknownKpiError, match="nsp"):
        alarms(rolled_up_shop, Watch(("nsp",)))
    with pytest.raises(SliceError, match="channel=wbe"):
        alarms(rolled_up_shop, Watch(("nps",), where=(("channel", ("wbe",)),)))
    shop = daily_visits(dt.date(2025, 1, 1), dt.date(2025, 6, 17))
    with pytest.raises(PeriodError, match="after the last day"):
        alarms(shop, Watch(("visits",), dt.date(2025, 5, 1), dt.date(2025, 4, 1)))
    with pytest.raises(PeriodError, match="the data run from"):
        alarms(shop, Watch(("visits",), dt.date(2030, 1, 1)))
    with pytest.raises(UnknownKpiError, match="nsp"):
        alarms(daily_visits(dt.date(2025, 1, 1), dt.date(2025, 1, 2)), Watch(("nsp",)))
