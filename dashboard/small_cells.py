"""Small numbers: rates of few are not shown, groups of few people not even counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl

from kpis.catalogue import catalogue
from kpis.fewest import smallest, too_few
from kpis.former import CHANGES, COUNTED_BEFORE
from kpis.kpi import Kpi

FEWEST_PEOPLE = 10
RATES = ("value", "low", "high", *CHANGES)
COUNTS = ("numerator", "denominator", "excluded", "coverage")
SHOWN, COUNTED, HIDDEN = "shown", "counted", "hidden"


def counts_people(kpi: Kpi) -> bool:
    """Whether its denominator is a number of customers."""
    return any("customer_id" in measure.facts.primary_key() for measure in kpi.parts().values())


def smallness(kpi: Kpi, row: Mapping[str, Any]) -> str:
    """What of one result may be shown: all of it, its counts without the rate, or nothing.

    Args:
        kpi: the KPI.
        row: a result with its `denominator`.
    """
    below = row.get("denominator")
    if not below or not too_few(kpi, below):
        return SHOWN
    return HIDDEN if counts_people(kpi) and below < FEWEST_PEOPLE else COUNTED


def may_compare(kpi: Kpi, row: Mapping[str, Any]) -> bool:
    """Whether a result may be shown beside that of the days before: both are of enough."""
    return smallness(kpi, row) == SHOWN and not too_few(kpi, row.get(COUNTED_BEFORE))


def suppressed(results: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """Results as they may leave the house, with a column `small`: shown, counted or hidden.

    A figure of the days compared with goes, too, where it is of few, and how many those were in any case.
    With a group of under ten people the next smallest of its line is hidden, along every dimension in which
    it would be the only one: otherwise it were the total minus the others.

    Args:
        results: rows of an evaluation.
        dimensions: what they are split by, besides time.
    """
    results = _without_few_before(results)
    people = pl.col("kpi").is_in(_of_people())
    below = pl.col("denominator")
    few = below < _least()
    marked = results.with_columns(
        people=(people & (below > 0)).fill_null(value=False),
        hidden=(people & below.is_between(0, FEWEST_PEOPLE, closed="none")).fill_null(value=False),
        counted=(few & (below > 0)).fill_null(value=False),
    )
    return _emptied(_with_companions(marked, dimensions)).drop("people", "hidden", "counted")


def _without_few_before(results: pl.DataFrame) -> pl.DataFrame:
    """Without the figures and changes that rest on few in the days compared with."""
    if COUNTED_BEFORE not in results.columns:
        return results
    few = pl.col(COUNTED_BEFORE).is_between(0, _least(), closed="none").fill_null(value=False)
    return results.with_columns(pl.when(~few).then(name).alias(name) for name in CHANGES).drop(COUNTED_BEFORE)


def _least() -> pl.Expr:
    """The fewest that a row's figure is shown of; null for a count."""
    return pl.col("kpi").replace_strict(_fewest(), default=None, return_dtype=pl.Int64)


@cache
def _of_people() -> list[str]:
    """The KPIs that count customers."""
    return [name for name, kpi in catalogue().items() if counts_people(kpi)]


@cache
def _fewest() -> dict[str, int]:
    """Per KPI with a denominator the fewest that a figure is shown of."""
    return {name: smallest(kpi) for name, kpi in catalogue().items() if kpi.unit != "count"}


def _with_companions(marked: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """Hide what would reveal a hidden group by subtraction, until nothing would."""
    while True:
        before = marked["hidden"].sum()
        for dimension in dimensions:
            line = ["kpi", "from", "to", *(name for name in dimensions if name != dimension)]
            alone = pl.col("hidden").sum().over(line) == 1
            candidate = pl.when(pl.col("people") & ~pl.col("hidden")).then("denominator")
            next_smallest = (candidate.rank("ordinal").over(line) == 1).fill_null(value=False)
            marked = marked.with_columns(hidden=pl.col("hidden") | (alone & next_smallest))
        if marked["hidden"].sum() == before:
            return marked


def _emptied(marked: pl.DataFrame) -> pl.DataFrame:
    small = pl.when("hidden").then(pl.lit(HIDDEN)).when("counted").then(pl.lit(COUNTED))
    judged = marked.with_columns(small=small.otherwise(pl.lit(SHOWN)))
    is_shown, is_counted = pl.col("small") == SHOWN, pl.col("small") != HIDDEN
    return judged.with_columns(
        *(pl.when(is_shown).then(name).alias(name) for name in RATES if name in marked.columns),
        *(pl.when(is_counted).then(name).alias(name) for name in COUNTS),
        pl.when(is_shown).then("status").otherwise(pl.lit("none")).alias("status"),
    )
