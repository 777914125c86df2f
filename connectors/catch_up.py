"""Reads on from the last snapshot: what changed since then, and what counting shows to be gone or missed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl

from connectors.filing import Filing
from connectors.following import OVERLAP, UPDATED_AT, Following
from connectors.parts import ASIDE, ROWS, carry_over
from connectors.renew import come_of_age, compact, drop_month, forget, forget_others, heights
from connectors.tables import columns_with
from connectors.watermark import Mark

COUNTED_EVERY_TIME = 1_000_000
MOST_REMEMBERED, SECONDS = 100, len("2026-05-31 12:00:00")
RECENT, WEEK = dt.timedelta(days=31), dt.timedelta(days=7)


def catch_up(following: Following, filing: Filing, last: Path, mark: Mark, today: dt.date) -> Mark | None:
    """Bring the last snapshot's rows up to date; null, with nothing done, where that cannot be.

    Where little bears a stamp as new as the last ones seen, this is another database, or one restored from a
    copy. Keys that are empty name no row.
    """
    if mark.watermark is None:
        return None
    touched = _touched(following, filing, mark.watermark)
    keys, newest = touched.select(following.by), touched[UPDATED_AT].max()
    if not isinstance(newest, str) or keys.drop_nulls().height < keys.height:
        return None
    remembered = touched.drop_nulls().filter(pl.col(keys.columns[0]).is_in(list(mark.newest)))
    if not mark.is_known(dict(remembered.iter_rows())):
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
    return replace(mark, watermark=newest, recounted=recounted.isoformat(), newest=_newest(touched))


def first_mark(following: Following, filing: Filing, proof: str, today: dt.date) -> Mark:
    """How far a table is read by reading all of it from now on."""
    watermark = following.watermark()
    newest = _newest(_touched(following, filing, watermark)) if watermark else {}
    return Mark(proof, watermark, today.isoformat(), (), newest)


def _touched(following: Following, filing: Filing, since: str) -> pl.DataFrame:
    """What changed after a watermark: one row per key as it stands in rows, and its newest stamp."""
    touched = following.touched(since)
    keys = filing.keys_of(touched, following.by).with_columns(touched[UPDATED_AT])
    return keys.group_by(following.by).agg(pl.col(UPDATED_AT).max())


def _newest(touched: pl.DataFrame) -> dict[str, str]:
    """Some of what is to be read again next time, as stamps are now: the newest."""
    name = touched.columns[0]
    newest = touched.drop_nulls().sort(UPDATED_AT, name).tail(MOST_REMEMBERED)
    if newest.is_empty():
        return {}
    earliest = dt.datetime.fromisoformat(newest[UPDATED_AT][-1][:SECONDS]) - OVERLAP
    return dict(newest.filter(pl.col(UPDATED_AT) > str(earliest)).iter_rows())


def _reconcile(following: Following, filing: Filing, recounted: dt.date, today: dt.date) -> dt.date:
    """Find what bears no stamp: rows that are gone, and rows put aside whose moment has come since.

    Months with more rows than the source has are asked for their keys first: mostly a few rows are gone. Of
    a large table only the last months are counted every time, all of them once a week.

    Returns:
        The day on which all months were last counted.
    """
    folder, key = filing.folder, tuple(columns_with(filing.table, "key"))
    is_large = heights(folder).total() > COUNTED_EVERY_TIME and following.filed_by is not None
    since = f"{today - RECENT:%Y-%m}" if is_large and abs(today - recounted) < WEEK else None
    stored, there = heights(folder, since), following.months(since)
    differ = {month for month in {*stored, *there} if stored[month] != there.get(month, 0)}
    for month in differ:
        chunks = following.of_month(month, key) if there.get(month) else ()
        left = [filing.keys_of(chunk, key) for chunk in chunks]
        if left:
            forget_others(folder, month, pl.concat(left))
    stored = heights(folder)
    unequal = {month for month in differ if stored[month] != there.get(month, 0)}
    for month in unequal | set(come_of_age(folder, today)):
        drop_month(folder, month)
        for chunk in following.of_month(month):
            filing.take(chunk)
    return today if since is None else recounted
