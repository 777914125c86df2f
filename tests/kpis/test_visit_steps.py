"""The steps of visits: worked out by hand, and never over different visits."""

from __future__ import annotations

import polars as pl
import pytest

from kpis.visit_steps import Step, narrowest, together, visit_steps

STEPS = (
    Step("came", "visits", "numerator"),
    Step("carted", "add_to_cart_rate", "numerator"),
    Step("checkout", "checkout_completion", "denominator"),
    Step("ordered", "checkout_completion", "numerator"),
)
TWO = {"web": (1000, (100, 1000, 0), (20, 40, 0)), "app": (500, (80, 500, 0), (4, 50, 0))}


def results(channels: dict[str, tuple[int, tuple[int, int, int], tuple[int, int, int]]]) -> pl.DataFrame:
    """Per channel visits, and of carts and checkouts numerator, denominator and excluded."""
    rows = []
    for channel, (visits, carts, checkouts) in channels.items():
        rows.append(("visits", channel, visits, None, 0, "none"))
        rows.append(("add_to_cart_rate", channel, *carts, "none"))
        rows.append(("checkout_completion", channel, *checkouts, "none"))
    columns = ("kpi", "channel", "numerator", "denominator", "excluded", "status")
    return pl.DataFrame(rows, schema=list(columns), orient="row")


def test_by_hand() -> None:
    """1,000 visits, 100 carts, 40 to the checkout, 20 orders."""
    steps = visit_steps(results({"web": TWO["web"]}), STEPS)
    assert steps.select("step", "count", "of_before", "of_first").rows() == [
        ("came", 1000, None, None),
        ("carted", 100, 0.1, 0.1),
        ("checkout", 40, 0.4, 0.04),
        ("ordered", 20, 0.5, 0.02),
    ]


def test_together_counts_are_added_before_they_are_divided() -> None:
    steps = together(visit_steps(results(TWO), STEPS))
    assert steps["count"].to_list() == [1500, 180, 90, 24]
    assert steps["of_before"].to_list()[1:] == pytest.approx([0.12, 0.5, 24 / 90])


def test_what_tells_no_steps_or_those_of_other_visits_takes_no_part() -> None:
    door = (300, (0, 0, 300), (0, 0, 300))
    partly = (400, (10, 100, 300), (5, 10, 0))
    untold = results(TWO | {"door": door, "partly": partly})
    assert visit_steps(untold, STEPS)["channel"].unique().sort().to_list() == ["app", "web"]
    missing = results(TWO).with_columns(
        status=pl.when(pl.col("kpi") == "add_to_cart_rate").then(pl.lit("missing: x")).otherwise("status")
    )
    assert visit_steps(missing, STEPS).is_empty()
    assert together(visit_steps(missing, STEPS)).is_empty()


def test_all_steps_over_the_same_part_of_the_visits_begin_with_that_part() -> None:
    half = {"web": (1000, (100, 500, 500), (20, 40, 500))}
    assert visit_steps(results(half), STEPS).is_empty(), "the first step would count the other half too"


def test_a_channel_without_a_step_reached_divides_by_nothing() -> None:
    steps = visit_steps(results({"web": (10, (0, 10, 0), (0, 0, 0))}), STEPS)
    assert steps["of_before"].to_list() == [None, 0, None, None]
    assert steps["of_first"].to_list() == [None, 0, 0, 0]


def test_the_narrowest_step_of_each_channel_is_found() -> None:
    found = narrowest(visit_steps(results(TWO), STEPS))
    assert found.select("channel", "step").rows() == [("app", "ordered"), ("web", "carted")]
