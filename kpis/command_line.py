"""What can be typed after `python -m kpis`: commands, options, and what they mean."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from connectors.errors import did_you_mean
from connectors.text import Text
from kpis.errors import SliceError
from kpis.periods import COMPARISONS
from kpis.slices import BASES


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more, then leave with 2."""
        sys.stderr.write(f"{self.prog}: {message} (see {self.prog} --help)\n")
        sys.exit(2)


def parser() -> tuple[Parser, list[Parser]]:
    """The parser of everything, and those of the single commands."""
    top = Parser(prog="python -m kpis", description="Figures, extracts and definitions.", allow_abbrev=False)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    described = {
        "table": ("print figures", _table),
        "extract": ("print the rows of a table", _extract),
        "catalogue": ("print every KPI", _catalogue),
        "rollup": ("build the stored sums of the last snapshot", _rollup),
    }
    parsers = []
    for name, (purpose, add_options) in described.items():
        command = commands.add_parser(name, help=purpose, allow_abbrev=False)
        add_options(command)
        parsers.append(command)
    return top, parsers


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command and its options; an unknown option leaves with one line that names the nearest one."""
    top, commands = parser()
    known, strange = top.parse_known_args(arguments)
    if strange:
        options = re.findall(r"--[a-z-]+", "".join(command.format_help() for command in commands))
        near = did_you_mean(strange[0].split("=")[0], options).en
        top.error(f"there is no option '{strange[0]}'.{near}")
    return known


def names(given: str | None) -> tuple[str, ...]:
    """The names of a list such as `channel,region`."""
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())


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


def _table(command: Parser) -> None:
    _folders(command)
    command.add_argument(
        "--kpi", metavar="ID,ID...", help="which KPIs; default: all that carry the dimensions"
    )
    _slice(command)
    command.add_argument("--by", metavar="DIM,DIM...", help="day week month quarter year, or a dimension")
    command.add_argument("--compare", choices=COMPARISONS, default="none", help="what to compare with")
    command.add_argument("--basis", choices=BASES, default="cohort", help="how returns are dated")
    command.add_argument("--final-only", action="store_true", help="leave out days that may still change")
    _written(command, "csv", "json", "parquet")


def _extract(command: Parser) -> None:
    command.add_argument("table", metavar="TABLE", help="e.g. orders, or a derived table such as order_facts")
    _folders(command)
    _slice(command)
    _written(command, "csv", "parquet")


def _catalogue(command: Parser) -> None:
    command.add_argument("--format", choices=("md", "json"), default="md", help="how it is written")


def _rollup(command: Parser) -> None:
    _folders(command)
    command.add_argument("--engine", choices=("polars",), default="polars", help="what sums")


def _folders(command: Parser) -> None:
    command.add_argument(
        "--config", type=Path, default=Path(".streamlit"), metavar="DIR", help="folder of settings"
    )
    command.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of snapshots")


def _slice(command: Parser) -> None:
    command.add_argument("--from", dest="start", metavar="DAY", help="first day, YYYY-MM-DD")
    command.add_argument("--to", dest="end", metavar="DAY", help="last day, included")
    command.add_argument(
        "--where", action="append", default=[], metavar="DIM=VALUE", help='keep a slice; repeat it for "or"'
    )


def _written(command: Parser, *formats: str) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help="how it is written")
    command.add_argument("--output", type=Path, metavar="FILE", help="write here instead of on the screen")
