"""The kinds of column a canonical table can have; metadata holds what validation must know."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dataframely as dy
import polars as pl

MONEY = (18, 4)
EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


def _not_after_tomorrow(column: pl.Expr) -> pl.Expr:
    return column <= dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


def key(description: str, *, required: bool = True, required_when: pl.Expr | None = None) -> dy.String:
    """An id that names the row and that its connection owns; stored with the connection's name in front.

    Args:
        description: what it names.
        required: whether a row without it is put aside.
        required_when: rows that may not be without it, in connections that deliver the column at all.
    """
    metadata: dict[str, Any] = {"key": True, "owned": True, "required_when": required_when}
    return dy.String(nullable=not required, description=description, metadata=metadata)


def natural_key(description: str) -> dy.String:
    """A part of a row's key that is never prefixed: shared by systems (sku, store) or local to its parent."""
    return dy.String(nullable=False, description=description, metadata={"key": True})


def reference(table: str, description: str, *, required: bool = False, key: bool = False) -> dy.String:
    """The id of a row of another table, perhaps of another connection."""
    return dy.String(
        nullable=not required, description=description, metadata={"refers_to": table, "key": key}
    )


def owned(description: str) -> dy.String:
    """An id from the connection's own numbering that no canonical table lists."""
    return dy.String(nullable=True, description=description, metadata={"owned": True})


def text(
    description: str, *, required: bool = False, personal: bool = False, typed: bool = False
) -> dy.String:
    """Free text.

    Args:
        description: what it says.
        required: whether a row without it is put aside.
        personal: keeps it out of extracts unless a setting allows it.
        typed: people type it, and may type phone and other numbers, which are masked.
    """
    metadata = {"personal": personal, "typed": typed}
    return dy.String(nullable=not required, description=description, metadata=metadata)


def keyed_hash(plain: str, description: str) -> dy.String:
    """A keyed hash of the `plain` column (email, phone or member_no), which itself is never stored."""
    return dy.String(nullable=True, description=description, metadata={"hash_of": plain, "personal": True})


def digest(plain: str, description: str) -> dy.String:
    """A hash by which texts are compared, made of the `plain` column where a source delivers that."""
    return dy.String(nullable=True, description=description, metadata={"digest_of": plain})


def choice(*values: str, description: str, required: bool = False) -> dy.String:
    """One of a few words, in lower case."""
    return dy.String(nullable=not required, description=description, metadata={"choices": values})


def time(
    description: str,
    *,
    required: bool = False,
    after: str | None = None,
    ahead: bool = False,
    dates_row: bool = False,
) -> dy.Datetime:
    """A moment, stored in UTC with microseconds.

    Args:
        description: what happened then.
        required: whether a row without it is put aside.
        after: the column this moment cannot precede by more than a day; otherwise it is set to null.
        ahead: whether it may lie in the future (a promise); "never" as year 9999 is set to null.
        dates_row: whether its business day is the row's day.
    """
    metadata: dict[str, Any] = {"after": after, "dates_row": dates_row, "ahead": ahead}
    return dy.Datetime(
        nullable=not required,
        time_zone="UTC",
        time_unit="us",
        description=description,
        metadata=metadata,
        min=EARLIEST,
        check=None if ahead else {"after_tomorrow": _not_after_tomorrow},
    )


def day(description: str, *, required: bool = False, key: bool = False) -> dy.Date:
    """A calendar day of the business; it may lie ahead."""
    return dy.Date(nullable=not required, description=description, metadata={"key": key}, min=EARLIEST.date())


def money(description: str, *, required: bool = False) -> dy.Decimal:
    """An amount of the row's own currency; its converted twin is added when the snapshot is built."""
    return dy.Decimal(*MONEY, nullable=not required, description=description, metadata={"money": True}, min=0)


def quantity(description: str, *, required: bool = False) -> dy.Decimal:
    """A number of pieces, or of kilograms and metres."""
    return dy.Decimal(*MONEY, nullable=not required, description=description, min=0)


def number(description: str, *, required: bool = False) -> dy.Float64:
    """A measured number that may be negative."""
    return dy.Float64(nullable=not required, description=description)


def whole(
    description: str, *, required: bool = False, at_least: int = 0, at_most: int | None = None
) -> dy.Int64:
    """A whole number."""
    return dy.Int64(nullable=not required, description=description, min=at_least, max=at_most)


def score(description: str, *, lowest: int | None = None, highest: int | None = None) -> dy.Float64:
    """An optional grade; outside `lowest` to `highest`, where they are fixed, it is set to null."""
    return dy.Float64(nullable=True, description=description, metadata={"lowest": lowest, "highest": highest})


def flag(description: str, *, required: bool = False) -> dy.Bool:
    """Yes or no."""
    return dy.Bool(nullable=not required, description=description)
