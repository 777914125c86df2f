"""What went wrong with a SELECT, in words: the column that is gone, the GRANT that is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from connectors.errors import SourceError, did_you_mean
from connectors.masking import sentence_without_contacts
from connectors.postgres_catalogue import COLUMNS, MISSING_GRANTS, NAMES
from connectors.text import Text

SHOWN = 20
ABOUT_VALUES = "22"
QUOTED = re.compile(r'".*"', re.DOTALL)
NAME = r'(?:"(?:[^"]|"")+"|\w+)'
Ask = Callable[[str, dict[str, object]], list[tuple[Any, ...]]]
"""Asks the server's catalogue; nothing where it does not answer any more."""


@dataclass(slots=True)
class Reading:
    """A statement under way.

    Attributes:
        place: connection and canonical table, as in "webshop: orders".
        select: the statement as its author wrote it.
        seconds: its longest run.
        rows: how many have come.
    """

    place: str
    select: str
    seconds: float
    rows: int = 0


def refusal(error: psycopg.Error, reading: Reading, ask: Ask) -> SourceError:
    """The error a reader of settings understands, for one the server or the line to it gave."""
    explain = EXPLANATIONS.get(error.sqlstate or "", _cut if _is_loss(error) else _plain)
    text = explain(error, reading, ask)
    return SourceError(Text(f"{reading.place}: {text.en}", f"{reading.place}：{text.zh}"))


def server_words(error: psycopg.Error) -> str:
    """The server's own message in one line, without the value of a row that it may quote."""
    words = error.diag.message_primary or str(error)
    if (error.sqlstate or "").startswith(ABOUT_VALUES):
        words = QUOTED.sub('"..."', words)
    line = " ".join(words.split()).removeprefix("getting copy data: ").rstrip(".")
    return sentence_without_contacts(line)


def _is_loss(error: psycopg.Error) -> bool:
    state = error.sqlstate or ""
    return state.startswith(("57P", "08", "25P03")) or (
        not state and isinstance(error, psycopg.OperationalError)
    )


def _plain(error: psycopg.Error, reading: Reading, _: Ask) -> Text:
    words, line = server_words(error), _line(error, reading)
    return Text(f"the database answers: {words}{line.en}.", f"数据库返回：{words}{line.zh}。")


def _cut(error: psycopg.Error, reading: Reading, _: Ask) -> Text:
    words = server_words(error)
    return Text(
        f"the connection was cut after {reading.rows:,} rows: {words}.",
        f"读取 {reading.rows:,} 行后连接中断：{words}。",
    )


def _too_slow(error: psycopg.Error, reading: Reading, _: Ask) -> Text:
    words = server_words(error)
    return Text(
        f"the database stopped the SELECT after {reading.rows:,} rows, "
        f"it may run for {reading.seconds:g} s: {words}.",
        f"读取 {reading.rows:,} 行后数据库中止了 SELECT：{words}；最长允许 {reading.seconds:g} 秒。",
    )


def _locked(error: psycopg.Error, _: Reading, __: Ask) -> Text:
    words = server_words(error)
    return Text(
        f"a table is locked by another session ({words}); refresh again later.",
        f"有表被其他会话锁定（{words}）；请稍后再刷新。",
    )


def _writing(error: psycopg.Error, _: Reading, __: Ask) -> Text:
    words = server_words(error)
    return Text(
        f"the SELECT tries to change the database, which is only read ({words}).",
        f"SELECT 试图修改数据库，而这里只读（{words}）。",
    )


def _unknown_column(error: psycopg.Error, reading: Reading, ask: Ask) -> Text:
    given = _name_at(error, reading)
    if given is None:
        return _plain(error, reading, ask)
    tables = ask(COLUMNS, {"words": _words(reading.select)})
    near = did_you_mean(given.rpartition(".")[2], [column for _, columns in tables for column in columns])
    line = _line(error, reading)
    known = "; ".join(f"{table}: {_listed(columns)}" for table, columns in tables)
    return Text(
        f"there is no column '{given}'{line.en}.{near.en}\nThere is: {known or '-'}.",
        f"没有名为“{given}”的列{line.zh}。{near.zh}\n现有：{known or '-'}。",
    )


def _unknown_table(error: psycopg.Error, reading: Reading, ask: Ask) -> Text:
    given = _name_at(error, reading)
    if given is None:
        return _plain(error, reading, ask)
    if grants := ask(MISSING_GRANTS, {"words": _words(reading.select)}):
        return _grants(grants)
    names = sorted(name for (name,) in ask(NAMES, {}))
    near = did_you_mean(given.rpartition(".")[2], names)
    line = _line(error, reading)
    return Text(
        f"there is no table '{given}'{line.en}.{near.en}\nThere is: {_listed(names)}.",
        f"没有名为“{given}”的表{line.zh}。{near.zh}\n现有：{_listed(names)}。",
    )


def _denied(error: psycopg.Error, reading: Reading, ask: Ask) -> Text:
    grants = ask(MISSING_GRANTS, {"words": _words(reading.select)})
    return _grants(grants) if grants else _plain(error, reading, ask)


def _grants(grants: Sequence[tuple[Any, ...]]) -> Text:
    listed = " ".join(statement for (statement,) in grants)
    return Text(
        f"the role may not read this. As its owner, run: {listed}",
        f"该角色无权读取。请以所有者身份运行：{listed}",
    )


def _listed(names: Sequence[str]) -> str:
    return (", ".join(names[:SHOWN]) or "-") + (" ..." if len(names) > SHOWN else "")


def _words(select: str) -> list[str]:
    """Every identifier of a statement, as the catalogue spells it."""
    return sorted({_bare(name) for name in re.findall(NAME, select)})


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()


def _name_at(error: psycopg.Error, reading: Reading) -> str | None:
    """The name the server stumbled over, read from the statement: its messages may be in any language."""
    position = int(error.diag.statement_position or 0)
    found = re.compile(rf"{NAME}(?:\.{NAME})*").match(reading.select, position - 1) if position else None
    return ".".join(map(_bare, re.findall(NAME, found[0]))) if found else None


def _line(error: psycopg.Error, reading: Reading) -> Text:
    position = int(error.diag.statement_position or 0)
    if not 0 < position <= len(reading.select):
        return Text("", "")
    number = reading.select.count("\n", 0, position) + 1
    return Text(f" (line {number} of the SELECT)", f"（SELECT 第 {number} 行）")


EXPLANATIONS = {
    "25006": _writing,
    "42501": _denied,
    "42703": _unknown_column,
    "42P01": _unknown_table,
    "55P03": _locked,
    "57014": _too_slow,
}
