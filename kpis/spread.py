"""How durations are spread: the histogram behind a quantile KPI in few bins, and its percentiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.text import Text
from kpis.catalogue import kpi_named
from kpis.distribution import Quantile
from kpis.errors import SliceError
from kpis.histograms import Histograms
from kpis.needs import missing
from kpis.periods import Bucket, Period
from kpis.quantiles import quantiles
from kpis.reading import Cut, read_bins
from kpis.shop import Shop
from kpis.slices import asked_period, check_slices, check_within
from kpis.sums import BIN_COUNT, BIN_TOTAL
from kpis.windows import spans_of, windows_of

PERCENTILES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
DRAWN_UP_TO = 0.99
MOST_BINS = 40
# Multiples of the stored bins' widths, so that none of these falls into two.
WIDTHS: Mapping[str, tuple[float, ...]] = {
    "ms": (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "seconds": (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400),
    "minutes": (1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440),
    "hours": (0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168),
}
_BINS = {"lower": pl.Float64, "upper": pl.Float64, "count": pl.Int64}
_PLACES = {"at": pl.Float64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in the unit of its KPI.

    Attributes:
        count: how many durations.
        bins: one row per bin in order, from 0: lower, upper (not included) and count.
        beyond: how many durations lie beyond the last bin, so that `count` is all bins and these.
        percentiles: one row per percentile: at (0.5 for the median), value, and the ends of its 95 %
            interval, null where too few are known.
    """

    count: int
    bins: pl.DataFrame
    beyond: int
    percentiles: pl.DataFrame

    def at(self, place: float) -> float | None:
        """A percentile; null where nothing is known."""
        found: float | None = dict(self.percentiles.select("at", "value").rows()).get(place)
        return found


def spread(
    shop: Shop,
    name: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
) -> Spread:
    """How the durations of a quantile KPI are spread; empty where nothing is known of any.

    Bins run to the 99th percentile, all equally wide, at most `MOST_BINS` of them; what is beyond is counted.
    Percentiles are interpolated as the KPI's own.

    Args:
        shop: the shop.
        name: a KPI that is a quantile, such as a median.
        start: first day, included; null for the first of the data.
        end: last day, included; null for the last of the data.
        where: per dimension the values to keep; the empty value stands for unknown.

    Raises:
        UnknownKpiError: there is no such KPI.
        SliceError: it is no quantile, or cannot be kept to a slice.
        PeriodError: the days hold no data.
    """
    kpi = kpi_named(name)
    if not isinstance(kpi, Quantile):
        raise SliceError(
            Text(
                f"{name} is a {kpi.kind}: only quantiles have a spread.",
                f"{name} 是 {kpi.kind} 类指标：只有分位数指标才有分布。",
            )
        )
    kept = dict(where or {})
    check_slices(shop, [kpi], (), kept)
    reach = shop.reach(kpi)
    check_within(reach, start, end)
    period = asked_period(reach, start, end)
    if period is None or missing(kpi, shop.manifest.delivered):
        return _nothing()
    dated = kpi.dated["of"]
    return _spread(read_bins(shop, {dated: kpi.of}, _cut(period, kept))[dated], kpi)


def _cut(period: Period, where: Mapping[str, Sequence[str]]) -> Cut:
    return Cut(spans_of(windows_of([Bucket(None, period)], (None, 0))), (), where)


def _spread(stored: Histograms, kpi: Quantile) -> Spread:
    """The spread of the one histogram there is, if there is any."""
    count = int(stored.counts.sum())
    if not count:
        return _nothing()
    each = [(at, quantiles(stored, at).row(0, named=True)) for at in PERCENTILES]
    rows = [
        (at, *(None if row[name] is None else row[name] / kpi.per for name in ("quantile", "lower", "upper")))
        for at, row in each
    ]
    percentiles = pl.DataFrame(rows, schema=_PLACES, orient="row")
    top = dict(percentiles.select("at", "value").rows())[DRAWN_UP_TO]
    width = _width(top, WIDTHS[kpi.unit])
    number = (pl.col(BIN_TOTAL) / pl.col(BIN_COUNT) / kpi.per / width).floor().cast(pl.Int64)
    last = int(top // width)
    counted = stored.frame.group_by(number.alias("number")).agg(pl.col(BIN_COUNT).sum())
    bins = (
        pl.DataFrame({"number": range(last + 1)}, schema={"number": pl.Int64})
        .join(counted, on="number", how="left", maintain_order="left")
        .select(
            lower=pl.col("number") * float(width),
            upper=(pl.col("number") + 1) * float(width),
            count=pl.col(BIN_COUNT).fill_null(0).cast(pl.Int64),
        )
    )
    return Spread(count, bins, count - int(bins["count"].sum()), percentiles)


def _width(top: float, known: Sequence[float]) -> float:
    """The narrowest of the widths with which few enough bins reach up to `top`; the widest where none does.

    >>> _width(110, WIDTHS["hours"]), _width(0.2, WIDTHS["hours"])
    (3, 0.25)
    """
    return next((width for width in known if top / width < MOST_BINS), known[-1])


def _nothing() -> Spread:
    return Spread(0, pl.DataFrame(schema=_BINS), 0, pl.DataFrame(schema=_PLACES))
