"""`python -m kpis`: figures, extracts and definitions on the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from connectors.errors import ConnectorError, SnapshotError
from connectors.text import Text, terminal_language
from kpis.catalogue import catalogue, kpi_named
from kpis.command_line import arguments, names, slices
from kpis.consistency import consistency, in_words
from kpis.describe import as_object, as_table, profiles_table
from kpis.errors import FigureError
from kpis.evaluate import Query, evaluate
from kpis.extract import extract
from kpis.festival_words import festivals_told
from kpis.first_order_views import cohort_grain, notes_on, view_of
from kpis.first_orders import FirstOrders
from kpis.needs import assumed, missing, missing_kind
from kpis.output import manifest_of, write_csv, write_json, write_manifest, write_parquet
from kpis.periods import parse_day
from kpis.profiles import asked_kpi
from kpis.rollup import size_of
from kpis.shop import Shop, open_shop
from kpis.slices import askable

DONE, FAILED, WRONG = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Carry out one command.

    Returns:
        0 when it is done, 1 when there is no data to do it with, 2 when it was asked wrongly.
    """
    try:
        given = arguments(argv, terminal_language())
        if given is not None:
            COMMANDS[given.command](given)
        sys.stdout.flush()
    except ConnectorError as error:
        _say(error.text)
        return FAILED if isinstance(error, SnapshotError | FigureError) else WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or _first_line(error)
        _say(Text(f"a file cannot be used: {place}{reason}.", f"文件无法使用：{place}{reason}。"))
        return WRONG
    except pl.exceptions.PolarsError as error:
        reason = _first_line(error)
        _say(Text(f"the stored data cannot be read: {reason}.", f"无法读取已存数据：{reason}。"))
        return FAILED
    return DONE


def _table(options: argparse.Namespace) -> None:
    where = slices(options.where)
    by = names(options.by)
    with open_shop(options.config, options.data) as shop:
        query = Query(
            kpis=names(options.kpi) or askable(by, where, options.basis, options.profile),
            start=_day(options.start),
            end=_day(options.end),
            by=by,
            where=tuple(where.items()),
            compare=options.compare,
            basis=options.basis,
            final_only=options.final_only,
            profile=options.profile,
        )
        rows = evaluate(shop, query)
        notes = _notes(shop, query) + (_not_final(query, rows) or _nothing(shop, rows))
        if query.compare == "festival":
            notes += festivals_told(shop, query, rows)
        for note in (*_fallen_back(shop), *notes):
            _say(note)
        _write(options, rows)
        if options.output:
            kpis = [asked_kpi(name, query.basis, query.profile) for name in query.kpis]
            said = [note.en for note in notes]
            told = manifest_of(shop.manifest, _filters(options), rows.height, kpis, said)
            write_manifest(options.output, told)


def _consistency(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        told = consistency(
            shop, where=slices(options.where), start=_day(options.start), end=_day(options.end)
        )
        rows, notes = told.table, in_words(told)
        for note in (*_fallen_back(shop), *notes):
            _say(note)
        _write(options, rows)
        if options.output:
            kpis = [kpi_named(name) for name in told.rows["kpi"]]
            said = [note.en for note in notes]
            write_manifest(
                options.output, manifest_of(shop.manifest, _filters(options), rows.height, kpis, said)
            )


def _after_first_orders(options: argparse.Namespace) -> None:
    asked = FirstOrders(
        start=_day(options.start),
        end=_day(options.end),
        grain=cohort_grain(names(getattr(options, "by", None))),
        where=tuple(slices(options.where).items()),
    )
    view = view_of(options.command, options.show)
    with open_shop(options.config, options.data) as shop:
        rows = view.told(shop, asked)
        notes = notes_on(shop, view, rows)
        for note in (*_fallen_back(shop), *notes):
            _say(note)
        _write(options, rows)
        if options.output:
            said = [note.en for note in notes]
            told = manifest_of(shop.manifest, _filters(options), rows.height, notes=said)
            write_manifest(options.output, told | {"definitions": dict(view.columns)})


def _extract(options: argparse.Namespace) -> None:
    start, end = _day(options.start), _day(options.end)
    with open_shop(options.config, options.data) as shop:
        for note in _fallen_back(shop):
            _say(note)
        rows = extract(shop, options.table, start, end, slices(options.where))
        _write(options, rows)
        if options.output:
            height = rows.select(pl.len()).collect(engine="streaming").item()
            told = manifest_of(shop.manifest, _filters(options), height, table=options.table)
            write_manifest(options.output, told)


def _catalogue(options: argparse.Namespace) -> None:
    kpis = list(catalogue().values())
    if options.format == "json":
        written = json.dumps([as_object(kpi) for kpi in kpis], ensure_ascii=False, indent=1)
    else:
        language = terminal_language()
        written = as_table(kpis, language) + "\n\n" + profiles_table(kpis, language)
    sys.stdout.write(written + "\n")


def _rollup(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        if shop.rollups:
            folder = shop.rollups.folder
            sys.stdout.write(f"{folder}: {size_of(folder) / 1e6:.1f} MB\n")


def _notes(shop: Shop, query: Query) -> list[Text]:
    """What the reader of the figures should know: what is missing, what was assumed."""
    asked = [asked_kpi(name, query.basis, query.profile) for name in query.kpis]
    lacking = {kpi.id: missing(kpi, shop.manifest.delivered) for kpi in asked}
    notes = [
        Text(f"{name}: no connection delivers {lack}.", f"{name}：没有连接提供 {lack}。")
        for name, lack in lacking.items()
        if lack
    ]
    notes += [
        Text(
            f"{kpi.id}: missing is {kind}; business.toml says which channels are online or offline.",
            f"{kpi.id}：缺少线上或线下渠道；渠道属于线上还是线下由 business.toml 决定。",
        )
        for kpi in asked
        if not lacking[kpi.id] and (kind := missing_kind(kpi, shop.manifest.channels))
    ]
    columns = dict.fromkeys(column for kpi in asked for column in assumed(kpi, shop.manifest))
    return notes + [
        Text(f"{column} is not delivered and was assumed.", f"{column} 未提供，按默认口径推定。")
        for column in columns
    ]


def _not_final(query: Query, rows: pl.DataFrame) -> list[Text]:
    """Which KPIs have no row because their figures may all still change."""
    told = set(rows["kpi"])
    absent = ", ".join(name for name in query.kpis if name not in told) if query.final_only else ""
    return [Text(f"nothing is final yet of: {absent}.", f"尚无定稿结果：{absent}。")] if absent else []


def _nothing(shop: Shop, rows: pl.DataFrame) -> list[Text]:
    """Which days there are, where no slice of the asked ones has anything to count."""
    if rows.height or shop.first_day is None:
        return []
    return [
        Text(
            f"nothing is counted in these days; the data run from {shop.first_day} to {shop.last_day}.",
            f"所选日期内没有可统计的数据；数据范围为 {shop.first_day} 至 {shop.last_day}。",
        )
    ]


def _day(given: str | None) -> dt.date | None:
    return None if given is None else parse_day(given)


def _fallen_back(shop: Shop) -> list[Text]:
    """Why an older snapshot than the last one is read, if it is."""
    return [shop.manifest.fell_back] if shop.manifest.fell_back else []


def _write(options: argparse.Namespace, rows: pl.DataFrame | pl.LazyFrame) -> None:
    """Write rows to the file that was asked for, else to standard output."""
    if options.output:
        WRITERS[options.format](rows, options.output)
        return
    # Polars does not tell a reader who has seen enough (head, less) from a broken disk; Python does.
    with TemporaryDirectory() as folder:
        written = Path(folder) / "rows"
        WRITERS[options.format](rows, written)
        with written.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def _filters(options: argparse.Namespace) -> dict[str, object]:
    """The options as given, without where things are on this machine."""
    left_out = ("command", "config", "data", "output", "format")
    return {name: value for name, value in vars(options).items() if name not in left_out and value}


def _first_line(error: Exception) -> str:
    """What an error says in short; the lines below tell of queries."""
    return str(error).strip().partition("\n")[0].rstrip(".")


def _say(text: Text) -> None:
    """One line on standard error; signs that steer a terminal may come from data and are left out."""
    words = text.in_language(terminal_language())
    sys.stderr.write("".join(sign if sign.isprintable() else "?" for sign in words) + "\n")


WRITERS = {"csv": write_csv, "parquet": write_parquet, "json": write_json}
COMMANDS = {
    "table": _table,
    "consistency": _consistency,
    "cohorts": _after_first_orders,
    "flows": _after_first_orders,
    "extract": _extract,
    "catalogue": _catalogue,
    "rollup": _rollup,
}
