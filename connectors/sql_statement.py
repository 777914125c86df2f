"""What a SELECT written by a user may be: one statement that only reads."""

from __future__ import annotations

import re

from connectors.errors import SettingsError
from connectors.text import Text

ASIDE = re.compile(
    r"""
      '(?:[^']|'')*'                      # text
    | "(?:[^"]|"")*"                      # a quoted name
    | `[^`]*`                             # a quoted name, MySQL
    | \$(?P<tag>[A-Za-z_]*)\$.*?\$(?P=tag)\$  # text, PostgreSQL
    | --[^\n]*                            # remarks
    | /\*.*?\*/
    """,
    re.VERBOSE | re.DOTALL,
)
FIRST = re.compile(r"\s*\(*\s*(\w+)")
CHANGING = (
    "insert", "update", "delete", "merge", "truncate", "drop", "alter", "create", "grant", "revoke", "into",
    "call", "exec", "execute", "copy",
)  # fmt: skip
CHANGES = re.compile(rf"(?<![\w.])(?:{'|'.join(CHANGING)})\b(?!\s*\()", re.IGNORECASE)


def only_reading(place: Text, statement: str) -> str:
    """The statement without the semicolon at its end, once it is known to be a single one that reads.

    Names that are also words of change must be quoted. This spares a user an accident; that nothing is ever
    written is the database session's affair.

    Args:
        place: where the statement stands, for messages.
        statement: the statement as it was written.

    Raises:
        SettingsError: it is empty, several statements, or no SELECT.
    """
    bare = ASIDE.sub(_blank, statement)
    body = bare.rstrip("; \t\r\n")
    first = FIRST.match(body)
    if first is None:
        raise _refused(place, Text("is empty", "为空"))
    if first[1].lower() not in ("select", "with"):
        raise _refused(place, Text(f"begins with '{first[1]}'", f"以“{first[1]}”开头"))
    if ";" in body:
        raise _refused(place, Text("is more than one statement", "包含多条语句"))
    if changing := CHANGES.search(body):
        word = changing[0].upper()
        raise _refused(
            place,
            Text(
                f"has the word {word} (quote it where it is a name)",
                f"含有 {word}（若是名称请加引号）",
            ),
        )
    return statement[: len(body)].strip() + "\n"


def _blank(aside: re.Match[str]) -> str:
    """Nothing but its length: a remark as blanks, a text or quoted name as an empty one."""
    size = len(aside[0])
    return " " * size if aside[0].startswith(("--", "/*")) else f"'{' ' * (size - 2)}'"


def _refused(place: Text, what: Text) -> SettingsError:
    return SettingsError(
        Text(
            f"{place.en} {what.en}; it must be a single SELECT.",
            f"{place.zh}{what.zh}；应为单条 SELECT 语句。",
        )
    )
