"""What detractors wrote, each beside what happened to the order that they were asked about.

Words of customers are personal: they are told only where business.toml allows it (`[extracts]` with
`comments = true`). Addresses and long numbers in them were masked before anything was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.text import Text
from kpis.answers import HIGHEST_DETRACTOR, check_dimensions, scored
from kpis.errors import ExtractError
from kpis.shop import Shop

MOST = 200
HOUR = 3_600
COLUMNS = {
    "answered_day": "day of the answer",
    "score": "0 to 6",
    "channel": "the order's, else the answer's own",
    "store": "the order's, else the answer's own",
    "touchpoint": "the moment of the journey",
    "comment": "the customer's words",
    "placed_day": "day of the order; null where it is not known, and then all that follows",
    "days_late": "days after the promised one; null while not known or never promised",
    "damaged": "whether a parcel arrived damaged",
    "reason": "reason of its first return; null without one",
    "returned_day": "day of the first return's request; null without one",
    "refund_hours": "hours from the request to the refund, the longest; null without a settled one",
    "complained": "whether there was a complaint within 30 days",
    "contacted": "whether service was asked within 30 days",
}
_RETURN = pl.Schema({"order_id": pl.String, "reason": pl.String, "returned_day": pl.Date})
_REFUND = pl.Schema({"order_id": pl.String, "refund_hours": pl.Float64})


def stories(
    shop: Shop,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    where: Mapping[str, Sequence[str]] | None = None,
    most: int = MOST,
) -> pl.DataFrame:
    """One row per detractor's answer with a comment, the newest first: `COLUMNS`.

    Args:
        shop: the shop.
        start: first day of answers, included; null for all.
        end: last day, included; null for all.
        where: per dimension of answers the values to keep; the empty value stands for unknown.
        most: how many rows at most.

    Raises:
        ExtractError: the settings do not allow words of customers, or nothing delivers them.
        SliceError: there is no such dimension, or no row has a value.
    """
    if not shop.business.comments:
        raise ExtractError(
            Text(
                "comments are personal: business.toml allows them by comments = true under [extracts].",
                "留言属个人信息，当前未允许：请在 business.toml 的 [extracts] 中设置 comments = true。",
            )
        )
    if "comment" not in shop.manifest.delivered.get("surveys", ()):
        raise ExtractError(Text("no connection delivers surveys.comment.", "没有连接提供 surveys.comment。"))
    check_dimensions(shop, (), where or {})
    words = shop.tables.scan("surveys").select("survey_id", "order_id", "comment")
    told = (
        scored(shop, start, end, where or {})
        .filter(pl.col("score") <= HIGHEST_DETRACTOR)
        .join(words.drop_nulls("comment"), on="survey_id")
        .sort("answered_day", "score", "survey_id", descending=[True, False, False])
        .head(most)
    )
    for happened in (_orders(shop), _returns(shop), _refunds(shop)):
        told = told.join(happened, on="order_id", how="left")
    ordered = told.sort("answered_day", "score", "survey_id", descending=[True, False, False])
    return ordered.select(list(COLUMNS)).collect(engine="streaming")


def _orders(shop: Shop) -> pl.LazyFrame:
    rows: pl.LazyFrame = shop.rows("order_facts").to_native()
    return rows.select(
        "order_id", "placed_day", "days_late", "damaged",
        complained="complaint_30d", contacted="contacted_30d",
    )  # fmt: skip


def _returns(shop: Shop) -> pl.LazyFrame:
    """Per order its first return; an order may have several."""
    if not shop.tables.has("returns"):
        return pl.LazyFrame(schema=_RETURN)
    facts: pl.LazyFrame = shop.rows("return_facts").to_native()
    of_order = shop.tables.scan("returns").select("return_id", "order_id").drop_nulls("order_id")
    return (
        facts.select("return_id", "reason", returned_day="requested_day")
        .join(of_order, on="return_id")
        .sort("returned_day", "return_id")
        .group_by("order_id", maintain_order=True)
        .agg(pl.col("reason", "returned_day").first())
    )


def _refunds(shop: Shop) -> pl.LazyFrame:
    """Per order its longest wait for a refund."""
    if not shop.tables.has("refunds"):
        return pl.LazyFrame(schema=_REFUND)
    facts: pl.LazyFrame = shop.rows("refund_facts").to_native()
    of_order = shop.tables.scan("refunds").select("refund_id", "order_id").drop_nulls("order_id")
    return (
        facts.join(of_order, on="refund_id")
        .group_by("order_id")
        .agg(refund_hours=pl.col("refund_seconds").max() / HOUR)
    )
