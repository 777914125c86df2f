"""The customer records that the shop's systems keep: several for one person, one for every guest order."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.chance import Flags, Whole, happens, places, stream, words
from connectors.demo.people import SINGLE, TIERS, People
from connectors.demo.places import CHANNELS, MALL, REGIONS, STORE

HAS_EMAIL = (1.0, 0.30, 0.05, 0.0, 0.10)
HAS_PHONE = (0.40, 0.70, 0.55, 0.15, 0.60)
FIRST_PHONE, FIRST_MEMBER = 16_600_000_000, 880_000_000


def customer_records(people: People, bought: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Open the accounts behind the purchases.

    Args:
        people: who buys.
        bought: the purchases (see `people.purchases`).

    Returns:
        The shop's customers (one row per record), and the purchases with their `customer_id` (null where
        nobody in particular bought).
    """
    purchases = bought.with_row_index("purchase").with_columns(_is_guest(people, bought["person"]))
    named = purchases.filter(pl.col("person") >= 0)
    accounts = _accounts(people, named.filter(~pl.col("is_guest")))
    guests = named.filter("is_guest").select(
        "person", "channel", "purchase", created_at=pl.col("placed_at") - 1
    )
    records = pl.concat([accounts, guests], how="diagonal").sort("created_at", "person", "channel")
    records = records.with_row_index("id", offset=1)
    by_account = purchases.join(
        records.filter(pl.col("purchase").is_null()).select("person", "channel", account="id"),
        on=["person", "channel"], how="left", maintain_order="left",
    )  # fmt: skip
    by_guest = by_account.join(
        records.select("purchase", guest="id"), on="purchase", how="left", maintain_order="left"
    )
    linked = by_guest.with_columns(
        pl.when("is_guest").then("guest").otherwise("account").cast(pl.Int64).alias("customer_id")
    )
    return _contacts(people, records), linked.drop("purchase", "account", "guest")


def _is_guest(people: People, person: pl.Series) -> pl.Series:
    known = person.to_numpy()
    return pl.Series("is_guest", people.guest[known] & (known >= 0))


def _accounts(people: People, named: pl.DataFrame) -> pl.DataFrame:
    """One row per person and channel they have an account in, opened minutes before the first purchase."""
    first = named.group_by("person").agg(pl.col("first_at").min()).sort("person")
    person = first["person"].to_numpy()
    lead = np.floor(stream("accounts").uniform(60, 900, len(person)))
    opened = first.select("person", created_at=pl.col("first_at") - pl.Series(lead))
    second = people.other[person] != people.home[person]
    at_home = opened.with_columns(words(CHANNELS, people.home[person]).alias("channel"))
    elsewhere = opened.with_columns(words(CHANNELS, people.other[person]).alias("channel"))
    return pl.concat([at_home, elsewhere.filter(pl.Series(second))])


def _contacts(people: People, records: pl.DataFrame) -> pl.DataFrame:
    """The records as the shop keeps them, with the contacts that each channel asks for."""
    rng, count = stream("contacts"), records.height
    person, channel = records["person"].to_numpy(), places(records["channel"])
    linked = people.reach[person] != SINGLE
    guest = people.guest[person]
    mailed = happens(rng, np.asarray(HAS_EMAIL)[channel], count) | guest
    phoned = happens(rng, np.asarray(HAS_PHONE)[channel], count) | linked
    shouted, spelled = happens(rng, 0.08, count), rng.integers(0, 10, count)
    return records.select("id", "channel", "created_at").with_columns(
        _emails(person, shouted, mailed).alias("email"),
        _phones(person, spelled, phoned).alias("mobile"),
        member_number(person, channel == STORE).alias("member_no"),
        pl.Series("is_guest", guest),
        words(TIERS, np.where(channel == MALL, -1, people.tier[person])).alias("tier"),
        words(REGIONS, people.region[person]).alias("region"),
    )


def member_number(person: Whole, present: Flags) -> pl.Series:
    """The number on each person's membership card; null where none is shown, or by nobody in particular."""
    numbers = pl.Series(FIRST_MEMBER + person).cast(pl.String)
    return numbers.set(pl.Series(~present | (person < 0)), None)


def _emails(person: Whole, shouted: Flags, present: Flags) -> pl.Series:
    """Addresses; some are typed with capitals."""
    plain = "customer" + pl.Series(person).cast(pl.String) + "@example.com"
    typed = plain.zip_with(pl.Series(~shouted), plain.str.to_titlecase())
    return typed.set(pl.Series(~present), None)


def _phones(person: Whole, spelled: Whole, present: Flags) -> pl.Series:
    """Numbers, with or without the country's code, some with blanks."""
    plain = pl.Series(FIRST_PHONE + person).cast(pl.String)
    spaced = plain.str.slice(0, 3) + " " + plain.str.slice(3, 4) + " " + plain.str.slice(7)
    typed = plain.zip_with(pl.Series(spelled != 0), spaced).zip_with(pl.Series(spelled != 1), "+86" + plain)
    return typed.set(pl.Series(~present), None)
