"""The results of the commands as words and tables for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from connectors.check import ConnectionCheck
from connectors.connector import Connector
from connectors.manifest import TableReport
from connectors.refresh import RefreshReport
from connectors.result_json import filled_by
from connectors.tables import name_of
from connectors.text import Language, Text

WIDE = 200
CONNECTION, TABLE = Text("connection", "连接"), Text("table", "表")
COUNTS = (
    Text("pulled", "读取"),
    Text("accepted", "接受"),
    Text("repaired", "修正"),
    Text("quarantined", "隔离"),
    Text("seconds", "秒"),
    Text("read now", "本次读取"),
)
FINDINGS = (
    ("quarantine", Text("rows put aside", "隔离的行")),
    ("repairs", Text("cells emptied", "置空的格")),
    ("misses", Text("ids that lead nowhere", "查无所指的编号")),
    ("without_rate", Text("rows without an exchange rate", "缺少汇率的行")),
)


def print_refresh(report: RefreshReport, language: Language) -> None:
    """Counts per connection and table, then every rule that was broken, then warnings."""
    tables = [
        (name, table, counts)
        for name, connection in report.connections.items()
        for table, counts in connection.tables.items()
    ]
    _print_table(
        (CONNECTION, TABLE, *COUNTS),
        (
            (
                name,
                table,
                *(f"{count:,}" for count in _counts(counts)),
                *_read_now(counts, was_read=report.was_read(name)),
            )
            for name, table, counts in tables
        ),
        language,
        words=2,
    )
    findings = [
        (name, table, words.in_language(language), rule, f"{count:,}")
        for name, table, counts in tables
        for kind, words in FINDINGS
        for rule, count in getattr(counts, kind).items()
    ]
    columns = (CONNECTION, TABLE, Text("what", "情况"), Text("rule", "规则"), Text("count", "数量"))
    _print_table(columns, findings, language, words=4)
    print_warnings(report.warnings, language)
    if report.version:
        moment = report.data_time.isoformat(" ", "minutes") if report.data_time else "-"
        _print(
            Text(
                f"snapshot {report.version}; newest order {moment}",
                f"快照 {report.version}；最新订单 {moment}",
            ),
            language,
        )


def print_check(checked: Mapping[str, ConnectionCheck], language: Language) -> None:
    """Rows, newest moment and columns not delivered, per connection and table, then warnings."""
    _print_table(
        (
            CONNECTION,
            Text("system", "系统"),
            TABLE,
            Text("rows", "行数"),
            Text("newest (UTC)", "最新（UTC）"),
            Text("not delivered", "未提供的列"),
        ),
        (
            (
                name,
                f"{result.system} {result.version or ''}".strip(),
                table,
                f"{seen.rows:,}",
                seen.newest.strftime("%Y-%m-%d %H:%M") if seen.newest else "-",
                ", ".join(seen.missing) or "-",
            )
            for name, result in checked.items()
            for table, seen in result.tables.items()
        ),
        language,
        words=6,
    )
    for name, result in checked.items():
        print_warnings(
            (Text(f"{name}: {each.en}", f"{name}：{each.zh}") for each in result.warnings), language
        )


def print_systems(systems: Mapping[str, Connector], language: Language) -> None:
    """Every system's name, title, tables and settings, and what would fill the tables it lacks."""
    for name, connector in systems.items():
        tables = ", ".join(filled_by(connector))
        sys.stdout.write(f"{name}: {connector.title.in_language(language)}\n")
        sys.stdout.write(f"  {connector.description.in_language(language)}\n")
        _print(Text(f"  tables: {tables}", f"  表：{tables}"), language)
        for option, words in connector.options.items():
            sys.stdout.write(f"  {option} = {words.in_language(language)}\n")
        for words in dict.fromkeys(connector.lacks.values()):
            lacking = ", ".join(name_of(table) for table, other in connector.lacks.items() if other == words)
            sys.stdout.write(f"  - {lacking}: {words.in_language(language)}\n")


def print_warnings(warnings: Iterable[Text], language: Language) -> None:
    """One line per warning."""
    for warning in warnings:
        _print(Text(f"warning: {warning.en}", f"注意：{warning.zh}"), language)


def printable(words: str) -> str:
    """Words from data without characters that steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in words)


def _read_now(counts: TableReport, *, was_read: bool) -> tuple[str, str]:
    """Seconds and rows of this refresh; nothing where the rows of an earlier one were kept."""
    return (f"{counts.seconds:.1f}", f"{counts.read:,}") if was_read else ("-", "-")


def _counts(counts: TableReport) -> tuple[int, ...]:
    return counts.pulled, counts.accepted, counts.repaired, counts.quarantined


def _print(text: Text, language: Language) -> None:
    sys.stdout.write(printable(text.in_language(language)) + "\n")


def _print_table(
    columns: Sequence[Text], rows: Iterable[Sequence[str]], language: Language, words: int
) -> None:
    """A table whose first `words` columns are words and whose others are numbers; nothing without rows."""
    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(
            column.in_language(language),
            justify="left" if place < words else "right",
            no_wrap=place + 1 < len(columns),
        )
    for row in rows:
        table.add_row(*(printable(cell) for cell in row))
    if not table.row_count:
        return
    width = None if sys.stdout.isatty() else WIDE
    Console(markup=False, highlight=False, emoji=False, width=width).print(table)
