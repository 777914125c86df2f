"""What a reader may see: some channels, regions, stores and tables, or everything."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.text import Text
from kpis.errors import KpiError

Where = tuple[tuple[str, tuple[str, ...]], ...]


class ScopeError(KpiError, PermissionError):
    """Something outside the reader's scope was asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of what is read; null means no limit.

    Attributes:
        channel: channel ids.
        region: regions.
        store: shop ids.
        tables: canonical tables whose rows may be read.
    """

    channel: tuple[str, ...] | None = None
    region: tuple[str, ...] | None = None
    store: tuple[str, ...] | None = None
    tables: tuple[str, ...] | None = None

    def within(self, where: Where) -> Where:
        """`where` cut to the scope.

        Raises:
            ScopeError: nothing of what was asked for is within it.

        >>> Scope(channel=("web",)).within((("channel", ("web", "app")), ("region", ("East",))))
        (('channel', ('web',)), ('region', ('East',)))
        """
        asked = dict(where)
        for dimension, allowed in (("channel", self.channel), ("region", self.region), ("store", self.store)):
            if allowed is not None:
                asked[dimension] = self._cut(dimension, asked.get(dimension, allowed), allowed)
        return tuple(asked.items())

    def check_table(self, table: str) -> None:
        """Refuse a table outside the scope.

        Raises:
            ScopeError: its rows may not be read.
        """
        if self.tables is not None and table not in self.tables:
            raise ScopeError(Text(f"you may not read the table '{table}'.", f"您无权读取表“{table}”。"))

    def check_whole(self) -> None:
        """Refuse rows that cannot be cut to slices, to a reader who may see only some.

        Raises:
            ScopeError: some channels, regions or shops may not be read.
        """
        if (self.channel, self.region, self.store) != (None, None, None):
            raise ScopeError(
                Text(
                    "you may not read rows of all channels, regions and stores.",
                    "您无权读取全部渠道、区域和门店的数据行。",
                )
            )

    @staticmethod
    def _cut(dimension: str, asked: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(value for value in asked if value in allowed)
        if not kept:
            given = ", ".join(asked)
            raise ScopeError(
                Text(f"you may not read {dimension}={given}.", f"您无权读取 {dimension}={given} 的数据。")
            )
        return kept


EVERYTHING = Scope()
