"""The lists in README.md, printed by the code they describe: run `python -m tests.readme` after a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from connectors.result_json import filled_by
from connectors.systems import systems
from connectors.tables import TABLES, columns_with, plain_columns, required_of
from dashboard.view import discover
from kpis.catalogue import catalogue
from tests.pictures import picture

README = Path(__file__).parents[1] / "README.md"


def kpis() -> str:
    """One row per KPI: id, name in both languages, question."""
    rows = [
        f"| `{kpi.id}` | {kpi.title.en} / {kpi.title.zh} | {kpi.question.en} |"
        for kpi in catalogue().values()
    ]
    return "\n".join(["| KPI | name | question |", "|---|---|---|", *rows])


def tables() -> str:
    """One row per canonical table: name, what a row is, required and optional columns."""
    rows = []
    for name, table in TABLES.items():
        required = required_of(table)
        plain = plain_columns(table)
        words = columns_with(table, "choices")
        columns = {
            column: plain.get(column, column) + (f" ({' / '.join(words[column])})" if column in words else "")
            for column in table.column_names()
        }
        needed = ", ".join(columns[column] for column in required)
        others = ", ".join(written for column, written in columns.items() if column not in required)
        meaning = (table.__doc__ or "").rstrip(".")
        rows.append(f"| `{name}` | {meaning} | {needed} | {others} |")
    return "\n".join(["| table | one row is | required | optional |", "|---|---|---|---|", *rows])


def installed() -> str:
    """One row per system: its name in settings, what it is, the tables it fills."""
    rows = [
        f"| `{name}` | {connector.title.en} | {', '.join(filled_by(connector))} |"
        for name, connector in systems().items()
    ]
    return "\n".join(["| system | what it is | fills |", "|---|---|---|", *rows])


def pages() -> str:
    """One row per page: its name, what one finds there and what it looks like in both languages."""
    rows = [
        f"| **{view.title.en}** {view.title.zh}<br>{view.help.en} | "
        + " | ".join(
            f"![{title}](dashboard/pictures/{picture(view.path, language)}.png)"
            for language, title in (("en", view.title.en), ("zh", view.title.zh))
        )
        + " |"
        for view in discover()
    ]
    return "\n".join(["| page | English | 简体中文 |", "|---|---|---|", *rows])


LISTS: dict[str, Callable[[], str]] = {"kpis": kpis, "tables": tables, "systems": installed, "pages": pages}


def with_lists(text: str) -> str:
    """README's text with every list between its markers as the code prints it."""
    for name, printed in LISTS.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        block = f"{begin}\n{printed()}\n{end}"
        text = re.sub(f"{begin}.*?{end}", lambda _, block=block: block, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    README.write_text(with_lists(README.read_text(encoding="utf-8")), encoding="utf-8")
