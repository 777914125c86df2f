"""Direct standardisation: the gap that is left where both arms have the same mix of categories or customers.

Each stratum's gap is weighted by the stratum's share of both arms together; only strata that both have can be
compared. Source: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, chapter 19. Adjust
only for what precedes the purchase.

Of 80 online orders of shoes 40 % come back and of 20 of bags 10 %; in shops 30 % of 20 and 10 % of 80. Over
all it is 34 % against 14 %, but with half of each in both arms only 5 points are left:

    >>> strata = pl.DataFrame({"web": [0.4, 0.1], "of_web": [80, 20]})
    >>> strata = strata.with_columns(till=pl.Series([0.3, 0.1]), of_till=pl.Series([20, 80]))
    >>> web = Arm(pl.col("web"), binomial(pl.col("web"), pl.col("of_web")), pl.col("of_web"))
    >>> till = Arm(pl.col("till"), binomial(pl.col("till"), pl.col("of_till")), pl.col("of_till"))
    >>> [round(figure, 4) for figure in strata.select(*adjusted_gap(web, till)).row(0)]
    [0.05, 0.0691, 1.0]
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

LEAST_COVERAGE = 0.9


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a comparison, as columns with one row per stratum.

    Attributes:
        rate: the stratum's figure; null where it has none.
        variance: the variance of that figure.
        volume: how much of the arm is in the stratum, its denominator; 0 where nothing is.
    """

    rate: pl.Expr
    variance: pl.Expr
    volume: pl.Expr


def binomial(rate: pl.Expr, number: pl.Expr) -> pl.Expr:
    """The variance of a share of `number` independent things; null where there are none."""
    return pl.when(number > 0).then(rate * (1 - rate) / number)


def standardised(rate: pl.Expr, variance: pl.Expr, weight: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The weighted mean of the strata's figures and its standard error; null where no stratum has weight.

    Args:
        rate: the strata's figures.
        variance: their variances.
        weight: how much each stands for, in any unit.
    """
    total = weight.sum()
    mean = (weight * rate).sum() / total
    error = (weight**2 * variance).sum().sqrt() / total
    return pl.when(total > 0).then(mean), pl.when(total > 0).then(error)


def adjusted_gap(first: Arm, second: Arm) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The first arm's figure minus the second's at the same mix, its standard error, and the coverage.

    Coverage is the share of both arms' volume in strata that both have: without 90 % of it there is no gap to
    tell, and it is null with its error. Without any volume the coverage is null.
    """
    is_in_both = (first.volume > 0) & (second.volume > 0)
    pooled = first.volume + second.volume
    weight = pl.when(is_in_both).then(pooled).otherwise(0).cast(pl.Float64)
    gap, error = standardised(first.rate - second.rate, first.variance + second.variance, weight)
    everything = pooled.sum()
    coverage = pl.when(everything > 0).then(weight.sum() / everything)
    is_enough = coverage >= LEAST_COVERAGE
    return (
        pl.when(is_enough).then(gap).alias("gap"),
        pl.when(is_enough).then(error).alias("error"),
        coverage.alias("coverage"),
    )
