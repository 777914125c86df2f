"""Keeps what systems forget: rows of prices and listings that were true on earlier days."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from connectors.accept import REPAIRED
from connectors.parts import ROWS, files_in
from connectors.tables import Table, columns_with

FROM, TO = "from_day", "to_day"


def keep_history(folder: Path, last: Path, table: type[Table], today: dt.date) -> None:
    """Add the rows that the last snapshot has and the source no longer delivers.

    A price that ended gets its last day: the one before the next price of the same article and channel, or
    the day before today where the article is no longer sold. An article that is no longer listed gets a row
    that says so from today on; so does one that is as it was before it changed or vanished. What was only
    written anew, at the same price, keeps the day on which it was first seen.

    Args:
        folder: the table's new part folder, which holds today's rows.
        last: its part folder in the last snapshot.
        table: a table whose key has a `from_day`.
        today: the business day of the refresh.
    """
    former = files_in(last / ROWS)
    if not former:
        return
    key = list(columns_with(table, "key"))
    of = [name for name in key if name != FROM]
    now = pl.scan_parquet(files_in(folder / ROWS)).collect()
    # A release may have brought columns that nobody delivered before.
    known = pl.concat([now.clear(), pl.scan_parquet(former).collect()], how="diagonal_relaxed")
    gone = known.select(pl.col(name).cast(kind) for name, kind in now.schema.items()).join(
        now, on=key, how="anti"
    )
    if gone.is_empty():
        return
    now = _as_first_seen(gone, now, of)
    gone = gone.join(now, on=key, how="anti")
    if TO in now.columns:
        gone = _ended(gone, now, of, today)
    elif "listed" in now.columns:
        states = pl.concat([_unlisted(gone, now, of, today), _listed_again(gone, now, of, today)])
        gone = pl.concat([gone.join(states, on=key, how="anti"), states])
    # Files are numbered so that what the source delivers today comes last.
    shutil.rmtree(folder / ROWS)
    for number, rows in enumerate((gone, now)):
        place = folder / ROWS / "all"
        place.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(place / f"{number:05}.parquet", compression="lz4")


def _as_first_seen(gone: pl.DataFrame, now: pl.DataFrame, of: Sequence[str]) -> pl.DataFrame:
    """Today's rows, from the day of the last known row where that says the same of article and channel."""
    state = [name for name in now.columns if name not in (*of, FROM, REPAIRED)]
    newest = gone.sort(FROM).group_by(of, maintain_order=True).last()
    single = now.filter(pl.len().over(of) == 1)
    same = single.join(newest.select(*of, *state, since=FROM), on=[*of, *state], nulls_equal=True)
    dated = now.join(same.select(*of, "since"), on=of, how="left", maintain_order="left")
    return dated.with_columns(pl.min_horizontal(FROM, "since").alias(FROM)).select(now.columns)


def _ended(gone: pl.DataFrame, now: pl.DataFrame, of: Sequence[str], today: dt.date) -> pl.DataFrame:
    """Former prices with the last day they held; one that had its last day keeps it."""
    both = pl.concat([gone.with_columns(was=pl.lit(value=True)), now.with_columns(was=pl.lit(value=False))])
    following = pl.col(FROM).shift(-1).over(of, order_by=FROM)
    until = pl.coalesce(following, pl.lit(today)) - pl.duration(days=1)
    told = both.with_columns(pl.min_horizontal(pl.coalesce(TO, until), until).alias(TO))
    return told.filter("was").with_columns(pl.max_horizontal(TO, FROM).alias(TO)).select(gone.columns)


def _unlisted(gone: pl.DataFrame, now: pl.DataFrame, of: Sequence[str], today: dt.date) -> pl.DataFrame:
    """One row per article and channel that the source no longer names, unless that is known already."""
    newest = gone.sort(FROM).group_by(of, maintain_order=True).last()
    vanished = newest.join(now, on=of, how="anti").filter("listed")
    others = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in gone.schema.items()
        if name not in (*of, FROM, "listed", REPAIRED)
    ]
    return vanished.with_columns(*others, pl.lit(today).alias(FROM), listed=pl.lit(value=False)).select(
        gone.columns
    )


def _listed_again(gone: pl.DataFrame, now: pl.DataFrame, of: Sequence[str], today: dt.date) -> pl.DataFrame:
    """Today's row of every article whose last known row is younger and says something else."""
    state = [name for name in now.columns if name not in (*of, FROM, REPAIRED)]
    newest = gone.sort(FROM).group_by(of, maintain_order=True).last()
    present = now.sort(FROM).group_by(of, maintain_order=True).last()
    older = present.join(newest.select(*of, last=FROM), on=of).filter(pl.col("last") > pl.col(FROM))
    differing = older.join(newest, on=[*of, *state], how="anti", nulls_equal=True)
    return differing.with_columns(pl.lit(today).alias(FROM)).select(gone.columns)
