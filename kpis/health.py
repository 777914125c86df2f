"""How a snapshot was filled: what was read, kept, put aside and emptied; nothing of it is a KPI."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from connectors.manifest import NO_CURRENCY, Manifest, TableReport
from connectors.rules import explain
from connectors.tables import TABLES, columns_with, dated_by, required_of
from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

PARENT_PUT_ASIDE = ":parent_put_aside"
FINDINGS = ("quarantine", "repairs", "misses", "without_rate")


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows of all tables of all connections.

    Attributes:
        pulled: rows that the sources have.
        accepted: rows in the snapshot.
        quarantined: rows put aside.
        repaired: optional cells emptied.
        misses: foreign ids that lead nowhere.
        without_rate: rows with an amount that has no exchange rate.
        lost: rows that are neither in the snapshot nor put aside; always 0, or something is wrong.
    """

    pulled: int
    accepted: int
    quarantined: int
    repaired: int
    misses: int
    without_rate: int
    lost: int

    @property
    def share_aside(self) -> float | None:
        """Rows put aside of rows pulled; null where nothing was pulled."""
        return self.quarantined / self.pulled if self.pulled else None


@dataclass(frozen=True, slots=True)
class Filled:
    """One table of one connection, and the rows that are unaccounted for."""

    connection: str
    table: str
    report: TableReport

    @property
    def lost(self) -> int:
        """Rows that were read and are neither in the snapshot nor put aside."""
        return self.report.pulled - self.report.accepted - self.report.quarantined

    @property
    def delivered(self) -> int:
        """How many of the table's columns the connection delivers, even if empty."""
        return len(set(TABLES[self.table].column_names()) & set(self.report.columns))


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows or cells of one table of one connection that have the same fault.

    Attributes:
        connection: whose they are.
        table: the canonical table.
        kind: `quarantine`, `repairs`, `misses` or `without_rate`.
        rule: the rule's name; of misses the column, of rates the currency.
        why: the rule in words.
        count: rows; of repairs and misses cells.
    """

    connection: str
    table: str
    kind: str
    rule: str
    why: Text
    count: int


def filled(manifest: Manifest) -> list[Filled]:
    """Every table of every connection, in the manifest's order."""
    return [
        Filled(name, table, report)
        for name, connection in manifest.connections.items()
        for table, report in connection.tables.items()
    ]


def totals(manifest: Manifest) -> Totals:
    """The counts of all tables together; a row in two tables counts in both."""
    every = filled(manifest)
    reports = [each.report for each in every]
    return Totals(
        pulled=sum(report.pulled for report in reports),
        accepted=sum(report.accepted for report in reports),
        quarantined=sum(report.quarantined for report in reports),
        repaired=sum(report.repaired for report in reports),
        misses=sum(sum(report.misses.values()) for report in reports),
        without_rate=sum(sum(report.without_rate.values()) for report in reports),
        lost=sum(abs(each.lost) for each in every),
    )


def findings(manifest: Manifest) -> list[Finding]:
    """Everything that was found wrong: rows put aside first, the most frequent of a kind first."""
    found = [
        Finding(each.connection, each.table, kind, rule, _why(kind, rule), count)
        for each in filled(manifest)
        for kind in FINDINGS
        for rule, count in getattr(each.report, kind).items()
        if count
    ]
    return sorted(found, key=lambda finding: (FINDINGS.index(finding.kind), -finding.count))


def aside_by_table(manifest: Manifest) -> dict[tuple[str, str], int]:
    """Rows put aside per connection and table, the most first; tables without any are left out."""
    counts = {(each.connection, each.table): each.report.quarantined for each in filled(manifest)}
    return {name: count for name, count in sorted(counts.items(), key=lambda item: -item[1]) if count}


def most_at_fault(manifest: Manifest) -> str | None:
    """The table with the most rows put aside on their own account; null where none were.

    Rows that only follow their parent are left out, unless there is nothing else.
    """
    own: Counter[str] = Counter()
    followers: Counter[str] = Counter()
    for found in findings(manifest):
        if found.kind == "quarantine":
            (followers if PARENT_PUT_ASIDE in found.rule else own)[found.table] += found.count
    return next((table for table, _ in (own or followers).most_common(1)), None)


def importance(table: str, column: str) -> str:
    """What a column is to its table: `required`, `personal` (stays out of extracts) or `optional`."""
    if column in required_of(TABLES[table]):
        return "required"
    return "personal" if column in columns_with(TABLES[table], "personal") else "optional"


def waiting_for(table: str, column: str) -> list[Kpi]:
    """The KPIs that say nothing, or assume something, where nobody delivers a column."""
    wanted = f"{table}.{column}"
    return [
        kpi
        for kpi in catalogue().values()
        if any(wanted in need.split("|") for need in (*kpi.needs, *kpi.assumes))
    ]


def days_behind(table: str, newest: dt.date | None, last_day: dt.date | None) -> int | None:
    """How many days a table ends before the newest order, at least 0; null where either is unknown.

    Null, too, of a table whose rows hold until the next one, such as prices: an old row is no stale one.
    """
    if newest is None or last_day is None or dated_by(TABLES[table]) is None:
        return None
    return max((last_day - newest).days, 0)


def _why(kind: str, rule: str) -> Text:
    if kind == "misses":
        return Text(f"{rule}: nobody has that id, or several do", f"{rule}：该编号不存在，或存在于多个连接")
    if kind == "without_rate":
        return _without_rate(rule)
    return explain(rule)


def _without_rate(currency: str) -> Text:
    if currency == NO_CURRENCY:
        return Text("nobody says in which currency the amount is", "未提供该金额的币种")
    return Text(
        f"{currency}: neither [rates] in business.toml nor rates.csv has a rate",
        f"{currency}：business.toml 的 [rates] 与 rates.csv 均无汇率",
    )
