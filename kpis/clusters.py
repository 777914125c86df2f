"""Design effects: how much less many orders of a customer, or parcels of an order, tell than as many apart.

The variance of a ratio over clusters stands over the variance that its interval would have if all rows were
independent. Both are linearised (`ratio_error`); of a share of single rows the latter is the binomial one,
r (1 - r) / (n - 1). Sources: Kish 1965, Survey Sampling, section 8.2; Cochran 1977, Sampling Techniques, 9A;
counts divided by the effect go into an interval as if they were independent, Rao & Scott 1992, Biometrics
48:577-585.

Two customers ordered four times each; all of the first's orders were on time, none of the second's. What
looked like eight answers is little more than one:

    >>> on_time = [1, 1, 1, 1, 0, 0, 0, 0]
    >>> orders = pl.DataFrame({"customer": [*"aaaabbbb"], "on_time": on_time, "due": [1] * 8})
    >>> customers = orders.group_by("customer").sum()
    >>> of_both = (frame.select(moments("on_time", "due")).row(0) for frame in (orders, customers))
    >>> effect = design_effect(*([pl.lit(sum) for sum in sums] for sums in of_both))
    >>> round(pl.select(effect).item(), 4)
    7.0
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Self

import narwhals as nw
import polars as pl

from connectors.facts import FACTS
from kpis.intervals import ratio_error
from kpis.kpi import Kpi
from kpis.of_sums import Mean, Ratio
from kpis.sums import Dated

RECENT_DAYS = 90
FEWEST_CLUSTERS = 30
# Some of very many clusters tell as much as all; building rollups must not wait for more.
ENOUGH_ROWS = 200_000
COLUMNS = {"order": "order_id", "customer": "customer_id"}
SCOPED = ("channel_kind", "channel")
MOMENTS = ("y", "x", "yy", "xy", "xx", "number")
SCHEMA = {
    "share": pl.String,
    "channel_kind": pl.String,
    "channel": pl.String,
    "clusters": pl.Int64,
    "effect": pl.Float64,
}
_LONE = "without a cluster"
_OF_CLUSTERS = " of clusters"


@dataclass(frozen=True)
class Clustered:
    """A ratio whose rows are alike within clusters.

    Attributes:
        numerator: what is summed above the line.
        denominator: what is summed below, over the same rows by the same day.
        column: the column that says which rows are alike.
    """

    numerator: Dated
    denominator: Dated
    column: str

    @classmethod
    def of(cls, kpi: Kpi) -> Self | None:
        """How a KPI is clustered; null where its rows are independent, or are the clusters themselves."""
        if not isinstance(kpi, Ratio | Mean) or kpi.cluster == "independent" or kpi.needs_period:
            return None
        column = COLUMNS[kpi.cluster]
        return cls.of_sides(kpi.dated["numerator"], kpi.dated["denominator"], column)

    @classmethod
    @cache
    def of_sides(cls, above: Dated, below: Dated, column: str) -> Self | None:
        """How the sides of a ratio are clustered; null where they are of several tables, or the clusters."""
        is_of_one_table = (above.table, above.day) == (below.table, below.day)
        are_rows = FACTS[below.table].primary_key() == [column]
        return cls(above, below, column) if is_of_one_table and not are_rows else None

    @cached_property
    def key(self) -> str:
        """A short name: the same in every process, another for other measures or clusters."""
        named = f"{self.numerator.key} of {self.denominator.key} within {self.column}"
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    @property
    def source(self) -> tuple[str, str, str]:
        """What has to be read: the derived table, the day column and the column of clusters."""
        return self.denominator.table, self.denominator.day, self.column


def design_effects(
    scan: Callable[[str], pl.LazyFrame], shares: Iterable[Clustered], last_day: dt.date | None
) -> pl.DataFrame:
    """One row per ratio and channel, kind of channel (channel null) and all together (both null).

    From the rows of the last 90 days of data; of more than 200,000, from those of some clusters drawn by
    their names. Scopes with fewer than 30 clusters have no row, none is below 1, and where everything or
    nothing counts it is 1. Rows without a cluster, such as anonymous orders, are each a cluster of their own.

    Args:
        scan: the rows of a derived table by its name.
        shares: which ratios.
        last_day: the data's last day; null without data, then there is no row.
    """
    ordered = sorted(shares, key=lambda share: (*share.source, share.key))
    found = [pl.DataFrame(schema=SCHEMA)]
    for source, group in groupby(ordered, key=lambda share: share.source):
        if last_day is not None:
            found += _of_table(scan(source[0]), list(group), last_day)
    return pl.concat(found)


def moments(numerator: str, denominator: str) -> list[pl.Expr]:
    """The sums, sums of squares and number of those rows (or clusters) that have a denominator."""
    y, x = pl.col(numerator), pl.col(denominator)
    sums = (y.sum(), x.sum(), (y * y).sum(), (x * y).sum(), (x * x).sum(), (x != 0).sum())
    return [column.cast(pl.Float64).alias(name) for name, column in zip(MOMENTS, sums, strict=True)]


def design_effect(of_rows: Sequence[pl.Expr], of_clusters: Sequence[pl.Expr]) -> pl.Expr:
    """The variance over clusters by that over rows, at least 1, from the `moments` of both.

    1 where rows do not vary; null under two clusters.
    """
    plain, clustered = _error(of_rows), _error(of_clusters)
    effect = pl.when(plain > 0).then((clustered / plain) ** 2).otherwise(1.0)
    return pl.when(clustered.is_not_null()).then(effect.clip(1))


def _error(of: Sequence[pl.Expr]) -> pl.Expr:
    y, x, yy, xy, xx, number = of
    return ratio_error(y, x, (yy, xy, xx), number)


def _of_table(rows: pl.LazyFrame, shares: Sequence[Clustered], last_day: dt.date) -> list[pl.DataFrame]:
    """The effects of ratios that read one table by one day and are clustered alike."""
    table, day, column = shares[0].source
    first_day = last_day - dt.timedelta(days=RECENT_DAYS - 1)
    own = FACTS[table].primary_key()
    alone = pl.when(pl.col(column).is_null()).then(pl.concat_str(own)) if own else pl.lit(None, pl.String)
    recent = rows.filter(pl.col(day).is_between(first_day, last_day)).with_columns(alone.alias(_LONE))
    parts = recent.select(pl.len()).collect(engine="streaming").item() // ENOUGH_ROWS + 1
    drawn = recent.filter(pl.coalesce(column, _LONE).hash() % parts == 0) if parts > 1 else recent
    sides = {dated.key: dated for share in shares for dated in (share.numerator, share.denominator)}
    amounts = {key: dated.measure.row.cast(nw.Float64()) for key, dated in sides.items()}
    told: pl.LazyFrame = nw.from_native(drawn).select(*SCOPED, column, _LONE, **amounts).to_native()
    frames = []
    for names in ((), SCOPED[:1], SCOPED):
        scoped = _scoped(told, names)
        clusters = scoped.group_by(*SCOPED, column, _LONE).agg(pl.col(list(sides)).sum())
        frames.append(
            _all_moments(scoped, shares).join(
                _all_moments(clusters, shares), on=SCOPED, nulls_equal=True, suffix=_OF_CLUSTERS
            )
        )
    summed = pl.concat(pl.collect_all(frames, engine="streaming"))
    return [_effects(summed, share.key) for share in shares]


def _scoped(rows: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    """Rows of which all of `names` are known; what else tells places apart is null."""
    known = rows.drop_nulls(names) if names else rows
    return known.with_columns(pl.lit(None, pl.String).alias(name) for name in SCOPED if name not in names)


def _all_moments(rows: pl.LazyFrame, shares: Sequence[Clustered]) -> pl.LazyFrame:
    return rows.group_by(SCOPED).agg(
        column.name.prefix(f"{share.key} ")
        for share in shares
        for column in moments(share.numerator.key, share.denominator.key)
    )


def _effects(summed: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows of one ratio: where there are clusters enough."""
    of_rows = [pl.col(f"{key} {name}") for name in MOMENTS]
    of_clusters = [pl.col(f"{key} {name}{_OF_CLUSTERS}") for name in MOMENTS]
    told = summed.select(
        pl.lit(key).alias("share"),
        *SCOPED,
        of_clusters[-1].cast(pl.Int64).alias("clusters"),
        design_effect(of_rows, of_clusters).alias("effect"),
    )
    return told.filter(pl.col("clusters") >= FEWEST_CLUSTERS)
