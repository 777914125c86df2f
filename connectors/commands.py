"""The command line: python -m connectors refresh | check | systems."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

from connectors.arguments import LINE
from connectors.check import check
from connectors.connector import Connection
from connectors.errors import ConnectorError, SnapshotError
from connectors.interval import interval
from connectors.progress import shown_progress
from connectors.pull import Progress
from connectors.refresh import refresh
from connectors.refresh_process import RefreshProcess
from connectors.result_json import check_json, refresh_json, systems_json
from connectors.result_table import print_check, print_refresh, print_systems, print_warnings, printable
from connectors.round_line import round_json, round_words
from connectors.rounds import Rounds, SystemClock
from connectors.settings import Settings, load_settings
from connectors.systems import check_options, systems
from connectors.text import Language, Text, terminal_language

DONE, FAILED, WRONG = 0, 1, 2
ROLLUP, ADDING_UP = "rollup", 0.9
NOT_ROLLED_UP = Text(
    "the snapshot is committed, but its KPI sums could not be prepared; pages will do it when opened.",
    "快照已提交，但未能预先汇总指标；打开页面时会自动汇总。",
)

KPIS_NOT_ASKED = Text(
    "what business.toml says of KPIs could not be checked; run `python -m kpis check`.",
    "未能检查 business.toml 中与指标有关的设置；请运行 `python -m kpis check`。",
)


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0: done. 1: a connection could not be read, or another refresh is under way. 2: wrong usage or
        settings. `refresh --every` only ends by 2 or a signal.
    """
    language = terminal_language()
    try:
        given = LINE.read(argv, language)
        code = DONE if given is None else COMMANDS[given.command](given, language)
        sys.stdout.flush()
    except SnapshotError as error:
        _complain(error.text, language)
        return FAILED
    except ConnectorError as error:
        _complain(error.text, language)
        return WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        place, reason = error.filename, error.strerror or type(error).__name__
        _complain(Text(f"'{place}' cannot be used: {reason}.", f"无法使用“{place}”：{reason}。"), language)
        return WRONG
    return code


def _refresh(given: argparse.Namespace, language: Language) -> int:
    if given.every is not None:
        _keep_refreshing(given, language)
    settings, chosen = _chosen(given)
    only = {connection.name for connection in chosen} if given.connection else None
    # Rows come as millions of small objects: what was loaded before is not walked for each few of them.
    gc.freeze()
    with shown_progress(language, as_json=given.progress) as told:
        report = refresh(settings, only, told, full=given.full)
        rolled_up = None
        if report.version is not None:
            told(Progress("", ROLLUP, 0, ADDING_UP))
            rolled_up = _ask_kpis(ROLLUP, settings)
    if given.json:
        sys.stdout.write(refresh_json(report, language) + "\n")
    else:
        print_refresh(report, language)
    for name, connection in report.connections.items():
        if connection.error is not None:
            words = connection.error
            _complain(Text(f"{name}: {words.en}", f"{name}：{words.zh}"), language)
    code = DONE if rolled_up is None else _code_of(rolled_up, language, NOT_ROLLED_UP)
    return FAILED if report.failed else code


def _keep_refreshing(given: argparse.Namespace, language: Language) -> NoReturn:
    """Round after round, each in a process of its own, until a signal ends it.

    Raises:
        ConnectorError: the settings are wrong from the start; what is wrong later is told round by round.
    """
    every = interval(given.every)
    _chosen(given)
    options = ["--config", str(given.config), "--data", str(given.data)]
    options += [option for option in ("--full", "--progress") if getattr(given, option.strip("-"))]

    def refreshed(names: Sequence[str]) -> RefreshProcess:
        heard = _repeat if given.progress else None
        process = RefreshProcess([*options, "--connection", *names], language, heard=heard)
        process.run()
        return process

    rounds = Rounds(every, lambda: [each.name for each in _chosen(given)[1]], refreshed, SystemClock())
    written = round_json if given.json else round_words
    while True:
        sys.stdout.write(written(rounds.play(), language) + "\n")
        sys.stdout.flush()


def _check(given: argparse.Namespace, language: Language) -> int:
    settings, chosen = _chosen(given)
    checked = check(chosen, settings.business)
    of_kpis = _ask_kpis("check", settings)
    if given.json:
        sys.stdout.write(check_json(checked, settings.warnings, language) + "\n")
    else:
        print_check(checked, language)
        print_warnings(settings.warnings, language)
    for name, result in checked.items():
        if result.error is not None:
            words = result.error
            _complain(Text(f"{name}: {words.en}", f"{name}：{words.zh}"), language)
    code = _code_of(of_kpis, language, KPIS_NOT_ASKED)
    return code if all(result.ok for result in checked.values()) else FAILED


def _systems(given: argparse.Namespace, language: Language) -> int:
    if given.json:
        sys.stdout.write(systems_json(systems()) + "\n")
    else:
        print_systems(systems(), language)
    return DONE


COMMANDS = {"refresh": _refresh, "check": _check, "systems": _systems}


def _chosen(given: argparse.Namespace) -> tuple[Settings, list[Connection]]:
    """The settings, and the connections to look at, all of whose options exist."""
    settings = load_settings(given.config, given.data)
    names = list(dict.fromkeys(given.connection or (each.name for each in settings.connections)))
    chosen = [settings.connection_named(name) for name in names]
    for connection in chosen:
        check_options(connection)
    return settings, chosen


def _ask_kpis(command: str, settings: Settings) -> subprocess.CompletedProcess[str]:
    """Let the KPIs do their part, in a process of their own: imports point one way."""
    line = [sys.executable, "-m", "kpis", command]
    line += ["--config", str(settings.config), "--data", str(settings.data)]
    return subprocess.run(line, capture_output=True, encoding="utf-8", check=False)  # noqa: S603


def _code_of(asked: subprocess.CompletedProcess[str], language: Language, failed: Text) -> int:
    """The exit code after the KPIs' part, once its complaints are told.

    Args:
        asked: the process that has ended.
        language: of the messages.
        failed: what to say where it could not do its part.
    """
    if asked.returncode == WRONG:
        sys.stderr.write(printable(asked.stderr))
    elif asked.returncode:
        _complain(failed, language)
    return WRONG if asked.returncode == WRONG else DONE


def _repeat(line: str) -> None:
    sys.stderr.write(printable(line) + "\n")
    sys.stderr.flush()


def _complain(text: Text, language: Language) -> None:
    sys.stderr.write(printable(text.in_language(language)) + "\n")
