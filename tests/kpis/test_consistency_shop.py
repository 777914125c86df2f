"""Laws over all comparable KPIs of one shop: what is printed follows from both arms."""

from __future__ import annotations

import datetime as dt
import math

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.business import Business
from connectors.facts import FACTS
from kpis.catalogue import catalogue
from kpis.consistency import COLUMNS, INDEX, Consistency, consistency
from kpis.errors import PeriodError, SliceError
from kpis.evaluate import Query, evaluate
from kpis.index_groups import DEFAULT_WEIGHTS
from kpis.periods import Period
from kpis.shop import Shop
from tests.kpis.both_sides import row_of
from tests.kpis.frames import Frames

COMPARABLE = [name for name, kpi in catalogue().items() if kpi.comparable]
VERDICTS = {"consistent", "inconsistent", "inconclusive", "not comparable"}
TO_THE_PENNY = 1e-9


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
