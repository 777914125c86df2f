"""Files that leave the house: CSV that no spreadsheet runs as formulas, Parquet, JSON, and their manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import polars as pl
from polars import selectors

from connectors.manifest import Manifest
from kpis.describe import dated_by, excluded
from kpis.extract import columns_of
from kpis.finality import NotFinal
from kpis.kpi import Kpi

# What a spreadsheet takes for the beginning of a formula, with the full-width forms of = + - @.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_LONGEST_WHOLE = 2.0**53
_MOMENT = "%Y-%m-%dT%H:%M:%S%.fZ"


def write_csv(rows: pl.LazyFrame | pl.DataFrame, target: Path | IO[bytes], *, bom: bool = False) -> None:
    """Write rows as CSV: times in UTC, null empty, whole numbers without a point, text defused.

    Args:
        rows: written in batches, never loaded whole.
        target: a path or an open binary file.
        bom: begin with a byte order mark, by which Chinese Excel knows UTF-8.
    """
    safe = rows.lazy().with_columns(selectors.string().pipe(defused), selectors.float().pipe(_whole))
    safe.sink_csv(
        target,
        include_bom=bom,
        check_extension=False,
        datetime_format=_MOMENT,
        engine="streaming",
    )


def write_parquet(rows: pl.LazyFrame | pl.DataFrame, target: Path | IO[bytes]) -> None:
    """Write rows as Parquet with their types, text as it is: no program runs it."""
    rows.lazy().sink_parquet(target, engine="streaming")


def write_json(rows: pl.LazyFrame | pl.DataFrame, target: Path) -> None:
    """Write rows as a JSON list of objects, days as YYYY-MM-DD."""
    written = json.dumps(rows.lazy().collect().to_dicts(), default=str, ensure_ascii=False, indent=1)
    target.write_text(written + "\n", encoding="utf-8")


def defused(text: pl.Expr) -> pl.Expr:
    """Text that begins like a formula gets an apostrophe in front."""
    return pl.when(text.str.contains(FORMULA)).then(pl.lit("'") + text).otherwise(text).name.keep()


def write_manifest(target: Path, told: Mapping[str, Any]) -> Path:
    """Write `<target>.manifest.json`: what is in the file beside it, and where it came from."""
    path = target.with_name(target.name + ".manifest.json")
    path.write_text(json.dumps(told, default=str, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def manifest_of(
    manifest: Manifest,
    filters: Mapping[str, Any],
    rows: int,
    kpis: Iterable[Kpi] = (),
    notes: Sequence[str] = (),
    *,
    table: str | None = None,
    not_final: NotFinal | None = None,
    columns: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the manifest beside a file says.

    Args:
        manifest: the snapshot's.
        filters: what was asked for, as given.
        rows: how many rows the file has.
        kpis: the KPIs in it, to be defined.
        notes: what was assumed or is missing.
        table: the table whose rows they are, its columns to be defined.
        not_final: which of the rows may still change; null for rows that are no figures.
        columns: the column behind each heading, where headings are words.
    """
    described = {} if table is None else {name: each.description for name, each in columns_of(table).items()}
    return {
        "filters": dict(filters),
        "rows": rows,
        "not_final": not_final.told() if not_final else None,
        "snapshot": manifest.version,
        "data_time": manifest.data_time.isoformat() if manifest.data_time else None,
        "timezone": manifest.timezone,
        "currency": manifest.currency,
        "definitions": {kpi.id: _definition(kpi) for kpi in kpis} | described,
        "notes": list(notes),
    } | ({"columns": dict(columns)} if columns else {})


def _definition(kpi: Kpi) -> dict[str, Any]:
    return {
        "title_en": kpi.title.en,
        "title_zh": kpi.title.zh,
        **kpi.in_words(),
        "excluded": excluded(kpi),
        "dated_by": dated_by(kpi),
        "unit": kpi.unit,
        "lag_days": kpi.lag_days,
    }


def _whole(number: pl.Expr) -> pl.Expr:
    """Whole numbers as text without a point, the others as they are."""
    is_whole = (number == number.floor()) & (number.abs() < _LONGEST_WHOLE)
    written = pl.when(is_whole).then(number.cast(pl.Int64, strict=False).cast(pl.String))
    return written.otherwise(number.cast(pl.String)).name.keep()
