"""What the marketplace punishes the demo's retailer for: late parcels, lost disputes, wrong descriptions."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, DAYS, START, column, known
from connectors.demo.chance import happens, stream
from connectors.demo.places import CHANNELS, MALL

LATE_SHARE, LATE_FINE_FEN = 0.12, 500
LOST_SHARE, LOST_POINTS, LOST_FINE_FEN = 0.75, 2, 3_000
CHECKED_SHARE, CHECKED_POINTS = 0.012, 3


def penalties(orders: pl.DataFrame, opened: pl.DataFrame) -> pl.DataFrame:
    """Punish what the marketplace finds out.

    Args:
        orders: one row per order the customer has or waits for: `channel`, `promised_at`, `late`.
        opened: the cases (see `cases.cases`).

    Returns:
        One row per penalty given by the last day: `id`, `channel`, `given_at`, `points` (null where it costs
        none), `fine_fen` (null where it costs no money), `cause`.
    """
    here = pl.col("channel") == CHANNELS[MALL]
    late = orders.filter(here & pl.col("late"))["promised_at"]
    lost = opened.filter(here & (pl.col("kind") == "dispute") & pl.col("seller_liable"))["closed_at"]
    checks = pl.Series(START + DAY * np.arange(DAYS, dtype=np.float64))
    given = pl.concat(
        [
            _given("late_delivery", late, LATE_SHARE, None, LATE_FINE_FEN),
            _given("dispute_lost", lost, LOST_SHARE, LOST_POINTS, LOST_FINE_FEN),
            _given("wrong_description", checks, CHECKED_SHARE, CHECKED_POINTS, None),
        ]
    )
    return given.sort("given_at", "cause").with_row_index("id", offset=1)


def _given(cause: str, since: pl.Series, share: float, points: int | None, fine: int | None) -> pl.DataFrame:
    """The penalties of one cause, one to three days after what they are for."""
    rng = stream(f"penalties: {cause}")
    days, found = rng.uniform(1, 3, len(since)), happens(rng, share, len(since))
    given = known(np.where(found, since.cast(pl.Float64).to_numpy() + days * DAY, np.nan))
    return (
        pl.DataFrame({"given_at": column(given)})
        .drop_nulls()
        .with_columns(
            channel=pl.lit(CHANNELS[MALL]),
            points=pl.lit(points, dtype=pl.Int64),
            fine_fen=pl.lit(fine, dtype=pl.Int64),
            cause=pl.lit(cause),
        )
    )
