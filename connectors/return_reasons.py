"""The six reasons of a return, from the words that shops use for them."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.connector import Connection
from connectors.errors import SettingsError, did_you_mean
from connectors.tables import Returns, columns_with
from connectors.text import Text

OPTION = "return_reasons"
DESCRIPTION = Text(
    "what the shop's own reasons for returns mean, e.g. { Damaged = 'logistics' }; well-known words need no "
    "entry, unknown ones count as 'other'",
    "店铺自定义退货原因的含义，例如 { Damaged = 'logistics' }；常见词无需填写，未知词计为“other”",
)
REASONS: tuple[str, ...] = columns_with(Returns, "choices")["reason"]
WORDS: Mapping[str, str] = {
    "defective": "quality",
    "faulty": "quality",
    "broken": "quality",
    "does not work": "quality",
    "poor quality": "quality",
    "quality": "quality",
    "damaged": "logistics",
    "damaged in transit": "logistics",
    "damaged in shipping": "logistics",
    "arrived damaged": "logistics",
    "arrived late": "logistics",
    "late": "logistics",
    "wrong item": "logistics",
    "wrong product": "logistics",
    "not as described": "description",
    "item not as described": "description",
    "description": "description",
    "wrong size": "size",
    "size": "size",
    "too small": "size",
    "too large": "size",
    "does not fit": "size",
    "changed mind": "preference",
    "change of mind": "preference",
    "no longer needed": "preference",
    "no longer wanted": "preference",
    "unwanted": "preference",
    "did not like it": "preference",
}


def reasons_query(connection: Connection) -> str:
    """A query of `word`, `reason`: one row per word in lower case, the connection's own before these.

    Raises:
        SettingsError: the option is no table, or a reason in it is none of the six.
    """
    given = connection.options.get(OPTION, {})
    if not isinstance(given, Mapping):
        raise _refused(connection, Text("must be a table of words and reasons", "应为“词 = 原因”的表"))
    for word, reason in given.items():
        if reason not in REASONS:
            near = did_you_mean(str(reason), REASONS)
            listed = ", ".join(REASONS)
            raise _refused(
                connection,
                Text(
                    f"has '{word} = {reason}'; a reason is one of: {listed}.{near.en}".rstrip("."),
                    f"中有“{word} = {reason}”；原因应为：{listed}。{near.zh}".rstrip("。"),
                ),
            )
    words = {**WORDS, **{plain(str(word)): str(reason) for word, reason in given.items()}}
    rows = ", ".join(f"({literal(word)}, {literal(reason)})" for word, reason in words.items())
    return f"SELECT word, reason FROM (VALUES {rows}) AS listed (word, reason)"


def plain(word: str) -> str:
    """A reason as it is looked up: lower case, with blanks for underscores and hyphens."""
    return word.replace("_", " ").replace("-", " ").strip().lower()


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def reason_of(raw: str) -> str:
    """The SQL expression of a reason; `raw` is one of the shop's own words, null where there is none."""
    word = f"lower(trim(translate({raw}, '_-', '  ')))"
    known = f"(SELECT reason FROM return_reasons WHERE word = {word})"
    return f"CASE WHEN {word} <> '' THEN coalesce({known}, 'other') END"


def _refused(connection: Connection, rule: Text) -> SettingsError:
    place = f"[connections.{connection.name}]"
    return SettingsError(
        Text(f"secrets.toml: {place} '{OPTION}' {rule.en}.", f"secrets.toml：{place} “{OPTION}”{rule.zh}。")
    )
