"""The people counted at the doors of the demo's shops, day by day."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, DAYS, HOUR, START, WARM_UP, busyness
from connectors.demo.chance import Floats, stream
from connectors.demo.places import SHOPS
from connectors.demo.traffic import shaped, times

CONVERSION = 0.22
OPENS = 10 * HOUR


def door_counts(receipts: pl.DataFrame) -> pl.DataFrame:
    """One row per shop and day with the number of people who came in, buyers among them.

    Args:
        receipts: one row per till receipt: `shop` (place in `SHOPS`), `day`.

    Returns:
        The columns of `traffic.SCHEMA`, without a `visit_id`: a door counts, it does not tell people apart.
    """
    rng = stream("doors")
    place = receipts["shop"].to_numpy() * DAYS + receipts["day"].to_numpy()
    bought = np.bincount(place, minlength=len(SHOPS) * DAYS).reshape(len(SHOPS), DAYS)
    rhythm = busyness(offline=True)[WARM_UP:]
    only_look = rng.poisson(np.outer(bought.sum(axis=1) * (1 / CONVERSION - 1), rhythm / rhythm.sum()))
    opened: Floats = START + np.tile(np.arange(float(DAYS)), len(SHOPS)) * DAY + OPENS
    counts = pl.DataFrame(
        {
            "started_at": times(opened),
            "channel": ["door"] * len(opened),
            "visits": (bought + only_look).ravel(),
            "store_id": np.repeat([shop.door for shop in SHOPS], DAYS),
        }
    )
    return shaped(counts)
