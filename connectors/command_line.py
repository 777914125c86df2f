"""Reads what is typed after `python -m ...`: commands, options, and plain words for wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.errors import UsageError, unknown
from connectors.folders import config_folder, data_folder
from connectors.text import Language, Text

Option = tuple[Text, dict[str, Any]]

FOLDERS: dict[str, Option] = {
    "--config": (
        Text(
            "folder of secrets.toml and business.toml (SEAMLINE_CONFIG, else .streamlit)",
            "secrets.toml 与 business.toml 所在文件夹（SEAMLINE_CONFIG，默认 .streamlit）",
        ),
        {"type": Path, "metavar": "DIR"},
    ),
    "--data": (
        Text(
            "folder of the snapshots (SEAMLINE_DATA, else data)",
            "快照所在文件夹（SEAMLINE_DATA，默认 data）",
        ),
        {"type": Path, "metavar": "DIR"},
    ),
}
UNSAID: dict[str, Callable[[], Path]] = {"--config": config_folder, "--data": data_folder}


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, the options it takes, and the formats it writes, the default first."""

    description: Text
    options: tuple[str, ...]
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What can be typed after `program`; an option without leading dashes is given by its place."""

    program: str
    commands: Mapping[str, Command]
    options: Mapping[str, Option]

    def read(self, argv: Sequence[str], language: Language) -> argparse.Namespace | None:
        """The command and its options; null where help was asked for and has been printed.

        Raises:
            UsageError: a command or option does not exist, or an option lacks its value.
        """
        if not argv:
            listed = ", ".join(self.commands)
            raise UsageError(Text(f"say which command: {listed}.", f"请指定命令：{listed}。"))
        name, *rest = argv
        if name in {"-h", "--help"}:
            sys.stdout.write(self._overview(language))
            return None
        if name not in self.commands:
            raise unknown(Text("command", "命令"), name, self.commands, UsageError)
        parser = self._parser(name, language)
        if "-h" in rest or "--help" in rest:
            parser.print_help()
            return None
        try:
            given, left = parser.parse_known_args(rest)
        except argparse.ArgumentError as error:
            option = error.argument_name or name
            raise UsageError(Text(f"{option}: {error.message}.", f"{option} 的用法有误或缺少值。")) from None
        if left:
            options = [option for option in self.commands[name].options if option.startswith("--")]
            raise unknown(Text("option", "选项"), left[0].partition("=")[0], options, UsageError)
        given.command = name
        return given

    def _parser(self, name: str, language: Language) -> argparse.ArgumentParser:
        command = self.commands[name]
        parser = argparse.ArgumentParser(
            prog=f"{self.program} {name}",
            description=command.description.in_language(language),
            allow_abbrev=False,
            exit_on_error=False,
        )
        for option in command.options:
            words, form = self.options[option]
            if option in UNSAID:
                form = {**form, "default": UNSAID[option]()}
            if option == "--format":
                form = {"choices": command.formats}
            parser.add_argument(option, help=words.in_language(language), **form)
        return parser

    def _overview(self, language: Language) -> str:
        width = max(map(len, self.commands))
        commands = (
            f"  {name:<{width}}  {command.description.in_language(language)}"
            for name, command in self.commands.items()
        )
        return "\n".join((f"{self.program} COMMAND [--help]", "", *commands, ""))
