"""What each article costs in each channel on each day; mostly the same everywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from connectors.demo.calendar import DAYS, FIRST_DAY, day_number
from connectors.demo.chance import Flags, Floats, Whole, happens, pick, stream
from connectors.demo.effects import DearerPrices, Effect, planted
from connectors.demo.places import CHANNELS

OFFERS, OFFER_WEIGHTS = (0.80, 0.85, 0.90, 0.95, 1.00), (10, 15, 25, 20, 30)
OWN_PRICE_SHARES = (0.01, 0.02, 0.03, 0.10, 0.05)
OWN_PRICES = (0.93, 0.95, 0.97)
ROUND_TO = 50
TAX = 0.13


@dataclass(frozen=True, slots=True)
class PriceBook:
    """The prices of all articles; made by `price_book`.

    Attributes:
        skus: the articles.
        list_fen: per article, the price before offers on the first day, CNY cents with tax.
        offers: per article and channel, the share of it that is asked.
        risen_on: per article, the day its price rose.
        risen_by: per article, the factor by which it rose.
        in_dearer: per article and channel, whether the planted effect makes it dearer.
        dearer: that effect, or null.
    """

    skus: pl.Series
    list_fen: Floats
    offers: Floats
    risen_on: Whole
    risen_by: Floats
    in_dearer: Flags
    dearer: DearerPrices | None

    def sell_fen(self, articles: Whole, channels: Whole, days: Whole) -> Whole:
        """What one piece costs the customer, CNY cents with tax."""
        asked = self._usual_fen(articles, days) * self.offers[articles, channels]
        if self.dearer is not None:
            first, last = day_number(self.dearer.first), day_number(self.dearer.last)
            dear = self.in_dearer[articles, channels] & (days >= first) & (days <= last)
            asked = np.where(dear, asked * (1 + self.dearer.size), asked)
        return np.asarray(np.round(asked / ROUND_TO) * ROUND_TO, dtype=np.int64)

    def before_offers_fen(self, articles: Whole, channels: Whole, days: Whole) -> Whole:
        """The price before any offer; never below what is asked."""
        usual = np.round(self._usual_fen(articles, days) / ROUND_TO) * ROUND_TO
        return np.asarray(np.maximum(usual, self.sell_fen(articles, channels, days)), dtype=np.int64)

    def table(self) -> pl.DataFrame:
        """One row per article, channel and period of one price.

        Columns `sku`, `channel`, `from_day`, `to_day` (null: still holds), `list_fen`, `sell_fen`.
        """
        count, effect = len(self.skus), self.dearer
        edges = [] if effect is None else [day_number(effect.first), day_number(effect.last) + 1]
        starts = [np.zeros(count, dtype=np.int64), self.risen_on, *(np.full(count, day) for day in edges)]
        days = np.repeat(np.stack(starts, axis=1), len(CHANNELS), axis=0).ravel()
        articles = np.repeat(np.arange(count), len(CHANNELS) * len(starts))
        channels = np.tile(np.repeat(np.arange(len(CHANNELS)), len(starts)), count)
        rows = pl.DataFrame(
            {
                "sku": self.skus.gather(pl.Series(articles)),
                "channel": pl.Series(CHANNELS).gather(pl.Series(channels)),
                "from_day": days,
                "list_fen": self.before_offers_fen(articles, channels, days),
                "sell_fen": self.sell_fen(articles, channels, days),
            }
        )
        return _periods(rows.filter(pl.col("from_day") < DAYS))

    def _usual_fen(self, articles: Whole, days: Whole) -> Floats:
        rise = np.where(days >= self.risen_on[articles], self.risen_by[articles], 1.0)
        return np.asarray(self.list_fen[articles] * rise)


def price_book(articles: pl.DataFrame, effects: tuple[Effect, ...]) -> PriceBook:
    """Draw the prices of `articles` (see `catalogue.products`)."""
    rng, effect = stream("prices"), planted(effects, DearerPrices)
    count = articles.height
    offers = np.repeat(np.asarray(OFFERS)[pick(rng, OFFER_WEIGHTS, count)][:, None], len(CHANNELS), axis=1)
    own = happens(rng, np.tile(OWN_PRICE_SHARES, count), count * len(CHANNELS)).reshape(offers.shape)
    own_prices = np.asarray(OWN_PRICES)[pick(rng, (1, 1, 1), offers.size)].reshape(offers.shape)
    in_dearer = np.zeros(offers.shape, dtype=np.bool_)
    if effect is not None:
        in_dearer[:, CHANNELS.index(effect.channel)] = articles["category"] == effect.category
    return PriceBook(
        skus=articles["sku"],
        list_fen=articles["list_fen"].cast(pl.Float64).to_numpy(),
        offers=np.where(own, offers * own_prices, offers),
        risen_on=rng.integers(DAYS // 3, DAYS - 120, count),
        risen_by=rng.uniform(1.0, 1.05, count),
        in_dearer=in_dearer,
        dearer=effect,
    )


def without_tax(fen: Whole | Floats) -> Whole:
    """The part of an amount with tax that is not tax, rounded to whole cents."""
    return np.asarray(np.round(fen / (1 + TAX)), dtype=np.int64)


def _periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a price each, of which those that change nothing are left out."""
    place = ("sku", "channel")
    ordered = rows.unique([*place, "from_day"]).sort(*place, "from_day")
    changes = ordered.filter(
        (pl.col("sell_fen") != pl.col("sell_fen").shift(1).over(place)).fill_null(value=True)
    )
    start = pl.lit(FIRST_DAY) + pl.duration(days="from_day")
    return changes.with_columns(start.alias("from_day")).with_columns(
        (pl.col("from_day").shift(-1).over(place) - dt.timedelta(days=1)).alias("to_day")
    )
