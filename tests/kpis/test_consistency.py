"""Online against offline on a few rows that can be worked out by hand, and laws over all comparable KPIs."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.business import Business, IntendedDifference
from connectors.facts import FACTS
from connectors.manifest import ChannelEntry
from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.consistency import COLUMNS, INDEX, Consistency, consistency, in_words
from kpis.errors import PeriodError, SliceError
from kpis.evaluate import Query, evaluate
from kpis.index_groups import DEFAULT_WEIGHTS
from kpis.intervals import Z90, Z95
from kpis.periods import Period
from kpis.shop import Shop
from tests.kpis.frames import Frames, manifest, shop_of
from tests.kpis.told import january

JANUARY = Period(january(1), january(31))
WEB = {"channel": "web", "channel_kind": "online"}
TILL = {"channel": "till", "channel_kind": "offline"}
CHANNELS = tuple(
    ChannelEntry(name, kind, Text(name, name)) for name, kind in (("web", "online"), ("till", "offline"))
)
COMPARABLE = [name for name, kpi in catalogue().items() if kpi.comparable]
VERDICTS = {"consistent", "inconsistent", "inconclusive", "not comparable"}
TO_THE_PENNY = 1e-9


def row_of(told: Consistency, kpi: str) -> dict[str, Any]:
    (row,) = told.rows.filter(pl.col("kpi") == kpi).iter_rows(named=True)
    return row


def due(where: Mapping[str, str], late: int, punctual: int, **columns: Any) -> list[dict[str, Any]]:
    order = {**where, "counted": True, "promised_day": january(10), "outcome_known": True, **columns}
    return [order | {"days_late": 1}] * late + [order | {"days_late": 0}] * punctual


def paid(where: Mapping[str, str], *amounts: int, **columns: Any) -> list[dict[str, Any]]:
    order = {**where, "counted": True, "paid": True, "paid_day": january(10)}
    return [order | {"net_amount": Decimal(amount)} | columns for amount in amounts]


def answered(where: Mapping[str, str], *scores: int) -> list[dict[str, Any]]:
    survey = {**where, "kind": "nps", "answered_day": january(10)}
    return [survey | {"score": score, "scale_min": 0, "scale_max": 10} for score in scores]


def wilson(events: float, number: float, z: float) -> tuple[float, float]:
    centre, half = events + z * z / 2, z * math.sqrt(events * (1 - events / number) + z * z / 4)
    return (centre - half) / (number + z * z), (centre + half) / (number + z * z)


def newcombe(first: tuple[int, int], second: tuple[int, int], z: float) -> tuple[float, float]:
    p, q = (events / number for events, number in (first, second))
    (low_p, high_p), (low_q, high_q) = wilson(*first, z), wilson(*second, z)
    return (
        p - q - math.hypot(p - low_p, high_q - q),
        p - q + math.hypot(high_p - p, q - low_q),
    )


def test_a_share_is_compared_with_newcombes_interval() -> None:
    """270 of 300 parcels on time online, 160 of 200 offline; the margin is 2 points."""
    told = consistency(shop_of(order_facts=due(WEB, 30, 270) + due(TILL, 40, 160)), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["online"], row["offline"], row["online_n"], row["offline_n"]) == (0.9, 0.8, 300, 200)
    assert row["gap"] == pytest.approx(0.1)
    assert (row["low90"], row["high90"]) == pytest.approx(newcombe((270, 300), (160, 200), Z90))
    assert (row["low95"], row["high95"]) == pytest.approx(newcombe((270, 300), (160, 200), Z95))
    assert row["low95"] > row["margin"] == 0.02
    assert (row["verdict"], row["differs_from_zero"]) == ("inconsistent", True)
    assert row["score"] is None, "an error of 3.3 points says little about a margin of 2"
    assert "more answers needed" in told.not_scored["on_time_delivery"].en


def test_a_score_is_compared_with_variances_that_add() -> None:
    """Net promoters are 40 of 100 online and 10 of 50 offline."""
    online, offline = [10] * 60 + [7] * 20 + [2] * 20, [9] * 20 + [8] * 15 + [0] * 15
    told = consistency(shop_of(survey_facts=answered(WEB, *online) + answered(TILL, *offline)), JANUARY)
    row = row_of(told, "nps")
    error = 100 * math.sqrt((0.6 + 0.2 - 0.4**2) / 100 + (0.4 + 0.3 - 0.1**2) / 50)
    assert (row["online"], row["offline"]) == pytest.approx((40, 10))
    assert (row["low95"], row["high95"]) == pytest.approx((30 - Z95 * error, 30 + Z95 * error))
    assert (row["low90"], row["high90"]) == pytest.approx((30 - Z90 * error, 30 + Z90 * error))
    assert row["verdict"] == "inconclusive", "the margin is 10 points"
    assert row["answers_needed"] > 0


def test_money_is_compared_as_a_ratio() -> None:
    """100 online and 80 offline on average: ln 1.25, with each side's relative error."""
    told = consistency(shop_of(order_facts=paid(WEB, *[90, 110] * 50) + paid(TILL, *[60, 100] * 50)), JANUARY)
    row = row_of(told, "average_order_value")
    errors = [spread / math.sqrt(99) for spread in (10, 20)]
    error = math.hypot(errors[0] / 100, errors[1] / 80)
    assert row["gap"] == pytest.approx(math.log(1.25))
    assert row["margin"] == pytest.approx(math.log(1.1)), "10 %"
    assert (row["low95"], row["high95"]) == pytest.approx(
        (math.log(1.25) - Z95 * error, math.log(1.25) + Z95 * error)
    )
    assert row["error"] == pytest.approx(error)
    assert row["verdict"] == "inconsistent"


def test_a_gap_of_medians_is_put_together_from_both_intervals() -> None:
    refunds = [
        {**where, "requested_day": january(10), "status": "settled", "refund_seconds": 3600 * hours}
        for where, first in ((WEB, 1), (TILL, 21))
        for hours in range(first, first + 50)
    ]
    row = row_of(consistency(shop_of(refund_facts=refunds), JANUARY), "refund_hours")
    assert (row["online"], row["offline"], row["gap"]) == (25.5, 45.5, -20)
    # The 18th and the 33rd of 50 enclose the median with 95 %.
    assert row["low95"] == pytest.approx(-20 - math.hypot(25.5 - 18, 53 - 45.5))
    assert row["high95"] == pytest.approx(-20 + math.hypot(33 - 25.5, 45.5 - 38))


def test_a_customer_counts_where_the_first_order_of_the_period_was() -> None:
    """Ann bought online, then in a shop: she is back, and she is online's; Bob is the shop's."""
    days = [
        {**WEB, "customer_id": "ann", "day": january(3), "next_day": january(9)},
        {**TILL, "customer_id": "ann", "day": january(9), "previous_day": january(3)},
        {**TILL, "customer_id": "bob", "day": january(5)},
    ]
    row = row_of(consistency(shop_of(customer_days=days), JANUARY), "repurchase_rate")
    assert (row["online"], row["online_n"]) == (1, 1)
    assert (row["offline"], row["offline_n"]) == (0, 1)


def test_two_answers_alike_are_not_consistent() -> None:
    told = consistency(shop_of(survey_facts=answered(WEB, 10, 10) + answered(TILL, 9)), JANUARY)
    row = row_of(told, "nps")
    assert (row["gap"], row["low90"], row["verdict"], row["score"]) == (0, None, "inconclusive", None)
    assert told.not_scored["nps"].en == "there are too few answers to tell its gap"


def test_days_that_may_still_change_are_not_compared() -> None:
    """Returns take 30 days to be final: of a period up to the last day, only the days before are compared."""
    last = dt.date(2025, 6, 30)
    told = consistency(shop_of(order_facts=paid(WEB, 1) + paid(TILL, 1)), Period(january(1), last))
    assert row_of(told, "return_rate")["to"] == last - dt.timedelta(days=30)
    young = consistency(
        shop_of(order_facts=paid(WEB, 1, paid_day=last) + paid(TILL, 1, paid_day=last)), Period(last, last)
    )
    assert row_of(young, "return_rate")["verdict"] == "not comparable"
    assert young.reasons["return_rate"].en == "none of the days is final yet"


def test_reasons_say_what_is_missing() -> None:
    orders = due(WEB, 1, 9) + paid(TILL, 5)
    about = manifest(channels=CHANNELS, delivered={"orders": ("order_id",)})
    told = consistency(shop_of(None, about, order_facts=orders), JANUARY)
    assert told.reasons["nps"].en == "no connection delivers surveys"
    assert told.reasons["average_order_value"].en == "there is nothing to count online"
    young = consistency(
        shop_of(None, about, order_facts=orders), Period(dt.date(2025, 6, 30), dt.date(2025, 6, 30))
    )
    assert young.reasons["return_rate"].en == "no connection delivers returns", "no day will ever be final"


def test_a_shop_without_shops_has_nothing_to_compare() -> None:
    about = manifest(channels=CHANNELS[:1])
    told = consistency(shop_of(None, about, order_facts=due(WEB, 10, 90)), JANUARY)
    assert set(told.rows["verdict"]) == {"not comparable"}
    assert told.reasons["on_time_delivery"].en == "the shop has no offline channel"
    assert row_of(told, "on_time_delivery")["online"] == 0.9
    assert (told.index.value, told.index.coverage, told.index.weakest) == (None, 0, None)


def test_channels_that_nobody_classified_are_named() -> None:
    about = manifest(channels=(ChannelEntry("x", "unknown", Text("x", "x")),))
    orders = due({"channel": "x", "channel_kind": "unknown"}, 1, 9)
    told = consistency(shop_of(None, about, order_facts=orders), JANUARY)
    assert told.unclassified == ("x",)
    assert "business.toml does not say" in told.reasons["on_time_delivery"].en


def test_unknown_of_one_arm_is_no_zero() -> None:
    orders = due(WEB, 1, 9) + due(TILL, 1, 9, outcome_known=False)
    told = consistency(shop_of(None, manifest(channels=CHANNELS), order_facts=orders), JANUARY)
    assert told.reasons["on_time_delivery"].en == "what is asked is not known of any of the 10 offline"


def test_margins_and_weights_of_the_settings_count() -> None:
    orders = due(WEB, 100, 2900) + due(TILL, 100, 2900)
    business = Business(
        margins={"on_time_delivery": 0.05, "average_order_value": 0.2},
        weights={"deliver": 30.0, "after": 0.0},
    )
    told = consistency(shop_of(business, order_facts=orders), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["margin"], row["verdict"]) == (0.05, "consistent")
    assert row_of(told, "average_order_value")["margin"] == pytest.approx(math.log(1.2))
    # Of 100 points of weight 15 more are delivery's and returns' 15 are gone.
    assert row["weight"] == pytest.approx(30 / 100)
    assert told.index.coverage == pytest.approx(30 / 100)


def test_intended_differences_leave_the_figures_and_stay_listed() -> None:
    shoes, sale = {"category": "Shoes"}, {"category": "Clearance"}
    orders = [*due(WEB, 0, 10, **shoes), *due(WEB, 10, 0, **sale), *due(TILL, 0, 10, **shoes)]
    business = Business(intended_differences=(IntendedDifference("category", "Clearance"),))
    told = consistency(shop_of(business, order_facts=orders), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["online"], row["online_n"]) == (1, 10)
    (listed,) = told.intended
    assert (listed.what, listed.value) == ("category", "Clearance")
    assert "on_time_delivery" in listed.kpis
    assert "nps" not in listed.kpis, "answers carry no category"
    only = consistency(shop_of(business, order_facts=orders), JANUARY, {"category": ("Clearance",)})
    assert only.reasons["on_time_delivery"].en == "all of it is an intended difference"


def test_a_gap_that_is_all_mix_is_adjusted_away() -> None:
    """Shoes are late in 1 of 5 orders everywhere and hats never; online sells more shoes."""
    orders = [
        *due(WEB, 16, 64, category="shoes"), *due(WEB, 0, 20, category="hats"),
        *due(TILL, 4, 16, category="shoes"), *due(TILL, 0, 80, category="hats"),
    ]  # fmt: skip
    row = row_of(consistency(shop_of(order_facts=orders), JANUARY), "on_time_delivery")
    assert row["gap"] == pytest.approx(0.84 - 0.96)
    assert row["adjusted_gap"] == pytest.approx(0, abs=TO_THE_PENNY)
    assert (row["rate_effect"], row["mix_effect"]) == (pytest.approx(0), pytest.approx(-0.12))
    assert row["coverage"] == 1


def firsts(where: Mapping[str, str], day: dt.date, back: int, gone: int) -> list[dict[str, Any]]:
    names = [f"{where['channel']}-{day}-{number}" for number in range(back + gone)]
    customer = {**where, "day": day, "days_observed": 200, "orders": 1, "history_from": january(1)}
    return [
        customer | {"customer_id": name, "days_to_next": 30 if number < back else None}
        for number, name in enumerate(names)
    ]


def test_repurchase_is_adjusted_for_the_month_of_the_first_order() -> None:
    """Of January's customers 1 of 5 comes back everywhere, of February's none; online won more in January."""
    february = dt.date(2025, 2, 10)
    customers = [
        *firsts(WEB, january(10), 16, 64), *firsts(WEB, february, 0, 20),
        *firsts(TILL, january(10), 4, 16), *firsts(TILL, february, 0, 80),
    ]  # fmt: skip
    both = Period(january(1), dt.date(2025, 2, 28))
    row = row_of(consistency(shop_of(customer_days=customers), both), "repurchase_rate_90d")
    assert row["gap"] == pytest.approx(0.16 - 0.04)
    assert row["adjusted_gap"] == pytest.approx(0, abs=TO_THE_PENNY)
    assert (row["rate_effect"], row["mix_effect"]) == (pytest.approx(0), pytest.approx(0.12))


def test_no_gap_is_adjusted_over_what_only_one_arm_has() -> None:
    orders = due(WEB, 10, 70, category="shoes") + due(WEB, 0, 20, category="web only")
    told = consistency(shop_of(order_facts=orders + due(TILL, 10, 70, category="shoes")), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert row["coverage"] == pytest.approx(160 / 180)
    assert row["adjusted_gap"] is None


def test_means_of_pieces_rest_on_orders_not_on_pieces() -> None:
    sold = {"returns_known": True, "lines_known": True, "units": 100}
    orders = paid(WEB, 1, 1, **sold) + paid(TILL, 1, 1, 1, **sold)
    row = row_of(consistency(shop_of(order_facts=orders), JANUARY), "return_rate_units")
    assert (row["online_n"], row["offline_n"], row["answers"]) == (200, 300, 5)


def prices(**changed: int) -> pl.DataFrame:
    """Fifty articles that cost 10 on the web and at the till, but for some."""
    rows = [
        {"sku": f"a{number}", "channel": channel, "category": "shoes", "currency": "CNY", "sell_price": price}
        for number in range(50)
        for channel in ("web", "till")
        for price in [changed.get(f"a{number}", 10) if channel == "web" else 10]
    ]
    days = pl.DataFrame(
        {"from_day": [january(1)], "to_day": [None]}, {"from_day": pl.Date, "to_day": pl.Date}
    )
    frame = pl.DataFrame(rows).with_columns(tax_included=pl.lit(value=True)).join(days, how="cross")
    return frame.with_columns(sell_price_native=pl.col("sell_price"))


def test_articles_score_the_share_that_is_the_same() -> None:
    """Five of fifty cost more online: 90 %, 10 points away from all of them, and the margin is 2."""
    dearer = prices(a1=11, a2=12, a3=13, a4=14, a5=15)
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(None, about, prices=dearer, order_facts=paid(WEB, 5)), JANUARY)
    row = row_of(told, "price_parity")
    low, high = wilson(45, 50, Z95)
    assert (row["gap"], row["online_n"], row["offline_n"]) == (pytest.approx(-0.1), 50, 50)
    assert (row["low95"], row["high95"]) == pytest.approx((low - 1, high - 1))
    assert (row["margin"], row["verdict"], row["score"]) == (0.02, "inconsistent", pytest.approx(90))
    assert told.index.value == pytest.approx(90), "there is nothing else to score"
    assert told.index.coverage == pytest.approx(0.15), "prices weigh 15 of 100"
    assert told.index.low < 90 < told.index.high
    assert told.reasons["content_match"].en == "no article is known both online and offline"


@pytest.mark.parametrize(("articles", "index"), [(1, None), (29, None), (30, 100)])
def test_few_articles_do_not_make_an_index(articles: int, index: float | None) -> None:
    """All cost the same: said of them, but only thirty are enough for a score."""
    few = prices().filter(pl.col("sku").is_in([f"a{number}" for number in range(articles)]))
    told = consistency(
        shop_of(None, manifest(channels=CHANNELS), prices=few, order_facts=paid(WEB, 5)), JANUARY
    )
    row = row_of(told, "price_parity")
    assert (row["gap"], row["online_n"], row["score"], told.index.value) == (0, articles, index, index)
    if index is None:
        assert told.not_scored["price_parity"].en == f"a side counts only {articles}, and a score takes 30"


def test_few_answers_close_to_each_other_have_no_score() -> None:
    """Ten orders a side, worth nearly the same, would tell a margin of 10 %."""
    told = consistency(shop_of(order_facts=paid(WEB, *[99, 101] * 5) + paid(TILL, *[98, 100] * 25)), JANUARY)
    row = row_of(told, "average_order_value")
    assert row["error"] < row["margin"] / 3
    assert (row["verdict"], row["score"], told.index.value) == ("consistent", None, None)
    assert told.not_scored["average_order_value"].en == "a side counts only 10, and a score takes 30"


def test_an_intended_difference_in_price_is_none() -> None:
    meant = Business(intended_differences=(IntendedDifference("sku", "a1"),))
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(meant, about, prices=prices(a1=11), order_facts=paid(WEB, 5)), JANUARY)
    assert (row_of(told, "price_parity")["score"], row_of(told, "price_parity")["online_n"]) == (100, 49)
    assert told.intended[0].kpis == tuple(name for name, kpi in catalogue().items() if kpi.agreement)


def test_without_a_margin_there_is_no_verdict_and_a_note_says_so() -> None:
    listed = pl.DataFrame(
        [(f"a{number}", name, "shoes", True, january(1)) for number in range(40) for name in ("web", "till")],
        {
            "sku": pl.String,
            "channel": pl.String,
            "category": pl.String,
            "listed": pl.Boolean,
            "from_day": pl.Date,
        },
        orient="row",
    ).with_columns(in_stock=pl.lit(value=True), title_hash=pl.lit("x"))
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(None, about, listings=listed, order_facts=paid(WEB, 5)), JANUARY)
    assert row_of(told, "assortment_overlap")["verdict"] is None
    assert told.no_margin == ("assortment_overlap", "content_match")
    said = {(note.en, note.zh) for note in in_words(told)}
    assert ("content_match: no verdict, no margin is set.", "content_match：无判定，未设定容差。") in said
    business = Business(margins=dict.fromkeys(told.no_margin, 0.2))
    judged = consistency(shop_of(business, about, listings=listed, order_facts=paid(WEB, 5)), JANUARY)
    assert (judged.no_margin, row_of(judged, "content_match")["verdict"]) == ((), "consistent")


def test_a_kpi_that_cannot_be_filtered_so_is_not_comparable(shop: Shop) -> None:
    told = consistency(shop, where={"category": ("shoes",)})
    assert told.reasons["nps"].en == "it cannot be split by category"
    assert row_of(told, "on_time_delivery")["gap"] is not None


def test_a_kpi_can_have_days_of_its_own(shop: Shop) -> None:
    half = Period(shop.first_day, shop.first_day + (shop.last_day - shop.first_day) / 2)
    own, whole = consistency(shop, days={"nps": half}), consistency(shop)
    assert row_of(own, "nps") | {"weight": None} == row_of(consistency(shop, half), "nps") | {"weight": None}
    assert row_of(own, "nps")["answers"] != row_of(whole, "nps")["answers"]
    before = Period(dt.date(1999, 1, 1), dt.date(1999, 2, 1))
    assert consistency(shop, days={"nps": before}).reasons["nps"].en == "none of the days is final yet"
    others = pl.col("kpi") != "nps"
    assert_frame_equal(own.rows.filter(others).drop("weight"), whole.rows.filter(others).drop("weight"))


def test_questions_that_cannot_be_asked_are_refused(shop: Shop) -> None:
    with pytest.raises(SliceError, match="no row has category=shoe"):
        consistency(shop, where={"category": ("shoe",)})
    with pytest.raises(SliceError, match="dimension"):
        consistency(shop, where={"colour": ("red",)})
    with pytest.raises(PeriodError, match="there is no data"):
        consistency(shop, Period(dt.date(1999, 1, 1), dt.date(1999, 2, 1)))


def lenient(shop: Shop) -> Shop:
    """The shop with margins so wide that its few answers tell something."""
    margins = {name: 10 * kpi.comparable.margin for name, kpi in catalogue().items() if kpi.comparable}
    return Shop(shop.tables, Business(margins=margins), shop.rollups)


@pytest.fixture(scope="module")
def told(shop: Shop) -> Consistency:
    return consistency(lenient(shop))


def test_every_comparable_kpi_has_a_row_in_the_order_of_the_journey(told: Consistency) -> None:
    agreements = [name for name, kpi in catalogue().items() if kpi.agreement]
    assert told.rows["kpi"].to_list() == COMPARABLE + agreements
    assert told.table.columns == list(COLUMNS)
    assert told.table["kpi"].to_list() == [*told.rows["kpi"], INDEX]
    assert "conversion_per_visit" not in told.rows["kpi"], "levels only"


@pytest.mark.parametrize("kpi", COMPARABLE)
def test_both_arms_are_what_the_table_prints(shop: Shop, told: Consistency, kpi: str) -> None:
    rows = evaluate(shop, Query((kpi,), by=("channel_kind",), final_only=True))
    printed = {row["channel_kind"]: row for row in rows.iter_rows(named=True)}
    row = row_of(told, kpi)
    for arm in ("online", "offline"):
        assert row[arm] == printed[arm]["value"]
        assert row[f"{arm}_n"] == printed[arm]["denominator"]
    assert (row["from"], row["to"]) == (rows["from"][0], rows["to"][0])


@pytest.mark.parametrize("kpi", COMPARABLE)
def test_gap_verdict_and_score_follow_from_the_row(told: Consistency, kpi: str) -> None:
    row = row_of(told, kpi)
    if row["verdict"] == "not comparable":
        assert kpi in told.reasons
        assert row["gap"] is row["score"] is row["weight"] is row["differs_from_zero"] is None
        return
    gap = math.log(row["online"] / row["offline"]) if row["logarithmic"] else row["online"] - row["offline"]
    assert row["gap"] == pytest.approx(gap)
    assert row["low95"] <= row["low90"] <= row["gap"] <= row["high90"] <= row["high95"]
    is_inside = -row["margin"] < row["low90"] and row["high90"] < row["margin"]
    is_outside = row["low95"] >= row["margin"] or row["high95"] <= -row["margin"]
    expected = "consistent" if is_inside else "inconsistent" if is_outside else "inconclusive"
    assert row["verdict"] == expected
    assert row["differs_from_zero"] == (not row["low95"] <= 0 <= row["high95"])
    assert (row["answers_needed"] is not None) <= (row["verdict"] == "inconclusive")
    assert (row["score"] is None) == (kpi in told.not_scored)
    if row["score"] is not None:
        assert row["error"] <= row["margin"] / 2.92
        seen = math.sqrt(max(0, row["gap"] ** 2 - row["error"] ** 2))
        assert row["score"] == pytest.approx(100 * max(0, 1 - seen / (2 * row["margin"])))


@pytest.mark.parametrize("kpi", COMPARABLE)
def test_rate_and_mix_add_up_to_the_gap(told: Consistency, kpi: str) -> None:
    row = row_of(told, kpi)
    if row["rate_effect"] is not None:
        assert row["rate_effect"] + row["mix_effect"] == pytest.approx(row["gap"], abs=TO_THE_PENNY)
    if row["adjusted_gap"] is not None:
        assert row["coverage"] >= 0.9


def test_weights_add_up_to_what_was_scored(told: Consistency) -> None:
    scored = told.rows.filter(pl.col("score").is_not_null())
    groups = scored["group"].unique().to_list()
    share = sum(DEFAULT_WEIGHTS[group] for group in groups) / sum(DEFAULT_WEIGHTS.values())
    assert scored["weight"].sum() == pytest.approx(share) == pytest.approx(told.index.coverage)
    assert scored.group_by("group").agg(pl.col("weight").n_unique())["weight"].to_list() == [1] * len(groups)
    last = told.table.row(-1, named=True)
    assert last["score"] == pytest.approx((scored["score"] * scored["weight"]).sum() / share)
    assert 0 <= last["low90"] <= last["score"] <= last["high90"] <= 100
    assert scored.filter(pl.col("kpi") == told.index.weakest)["score"].item() == scored["score"].min()


def test_the_same_figures_give_the_same_index(shop: Shop, told: Consistency) -> None:
    assert consistency(lenient(shop)).index == told.index


def test_swapping_online_and_offline_turns_signs_and_keeps_verdicts(shop: Shop, told: Consistency) -> None:
    swapped = consistency(lenient(_swapped(shop)))
    for kpi in COMPARABLE:
        here, there = row_of(told, kpi), row_of(swapped, kpi)
        assert (here["online"], here["offline"]) == (there["offline"], there["online"])
        assert here["verdict"] == there["verdict"]
        if here["gap"] is not None:
            for name, mirrored in (("gap", "gap"), ("low90", "high90"), ("high95", "low95")):
                assert here[name] == pytest.approx(-there[mirrored], abs=TO_THE_PENNY), (kpi, name)
            assert here["score"] == pytest.approx(there["score"], abs=1e-6)
        if here["rate_effect"] is not None:
            assert here["rate_effect"] == pytest.approx(-there["rate_effect"], abs=TO_THE_PENNY)
            assert here["mix_effect"] == pytest.approx(-there["mix_effect"], abs=TO_THE_PENNY)
    assert swapped.index.value == pytest.approx(told.index.value)


def _swapped(shop: Shop) -> Shop:
    """The shop with every online row called offline, and the other way round."""
    kinds = {"online": "offline", "offline": "online"}
    swap = pl.col("channel_kind").replace(kinds)
    frames = {
        name: table.collect().with_columns(swap)
        if "channel_kind" in table.collect_schema()
        else table.collect()
        for name in FACTS
        if shop.tables.has(name)
        for table in (shop.tables.scan(name),)
    }
    return Shop(Frames(frames, shop.manifest), shop.business)


def test_stored_sums_say_the_same(told: Consistency, rolled_up_shop: Shop) -> None:
    stored = consistency(lenient(rolled_up_shop)).table
    for name, column in told.table.to_dict().items():
        if column.dtype == pl.Float64:
            for left, right in zip(column, stored[name], strict=True):
                assert left == pytest.approx(right), name
        else:
            assert column.to_list() == stored[name].to_list()


def test_verdicts_are_of_four_words(told: Consistency) -> None:
    assert set(told.rows["verdict"].drop_nulls()) <= VERDICTS
    for reasons in (told.reasons, told.not_scored):
        for reason in reasons.values():
            assert reason.en
            assert reason.zh
