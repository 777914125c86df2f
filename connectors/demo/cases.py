"""The demo's customers' questions, complaints, disputes and chargebacks about their orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, column, known
from connectors.demo.chance import happens, places, stream, words


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case.

    Attributes:
        name: what the shop calls it.
        share: share of the orders it can be about that it is opened for.
        about: the orders it can be about.
        late: factor for orders that are late.
        damaged: factor for orders that arrived damaged.
        since: the column of the moment it follows.
        days: within how many days after that it is opened, at least and at most.
        closed_days: mean number of days until it is closed.
        escalated: share in which the platform is called in.
        liable: share decided against the seller.
    """

    name: str
    share: float
    about: pl.Expr
    late: float
    damaged: float
    since: str
    days: tuple[float, float]
    closed_days: float
    escalated: float = 0.0
    liable: float = 0.0


ANY, SHIPPED = pl.lit(value=True), pl.col("fulfilment") == "ship"
DISPUTABLE = (pl.col("channel") == "mall") | pl.col("late") | pl.col("damaged")
KINDS = (
    Kind("question", 0.012, ANY, 1, 1, "placed_at", (0.1, 6), 0.6),
    Kind("complaint", 0.006, ANY, 6, 30, "had_at", (0.1, 8), 2.5, escalated=0.05),
    Kind("where_is_my_order", 0.012, SHIPPED, 18, 1, "placed_at", (1, 5), 0.8),
    Kind("dispute", 0.0025, DISPUTABLE, 5, 20, "had_at", (3, 22), 7, escalated=0.6, liable=0.45),
    Kind("chargeback", 0.004, pl.col("payment_method") == "Card", 1, 2, "had_at", (12, 50), 20, 1.0, 0.55),
)


def cases(orders: pl.DataFrame) -> pl.DataFrame:
    """Open and close cases.

    Args:
        orders: one row per order the customer has or waits for: `order_id`, `channel`, `fulfilment`,
            `payment_method`, `placed_at`, `had_at`, `late`, `damaged`.

    Returns:
        One row per case opened by the last day: `id`, `order_id`, `channel`, `kind`, `opened_at`,
        `closed_at`, `escalated`, `seller_liable` (null while open).
    """
    opened = pl.concat([_opened(orders, place) for place in range(len(KINDS))])
    opened = opened.sort("opened_at", "order_id", "kind")
    rng, count = stream("case ends"), opened.height
    kind = places(opened["kind"])
    days = np.asarray([each.closed_days for each in KINDS])[kind] * rng.gamma(1.5, 1 / 1.5, count)
    closed = known(opened["opened_at"].to_numpy() + days * DAY)
    escalated = happens(rng, np.asarray([each.escalated for each in KINDS])[kind], count)
    liable = happens(rng, np.asarray([each.liable for each in KINDS])[kind], count)
    return opened.with_row_index("id", offset=1).with_columns(
        column(closed).alias("closed_at"),
        pl.Series("escalated", escalated),
        pl.Series("seller_liable", liable).set(pl.Series(np.isnan(closed)), None),
    )


def _opened(orders: pl.DataFrame, place: int) -> pl.DataFrame:
    """The cases of one kind."""
    kind = KINDS[place]
    rng, count = stream(f"cases: {kind.name}"), orders.height
    late = pl.when("late").then(kind.late).otherwise(1.0)
    damaged = pl.when("damaged").then(kind.damaged).otherwise(1.0)
    share = orders.select(pl.when(kind.about).then(kind.share * late * damaged).otherwise(0.0)).to_series()
    opened = orders[kind.since].to_numpy() + rng.uniform(*kind.days, count) * DAY
    opened = known(np.where(happens(rng, share.to_numpy(), count), opened, np.nan))
    drawn = orders.select("order_id", "channel").with_columns(
        words([each.name for each in KINDS], np.full(count, place)).alias("kind"),
        column(opened).alias("opened_at"),
    )
    return drawn.filter(pl.col("opened_at").is_not_null())
