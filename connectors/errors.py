"""Errors a merchandiser can act on: what was given, the rule, what exists, the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from connectors.text import Text


class ConnectorError(Exception):
    """Base of every error this package raises on purpose; its words come in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class SettingsError(ConnectorError, ValueError):
    """secrets.toml or business.toml says something that cannot be carried out."""


class UnknownNameError(ConnectorError, LookupError):
    """A name was given that nothing is called by."""


class SourceError(ConnectorError, OSError):
    """A connection could not be read: unreachable, unreadable, or not in the shape it should have."""


class SnapshotError(ConnectorError, RuntimeError):
    """There is no snapshot that can be opened, or another refresh is under way."""


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
    names = sorted(known)
    near = difflib.get_close_matches(given, names, n=1, cutoff=0.5)
    listed = ", ".join(names) or "-"
    return error(
        Text(
            en=f"there is no {what.en} '{given}'; there is: {listed}."
            + (f" Did you mean '{near[0]}'?" if near else ""),
            zh=f"没有名为“{given}”的{what.zh}；现有：{listed}。" + (f"是否想写“{near[0]}”？" if near else ""),
        )
    )
