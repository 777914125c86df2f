"""What can be typed after `python -m kpis`: commands, options, and plain words for wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.errors import unknown
from connectors.text import Language, Text
from kpis.errors import SliceError, UsageError
from kpis.periods import COMPARISONS
from kpis.slices import BASES

PROGRAM = "python -m kpis"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, the options it takes, and the formats it writes, the default first."""

    description: Text
    options: tuple[str, ...]
    formats: tuple[str, ...] = ()


OPTIONS: dict[str, tuple[Text, dict[str, Any]]] = {
    "--config": (
        Text("folder of secrets.toml and business.toml (.streamlit)", "设置文件所在文件夹（.streamlit）"),
        {"type": Path, "default": Path(".streamlit"), "metavar": "DIR"},
    ),
    "--data": (
        Text("folder of the snapshots (data)", "快照所在文件夹（data）"),
        {"type": Path, "default": Path("data"), "metavar": "DIR"},
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
    "--compare": (Text("what to compare with", "比较方式"), {"choices": COMPARISONS, "default": "none"}),
    "--basis": (
        Text("by which day returns count", "退货按哪一天统计"),
        {"choices": BASES, "default": "cohort"},
    ),
    "--final-only": (
        Text("leave out days that may still change", "不含尚未定稿的日期"),
        {"action": "store_true"},
    ),
    "--format": (Text("how it is written", "输出格式"), {}),
    "--output": (
        Text("write to this file, and beside it what is in it", "写入文件，并附说明文件"),
        {"type": Path, "metavar": "FILE"},
    ),
    "--engine": (Text("what adds up", "计算引擎"), {"choices": ("polars",), "default": "polars"}),
}
LISTS = {"kpi", "by"}
COMMANDS = {
    "table": Command(
        Text("figures, one row per KPI and slice", "指标结果，每个指标与切片一行"),
        (
            "--config", "--data", "--kpi", "--from", "--to", "--by", "--where",
            "--compare", "--basis", "--final-only", "--format", "--output",
        ),
        ("csv", "json", "parquet"),
    ),
    "extract": Command(
        Text("the rows of a table: extract TABLE", "一张表的明细：extract TABLE"),
        ("--config", "--data", "--from", "--to", "--where", "--format", "--output"),
        ("csv", "parquet"),
    ),
    "catalogue": Command(
        Text("every KPI and what it means", "所有指标及其含义"), ("--format",), ("md", "json"),
    ),
    "rollup": Command(
        Text("store the sums of the last snapshot", "预先汇总最新快照"),
        ("--config", "--data", "--engine"),
    ),
}  # fmt: skip


def arguments(argv: Sequence[str], language: Language) -> argparse.Namespace | None:
    """The command and its options; null where help was asked for and has been printed.

    Raises:
        UsageError: a command or option does not exist, or an option lacks its value.
    """
    if not argv:
        listed = ", ".join(COMMANDS)
        raise UsageError(Text(f"say which command: {listed}.", f"请指定命令：{listed}。"))
    name, *rest = argv
    if name in {"-h", "--help"}:
        sys.stdout.write(_overview(language))
        return None
    if name not in COMMANDS:
        raise unknown(Text("command", "命令"), name, COMMANDS, UsageError)
    parser = _parser(name, language)
    if "-h" in rest or "--help" in rest:
        parser.print_help()
        return None
    try:
        given, left = parser.parse_known_args(rest)
    except argparse.ArgumentError as error:
        option = error.argument_name or name
        raise UsageError(Text(f"{option}: {error.message}.", f"{option} 的用法有误或缺少值。")) from None
    if left:
        raise unknown(Text("option", "选项"), left[0].partition("=")[0], COMMANDS[name].options, UsageError)
    if name == "extract" and given.table is None:
        raise UsageError(Text("say which table: extract TABLE.", "请指定表名：extract TABLE。"))
    given.command = name
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


def _parser(name: str, language: Language) -> argparse.ArgumentParser:
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}",
        description=command.description.in_language(language),
        allow_abbrev=False,
        exit_on_error=False,
    )
    if name == "extract":
        parser.add_argument("table", nargs="?", metavar="TABLE")
    for option in command.options:
        words, form = OPTIONS[option]
        if option == "--format":
            form = {"choices": command.formats, "default": command.formats[0]}
        parser.add_argument(option, help=words.in_language(language), **form)
    return parser


def _overview(language: Language) -> str:
    commands = (
        f"  {name:<10}{command.description.in_language(language)}" for name, command in COMMANDS.items()
    )
    return "\n".join((f"{PROGRAM} COMMAND [--help]", "", *commands, ""))
