"""How answers to the question of recommending are spread from 0 to 10, whole or by one dimension.

Promoters give 9 or 10, detractors 6 or less, and passives what lies between. An answer between two whole
numbers counts with the one of its own group: 6.5 with 7, 8.5 with 8.

    >>> pl.DataFrame({"score": [6.0, 6.5, 8.5, 9.5]}).select(bin_of(pl.col("score")))["score"].to_list()
    [6, 7, 8, 9]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.errors import unknown
from connectors.facts import SurveyFacts, dimensions_of
from connectors.text import Text
from kpis.errors import SliceError
from kpis.keeping import is_one_of
from kpis.shop import Shop
from kpis.slices import check_values

SCORES = tuple(range(11))
DETRACTOR, PASSIVE, PROMOTER = "detractor", "passive", "promoter"
HIGHEST_DETRACTOR, LOWEST_PROMOTER = 6, 9
COLUMNS = {
    "score": "0 to 10",
    "group": "detractor (to 6), passive or promoter (from 9)",
    "answers": "answers with this score",
    "all_answers": "answers of the slice",
    "share": "answers / all_answers",
}


def bin_of(score: pl.Expr) -> pl.Expr:
    """The whole number that an answer counts with, which lies in the same group."""
    below = score.ceil().clip(upper_bound=LOWEST_PROMOTER - 1)
    return pl.when(score >= LOWEST_PROMOTER).then(score.floor()).otherwise(below).cast(pl.Int64)


def group_of(score: pl.Expr) -> pl.Expr:
    """Detractor, passive or promoter."""
    return (
        pl.when(score >= LOWEST_PROMOTER)
        .then(pl.lit(PROMOTER))
        .when(score <= HIGHEST_DETRACTOR)
        .then(pl.lit(DETRACTOR))
        .otherwise(pl.lit(PASSIVE))
    )


def answers(
    shop: Shop,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    by: str | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
) -> pl.DataFrame:
    """One row per value of `by` with answers and each of the eleven scores: `by` and `COLUMNS`.

    Answers on another scale are left out. They are dated by the day of the answer (business zone). Without
    answers there is no row; without `by` there are eleven or none.

    Args:
        shop: the shop.
        start: first day of answers, included; null for all.
        end: last day, included; null for all.
        by: a dimension of answers, or null.
        where: per dimension the values to keep; the empty value stands for unknown.

    Raises:
        SliceError: there is no such dimension, or no row has a value.
    """
    check_dimensions(shop, [by] if by else [], where or {})
    split = [by] if by else []
    counted = (
        scored(shop, start, end, where or {})
        .group_by(*split, score=bin_of(pl.col("score")))
        .agg(answers=pl.len().cast(pl.Int64))
        .collect(engine="streaming")
    )
    slices = counted.group_by(split).agg(all_answers=pl.col("answers").sum()) if by else _whole(counted)
    scores = pl.DataFrame({"score": SCORES}, {"score": pl.Int64})
    return (
        slices.join(scores, how="cross")
        .join(counted, on=[*split, "score"], how="left", nulls_equal=True)
        .with_columns(pl.col("answers").fill_null(0), group=group_of(pl.col("score")))
        .with_columns(share=pl.col("answers") / pl.col("all_answers"))
        .select(*split, *COLUMNS)
        .sort(*split, "score", nulls_last=True)
    )


def scored(
    shop: Shop, start: dt.date | None, end: dt.date | None, where: Mapping[str, Sequence[str]]
) -> pl.LazyFrame:
    """The answers to the question of recommending, on its own scale, of these days and slice."""
    rows: pl.LazyFrame = shop.rows("survey_facts").to_native()
    days = pl.col("answered_day")
    return rows.filter(
        pl.col("kind") == "nps",
        pl.col("score").is_not_null(),
        *([days >= start] if start else []),
        *([days <= end] if end else []),
        *[is_one_of(pl.col(name), values) for name, values in where.items()],
    )


def check_dimensions(shop: Shop, by: Sequence[str], where: Mapping[str, Sequence[str]]) -> None:
    """Refuse dimensions that answers do not have and values that no row has.

    Raises:
        SliceError: one of these.
    """
    known = dimensions_of(SurveyFacts)
    for name in (*by, *where):
        if name not in known:
            raise unknown(Text("dimension of answers", "问卷回答维度"), name, known, SliceError)
    for name, values in where.items():
        check_values(name, values, shop.dimension_values(name))


def _whole(counted: pl.DataFrame) -> pl.DataFrame:
    return counted.select(all_answers=pl.col("answers").sum()).filter(pl.col("all_answers") > 0)
