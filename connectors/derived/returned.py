"""What of an order came back within 30 days of payment: pieces, for which reasons, how much money."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material

RETURN_DAYS = 30
LINE = ["order_id", "line_id"]
QUALITY_DAYS = (15, 30)
NO_MONEY = pl.lit(0).cast(pl.Decimal(18, 4))


def line_pieces(material: Material) -> pl.LazyFrame:
    """One row per return of a known order: its day, pieces (own, else the whole line, else one), reason."""
    kept = pl.coalesce("quantity_kept", "quantity")
    returns = material.scan("returns").filter(pl.col("order_id").is_not_null())
    returned = material.scan("order_lines").join(returns, on=LINE, how="semi")
    lines = returned.group_by(LINE).agg(whole_line=kept.sum())
    pieces = pl.coalesce("quantity", "whole_line", pl.lit(1).cast(pl.Decimal(18, 4)))
    return returns.join(lines, on=LINE, how="left").select(
        "order_id", "day", "reason", "return_channel", pieces=pieces
    )


def of_returns(orders: pl.LazyFrame, material: Material) -> list[pl.LazyFrame]:
    """Frames of one row per paid order: what came back of it and what was paid back, within 30 days."""
    paid = orders.filter("paid").select("order_id", "paid_day")
    return [_pieces(paid, material), _money(paid, material)]


def with_returned(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Orders with what `OrderReturns` says of the returns and refunds of paid ones.

    A return without a reason leaves it unknown whether its order came back for quality, unless another
    return says so. Refunds above what was paid (goodwill, or tax that the connection does not deliver) count
    as all of it.

    Args:
        orders: one row per order with its units, and with the columns of the frames of `of_returns`.
        material: the joined tables.
    """
    extra = [pl.col(name).fill_null(NO_MONEY) for name in ("tax_amount", "shipping_amount")]
    paid_amount = pl.col("net_amount") + extra[0] + extra[1]
    reasons_known = material.covered("returns", "order_id", "reason")
    refunds_known = material.covered("refunds", "order_id") | material.covered("refunds", "return_id")
    refunded = pl.when(~pl.col("unconverted").fill_null(value=False)).then(
        pl.min_horizontal(pl.col("refunded").fill_null(NO_MONEY), paid_amount)
    )
    return orders.with_columns(
        pl.col("returned_30d").fill_null(value=False),
        units_returned_30d=pl.min_horizontal(pl.col("units_returned_30d").fill_null(0), "units"),
        returns_known=material.covered("returns", "order_id"),
        **{
            f"quality_returned_{days}d": pl.when(reasons_known).then(
                pl.when(pl.col(f"returned_{days}d").is_null())
                .then(pl.lit(value=False))
                .otherwise(f"for_quality_{days}d")
            )
            for days in QUALITY_DAYS
        },
        paid_amount=paid_amount,
        refunded_30d=pl.when(refunds_known & paid_amount.is_not_null()).then(refunded),
    )


def _pieces(paid: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per paid order with a return within 30 calendar days of payment.

    `returned_15d` and `returned_30d` are null where there was none in so many days.
    """
    days = (pl.col("day") - pl.col("paid_day")).dt.total_days()
    within = line_pieces(material).join(paid, on="order_id").filter(days <= RETURN_DAYS)
    quality = [of for limit in QUALITY_DAYS for of in _for_quality(days <= limit, limit)]
    return within.group_by("order_id").agg(*quality, units_returned_30d=pl.col("pieces").sum())


def _for_quality(soon: pl.Expr, days: int) -> tuple[pl.Expr, pl.Expr]:
    """Whether something came back soon, else null; whether for quality, null where that is not told."""
    for_quality = (soon & (pl.col("reason") == "quality")).any()
    told = (~soon | pl.col("reason").is_not_null()).all()
    return (
        pl.when(soon.any()).then(pl.lit(value=True)).alias(f"returned_{days}d"),
        pl.when(for_quality)
        .then(pl.lit(value=True))
        .when(told)
        .then(pl.lit(value=False))
        .alias(f"for_quality_{days}d"),
    )


def _money(paid: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per paid order with money settled within 30 calendar days of payment."""
    returns = material.scan("returns").select("return_id", of_return="order_id")
    settled = material.scan("refunds").filter(pl.col("status") == "settled")
    linked = settled.join(returns, on="return_id", how="left").with_columns(
        order_id=pl.coalesce("order_id", "of_return"), refunded_day=material.day("refunded_at")
    )
    soon = (pl.col("refunded_day") - pl.col("paid_day")).dt.total_days() <= RETURN_DAYS
    within = linked.join(paid, on="order_id").filter(soon)
    return within.group_by("order_id").agg(
        refunded=pl.col("amount").sum(), unconverted=pl.col("amount").is_null().any()
    )
