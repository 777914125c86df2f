"""Breakdowns against hand-counted rows, and against the figures that they take apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.return_reasons import REASONS
from kpis.breakdowns import BREAKDOWNS
from kpis.broken_down import broken_down
from kpis.errors import SliceError, UnknownKpiError
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop
from kpis.stored import measured
from tests.kpis.frames import manifest, shop_of
from tests.kpis.told import january

ORDER: dict[str, Any] = {
    "counted": True, "paid": True, "paid_day": january(5), "promised_day": january(8), "days_promised": 3,
    "outcome_known": True, "promised_15d": True, "days_late": 0, "in_full": True, "damaged": False,
    "complaint_15d": False, "quality_returned_15d": False,
}  # fmt: skip
PARCEL: dict[str, Any] = {"counted": True, "kind": "parcel", "promised_day": january(8), "carrier": "Crane"}
# What takes which figure apart, as far as parts and figure count the same things.
WHOLES = {"promised_and_actual": "on_time_delivery", "perfect_order_faults": "perfect_order_rate"}


def counted(shop: Shop, name: str, **asked: Any) -> dict[str, tuple[float, float]]:
    rows = broken_down(shop, name, **asked).select("part", "numerator", "denominator").rows()
    return {part: (above, below) for part, above, below in rows if below}


def test_an_order_with_two_faults_counts_for_both_and_for_neither_alone() -> None:
    orders = [
        *[ORDER] * 6,
        ORDER | {"days_late": 2},
        ORDER | {"days_late": 1, "damaged": True},
        ORDER | {"in_full": False},
        ORDER | {"complaint_15d": True, "quality_returned_15d": None},
    ]
    shop = shop_of(order_facts=orders)
    assert counted(shop, "perfect_order_faults") == {
        "late": (2, 9), "incomplete": (1, 9), "damaged": (1, 9), "complaint": (0, 9),
        "quality_return": (0, 9),
    }  # fmt: skip
    assert counted(shop, "perfect_order_single_faults") == {
        "late": (1, 9), "incomplete": (1, 9), "damaged": (0, 9), "complaint": (0, 9),
        "quality_return": (0, 9),
    }  # fmt: skip


def test_the_only_order_not_judged_is_left_out_of_every_fault() -> None:
    shop = shop_of(order_facts=[ORDER, ORDER | {"damaged": None, "days_late": 4}])
    assert broken_down(shop, "perfect_order_faults")["excluded"].to_list() == [1] * 5


def test_days_between_promise_and_arrival_are_told_apart() -> None:
    late = [-5, -3, -2, -1, 0, 0, 1, 2, 3, 4, 90]
    shop = shop_of(order_facts=[ORDER | {"days_late": days} for days in late])
    told = {part: above for part, (above, _) in counted(shop, "promised_and_actual").items()}
    assert told == {
        "early_3": 2, "early_2": 1, "early_1": 1, "on_day": 2, "late_1": 1, "late_2": 2, "late_4": 2,
    }  # fmt: skip


def test_each_promise_has_its_own_orders_and_its_own_unknown_ones() -> None:
    orders = [
        *(
            ORDER | {"days_promised": days, "days_late": late}
            for days, late in ((0, 0), (1, 1), (2, 0), (5, -1))
        ),
        ORDER | {"days_promised": 6, "outcome_known": False, "days_late": None},
    ]
    told = broken_down(shop_of(order_facts=orders), "on_time_by_promise")
    rows = {part: rest for part, *rest in told.select("part", "numerator", "denominator", "excluded").rows()}
    assert rows == {
        "next_day": [1, 2, 0], "days_2": [1, 1, 0], "days_3": [0, 0, 0], "days_4": [1, 1, 0],
        "days_6": [0, 0, 1],
    }  # fmt: skip


def test_parcels_are_on_time_carrier_by_carrier() -> None:
    parcels = [
        *(PARCEL | {"days_late": days} for days in (-1, 0, 1, None)),
        PARCEL | {"days_late": 0, "carrier": "Swift"},
        PARCEL | {"days_late": 0, "kind": "pickup"},
        PARCEL | {"days_late": 0, "promised_day": None},
    ]
    told = broken_down(shop_of(parcel_facts=parcels), "parcels_on_time", by=("carrier",))
    assert told.select("carrier", "numerator", "denominator", "excluded").rows() == [
        ("Crane", 2, 3, 1), ("Swift", 1, 1, 0),
    ]  # fmt: skip


def test_reasons_add_up_to_the_lines_whose_reason_is_told() -> None:
    lines = [{"requested_day": january(5), "reason": reason} for reason in ("size", "size", "quality", None)]
    told = broken_down(shop_of(return_facts=lines), "return_reasons")
    assert list(told["part"]) == list(REASONS)
    assert dict(told.select("part", "numerator").rows())["size"] == 2
    assert set(told.select("denominator", "excluded").rows()) == {(3, 1)}


@pytest.mark.parametrize("name", [name for name, each in BREAKDOWNS.items() if each.adds_up])
def test_parts_that_add_up_do_so_in_every_channel(shop: Shop, name: str) -> None:
    told = (
        broken_down(shop, name, by=("channel",))
        .group_by("channel")
        .agg(
            pl.col("numerator").sum(),
            whole=pl.col("denominator").first(),
            wholes=pl.col("denominator").n_unique(),
        )
    )
    assert told.height > 1
    assert told["numerator"].to_list() == told["whole"].to_list()
    assert set(told["wholes"]) == {1}


@pytest.mark.parametrize(("name", "figure"), WHOLES.items())
def test_parts_are_of_what_the_figure_counts(shop: Shop, name: str, figure: str) -> None:
    whole = evaluate(shop, Query((figure,)))
    told = broken_down(shop, name, whole["from"].item(), whole["to"].item())
    for side in ("denominator", "excluded", "coverage"):
        assert set(told[side]) == {whole[side].item()}, side


def test_days_up_to_the_promise_are_those_on_time(shop: Shop) -> None:
    told = counted(shop, "promised_and_actual")
    on_time = sum(above for part, (above, _) in told.items() if not part.startswith("late"))
    assert on_time == evaluate(shop, Query(("on_time_delivery",)))["numerator"].item()


def test_promises_share_the_orders_out(shop: Shop) -> None:
    told = broken_down(shop, "on_time_by_promise").select("numerator", "denominator", "excluded").sum()
    whole = evaluate(shop, Query(("on_time_delivery",)))
    assert told.rows() == whole.select("numerator", "denominator", "excluded").rows()


def test_faults_bound_the_orders_that_are_not_perfect(shop: Shop) -> None:
    whole = evaluate(shop, Query(("perfect_order_rate",)))
    failed = whole["denominator"].item() - whole["numerator"].item()
    any_of = broken_down(shop, "perfect_order_faults")["numerator"]
    alone = broken_down(shop, "perfect_order_single_faults")["numerator"]
    assert alone.sum() <= failed <= any_of.sum()
    assert (alone <= any_of).all()


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_stored_sums_tell_the_same_as_rows(shop: Shop, rolled_up_shop: Shop, name: str) -> None:
    asked: dict[str, Any] = {"start": dt.date(2024, 3, 1), "end": dt.date(2025, 2, 28), "by": ("channel",)}
    assert_frame_equal(broken_down(rolled_up_shop, name, **asked), broken_down(shop, name, **asked))
    parts = [part.kpi for part in BREAKDOWNS[name].parts.values()]
    assert all(dated in measured() for kpi in parts for dated in kpi.dated.values())


def test_what_no_connection_delivers_is_named() -> None:
    shop = shop_of(
        about=manifest(delivered={"orders": ["order_id"], "returns": ["order_id"]}), return_facts=[]
    )
    told = broken_down(shop, "return_reasons", january(1), january(31))
    assert set(told["status"]) == {"missing: returns.reason"}
    assert told["value"].null_count() == len(REASONS)


def test_what_cannot_be_asked_is_refused(shop: Shop) -> None:
    with pytest.raises(UnknownKpiError, match="return_reasons"):
        broken_down(shop, "return_reason")
    with pytest.raises(SliceError, match="carrier"):
        broken_down(shop, "return_reasons", by=("carrier",))
