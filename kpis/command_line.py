"""The commands of `python -m kpis`, their options, and how lists and slices are written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from connectors.command_line import FOLDERS, Command, CommandLine, Option
from connectors.errors import UsageError
from connectors.text import Language, Text
from kpis.errors import SliceError
from kpis.file_format import format_of
from kpis.periods import COMPARISONS
from kpis.slices import BASES

OPTIONS: dict[str, Option] = {
    **FOLDERS,
    "table": (
        Text("a canonical table, such as orders", "一张表，例如 orders"),
        {"nargs": "?", "metavar": "TABLE"},
    ),
    "--kpi": (
        Text("which KPIs; without it all that can be split so", "指标编号；不写则为所有可按此拆分的指标"),
        {"action": "append", "metavar": "ID,ID..."},
    ),
    "--from": (Text("first day, YYYY-MM-DD", "起始日，YYYY-MM-DD"), {"dest": "start", "metavar": "DAY"}),
    "--to": (Text("last day, included", "结束日（含）"), {"dest": "end", "metavar": "DAY"}),
    "--by": (
        Text("split by day week month quarter year, or by dimensions", "按日、周、月、季、年或维度拆分"),
        {"action": "append", "metavar": "DIM,DIM..."},
    ),
    "--where": (
        Text('keep a slice; the same dimension twice means "or"', "筛选；同一维度写多次表示“或”"),
        {"action": "append", "default": [], "metavar": "DIM=VALUE"},
    ),
    "--compare": (Text("what to compare with", "比较方式"), {"choices": COMPARISONS}),
    "--basis": (
        Text("by which day returns count", "退货按哪一天统计"),
        {"choices": BASES, "default": "cohort"},
    ),
    "--profile": (
        Text("as a platform counts it, e.g. taobao", "按平台口径统计，例如 taobao"),
        {"metavar": "NAME"},
    ),
    "--final-only": (
        Text("leave out days that may still change", "不含尚未定稿的日期"),
        {"action": "store_true"},
    ),
    "--show": (
        Text("what of it, see README.md", "显示哪一部分，见 README.md"),
        {"metavar": "WHAT"},
    ),
    "--format": (
        Text("how it is written; without it as the file's name ends", "输出格式；不写则由文件扩展名决定"),
        {},
    ),
    "--output": (
        Text("write to this file, and beside it what is in it", "写入文件，并附说明文件"),
        {"type": Path, "metavar": "FILE"},
    ),
    "--engine": (Text("what adds up", "计算引擎"), {"choices": ("polars",), "default": "polars"}),
}
LISTS = {"kpi", "by"}
# A change needs something to compare with; figures do not.
COMPARED = {"table": "none", "changes": "previous", "drivers": "previous"}
COMMANDS = {
    "table": Command(
        Text("figures, one row per KPI and slice", "指标结果，每个指标与切片一行"),
        (
            "--config", "--data", "--kpi", "--from", "--to", "--by", "--where",
            "--compare", "--profile", "--basis", "--final-only", "--format", "--output",
        ),
        ("csv", "json", "parquet"),
    ),
    "consistency": Command(
        Text("whether customers get the same online and offline", "线上与线下体验是否一致"),
        ("--config", "--data", "--from", "--to", "--where", "--format", "--output"),
        ("csv", "json"),
    ),
    "cohorts": Command(
        Text(
            "who came back since the first order, by --by month or quarter of it; --show months curve second",
            "首单后的复购，--by month 或 quarter 按首单月份或季度；--show months curve second",
        ),
        ("--config", "--data", "--show", "--from", "--to", "--by", "--where", "--format", "--output"),
        ("csv", "json"),
    ),
    "flows": Command(
        Text(
            "from the first channel to the second; --show channels customers",
            "首单渠道到第二单渠道；--show channels customers",
        ),
        ("--config", "--data", "--show", "--from", "--to", "--where", "--format", "--output"),
        ("csv", "json"),
    ),
    "changes": Command(
        Text("which KPIs really changed, and what brings it", "哪些指标真实变化及其来源"),
        (
            "--config", "--data", "--kpi", "--from", "--to", "--where", "--compare", "--format", "--output",
        ),
        ("csv", "json"),
    ),
    "drivers": Command(
        Text("why one KPI changed, slice by slice", "一个指标为何变化，逐个切片拆解"),
        (
            "--config", "--data", "--kpi", "--from", "--to", "--by", "--where",
            "--compare", "--profile", "--basis", "--format", "--output",
        ),
        ("csv", "json"),
    ),
    "alarms": Command(
        Text("weeks that are out of the ordinary", "异常的周"),
        ("--config", "--data", "--kpi", "--from", "--to", "--where", "--format", "--output"),
        ("csv", "json"),
    ),
    "extract": Command(
        Text("the rows of a table: extract TABLE", "一张表的明细：extract TABLE"),
        ("table", "--config", "--data", "--from", "--to", "--where", "--format", "--output"),
        ("csv", "parquet"),
    ),
    "catalogue": Command(
        Text("every KPI and what it means", "所有指标及其含义"), ("--format",), ("md", "json"),
    ),
    "check": Command(
        Text("whether KPIs can be meant as business.toml has them", "business.toml 的指标设置是否有效"),
        ("--config", "--data"),
    ),
    "rollup": Command(
        Text("store the sums of the last snapshot", "预先汇总最新快照"),
        ("--config", "--data", "--engine"),
    ),
}  # fmt: skip


LINE = CommandLine("python -m kpis", COMMANDS, OPTIONS)


def arguments(argv: Sequence[str], language: Language) -> argparse.Namespace | None:
    """The command and its options; null where help was asked for and has been printed.

    Raises:
        UsageError: a command or option does not exist, an option lacks its value, or the file's name does
            not go with the format.
    """
    given = LINE.read(argv, language)
    if given is None:
        return None
    if given.command == "extract" and given.table is None:
        raise UsageError(Text("say which table: extract TABLE.", "请指定表名：extract TABLE。"))
    if given.command in COMPARED and given.compare is None:
        given.compare = COMPARED[given.command]
    if "format" in given:
        given.format = format_of(
            given.format, getattr(given, "output", None), COMMANDS[given.command].formats
        )
    for option in LISTS & vars(given).keys():
        setattr(given, option, _joined(option, getattr(given, option)))
    return given


def names(given: str | None) -> tuple[str, ...]:
    """The names of a list such as `channel,region`."""
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())


def _joined(option: str, given: Sequence[str] | None) -> str | None:
    """A list given at once or one by one, as one; null where it was not given."""
    if given is not None and not names(",".join(given)):
        raise UsageError(Text(f"--{option} is empty.", f"--{option} 的值为空。"))
    return None if given is None else ",".join(given)


def slices(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The values per dimension of options such as `channel=web`; one dimension twice means "or".

    Raises:
        SliceError: one is not written so.
    """
    found: dict[str, tuple[str, ...]] = {}
    for option in given:
        name, equals, value = option.partition("=")
        if not equals or not name:
            raise SliceError(
                Text(
                    f"--where is written DIMENSION=VALUE, e.g. channel=web, not '{option}'.",
                    f"--where 请写作 维度=值，例如 channel=web，而不是“{option}”。",
                )
            )
        found[name] = (*found.get(name, ()), value)
    return found
