"""What the demo's customers ask customer service, before they order and after."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, HOUR, START, column, hour_of, in_hours, known
from connectors.demo.chance import Floats, Whole, happens, pick, pick_by, places, stream, words
from connectors.demo.places import CHANNELS, STORE

MEDIA = ("chat", "phone", "email", "counter")
ONLINE_MEDIA, STORE_MEDIA = (82, 12, 6, 0), (0, 40, 0, 60)
SLOWER_BY_MEDIUM = (1.0, 1.0, 60.0, 1.0)
OPENS, CLOSES = 9.0, 22.0
BEFORE_SHARES = (0.07, 0.06, 0.05, 0.11, 0.0)
AFTER_SHARES, LATE_SHARE = (0.10, 0.10, 0.09, 0.13, 0.004), 0.30
REPLY_SECONDS, REPLY_SPREAD, UNANSWERED_SHARE = 44.0, 0.95, 0.025
SOLVED_SHARE, REOPENED_SHARE = 0.90, 0.07
RATED_SHARE, RATING_WEIGHTS = 0.32, (3, 4, 9, 29, 55)


def conversations(orders: pl.DataFrame) -> pl.DataFrame:
    """Rounds of customer service.

    Args:
        orders: one row per order the customer has or waits for: `channel`, `placed_at`, `late`.

    Returns:
        One row per round: `id`, `channel`, `medium`, `asked_at`, `first_reply_at`, `solved_at`, `reopened`,
        `rating`, `in_service_hours`.
    """
    rng, count = stream("conversations"), orders.height
    channel, placed = places(orders["channel"]), orders["placed_at"].to_numpy()
    share = np.where(orders["late"].to_numpy(), LATE_SHARE, np.asarray(AFTER_SHARES)[channel])
    after = np.where(happens(rng, share, count), placed + rng.uniform(0.02, 5, count) * DAY, np.nan)
    asks_first = happens(rng, np.asarray(BEFORE_SHARES)[channel], count)
    before = np.where(asks_first, placed - rng.uniform(0.005, 0.8, count) * DAY, np.nan)
    asked = known(np.append(after, np.where(before >= START, before, np.nan)))
    in_time = np.argsort(asked, kind="stable")[: np.count_nonzero(~np.isnan(asked))]
    return _answered(asked[in_time], np.append(channel, channel)[in_time])


def _answered(asked: Floats, channel: Whole) -> pl.DataFrame:
    rng, count = stream("replies"), len(asked)
    medium = pick_by(rng, (ONLINE_MEDIA, STORE_MEDIA), np.asarray(channel == STORE, dtype=np.int64))
    seconds = REPLY_SECONDS * np.exp(REPLY_SPREAD * rng.standard_normal(count))
    reply = in_hours(rng, asked, OPENS, CLOSES) + seconds * np.asarray(SLOWER_BY_MEDIUM)[medium]
    reply = known(np.where(happens(rng, UNANSWERED_SHARE, count), np.nan, reply))
    solved = reply + rng.gamma(1.2, 1.6, count) * HOUR
    solved = known(np.where(happens(rng, SOLVED_SHARE, count), solved, np.nan))
    done, hour = ~np.isnan(solved), hour_of(asked)
    rated = happens(rng, RATED_SHARE, count) & done
    return pl.DataFrame(
        {
            "id": np.arange(1, count + 1),
            "channel": words(CHANNELS, channel),
            "medium": words(MEDIA, medium),
            "asked_at": asked,
            "first_reply_at": column(reply),
            "solved_at": column(solved),
            "reopened": happens(rng, REOPENED_SHARE, count) & done,
            "rating": pl.Series(pick(rng, RATING_WEIGHTS, count) + 1).set(pl.Series(~rated), None),
            "in_service_hours": (hour >= OPENS) & (hour < CLOSES),
        }
    )
