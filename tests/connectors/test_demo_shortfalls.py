"""Pieces the demo's warehouse could not send: few, never returned, and paid back."""

from __future__ import annotations

import polars as pl
import pytest

from tests.connectors.demo_world import world

SHORT = pl.col("kept") < pl.col("quantity")


def test_less_than_one_shipped_order_in_a_hundred_misses_a_piece() -> None:
    shipped = world().shop["shipment"].filter(pl.col("kind") == "parcel")["order_id"].n_unique()
    short = world().shop["order_line"].filter(SHORT)
    assert short["order_id"].n_unique() / shipped == pytest.approx(0.0085, abs=0.002)
    assert (short["kept"] > 0).all()


def test_a_line_that_misses_a_piece_is_not_returned_too() -> None:
    short = world().shop["order_line"].filter(SHORT)
    assert short.join(world().shop["return_line"], on=["order_id", "line_no"], how="semi").is_empty()


def test_every_missing_piece_is_paid_back() -> None:
    short = world().shop["order_line"].filter(SHORT)
    refunds = world().shop["refund"].filter(pl.col("cause") == "short_delivery")
    assert sorted(refunds["order_id"]) == sorted(short["order_id"])
    assert refunds["return_id"].null_count() == refunds.height
    of_one = (short["net_fen"] + short["tax_fen"]) // short["quantity"]
    assert refunds["amount_fen"].sum() == of_one.sum()
