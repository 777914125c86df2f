"""The demo's customers: who they are, where and how often they buy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from connectors.demo.calendar import Clock, day_number, moments_on
from connectors.demo.chance import Flags, Floats, Whole, happens, pick, pick_by, stream, words
from connectors.demo.effects import Effect, LoyalCrossers, planted
from connectors.demo.places import CHANNELS, REGION_SHARES, STORE

PEOPLE = 44_500
ANONYMOUS_RECEIPTS = 9_700
HOME_WEIGHTS = (25, 33, 14, 18, 10)
SINGLE, TWO_ONLINE, CROSSING = range(3)
REACH_WEIGHTS = (58, 12, 30)
OTHER_WEIGHTS = ((0, 5, 3, 2, 0), (4, 0, 4, 2, 0), (3, 6, 0, 1, 0), (3, 5, 2, 0, 0), (3, 4, 3, 0, 0))
OTHER_SHARE = 0.42
GUEST_SHARES = (0.24, 0.0, 0.06, 0.0, 0.0)
TIERS = ("standard", "silver", "gold")
TIER_WEIGHTS = ((80, 16, 4), (70, 22, 8), (48, 34, 18))
AGAIN = 0.32
MEAN_GAP = 62.0


@dataclass(frozen=True, slots=True)
class People:
    """Persons, one place in each array per person.

    Attributes:
        home: the channel of the first order.
        other: the second channel; the home channel for those who have one only.
        reach: `SINGLE`, `TWO_ONLINE` or `CROSSING` (one online channel and the shops).
        region: where they live.
        tier: their loyalty tier; -1 for guests.
        guest: whether they never open an account.
    """

    home: Whole
    other: Whole
    reach: Whole
    region: Whole
    tier: Whole
    guest: Flags


def draw_people(count: int) -> People:
    """Draw `count` persons."""
    rng = stream("people")
    home = pick(rng, HOME_WEIGHTS, count)
    reach = pick(rng, REACH_WEIGHTS, count)
    reach = np.where((home == STORE) & (reach == TWO_ONLINE), SINGLE, reach)
    online = pick_by(rng, OTHER_WEIGHTS, home)
    other = np.where((reach == CROSSING) & (home != STORE), STORE, online)
    guest = happens(rng, np.asarray(GUEST_SHARES)[home], count) & (reach == SINGLE)
    tier = pick_by(rng, TIER_WEIGHTS, reach)
    return People(
        home=home,
        other=np.where(reach == SINGLE, home, other),
        reach=reach,
        region=pick(rng, REGION_SHARES, count),
        tier=np.where(guest, -1, tier),
        guest=guest,
    )


def purchases(people: People, receipts: int, effects: tuple[Effect, ...]) -> pl.DataFrame:
    """Every purchase of the demo's days in order of time.

    Args:
        people: who buys.
        receipts: till receipts of nobody in particular, to be mixed in.
        effects: the planted effects.

    Returns:
        One row per purchase: `person` (-1: nobody in particular), `channel`, `day`, `placed_at`, `first_at`
        (the person's first purchase, which may lie before the demo's first day).
    """
    rng = stream("purchases")
    clocks = Clock(offline=False), Clock(offline=True)
    offline = (people.home == STORE).astype(np.int64)
    start, end = (np.array([getattr(clock, name) for clock in clocks]) for name in ("start", "end"))
    person = np.arange(len(people.home))
    busy = start[offline] + (end - start)[offline] * rng.random(len(person))
    rounds: list[tuple[Whole, Floats]] = []
    while person.size:
        rounds.append((person, busy))
        again = happens(rng, _again(people, person, busy, effects), len(person))
        following = busy + rng.exponential(MEAN_GAP, len(person))
        stay = again & (following < end[offline[person]])
        person, busy = person[stay], following[stay]
    buyer, when = (np.concatenate([turn[part] for turn in rounds]) for part in (0, 1))
    days = np.where(offline[buyer] == 1, clocks[1].day_at(when), clocks[0].day_at(when))
    walk_ins = clocks[1].day_at(rng.random(receipts) * end[1])
    return _placed(people, np.append(buyer, np.full(receipts, -1)), np.append(days, walk_ins))


def _again(people: People, person: Whole, busy: Floats, effects: tuple[Effect, ...]) -> Floats:
    effect = planted(effects, LoyalCrossers)
    if effect is None:
        return np.full(len(person), AGAIN)
    loyal = (people.reach[person] == CROSSING) & (busy >= day_number(effect.first))
    return np.where(loyal & (busy <= day_number(effect.last) + 1), AGAIN + effect.size, AGAIN)


def _placed(people: People, buyer: Whole, days: Whole) -> pl.DataFrame:
    """Purchases with their channel and moment; those before the first day only made people customers."""
    rng, count = stream("purchase moments"), len(buyer)
    first = np.arange(count) < len(people.home)
    elsewhere = happens(rng, OTHER_SHARE, count) & ~first
    usual = np.where(elsewhere, people.other[buyer], people.home[buyer])
    channel = np.where(buyer < 0, STORE, usual)
    placed = pl.DataFrame(
        {
            "person": buyer,
            "channel": words(CHANNELS, channel),
            "placed_at": moments_on(rng, days, channel == STORE),
            "day": days,
        }
    )
    dated = placed.with_columns(pl.col("placed_at").min().over("person").alias("first_at"))
    return dated.filter(pl.col("day") >= 0).sort("placed_at", "person", "channel")
