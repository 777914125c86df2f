"""Which column names a source may deliver for a canonical table, and plain words where it does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from connectors.errors import SourceError, did_you_mean
from connectors.tables import Table, name_of, plain_columns, required_of
from connectors.text import Text

NAME = re.compile(r"[^\W\d][\w ]*")


def deliverable(table: type[Table]) -> list[str]:
    """The column names a source may use: the canonical ones, and the plain columns behind hashes."""
    return [*table.columns(), *plain_columns(table).values()]


def check_columns(place: str, names: Sequence[str], table: type[Table]) -> None:
    """Refuse columns that are unknown, repeated or missing.

    Args:
        place: the file or query that delivers them, as a user knows it.
        names: the delivered column names.
        table: the canonical table they are for.

    Raises:
        SourceError: names every offending column, and for an unknown one the nearest known.
    """
    _refuse_nameless(place, names, table)
    _refuse_repeated(place, names)
    _refuse_unknown(place, names, table)
    missing = [name for name in required_of(table) if name not in names]
    if missing:
        listed = ", ".join(missing)
        raise SourceError(
            Text(
                f"{place} lacks what every row of {name_of(table)} needs: {listed}.",
                f"{place} 缺少 {name_of(table)} 每一行都必需的列：{listed}。",
            )
        )


def _refuse_nameless(place: str, names: Sequence[str], table: type[Table]) -> None:
    """A first line of data may hold e-mails and phone numbers, so nothing of it is repeated."""
    if all(NAME.fullmatch(name) for name in names):
        return
    wanted = required_of(table) or table.column_names()[:1]
    raise SourceError(
        Text(
            f"{place} does not begin with column names, or they are no plain words; "
            f"write such as: {', '.join(wanted)}.",
            f"{place} 的首行不是列名，或列名含有特殊字符；请使用这样的列名：{'、'.join(wanted)}。",
        )
    )


def _refuse_repeated(place: str, names: Sequence[str]) -> None:
    repeated = ", ".join(name for name, count in Counter(names).items() if count > 1)
    if repeated:
        raise SourceError(
            Text(
                f"{place} has columns of the same name: {repeated}. Keep one of each.",
                f"{place} 有同名的列：{repeated}。请各保留一列。",
            )
        )


def _refuse_unknown(place: str, names: Sequence[str], table: type[Table]) -> None:
    known = deliverable(table)
    unknown = [name for name in names if name not in known]
    both = [
        (plain, hashed) for hashed, plain in plain_columns(table).items() if {plain, hashed} <= set(names)
    ]
    if unknown:
        listed = ", ".join(known)
        en = ", ".join(f"'{name}'{_near(name, table).en}" for name in unknown)
        zh = "、".join(f"“{name}”{_near(name, table).zh}" for name in unknown)
        raise SourceError(
            Text(
                f"{place} has columns that {name_of(table)} does not: {en}.\nThere is: {listed}.",
                f"{place} 有 {name_of(table)} 中不存在的列：{zh}。\n现有：{listed}。",
            )
        )
    for plain, hashed in both:
        raise SourceError(
            Text(
                f"{place} has both '{plain}' and '{hashed}'; keep one of them.",
                f"{place} 同时有“{plain}”和“{hashed}”；请只保留一个。",
            )
        )


def _near(name: str, table: type[Table]) -> Text:
    near = did_you_mean(name, deliverable(table))
    return Text(f" ({near.en.strip()})", f"（{near.zh}）") if near.en else near
