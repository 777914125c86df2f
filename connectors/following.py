"""How a source tells which rows of a table changed, so that a refresh reads little more than those."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

UPDATED_AT, FILED_AT = "updated_at", "filed_at"
RESERVED = (UPDATED_AT, FILED_AT)
"""Columns a SELECT may deliver beside the canonical ones: when a row last changed, and where it is filed."""

OVERLAP = dt.timedelta(hours=2)
"""Commits become visible out of order: so much before the last stamp seen is read again."""


class Following(ABC):
    """One table of an open connection, followed from refresh to refresh.

    Attributes:
        by: the canonical columns whose values name the rows that are replaced together.
        filed_by: the delivered column by whose month rows are kept; null where all are kept together.
        source: where it is read, without a password.
        statement: what is read; when it or the source changes, nothing that was read before is of use.
        delivered: the columns it delivers now, with their types where the source tells them.
    """

    by: Sequence[str]
    filed_by: str | None
    source: str
    statement: str
    delivered: str

    @abstractmethod
    def watermark(self) -> str | None:
        """The newest change stamp that does not lie ahead, as the source writes it; null without any."""

    @abstractmethod
    def touched(self, since: str) -> pl.DataFrame:
        """What changed after a watermark, a few rows too many for safety.

        Returns:
            One row per value of `by`, in those columns as they are delivered, and `updated_at`, the stamp as
            text that sorts by time; null where there is none, or one that lies ahead and so tells nothing of
            how far was read.
        """

    @abstractmethod
    def changed(self, since: str) -> Iterator[pl.DataFrame]:
        """All rows, as they are now, of everything `touched` names; in chunks."""

    @abstractmethod
    def months(self, since: str | None = None) -> Mapping[str | None, int]:
        """How many rows the table has now, by the month they are filed in; null for those without one.

        Args:
            since: the first month to be counted; null counts all, the rows without one among them.
        """

    @abstractmethod
    def of_month(self, month: str | None, columns: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """The rows filed in one month, in chunks; all columns unless some are named."""
