"""The backlog of refunds: those that customers still wait for on the last day, by how long they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

from connectors.facts import RefundFacts
from kpis.catalogue import kpi_named
from kpis.keeping import is_one_of
from kpis.measure import col, count
from kpis.needs import missing
from kpis.periods import DAY, Bucket, Period
from kpis.reading import Cut, read_sums
from kpis.shop import Shop
from kpis.slices import check_slices
from kpis.sums import Dated
from kpis.windows import spans_of, windows_of

AGES = (0, 3, 8, 15, 31)
_SCHEMA = {"from_days": pl.Int64, "to_days": pl.Int64, "count": pl.Int64}
_REFUNDS = "refund_hours"
_pending = count(RefundFacts, when=col("status") == "pending")


def backlog(shop: Shop, where: Mapping[str, Sequence[str]] | None = None) -> pl.DataFrame | None:
    """One row per age: from_days, to_days (null: or older) and count of refunds pending on the last day.

    The age is in calendar days from the request to the data's last day. A last row, in which both are null,
    counts those of which nobody knows when they were asked for. Null where no connection delivers refunds, or
    there is no data.

    Args:
        shop: the shop.
        where: per dimension the values to keep; the empty value stands for unknown.

    Raises:
        SliceError: refunds carry no such dimension, or no row has a value.
    """
    kpi, kept = kpi_named(_REFUNDS), dict(where or {})
    check_slices(shop, [kpi], (), kept)
    last, reach = shop.last_day, shop.reach(kpi)
    if last is None or reach is None or missing(kpi, shop.manifest.delivered):
        return None
    oldest = min(reach.start, last - AGES[-1] * DAY)
    youngest = max(reach.end, last)
    ends = [*(last - younger * DAY for younger in AGES), oldest - DAY]
    spans = [Period(older + DAY, end) for end, older in pairwise(ends)]
    # What is asked for after the last order has waited no day yet.
    spans[0] = Period(spans[0].start, youngest)
    windows = windows_of([Bucket(None, span) for span in spans], (None, 0))
    dated = Dated(_pending, kpi.dated_by)
    told = read_sums(shop, [dated], Cut(spans_of(windows), (), kept), windows["window"])
    counts = pl.Series(told.of(dated.key)).fill_nan(0).cast(pl.Int64).to_list()
    rows = [
        *((low, high, number) for (low, high), number in zip(_bounds(), counts, strict=True)),
        (None, None, _undated(shop, kept)),
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _bounds() -> list[tuple[int, int | None]]:
    """The first and last age of each row.

    >>> _bounds()
    [(0, 2), (3, 7), (8, 14), (15, 30), (31, None)]
    """
    return [*((low, after - 1) for low, after in pairwise(AGES)), (AGES[-1], None)]


def _undated(shop: Shop, where: Mapping[str, Sequence[str]]) -> int:
    kept = [is_one_of(col(name), values) for name, values in where.items()]
    rows = shop.rows("refund_facts").filter(col("status") == "pending", col("requested_day").is_null(), *kept)
    counted: pl.LazyFrame = rows.select("refund_id").to_native()
    return int(counted.select(pl.len()).collect(engine="streaming").item())
