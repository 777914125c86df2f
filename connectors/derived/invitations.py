"""invitation_days: invitations and their answers, split only by what is told of those who kept silent too."""

from __future__ import annotations

import math

import polars as pl

from connectors.facts import InvitationDays, dimensions_of

# How seldom a slice in which everybody answered may come about by chance.
BY_CHANCE = 0.001
KINDS = {"channel_kind": "channel"}


def invitation_days(surveys: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and slice with invitations, or with answers that lack one.

    Args:
        surveys: one row per invitation or answer, with its connection and the dimensions of survey facts.
    """
    names = dimensions_of(InvitationDays)
    rows = surveys.with_columns(
        invited=pl.col("invited_day").is_not_null().cast(pl.Int64),
        answered=(pl.col("invited_day").is_not_null() & pl.col("answered_day").is_not_null()).cast(pl.Int64),
        uninvited=(pl.col("invited_day").is_null() & pl.col("answered_day").is_not_null()).cast(pl.Int64),
        day=pl.coalesce("invited_day", "answered_day"),
    ).filter(pl.col("day").is_not_null())
    found = [_told_by_answers(rows, name) for name in names if name not in KINDS]
    untold = dict(pl.concat(found).group_by("dimension").agg("connection").collect().iter_rows())
    told = [
        pl.when(~pl.col("connection").is_in(untold.get(KINDS.get(name, name), []))).then(name).alias(name)
        for name in names
    ]
    return (
        rows.with_columns(told).group_by("day", *names).agg(pl.col("invited", "answered", "uninvited").sum())
    )


def _told_by_answers(rows: pl.LazyFrame, dimension: str) -> pl.LazyFrame:
    """One row per connection that tells a dimension only of those who answered: dimension, connection.

    There some values have answers and not one invitation without; by chance, every invitation being answered
    with the connection's own rate, that is as good as impossible.
    """
    by_value = (
        rows.filter(pl.col("invited") > 0)
        .group_by("connection", dimension)
        .agg(pl.col("invited", "answered").sum())
    )
    everybody = pl.col(dimension).is_not_null() & (pl.col("answered") == pl.col("invited"))
    return (
        by_value.group_by("connection")
        .agg(
            rate=pl.col("answered").sum() / pl.col("invited").sum(),
            answers=pl.when(everybody).then("answered").sum(),
        )
        .filter(pl.col("answers") * pl.col("rate").log() < math.log(BY_CHANCE))
        .select(dimension=pl.lit(dimension), connection="connection")
    )
