"""The commands of `python -m connectors`, their options, and plain words for wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.errors import UnknownNameError, unknown
from connectors.text import Language, Text

PROGRAM = "python -m connectors"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does and the options it takes."""

    description: Text
    options: tuple[str, ...]


OPTIONS: dict[str, tuple[Text, dict[str, Any]]] = {
    "--config": (
        Text(
            "folder of secrets.toml and business.toml (.streamlit)",
            "secrets.toml 与 business.toml 所在文件夹（.streamlit）",
        ),
        {"type": Path, "default": Path(".streamlit"), "metavar": "DIR"},
    ),
    "--data": (
        Text("folder of the snapshots (data)", "快照所在文件夹（data）"),
        {"type": Path, "default": Path("data"), "metavar": "DIR"},
    ),
    "--connection": (
        Text("only these connections", "仅限这些连接"),
        {"nargs": "+", "action": "extend", "metavar": "NAME"},
    ),
    "--full": (
        Text("read everything again, not only what is new", "重新读取全部数据，而不只是新增部分"),
        {"action": "store_true"},
    ),
    "--json": (Text("print the result as JSON", "以 JSON 输出结果"), {"action": "store_true"}),
    "--progress": (
        Text("write progress as JSON lines to standard error", "向标准错误逐行输出 JSON 进度"),
        {"action": "store_true"},
    ),
}
COMMANDS = {
    "refresh": Command(
        Text("read the connections and commit a new snapshot", "读取各连接并提交新的快照"),
        ("--config", "--data", "--connection", "--full", "--json", "--progress"),
    ),
    "check": Command(
        Text("connect and say what each connection delivers", "测试连接并说明各连接提供的数据"),
        ("--config", "--data", "--connection", "--json"),
    ),
    "systems": Command(
        Text("the systems that can be connected", "可以连接的系统"),
        ("--json",),
    ),
}


def arguments(argv: Sequence[str], language: Language) -> argparse.Namespace | None:
    """The command and its options; null where help was asked for and has been printed.

    Raises:
        UnknownNameError: a command or option does not exist, or an option lacks its value.
    """
    if not argv:
        listed = ", ".join(COMMANDS)
        raise UnknownNameError(Text(f"say which command: {listed}.", f"请指定命令：{listed}。"))
    name, *rest = argv
    if name in {"-h", "--help"}:
        sys.stdout.write(_overview(language))
        return None
    if name not in COMMANDS:
        raise unknown(Text("command", "命令"), name, COMMANDS)
    parser = _parser(name, language)
    if "-h" in rest or "--help" in rest:
        parser.print_help()
        return None
    try:
        given, left = parser.parse_known_args(rest)
    except argparse.ArgumentError as error:
        option = error.argument_name or name
        raise UnknownNameError(
            Text(f"{option}: {error.message}.", f"{option} 的用法有误或缺少值。")
        ) from None
    if left:
        option = left[0].partition("=")[0]
        raise unknown(Text("option", "选项"), option, COMMANDS[name].options)
    given.command = name
    return given


def _parser(name: str, language: Language) -> argparse.ArgumentParser:
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {name}",
        description=command.description.in_language(language),
        allow_abbrev=False,
        exit_on_error=False,
    )
    for option in command.options:
        words, form = OPTIONS[option]
        parser.add_argument(option, help=words.in_language(language), **form)
    return parser


def _overview(language: Language) -> str:
    commands = (
        f"  {name:<9}{command.description.in_language(language)}" for name, command in COMMANDS.items()
    )
    return "\n".join((f"{PROGRAM} COMMAND [--help]", "", *commands, ""))
