"""Questions that cannot be asked get one plain line; those that can get their rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kpis.errors import FigureError, KpiError, PeriodError, SliceError, UnknownKpiError
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop
from kpis.slices import askable
from tests.kpis.frames import FIRST, LAST, manifest, shop_of

REFUSED: list[tuple[dict[str, Any], type[KpiError], str]] = [
    ({"kpis": ("nsp",)}, UnknownKpiError, "Did you mean 'nps'"),
    ({"by": ("chanel",)}, SliceError, "Did you mean 'channel'"),
    ({"by": ("month", "week")}, SliceError, "one grain of time"),
    ({"by": ("device",)}, SliceError, "nps cannot be split by device; it can by: channel, "),
    ({"where": (("chanel", ("web",)),)}, SliceError, "Did you mean 'channel'"),
    ({"where": (("channel", ("wbe",)),)}, SliceError, "there is: app, store, web.* Did you mean 'web'"),
    ({"where": (("month", ("2024-01",)),)}, SliceError, "there is no dimension 'month'"),
    ({"compare": "yaer"}, PeriodError, "Did you mean 'year'"),
    ({"basis": "evnt"}, SliceError, "Did you mean 'event'"),
    ({"start": dt.date(2030, 1, 1)}, PeriodError, "no data from 2030-01-01; the data run from 2024-01-01"),
    ({"end": dt.date(1999, 1, 1)}, PeriodError, "no data to 1999-01-01"),
    ({"start": dt.date(2025, 1, 2), "end": dt.date(2025, 1, 1)}, PeriodError, "is after the last day"),
]


@pytest.mark.parametrize(("asked", "error", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_a_wrong_question_is_refused_in_one_line_of_both_languages(
    shop: Shop, asked: dict[str, Any], error: type[KpiError], words: str
) -> None:
    with pytest.raises(error, match=words) as refused:
        evaluate(shop, Query(**({"kpis": ("nps",)} | asked)))
    assert "\n" not in refused.value.text.en
    assert refused.value.text.zh != refused.value.text.en


def test_a_long_list_of_values_is_cut() -> None:
    visits = [{"day": FIRST, "campaign": f"campaign {number}", "visits": 1} for number in range(50)]
    with pytest.raises(SliceError, match=r"and 30 more\. Did you mean 'campaign 4"):
        evaluate(shop_of(visit_facts=visits), Query(("visits",), where=(("campaign", ("campain 4",)),)))


def test_several_values_of_a_dimension_mean_or(shop: Shop) -> None:
    def visits(*channels: str) -> float:
        where = (("channel", channels),) if channels else ()
        return float(evaluate(shop, Query(("visits",), where=where))["value"][0])

    assert visits("web", "app") == visits("web") + visits("app")
    assert visits("web", "app", "store", "窗口") == visits()


def test_the_empty_value_keeps_what_is_unknown(shop: Shop) -> None:
    regions = evaluate(shop, Query(("visits",), by=("region",)))
    unknown = evaluate(shop, Query(("visits",), where=(("region", ("",)),)))
    assert unknown["value"][0] == regions.filter(regions["region"].is_null())["value"][0]


def test_questions_without_kpis_get_all_that_can_answer() -> None:
    assert askable((), (), "cohort")[0] == "visits"
    able = askable(("month", "source"), (), "cohort")
    assert {"visits", "conversion_per_visit"} <= set(able)
    assert "nps" not in able
    assert set(askable(("carrier",), (), "cohort")) >= {"scanned_in_48h", "pickup_success"}
    assert askable((), (), "event") == ("return_rate", "return_rate_units")
    with pytest.raises(SliceError, match="no KPI carries all of touchpoint, source"):
        askable(("touchpoint",), ("source",), "cohort")


def test_a_platform_is_asked_for_what_its_own_rows_carry(shop: Shop) -> None:
    """It counts parcels, which have a carrier and no device; our own orders are the other way round."""
    by_carrier = askable(("carrier",), (), "cohort", "amazon")
    assert by_carrier == ("on_time_delivery", "valid_tracking_rate")
    assert evaluate(shop, Query(by_carrier, by=("carrier",), profile="amazon")).height > 2
    assert askable(("device",), (), "cohort", "amazon") == ("late_shipment_rate", "order_defect_rate")
    with pytest.raises(SliceError, match="no KPI of amazon carries all of touchpoint"):
        askable(("touchpoint",), (), "cohort", "amazon")
    with pytest.raises(SliceError, match="on_time_delivery cannot be split by device") as refused:
        evaluate(shop, Query(("on_time_delivery",), by=("device",), profile="amazon"))
    assert str(refused.value).count("on_time_delivery") == 1


def test_the_whole_snapshot_reaches_to_what_happens_after_the_last_order() -> None:
    after = LAST + dt.timedelta(days=9)
    later = shop_of(
        survey_facts=[{"answered_day": after, "kind": "nps", "score": 10.0}],
        refund_facts=[{"requested_day": after, "status": "pending"}],
    )
    rows = evaluate(later, Query(("nps", "refund_hours", "average_order_value")))
    assert rows["to"].to_list() == [after, after, LAST]
    assert rows["denominator"].to_list() == [1, 0, 0]
    assert rows["excluded"].to_list() == [0, 1, 0]


def test_a_shop_without_orders_reaches_over_its_surveys() -> None:
    days = [dt.date(2025, 2, 1), dt.date(2025, 4, 1)]
    surveys = [{"answered_day": day, "kind": "nps", "score": 9.0} for day in days]
    only = shop_of(about=manifest(first_day=None, last_day=None, data_time=None), survey_facts=surveys)
    assert (only.first_day, only.last_day) == tuple(days)
    told = evaluate(only, Query(("nps",))).row(0, named=True)
    assert (told["from"], told["to"], told["value"], told["final"]) == (*days, 100, True)


def test_a_figure_is_final_after_its_lag(shop: Shop) -> None:
    rows = evaluate(shop, Query(("return_rate",), LAST - dt.timedelta(days=31), LAST, by=("day",)))
    final = rows.filter(rows["final"])
    assert final["to"].max() == LAST - dt.timedelta(days=30)
    assert (rows["final_on"] - rows["to"]).unique().to_list() == [dt.timedelta(days=30)]


def test_final_only_leaves_young_days_out(shop: Shop) -> None:
    names = ("return_rate", "nps", "repurchase_rate_365d")
    rows = evaluate(shop, Query(names, LAST - dt.timedelta(days=59), LAST, final_only=True))
    assert rows["final"].all()
    assert dict(zip(rows["kpi"], rows["to"], strict=True)) == {
        "return_rate": LAST - dt.timedelta(days=30),
        "nps": LAST,
    }


def test_a_comparison_before_the_data_says_nothing(shop: Shop) -> None:
    rows = evaluate(shop, Query(("nps",), FIRST, LAST, by=("quarter",), compare="previous"))
    assert rows["previous"].is_null().to_list() == [True, *[False] * 5]
    year = evaluate(shop, Query(("nps",), FIRST, LAST, by=("quarter",), compare="year"))
    assert year["previous"].is_null().to_list() == [True] * 4 + [False] * 2


def test_what_a_row_is_compared_with_is_that_periods_own_figure(shop: Shop) -> None:
    june = evaluate(shop, Query(("return_rate", "nps"), dt.date(2025, 6, 1), LAST, compare="previous"))
    may = evaluate(shop, Query(("return_rate", "nps"), dt.date(2025, 5, 2), dt.date(2025, 5, 31)))
    assert june["previous"].to_list() == may["value"].to_list()
    assert june["change"].to_list() == (june["value"] - may["value"]).to_list()


def test_contradictory_sums_are_refused() -> None:
    wrong = [
        {"paid": True, "paid_day": FIRST, "returns_known": True, "lines_known": True, "units": 1}
        | {"units_returned_30d": 2}
    ]
    with pytest.raises(FigureError, match="return_rate_units counts 2 of 1"):
        evaluate(shop_of(order_facts=wrong), Query(("return_rate_units",)))
