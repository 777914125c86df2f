"""`python -m kpis`: figures, extracts and definitions on the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from itertools import chain

import polars as pl

from connectors.errors import ConnectorError, SnapshotError, UsageError
from connectors.settings import load_settings
from connectors.snapshot import current_version, open_snapshot
from connectors.text import Text, terminal_language
from kpis.alarms import alarms
from kpis.burn_in import burnt_in_rows, history_needed
from kpis.business_check import checked
from kpis.catalogue import catalogue, kpi_named
from kpis.change_rows import alarm_rows, change_rows, driver_notes, driver_rows, unlisted
from kpis.changes import Review, changes
from kpis.charts import Watch, weeks_needed, young
from kpis.command_line import arguments, names, slices
from kpis.consistency import consistency, in_words
from kpis.describe import as_object, as_table, profiles_table
from kpis.errors import FigureError
from kpis.evaluate import Query, evaluate
from kpis.explained import drivers
from kpis.extract import extract
from kpis.festival_words import festivals_told
from kpis.first_order_views import cohort_grain, notes_on, view_of
from kpis.first_orders import FirstOrders
from kpis.former import COUNTED_BEFORE
from kpis.kpi import Kpi
from kpis.looked_back import looked_back
from kpis.named_periods import named
from kpis.needs import assumed, missing, missing_kind
from kpis.output import manifest_of, write_manifest
from kpis.periods import Period
from kpis.printing import day, fallen_back, filters, first_line, say, tell, write
from kpis.profiles import asked_kpi
from kpis.rollup import size_of
from kpis.shop import Shop, open_shop
from kpis.slices import askable, asked_period

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
        say(error.text)
        return FAILED if isinstance(error, SnapshotError | FigureError) else WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or first_line(error)
        say(Text(f"a file cannot be used: {place}{reason}.", f"文件无法使用：{place}{reason}。"))
        return WRONG
    except pl.exceptions.PolarsError as error:
        reason = first_line(error)
        say(Text(f"the stored data cannot be read: {reason}.", f"无法读取已存数据：{reason}。"))
        return FAILED
    return DONE


def _table(options: argparse.Namespace) -> None:
    where = slices(options.where)
    by = names(options.by)
    with open_shop(options.config, options.data) as shop:
        query = Query(
            kpis=names(options.kpi) or askable(by, where, options.basis, options.profile),
            start=day(options.start),
            end=day(options.end),
            by=by,
            where=tuple(where.items()),
            compare=options.compare,
            basis=options.basis,
            final_only=options.final_only,
            profile=options.profile,
        )
        rows = evaluate(shop, query).drop(COUNTED_BEFORE, strict=False)
        notes = _notes(shop, query) + (_not_final(query, rows) or _nothing(shop, rows))
        if query.compare == "festival":
            notes += festivals_told(shop, query, rows)
        kpis = [asked_kpi(name, query.basis, query.profile) for name in query.kpis]
        notes += looked_back(shop, kpis, rows) + _burnt_in(shop, kpis, rows)
        tell(options, shop, rows, kpis, notes)


def _consistency(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        told = consistency(shop, where=slices(options.where), start=day(options.start), end=day(options.end))
        tell(options, shop, told.table, [kpi_named(name) for name in told.rows["kpi"]], in_words(told))


def _changes(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        where, asked = tuple(slices(options.where).items()), names(options.kpi)
        period = _asked_days(options, shop) or "28d"
        found = changes(shop, Review(asked, period, options.compare, where))
        tell(options, shop, change_rows(found), [change.kpi for change in found], unlisted(found))


def _drivers(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        kpis = names(options.kpi)
        if len(kpis) != 1:
            raise UsageError(Text("say which KPI: --kpi ID, one at a time.", "请用 --kpi 指定一个指标。"))
        kpi = asked_kpi(kpis[0], options.basis, options.profile)
        period = _asked_days(options, shop)
        if period is None and shop.last_day:
            period = named("28d", shop.last_day - dt.timedelta(days=kpi.lag_days))
        query = Query(
            kpis,
            period.start if period else None,
            period.end if period else None,
            by=names(options.by),
            where=tuple(slices(options.where).items()),
            compare=options.compare,
            basis=options.basis,
            profile=options.profile,
        )
        found = drivers(shop, query)
        tell(options, shop, driver_rows(found), [kpi], driver_notes(found))


def _alarms(options: argparse.Namespace) -> None:
    with open_shop(options.config, options.data) as shop:
        where = tuple(slices(options.where).items())
        watch = Watch(names(options.kpi), day(options.start), day(options.end), where)
        found = alarms(shop, watch)
        kpis = dict.fromkeys(alarm.kpi.id for alarm in found)
        notes = [*weeks_needed(shop, watch), *history_needed(young(shop, watch))]
        tell(options, shop, alarm_rows(found), [catalogue()[name] for name in kpis], notes)


def _asked_days(options: argparse.Namespace, shop: Shop) -> Period | None:
    """The days of --from and --to, an open end being that of the orders; null where neither is given."""
    start, end = day(options.start), day(options.end)
    if start is None and end is None:
        return None
    reach = Period(shop.first_day, shop.last_day) if shop.first_day and shop.last_day else None
    return asked_period(reach, start, end)


def _after_first_orders(options: argparse.Namespace) -> None:
    asked = FirstOrders(
        start=day(options.start),
        end=day(options.end),
        grain=cohort_grain(names(getattr(options, "by", None))),
        where=tuple(slices(options.where).items()),
    )
    view = view_of(options.command, options.show)
    with open_shop(options.config, options.data) as shop:
        rows = view.told(shop, asked)
        notes = notes_on(shop, view, rows)
        for note in (*fallen_back(shop), *notes):
            say(note)
        write(options, rows)
        if options.output:
            said = [note.en for note in notes]
            told = manifest_of(shop.manifest, filters(options), rows.height, notes=said)
            write_manifest(options.output, told | {"definitions": dict(view.columns)})


def _extract(options: argparse.Namespace) -> None:
    start, end = day(options.start), day(options.end)
    with open_shop(options.config, options.data) as shop:
        for note in fallen_back(shop):
            say(note)
        rows = extract(shop, options.table, start, end, slices(options.where))
        write(options, rows)
        if options.output:
            height = rows.select(pl.len()).collect(engine="streaming").item()
            told = manifest_of(shop.manifest, filters(options), height, table=options.table)
            write_manifest(options.output, told)


def _catalogue(options: argparse.Namespace) -> None:
    kpis, language = list(catalogue().values()), terminal_language()
    if options.format == "json":
        written = json.dumps([as_object(kpi, language) for kpi in kpis], ensure_ascii=False, indent=1)
    else:
        written = as_table(kpis, language) + "\n\n" + profiles_table(kpis, language)
    sys.stdout.write(written + "\n")


def _check(options: argparse.Namespace) -> None:
    """Say all that business.toml gets wrong about KPIs; values are judged once a snapshot knows them."""
    business = load_settings(options.config, options.data).business
    if current_version(options.data) is None:
        faults = [*checked(business, catalogue(), None).faults]
    else:
        with open_snapshot(options.data) as snapshot:
            found = checked(business, catalogue(), [channel.id for channel in snapshot.manifest.channels])
            faults = [*found.faults, *chain.from_iterable(Shop(snapshot, found.business).unmatched.values())]
    for fault in faults[:-1]:
        say(fault.text)
    if faults:
        raise faults[-1]


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
    notes += [fault.text for kpi in asked for fault in shop.unmatched.get(kpi.id, ())]
    columns = dict.fromkeys(column for kpi in asked for column in assumed(kpi, shop.manifest))
    return notes + [
        Text(f"{column} is not delivered and was assumed.", f"{column} 未提供，按默认口径推定。")
        for column in columns
    ]


def _burnt_in(shop: Shop, kpis: Sequence[Kpi], rows: pl.DataFrame) -> list[Text]:
    """In which KPIs old customers may count as new."""
    names = ", ".join(kpi.id for kpi in burnt_in_rows(kpis, shop.first_day, rows))
    if not names:
        return []
    return [
        Text(
            f"some customers may have bought before the data begin on {shop.first_day}: {names}.",
            f"部分顾客可能在数据开始（{shop.first_day}）之前已购买过：{names}。",
        )
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


COMMANDS = {
    "table": _table,
    "consistency": _consistency,
    "cohorts": _after_first_orders,
    "flows": _after_first_orders,
    "changes": _changes,
    "drivers": _drivers,
    "alarms": _alarms,
    "extract": _extract,
    "catalogue": _catalogue,
    "check": _check,
    "rollup": _rollup,
}
