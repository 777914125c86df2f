"""The tables of the Data health page: pure frames under headings of the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.manifest import ConnectionReport, Manifest
from connectors.rules import explain
from connectors.tables import TABLES
from dashboard.freshness import moment
from dashboard.safe import plain
from dashboard.wording import Say, names
from dashboard.wording import health as words
from dashboard.wording.columns import heading
from dashboard.written import NOTHING
from kpis.health import Filled, Finding, days_behind, filled, importance, waiting_for
from kpis.stored_versions import StoredVersion

LONGEST_ERROR = 300
LONGEST_CELL = 200
_MEGABYTE = 1e6


def connections(manifest: Manifest, reaches: pl.DataFrame, say: Say) -> pl.DataFrame:
    """One row per connection; the column of reasons only where one failed."""
    newest = dict(reaches.group_by("connection").agg(pl.col("last_day").max()).iter_rows())
    rows = [
        {
            say(words.CONNECTION): plain(name),
            say(words.SYSTEM): report.system,
            say(words.STATE): say(words.READ if report.ok else words.UNREAD),
            say(words.AS_OF): moment(report.read_at, manifest, say),
            say(words.NEWEST): newest.get(name),
            say(words.TABLES): len(report.tables),
            **_counts(report, say),
            say(words.ERROR): _error(report, say),
        }
        for name, report in manifest.connections.items()
    ]
    table = pl.DataFrame(rows, infer_schema_length=None)
    return (
        table
        if any(report.error for report in manifest.connections.values())
        else table.drop(say(words.ERROR))
    )


def tables(manifest: Manifest, reaches: pl.DataFrame, say: Say) -> pl.DataFrame:
    """One row per connection and table."""
    days = {(name, table): (first, last) for name, table, first, last in reaches.iter_rows()}
    return pl.DataFrame(
        [
            _table(each, days.get((each.connection, each.table), (None, None)), manifest, say)
            for each in filled(manifest)
        ],
        infer_schema_length=None,
    )


def faults(found: Sequence[Finding], say: Say) -> pl.DataFrame:
    """One row per connection, table and fault."""
    return pl.DataFrame(
        {
            say(words.CONNECTION): plain(each.connection),
            say(words.TABLE): say(names.TABLES[each.table]),
            say(words.KIND): say(words.KINDS[each.kind]),
            say(words.WHY): plain(say(each.why), LONGEST_CELL),
            say(words.COUNT): each.count,
        }
        for each in found
    )


def aside(rows: pl.DataFrame, say: Say) -> pl.DataFrame:
    """Rows put aside under headings, the rule in words; cells as the source delivered them."""
    rules = {name: say(explain(name)) for name in rows["rule"].unique()}
    spoken = rows.with_columns(pl.col("rule").replace(rules))
    headed = {name: heading(name, say.language) for name in rows.columns}
    return spoken.rename(headed | {"rule": say(words.RULE)})


def columns(table: str, coverage: pl.DataFrame, manifest: Manifest, say: Say) -> pl.DataFrame:
    """One row per column of a canonical table: what it is, and how much of it each connection fills."""
    shares = {(name, column): share for name, column, share in _shares(coverage)}
    reports = {
        name: report.tables[table] for name, report in manifest.connections.items() if table in report.tables
    }
    return pl.DataFrame(
        {
            say(words.COLUMN): column,
            say(words.MEANING): heading(column, "zh") if say.language == "zh" else declared.description,
            say(words.NEED): say(words.IMPORTANCE[importance(table, column)]),
            **{
                plain(name): _share(shares.get((name, column)), say)
                if column in report.columns
                else say(words.NOT_DELIVERED)
                for name, report in reports.items()
            },
            say(words.WAITING): say.each([say(kpi.title) for kpi in waiting_for(table, column)]),
        }
        for column, declared in TABLES[table].columns().items()
    )


def versions(found: Sequence[StoredVersion], manifest: Manifest, say: Say) -> pl.DataFrame:
    """One row per version of the snapshot, newest first."""
    return pl.DataFrame(
        {
            say(words.VERSION): each.version,
            say(words.SHOWN_NOW): say(words.YES) if each.version == manifest.version else "",
            say(words.MADE): moment(each.created_at, manifest, say),
            say(words.NEWEST_ORDER): moment(each.data_time, manifest, say),
            say(words.ROWS): each.rows,
            say(words.SIZE): round(each.size / _MEGABYTE, 1),
            say(words.FAILED_THEN): say.each([plain(name) for name in each.failed]),
        }
        for each in found
    )


def _table(
    each: Filled, days: tuple[dt.date | None, dt.date | None], manifest: Manifest, say: Say
) -> dict[str, object]:
    report, (first, last) = each.report, days
    return {
        say(words.CONNECTION): plain(each.connection),
        say(words.TABLE): say(names.TABLES[each.table]),
        say(words.ROWS_PULLED): report.pulled,
        say(words.ROWS_ACCEPTED): report.accepted,
        say(words.ROWS_ASIDE): report.quarantined,
        say(words.SUM): say(words.DIFFERS, lost=say.number(each.lost)) if each.lost else say(words.ADDS_UP),
        say(words.CELLS_EMPTIED): report.repaired,
        say(words.NOWHERE): sum(report.misses.values()),
        say(words.UNCONVERTED): sum(report.without_rate.values()),
        say(words.COLUMNS): say(
            words.OF_COLUMNS, delivered=each.delivered, columns=len(TABLES[each.table].column_names())
        ),
        say(words.FIRST_DAY): first,
        say(words.LAST_DAY): last,
        say(words.BEHIND): days_behind(each.table, last, manifest.last_day),
        say(words.READ_NOW): report.read,
        say(words.SECONDS): report.seconds,
    }


def _counts(report: ConnectionReport, say: Say) -> Mapping[str, int]:
    reports = report.tables.values()
    return {
        say(words.ROWS_PULLED): sum(each.pulled for each in reports),
        say(words.ROWS_ACCEPTED): sum(each.accepted for each in reports),
        say(words.ROWS_ASIDE): sum(each.quarantined for each in reports),
        say(words.CELLS_EMPTIED): sum(each.repaired for each in reports),
    }


def _error(report: ConnectionReport, say: Say) -> str:
    return plain(say(report.error), LONGEST_ERROR) if report.error else ""


def _shares(coverage: pl.DataFrame) -> list[tuple[str, str, float]]:
    return coverage.select("connection", "column", "share").rows()


def _share(share: float | None, say: Say) -> str:
    return NOTHING if share is None else say.value(share, "percent")
