"""Quantiles of durations from their histograms, with order-statistic intervals."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpis.intervals import Z95, ranks
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL

_RANKS = ("below", "above", "lower", "upper")
_POSITIONS = {"count": pl.Int64, "below": pl.Int64, "above": pl.Int64, "fraction": pl.Float64} | {
    "lower": pl.Int64,
    "upper": pl.Int64,
}


def quantiles(bins: pl.DataFrame, at: float, keys: Sequence[str], z: float = Z95) -> pl.DataFrame:
    """One row per combination of `keys`: count, quantile, lower and upper end in the bins' unit.

    A bin is stood for by the mean of what fell into it. The quantile is interpolated linearly between the
    two nearest order statistics (Hyndman & Fan 1996, type 7); an end is null where too few are known.
    """
    merged = bins.lazy().group_by(*keys, BIN).agg(pl.col(BIN_COUNT, BIN_TOTAL).sum()).sort(BIN)
    ordered = merged.with_columns(
        (pl.col(BIN_TOTAL) / pl.col(BIN_COUNT)).alias("mean"),
        pl.col(BIN_COUNT).cum_sum().over(keys).alias("reached"),
        pl.col(BIN_COUNT).sum().over(keys).alias("count"),
    ).collect()
    positions = _positions(ordered["count"].unique(), at, z)
    placed = ordered.lazy().join(positions.lazy(), on="count", maintain_order="left")
    found = placed.group_by([*keys, "count", "fraction"], maintain_order=True).agg(
        pl.col("mean").filter(pl.col("reached") >= pl.col(rank)).first().alias(rank) for rank in _RANKS
    )
    between = pl.col("below") + pl.col("fraction") * (pl.col("above") - pl.col("below"))
    return found.select(*keys, "count", between.alias("quantile"), "lower", "upper").collect()


def _positions(counts: pl.Series, at: float, z: float) -> pl.DataFrame:
    """Which order statistics stand around the quantile, for each number of observations."""
    rows = []
    for count in counts.to_list():
        place = (count - 1) * at
        below = int(place)
        lower, upper = ranks(count, at, z)
        rows.append((count, below + 1, min(below + 2, count), place - below, lower, upper))
    return pl.DataFrame(rows, schema=_POSITIONS, orient="row")
