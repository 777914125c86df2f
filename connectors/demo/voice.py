"""What customers say when the demo's retailer asks them, and the reviews they write."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, HOUR, column, day_number, day_of, in_hours, known
from connectors.demo.chance import Flags, Whole, happens, pick, pick_by, places, stream, words
from connectors.demo.effects import Effect, UnhappyPickUp, planted
from connectors.demo.orders import PICK_UP
from connectors.demo.places import REGIONS, SHOP_REGIONS

QUESTIONS = ("recommend", "satisfied", "effort")
QUESTION_WEIGHTS = (60, 27, 13)
SCALES = ((0, 10), (1, 5), (1, 7))
ASKED_SHARES = (0.48, 0.48, 0.44, 0.34, 0.60)
ASKED_PICK_UP_SHARE = 0.85
ANSWER_SHARES = (0.27, 0.33, 0.30, 0.21, 0.24)
NPS_WEIGHTS = (
    (1, 1, 1, 1, 1, 4, 5, 9, 16, 23, 38),
    (1, 1, 1, 1, 1, 3, 4, 9, 16, 24, 39),
    (1, 1, 1, 1, 1, 4, 5, 9, 16, 23, 38),
    (2, 1, 1, 1, 2, 4, 6, 10, 17, 22, 34),
    (1, 1, 0, 1, 1, 3, 4, 9, 16, 24, 40),
)
SATISFIED_WEIGHTS, EFFORT_WEIGHTS = (3, 4, 9, 33, 51), (2, 3, 5, 9, 19, 31, 31)
UNHAPPY = ((2, 7), (1, 4), (1, 5))
UNHAPPY_LATE_SHARE, UNHAPPY_DAMAGED_SHARE = 0.35, 0.6
REVIEW_SHARES = (0.08, 0.10, 0.06, 0.22, 0.0)
STAR_WEIGHTS = (3, 2, 6, 19, 70)
COMMENTS = (
    "",
    "",
    "",
    "很满意",
    "物流很快",
    "包装不错",
    "还可以",
    "Great service",
    "Will buy again",
    "客服态度好",
)
# Up to 6 of 10, as with NPS, people write what they did not like.
DETRACTING = 0.6
COMPLAINTS = ("", "", "等太久了", "不太满意", "Too slow", "备货慢，排队久", "希望改进")


def surveys(orders: pl.DataFrame, effects: tuple[Effect, ...]) -> pl.DataFrame:
    """Invitations, most of them without an answer.

    Args:
        orders: one row per order of a known customer who has the goods: `order_id`, `customer_id`, `channel`,
            `fulfilment`, `shop`, `store_id`, `had_at`, `late`, `damaged`.
        effects: the planted effects.

    Returns:
        One row per invitation: `id`, `order_id`, `customer_id`, `channel`, `store_id`, `touchpoint`,
        `question`, `invited_at`, `answered_at`, `score`, `lowest`, `highest`, `comment`.
    """
    rng = stream("surveys")
    channel = places(orders["channel"])
    collected = places(orders["fulfilment"]) == PICK_UP
    share = np.where(collected, ASKED_PICK_UP_SHARE, np.asarray(ASKED_SHARES)[channel])
    invited = known(
        in_hours(rng, orders["had_at"].to_numpy() + rng.uniform(4, 40, orders.height) * HOUR, 10, 20)
    )
    asked = orders.with_columns(column(invited).alias("invited_at")).filter(
        pl.Series(happens(rng, share, orders.height)) & pl.col("invited_at").is_not_null()
    )
    return _answers(asked.sort("invited_at", "order_id"), effects)


def _answers(asked: pl.DataFrame, effects: tuple[Effect, ...]) -> pl.DataFrame:
    rng, count = stream("answers"), asked.height
    channel = places(asked["channel"])
    question = pick(rng, QUESTION_WEIGHTS, count)
    replies = happens(rng, np.asarray(ANSWER_SHARES)[channel], count)
    answered = known(
        asked["invited_at"].to_numpy() + np.where(replies, rng.exponential(0.7, count) * DAY, np.nan)
    )
    unhappy = _unhappy(rng, asked, planted(effects, UnhappyPickUp))
    score = np.where(np.isnan(answered), np.nan, _scores(rng, channel, question, unhappy))
    said = np.where(unhappy, pick(rng, [1] * len(COMPLAINTS), count), pick(rng, [1] * len(COMMENTS), count))
    lowest, highest = np.asarray(SCALES)[question].T
    complains = unhappy | (score - lowest <= DETRACTING * (highest - lowest))
    return asked.select("order_id", "customer_id", "channel", "store_id", "invited_at").with_columns(
        pl.Series("id", np.arange(1, count + 1)),
        words(("delivery", "pick-up", "purchase"), places(asked["fulfilment"])).alias("touchpoint"),
        words(QUESTIONS, question).alias("question"),
        column(answered).alias("answered_at"),
        column(score).cast(pl.Int64).alias("score"),
        pl.Series("lowest", lowest),
        pl.Series("highest", highest),
        _comments(said, complains, ~np.isnan(answered)).alias("comment"),
    )


def _unhappy(rng: np.random.Generator, asked: pl.DataFrame, effect: UnhappyPickUp | None) -> Flags:
    """Customers who answer badly: some who waited or got broken goods, and those of the planted effect."""
    count = asked.height
    waited, broken = asked["late"].to_numpy(), asked["damaged"].to_numpy()
    unhappy: Flags = happens(rng, UNHAPPY_LATE_SHARE, count) & waited
    unhappy = np.asarray(unhappy | (happens(rng, UNHAPPY_DAMAGED_SHARE, count) & broken))
    chance = rng.random(count)
    if effect is None:
        return unhappy
    day, shop = day_of(asked["invited_at"].to_numpy()), asked["shop"].to_numpy()
    here = np.asarray(SHOP_REGIONS)[shop] == REGIONS.index(effect.region)
    during = (day >= day_number(effect.first)) & (day <= day_number(effect.last))
    collected = places(asked["fulfilment"]) == PICK_UP
    return np.asarray(unhappy | (collected & here & during & (chance < effect.size)))


def _scores(rng: np.random.Generator, channel: Whole, question: Whole, unhappy: Flags) -> Whole:
    """An answer on the question's own scale."""
    count = len(channel)
    usual = np.select(
        [question == 0, question == 1],
        [pick_by(rng, NPS_WEIGHTS, channel), pick(rng, SATISFIED_WEIGHTS, count) + 1],
        pick(rng, EFFORT_WEIGHTS, count) + 1,
    )
    low, beyond = np.asarray(UNHAPPY)[question].T
    return np.where(unhappy, rng.integers(low, beyond), usual)


def _comments(said: Whole, complains: Flags, answered: Flags) -> pl.Series:
    good, bad = pl.Series(COMMENTS), pl.Series(COMPLAINTS)
    text = bad.gather(pl.Series(said % len(COMPLAINTS))).zip_with(
        pl.Series(complains), good.gather(pl.Series(said))
    )
    return text.set(pl.Series(~answered) | (text == ""), None)


def reviews(orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Product reviews.

    Args:
        orders: one row per order whose customer has the goods: `order_id`, `channel`, `had_at`, `late`,
            `damaged`.
        lines: the article lines (see `baskets.baskets`); the first of an order is reviewed.

    Returns:
        One row per review: `id`, `order_id`, `channel`, `sku`, `stars`, `created_at`.
    """
    rng, count = stream("reviews"), orders.height
    share = np.asarray(REVIEW_SHARES)[places(orders["channel"])]
    written = known(orders["had_at"].to_numpy() + rng.gamma(1.5, 4.0, count) * DAY)
    cross = (orders["late"].to_numpy() & happens(rng, 0.3, count)) | (
        orders["damaged"].to_numpy() & happens(rng, 0.7, count)
    )
    stars = np.where(cross, rng.integers(1, 4, count), pick(rng, STAR_WEIGHTS, count) + 1)
    chosen = orders.select("order_id", "channel").with_columns(
        pl.Series("stars", stars), column(written).alias("created_at")
    )
    chosen = chosen.filter(pl.Series(happens(rng, share, count)) & pl.col("created_at").is_not_null())
    first = lines.filter(pl.col("line_no") == 1).select("order_id", "sku")
    joined = chosen.join(first, on="order_id", maintain_order="left").sort("created_at", "order_id")
    return joined.with_row_index("id", offset=1)
