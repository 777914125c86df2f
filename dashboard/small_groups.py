"""Groups of customers that are not KPI results, without what the smallest of them would betray."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.small_cells import COUNTED, FEWEST_PEOPLE, HIDDEN, SHOWN
from kpis.fewest import FEWEST_OF_A_MEDIAN, SMALLEST
from kpis.first_orders import ALL


def few(rows: pl.DataFrame, size: str, line: Sequence[str] = ()) -> pl.Series:
    """Which rows count under ten people, or would reveal such a row as a total minus the others.

    Args:
        rows: one row per group.
        size: the column with the number of people; none is no group, and hides nothing.
        line: the columns of which rows add up to a total that is known; without any, all rows do.
    """
    together = [pl.col(name) for name in line] or [pl.lit(value=True)]
    people = pl.col(size)
    is_few = people.is_between(0, FEWEST_PEOPLE, closed="none").fill_null(value=False)
    others = pl.when(~is_few & (people > 0)).then(people)
    is_next = (others.rank("ordinal").over(together) == 1).fill_null(value=False)
    return rows.select(hidden=is_few | ((is_few.sum().over(together) == 1) & is_next))["hidden"]


def judged(
    rows: pl.DataFrame, hidden: pl.Series, below: str, shares: Sequence[str], counts: Sequence[str]
) -> pl.DataFrame:
    """The rows without what may not be shown, and `small`: shown, counted (without shares) or hidden.

    Args:
        rows: one row per group.
        hidden: which of them are hidden.
        below: the column with what the shares rest on.
        shares: columns that are shown only where they rest on enough.
        counts: columns that are shown unless the group is hidden.
    """
    small = pl.when(hidden).then(pl.lit(HIDDEN)).when(pl.col(below) < SMALLEST).then(pl.lit(COUNTED))
    told = rows.with_columns(small=small.otherwise(pl.lit(SHOWN)))
    is_shown, is_counted = pl.col("small") == SHOWN, pl.col("small") != HIDDEN
    return told.with_columns(
        *(pl.when(is_shown).then(name).alias(name) for name in shares),
        *(pl.when(is_counted).then(name).alias(name) for name in counts),
    )


def cohorts(rows: pl.DataFrame, shares: Sequence[str], counts: Sequence[str]) -> pl.DataFrame:
    """Rows of cohorts and of all as they may be shown; with a cohort hidden, those of all lose their counts.

    Args:
        rows: rows with `cohort` and `customers`, several per cohort; `all` for those of all.
        shares: the columns of shares.
        counts: the columns of counts, `customers` among them.
    """
    is_all = pl.col("cohort") == ALL
    sizes = rows.filter(~is_all).group_by("cohort").agg(pl.col("customers").max())
    names = sizes.filter(few(sizes, "customers"))["cohort"]
    told = judged(rows, rows["cohort"].is_in(names.implode()), "customers", shares, counts)
    if names.is_empty():
        return told
    return told.with_columns(pl.when(~is_all).then(name).alias(name) for name in counts)


def flows(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `kpis.flows` as they may be shown, with `small`; the ways of one first channel add up."""
    back = pl.col("came_back")
    told = judged(
        rows,
        few(rows, "customers", ("first_channel",)) | (rows["came_back"] < FEWEST_PEOPLE),
        below="came_back",
        shares=("value", "low", "high", "median_days", "median_low", "median_high", "followed_back"),
        counts=("customers",),
    )
    medians = ("median_days", "median_low", "median_high", "followed_back")
    return told.with_columns(
        *(pl.when(pl.col("followed_back") >= FEWEST_OF_A_MEDIAN).then(name).alias(name) for name in medians),
        came_back=pl.when(back >= FEWEST_PEOPLE).then(back),
    )


def second_orders(rows: pl.DataFrame) -> pl.DataFrame:
    """The parts of all customers of `kpis.repurchase.second_orders` as they may be shown, with `small`."""
    every = rows.filter(pl.col("cohort") == ALL)
    hidden = few(every, "back_then") | (every["customers"] < FEWEST_PEOPLE)
    return judged(every, hidden, "customers", shares=("share_then",), counts=("back_then",))


def crossing(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `kpis.crossing` as they may be shown: means and shares only where they rest on enough."""
    line = ("comparison",)
    hidden = few(rows, "customers", line)
    means = ("orders_each", "orders_low", "orders_high", "revenue_each", "revenue_low", "revenue_high")
    told = judged(rows, hidden, "customers", shares=means, counts=("customers", "orders"))
    unsaid = hidden | few(rows, "followed", line)
    return judged(told, unsaid, "followed", shares=("value", "low", "high"), counts=("followed", "back"))


def answers(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """Rows of `kpis.answers` by one dimension as they may be shown; a line of few answers is hidden whole."""
    sizes = rows.group_by(by, maintain_order=True).agg(pl.col("all_answers").first())
    hidden = sizes.select(by, hidden=few(sizes, "all_answers"))
    marked = rows.join(hidden, on=by, how="left", nulls_equal=True, maintain_order="left")
    told = judged(marked, marked["hidden"], "all_answers", ("share",), ("answers", "all_answers"))
    return told.drop("hidden")
