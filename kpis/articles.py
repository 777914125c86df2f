"""Articles on one day: what each costs, where it is on sale and under which titles, online and offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl

from connectors.articles import LISTING_COUNTS, PRICE_COUNTS, listing_states, price_states, until
from connectors.errors import unknown
from connectors.facts import FACTS
from connectors.tables import TABLES
from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.errors import SliceError
from kpis.intervals import Z90, wilson
from kpis.keeping import is_one_of
from kpis.kpi import Kpi
from kpis.needs import missing, missing_kind
from kpis.periods import Period, spanned
from kpis.shop import Shop

Where = Mapping[str, Sequence[str]]
COUNTS = (*PRICE_COUNTS, *LISTING_COUNTS)
SLICES = ("category", "channel")
KINDS = ("online", "offline")


def article_figures(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """One row per KPI whose value says how far online and offline are the same, in the catalogue's order.

    As of the period's last day with data, without what the settings call an intended difference. Columns:
    kpi, numerator, denominator, value (null where nothing can be compared), low and high (Wilson, 95 %; an
    article is one answer), low90 and high90, excluded (articles that cannot be compared, and those that are
    meant to differ), coverage (compared, of all of these). All figures are null where no connection delivers
    what a KPI needs, or the shop lacks a kind of channel.

    Args:
        shop: the shop.
        period: the days asked for.
        where: the categories to keep; the channels of a kind to keep, where not all of them.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    day = last_day(shop, period)
    every, meant = states(shop, day, where), shop.business.meant_to_differ
    kept = states(shop, day, where, without=meant.get("channel", ())).filter(~is_intended(meant))
    agreeing = [kpi for kpi in catalogue().values() if kpi.agreement]
    rows = [_sums(shop, kpi, kept, every) for kpi in agreeing]
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    everything = denominator + pl.col("excluded")
    ends = {"low": 0, "high": 1}
    wide, narrow = wilson(numerator, denominator), wilson(numerator, denominator, Z90)
    return pl.DataFrame(rows, _SUMS, orient="row").select(
        "kpi",
        numerator,
        denominator,
        pl.when(denominator > 0).then(numerator / denominator).alias("value"),
        *(wide[end].alias(name) for name, end in ends.items()),
        *(narrow[end].alias(f"{name}90") for name, end in ends.items()),
        "excluded",
        pl.when(everything > 0).then(denominator / everything).alias("coverage"),
    )


def states(shop: Shop, day: dt.date | None, where: Where, without: Sequence[str] = ()) -> pl.DataFrame:
    """One row per article with a price or listing on a day, sorted by sku.

    Columns: sku, title, category, currency and tax_included of both prices, online_price, offline_price
    (medians over channels; null without one), and the counts of `connectors.articles`, 1 or 0.

    Args:
        shop: the shop.
        day: the day; null for a shop without any.
        where: as for `article_figures`.
        without: channels that are left out.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    check_where(where)
    priced = price_states(holding(shop, "prices", day, where, without), ["sku"])
    listed = listing_states(holding(shop, "listings", day, where, without), ["sku"])
    both = priced.join(listed, on="sku", how="full", coalesce=True).join(
        _products(shop), on="sku", how="left"
    )
    kept = [is_one_of(pl.col("category"), where["category"])] if "category" in where else []
    told = both.filter(*kept).with_columns(pl.col(COUNTS).fill_null(0)).sort("sku")
    about = ("sku", "title", "category", "currency", "tax_included", "online_price", "offline_price")
    return told.select(*about, *COUNTS).collect(engine="streaming")


def holding(
    shop: Shop, table: str, day: dt.date | None, where: Where, without: Sequence[str] = ()
) -> pl.LazyFrame:
    """The prices or listings that hold on a day, one row per article and channel, with `channel_kind`."""
    kind = pl.col("channel").replace_strict(_kinds(shop), default="unknown", return_dtype=pl.String)
    rows = rows_of(shop, table).with_columns(channel_kind=kind)
    held = until(rows.filter(*of_compared(shop, where), ~pl.col("channel").is_in(without)))
    on_day = pl.lit(day, pl.Date)
    return held.filter(pl.col("from_day") <= on_day, pl.col("until").is_null() | (pl.col("until") > on_day))


def of_compared(shop: Shop, where: Where) -> list[pl.Expr]:
    """Which rows are of channels that are compared: those named, and all of a kind of which none is."""
    named = where.get("channel", ())
    kinds = {_kinds(shop).get(name) for name in named}
    others = [kind for kind in KINDS if kind not in kinds]
    return [pl.col("channel").is_in(named) | pl.col("channel_kind").is_in(others)] if named else []


def rows_of(shop: Shop, table: str) -> pl.LazyFrame:
    """The rows of a canonical or derived table; none where nothing delivers it."""
    if shop.tables.has(table):
        return shop.tables.scan(table)
    schema = {**TABLES, **FACTS}[table]
    empty = pl.LazyFrame(schema={name: column.dtype for name, column in schema.columns().items()})
    return empty.with_columns(pl.lit(None, pl.Decimal(18, 4)).alias("sell_price_native"))


def last_day(shop: Shop, period: Period) -> dt.date | None:
    """The last day of a period of which something is told; null for a shop without any."""
    reach = article_reach(shop)
    return min(period.end, reach.end) if reach else None


def article_reach(shop: Shop) -> Period | None:
    """The days of which something is told of articles; null without any."""
    return spanned([shop.reach(kpi) for kpi in catalogue().values() if kpi.agreement])


def is_intended(meant: Mapping[str, Sequence[str]]) -> pl.Expr:
    """Whether an article is one that is meant to differ, by its category or itself."""
    named = [pl.col(name).is_in(meant.get(name, ())).fill_null(value=False) for name in ("category", "sku")]
    return named[0] | named[1]


def check_where(where: Where) -> None:
    """Refuse dimensions that articles do not have.

    Raises:
        SliceError: there is one.
    """
    for name in where:
        if name not in SLICES:
            raise unknown(Text("dimension of articles", "商品维度"), name, SLICES, SliceError)


_SUMS = {
    "kpi": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "excluded": pl.Int64,
}


def _sums(shop: Shop, kpi: Kpi, kept: pl.DataFrame, every: pl.DataFrame) -> tuple[object, ...]:
    if missing(kpi, shop.manifest.delivered) or missing_kind(kpi, shop.manifest.channels):
        return kpi.id, None, None, None
    sums, all_sums = (
        {
            part: frame.lazy().pipe(nw.from_native).select(measure.row.sum()).to_native().collect().item()
            for part, measure in kpi.measures.items()
        }
        for frame in (kept, every)
    )
    compared = sums["denominator"]
    left_out = sum(number for part, number in all_sums.items() if part.startswith("excluded"))
    meant = max(all_sums["denominator"] - compared, 0)
    return kpi.id, sums["numerator"], compared, left_out + meant


def _kinds(shop: Shop) -> dict[str, str]:
    return {channel.id: channel.kind for channel in shop.manifest.channels}


def _products(shop: Shop) -> pl.LazyFrame:
    """One row per article: the last title and category that any connection gives."""
    last = pl.col("title", "category").drop_nulls().last()
    return rows_of(shop, "products").group_by("sku").agg(last)
