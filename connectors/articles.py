"""Whether an article is the same online and offline: its price, whether it is on sale, its title."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connectors.title_hash import made_here

TOLERANCE = 0.005
PRICE_COUNTS = ("priced", "priced_apart", "same_price", "online_lower", "online_higher")
LISTING_COUNTS = (
    "listed_online", "listed_offline", "listed_both", "stocked_online", "stocked_offline", "stocked_both",
    "titled", "untitled", "same_title",
)  # fmt: skip
_BASIS = ("currency", "tax_included")


def price_states(prices: pl.LazyFrame, keys: Sequence[str]) -> pl.LazyFrame:
    """One row per article and whatever else is in `keys`: what it costs online and offline.

    Both prices are medians over channels, of one currency and one way to treat tax: that in which it has a
    price on both sides, else most prices. Columns: currency, tax_included, online_price and offline_price
    (in that currency; null without one), and the `PRICE_COUNTS`, 1 or 0: `priced_apart` has prices on both
    sides, none of which can be compared. A price counts as the same up to 0.5 % (Cavallo 2017, AER 107:283).

    Args:
        prices: the prices that hold, one row per article and channel, with `channel_kind`.
        keys: sku, and what else tells rows apart.
    """
    price = pl.col("sell_price_native").cast(pl.Float64)
    of_basis = prices.group_by(*keys, *_BASIS).agg(
        *(price.filter(pl.col("channel_kind") == kind).median().alias(f"{kind}_price") for kind in _KINDS),
        prices=pl.len(),
    )
    online, offline = pl.col("online_price"), pl.col("offline_price")
    is_whole = (online.is_not_null() & offline.is_not_null()).alias("is_whole")
    best = (pl.col("is_whole"), pl.col("prices"), *map(pl.col, _BASIS))
    chosen = pl.col(*_BASIS, "online_price", "offline_price").sort_by(
        *best, descending=[True, True, False, False], nulls_last=True
    )
    states = (
        of_basis.with_columns(is_whole)
        .group_by(keys)
        .agg(
            chosen.first(),
            priced=pl.col("is_whole").any(),
            on_both=online.is_not_null().any() & offline.is_not_null().any(),
        )
    )
    apart = (online.log() - offline.log()).abs()
    is_same = (online == offline) | (apart <= TOLERANCE).fill_null(value=False)
    priced = pl.col("priced")
    return states.with_columns(
        priced_apart=pl.col("on_both") & ~priced,
        same_price=priced & is_same,
        online_lower=priced & ~is_same & (online < offline),
        online_higher=priced & ~is_same & (online > offline),
    ).select(
        *keys, *_BASIS, "online_price", "offline_price",
        pl.col(PRICE_COUNTS).fill_null(value=False).cast(pl.Int64),
    )  # fmt: skip


def listing_states(listings: pl.LazyFrame, keys: Sequence[str]) -> pl.LazyFrame:
    """One row per article and whatever else is in `keys`: where it is on sale, and under how many titles.

    Columns: `LISTING_COUNTS`, 1 or 0. `titled` is on sale on both sides and titles of both can be compared,
    `untitled` is on sale on both and they cannot; of the former `same_title` has a single title everywhere.

    Args:
        listings: the listings that hold, one row per article and channel, with `channel_kind`.
        keys: sku, and what else tells rows apart.
    """
    kind, listed = pl.col("channel_kind"), pl.col("listed")
    title = pl.when(listed & kind.is_in(_KINDS)).then(pl.col("title_hash"))
    made = made_here(title)
    sides = {f"{{}}_{side}": kind == side for side in _KINDS}
    states = listings.group_by(keys).agg(
        *((listed & side).any().alias(name.format("listed")) for name, side in sides.items()),
        *(
            (listed & pl.col("in_stock") & side).fill_null(value=False).any().alias(name.format("stocked"))
            for name, side in sides.items()
        ),
        *(title.filter(side).count().alias(name.format("titles")) for name, side in sides.items()),
        titles=title.drop_nulls().n_unique(),
        comparable=(made.any() == made.all()),
    )
    both = pl.col("listed_online") & pl.col("listed_offline")
    told = (pl.col("titles_online") > 0) & (pl.col("titles_offline") > 0)
    titled = both & told & pl.col("comparable")
    return states.with_columns(
        listed_both=both,
        stocked_both=pl.col("stocked_online") & pl.col("stocked_offline"),
        titled=titled,
        untitled=both & ~titled,
        same_title=titled & (pl.col("titles") == 1),
    ).select(*keys, pl.col(LISTING_COUNTS).cast(pl.Int64))


def until(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Prices or listings with `until`, the first day on which they no longer hold; null while they do.

    A price holds to its last day, and each row until the article's next one in that channel.
    """
    place = ["sku", "channel"]
    following = pl.col("from_day").shift(-1).over(place, order_by="from_day")
    once = rows.unique([*place, "from_day"], keep="last", maintain_order=True)
    if "to_day" not in rows.collect_schema():
        return once.with_columns(until=following)
    return once.with_columns(until=pl.min_horizontal(following, pl.col("to_day") + pl.duration(days=1)))


_KINDS = ("online", "offline")
