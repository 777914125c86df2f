"""Errors a merchandiser can act on: what was given, the rule, what exists, the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from connectors.text import Text

MOST_LISTED, FEW_LISTED = 30, 3


class ConnectorError(Exception):
    """Base of every error this package raises on purpose; its words come in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class SettingsError(ConnectorError, ValueError):
    """secrets.toml or business.toml says something that cannot be carried out."""


class UnknownNameError(ConnectorError, LookupError):
    """A name was given that nothing is called by."""


class UsageError(ConnectorError, ValueError):
    """A command or option that does not exist, or that lacks its value."""


class SourceError(ConnectorError, OSError):
    """A connection could not be read: unreachable, unreadable, or not in the shape it should have."""


class SnapshotError(ConnectorError, RuntimeError):
    """There is no snapshot that can be opened, or another refresh is under way."""


def did_you_mean(given: str, known: Iterable[str]) -> Text:
    """The nearest known name as a question with a leading space, or nothing where none is near."""
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(given.casefold(), folded, n=1, cutoff=0.5)
    if not near:
        return Text("", "")
    return Text(f" Did you mean '{folded[near[0]]}'?", f"是否想写“{folded[near[0]]}”？")


def listed(given: str, known: Iterable[str]) -> Text:
    """The names that exist; of more than a line holds those that are most like the given one.

    >>> listed("b", "abc").en
    'a, b, c'
    >>> listed("name 12", [f"name {number}" for number in range(100)]).en
    'name 12, name 2, name 1 and 97 more'
    """
    names = sorted(known)
    if len(names) <= MOST_LISTED:
        told = ", ".join(names) or "-"
        return Text(told, told)
    near = difflib.get_close_matches(given, names, n=FEW_LISTED, cutoff=0)
    told, more = ", ".join(near), len(names) - len(near)
    return Text(f"{told} and {more} more", f"{told} 等 {len(names)} 个")


def unknown(
    what: Text,
    given: str,
    known: Iterable[str],
    error: type[ConnectorError] = UnknownNameError,
) -> ConnectorError:
    """The error for a name that does not exist: the names that do, and the nearest one.

    Args:
        what: the sort of name, in lower case, e.g. `Text("table", "表")`.
        given: the name as it was given.
        known: every name that exists.
        error: the class to build.
    """
    names = list(known)
    near, told = did_you_mean(given, names), listed(given, names)
    return error(
        Text(
            en=f"there is no {what.en} '{given}'; there is: {told.en}.{near.en}",
            zh=f"没有名为“{given}”的{what.zh}；现有：{told.zh}。{near.zh}",
        )
    )
