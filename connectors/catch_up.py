"""Reads on from the last snapshot: what changed since then, and what counting shows to be gone or missed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl

from connectors.accept import keyed
from connectors.filing import Filing
from connectors.following import UPDATED_AT, Following
from connectors.parts import ASIDE, ROWS, carry_over
from connectors.renew import compact, drop_month, forget, forget_others, heights, too_early
from connectors.tables import columns_with
from connectors.watermark import Mark

COUNTED_EVERY_TIME = 1_000_000
RECENT, WEEK = dt.timedelta(days=31), dt.timedelta(days=7)


def catch_up(following: Following, filing: Filing, last: Path, mark: Mark, today: dt.date) -> Mark | None:
    """Bring the last snapshot's rows up to date; null, with nothing done, where that cannot be.

    Where nothing bears a stamp as new as the last one seen, the rows that did are gone: another database, or
    one restored from a copy. Keys that are empty name no row.
    """
    if mark.watermark is None:
        return None
    touched = following.touched(mark.watermark)
    keys = keyed(touched, following.by, filing.table, filing.key).unique()
    if keys.is_empty() or keys.drop_nulls().height < keys.height:
        return None
    for name in (ROWS, ASIDE):
        if (last / name).exists():
            carry_over(last / name, filing.folder / name)
    filing.columns |= set(mark.columns)
    filing.follow(following)
    forget(filing.folder, keys)
    for chunk in following.changed(mark.watermark):
        filing.take(chunk)
    recounted = _reconcile(following, filing, dt.date.fromisoformat(mark.recounted), today)
    compact(filing.folder)
    newest = touched.select(pl.col(UPDATED_AT).max()).item()
    return replace(mark, watermark=newest, recounted=recounted.isoformat())


def _reconcile(following: Following, filing: Filing, recounted: dt.date, today: dt.date) -> dt.date:
    """Find what bears no stamp: rows that are gone, and rows put aside whose moment has come since.

    Months with more rows than the source has are asked for their keys first: mostly a few rows are gone. Of
    a large table only the last months are counted every time, all of them once a week.

    Returns:
        The day on which all months were last counted.
    """
    folder, key = filing.folder, tuple(columns_with(filing.table, "key"))
    is_large = heights(folder).total() > COUNTED_EVERY_TIME and following.filed_by is not None
    since = f"{today - RECENT:%Y-%m}" if is_large and today - recounted < WEEK else None
    stored, there = heights(folder, since), following.months(since)
    differ = {month for month in {*stored, *there} if stored[month] != there.get(month, 0)}
    for month in differ:
        chunks = following.of_month(month, key) if there.get(month) else ()
        left = [keyed(chunk, key, filing.table, filing.key) for chunk in chunks]
        if left:
            forget_others(folder, month, pl.concat(left))
    stored = heights(folder)
    unequal = {month for month in differ if stored[month] != there.get(month, 0)}
    for month in unequal | set(too_early(folder)):
        drop_month(folder, month)
        for chunk in following.of_month(month):
            filing.take(chunk)
    return today if since is None else recounted
