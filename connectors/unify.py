"""One business from many connections: unique keys, found references, matched channels, converted money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from connectors.accept import RULE
from connectors.business import Business
from connectors.connector import Connection
from connectors.keys import Kept, index_of, prefixed, resolved, without_repeats
from connectors.manifest import NO_CURRENCY, TableReport
from connectors.money import CURRENCY, DAY, NATIVE, converted, daily
from connectors.parts import Part
from connectors.rules import rule
from connectors.tables import TABLES, Table, columns_with, dated_by

PARENTS_FIRST = sorted(TABLES, key=lambda name: (name != "stores", name != "orders"))
GIVEN = "given:"
LOST = "_lost"


@dataclass
class Ledger:
    """What joining found out about one table of one connection, besides its rows."""

    aside: list[pl.DataFrame] = field(default_factory=list)
    misses: dict[str, int] = field(default_factory=dict)
    without_rate: dict[str, int] = field(default_factory=dict)


class Union:
    """The canonical tables of all connections, joined and written table by table."""

    def __init__(
        self,
        parts: Mapping[str, Mapping[str, Part]],
        business: Business,
        connections: Iterable[Connection],
        folder: Path,
    ) -> None:
        """Prepare to write into `folder`/tables what `parts` hold."""
        self.parts = parts
        self.business = business
        self.folder = folder / "tables"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settled = {connection.name: connection.orders_of for connection in connections}
        self.ledgers = {(name, table): Ledger() for name, tables in parts.items() for table in tables}
        self.rows = {(name, table): self._unrepeated(name, table) for name, table in self.ledgers}
        self.indexes = {target: self._index(target) for target in ("orders", "customers", "carts", "returns")}
        self.currency = business.currency or self._commonest_currency()
        self.rates = daily(business.rates)

    def write(self) -> None:
        """Write every table that a connection delivers, parents first."""
        for name in PARENTS_FIRST:
            frames = [self._joined(connection, name) for connection, table in self.rows if table == name]
            if frames:
                pl.concat(frames).sink_parquet(self.folder / f"{name}.parquet", engine="streaming")
                self._count_misses(name)
                self._count_without_rate(name)

    def scan(self, name: str) -> pl.LazyFrame:
        """A written table; empty where no connection delivers it."""
        path = self.folder / f"{name}.parquet"
        return pl.scan_parquet(path) if path.exists() else self._empty(name)

    def report(self, connection: str, table: str) -> TableReport:
        """Validation's report with what joining put aside, missed and could not convert."""
        ledger, report = self.ledgers[connection, table], self.parts[connection][table].report
        quarantine = dict(report.quarantine)
        for frame in ledger.aside:
            for name, count in frame[RULE].value_counts().iter_rows():
                quarantine[name] = quarantine.get(name, 0) + count
        quarantined = sum(quarantine.values())
        return replace(
            report,
            accepted=report.pulled - quarantined,
            quarantined=quarantined,
            quarantine=quarantine,
            misses=ledger.misses,
            without_rate=ledger.without_rate,
        )

    def aside(self, connection: str, table: str) -> pl.DataFrame:
        """Every row of a table put aside, its columns as text; personal columns left out."""
        personal = columns_with(TABLES[table], "personal")
        delivered = set(self.parts[connection][table].report.columns) | {RULE}
        frames = [
            frame.select(
                pl.col(name).cast(pl.String)
                for name in frame.columns
                if name in delivered and name not in personal
            )
            for frame in self.ledgers[connection, table].aside
        ]
        return pl.concat([self.parts[connection][table].aside, *frames], how="diagonal")

    def put_aside(self, table: str) -> pl.LazyFrame:
        """The same of every connection, named in `connection`; ids as the connection names them."""
        columns = dict.fromkeys(("connection", *TABLES[table].column_names()), pl.String)
        frames = [
            self.aside(connection, table).lazy().with_columns(pl.lit(connection).alias("connection"))
            for connection, name in self.rows
            if name == table
        ]
        return pl.concat([pl.LazyFrame(schema=columns), *frames], how="diagonal")

    def _unrepeated(self, connection: str, table: str) -> pl.LazyFrame:
        kept = without_repeats(self.parts[connection][table].rows, TABLES[table])
        return self._keep(connection, table, kept)

    def _keep(self, connection: str, table: str, kept: Kept) -> pl.LazyFrame:
        if not kept.aside.is_empty():
            self.ledgers[connection, table].aside.append(kept.aside)
        return kept.rows

    def _index(self, target: str) -> pl.LazyFrame:
        """One row per id of a table that can be referred to; orders name customers too."""
        column = next(iter(columns_with(TABLES[target], "key")))
        holders = (target, "orders") if target == "customers" else (target,)
        frames = [
            index_of(rows, column, connection)
            for (connection, table), rows in self.rows.items()
            if table in holders
        ]
        empty = pl.LazyFrame(schema={"native_id": pl.String, "owner": pl.String})
        return pl.concat([empty, *frames]).unique()

    def _joined(self, connection: str, name: str) -> pl.LazyFrame:
        """A connection's rows as they are stored: one row per row kept."""
        table, rows = TABLES[name], self.rows[connection, name]
        matched = self._matched(rows, connection, table)
        for column, target in columns_with(table, "refers_to").items():
            rows = self._referred(rows, connection, name, column, target)
        rows = rows.with_columns(
            *(prefixed(column, connection) for column in columns_with(table, "owned")),
            *matched,
            pl.lit(connection).alias("connection"),
        )
        if "currency" in table.column_names():
            rows = rows.with_columns(pl.col("currency").str.to_uppercase())
        rows = rows.with_columns(self._day(table).alias("day"))
        money = columns_with(table, "money")
        if money:
            rows = converted(self._with_currency(rows, table), money, self.rates, self.currency)
        return rows.select("connection", "day", *table.column_names(), *_added(table))

    def _referred(
        self, rows: pl.LazyFrame, connection: str, name: str, column: str, target: str
    ) -> pl.LazyFrame:
        """Rows with one foreign id resolved; rows that cannot be without their parent are put aside."""
        if column not in self.parts[connection][name].report.columns:
            return rows.with_columns(pl.lit(value=False).alias(column + LOST))
        settled = self.settled.get(connection) if target == "orders" else None
        found = resolved(
            rows.with_columns(pl.col(column).alias(GIVEN + column)),
            column,
            self.indexes[target],
            connection,
            settled,
        )
        lost = pl.col(GIVEN + column).is_not_null() & pl.col(column).is_null()
        if TABLES[name].columns()[column].nullable:
            return found.with_columns(lost.alias(column + LOST)).drop(GIVEN + column)
        orphans = found.filter(lost).with_columns(pl.col(GIVEN + column).alias(column)).drop(GIVEN + column)
        causes = self._causes(orphans.collect(engine="streaming"), connection, column, target)
        return self._keep(connection, name, Kept(found.filter(~lost).drop(GIVEN + column), causes))

    def _causes(self, orphans: pl.DataFrame, connection: str, column: str, target: str) -> pl.DataFrame:
        """Orphans with the rule they broke: their parent was put aside, and why, or is nowhere."""
        nowhere = pl.lit(rule(column, "orphan"))
        if target not in self.parts[connection] or orphans.is_empty():
            return orphans.with_columns(nowhere.alias(RULE))
        parents = self.parts[connection][target].aside
        if column not in parents.columns:
            return orphans.with_columns(nowhere.alias(RULE))
        first = parents.select(column, cause=RULE).unique(column, keep="first")
        put_aside = pl.format("{}({})", pl.lit(rule(column, "parent_put_aside")), pl.col("cause"))
        return (
            orphans.join(first, on=column, how="left")
            .with_columns(put_aside.fill_null(nowhere).alias(RULE))
            .drop("cause")
        )

    def _matched(self, rows: pl.LazyFrame, connection: str, table: type[Table]) -> list[pl.Expr]:
        """Channels and shops under the names that settings give them."""
        matchers = {
            "channel": self.business.channel_of,
            "return_channel": self.business.channel_of,
            "store_id": self.business.store_of,
        }
        names = [column for column in matchers if column in table.column_names()]
        natives = pl.collect_all(
            [rows.select(pl.col(column).drop_nulls().unique()) for column in names], engine="streaming"
        )
        matched = []
        for column, found in zip(names, natives, strict=True):
            ids = {native: matchers[column](connection, native) for native in found.to_series()}
            matched.append(pl.col(column).replace_strict(ids, default=None, return_dtype=pl.String))
        return matched

    def _day(self, table: type[Table]) -> pl.Expr:
        """The row's business day; null for tables of things that have none."""
        if "from_day" in table.column_names():
            return pl.col("from_day")
        column = dated_by(table)
        if column is None:
            return pl.lit(None, dtype=pl.Date)
        return pl.col(column).dt.convert_time_zone(self.business.timezone).dt.date()

    def _with_currency(self, rows: pl.LazyFrame, table: type[Table]) -> pl.LazyFrame:
        """Rows with the currency and day their amounts are converted by: their own, else their order's."""
        if "currency" in table.column_names():
            asked = self._zoned("requested_at") if "requested_at" in table.column_names() else pl.col("day")
            return rows.with_columns(
                pl.col("currency").alias(CURRENCY), pl.col("day").fill_null(asked).alias(DAY)
            )
        orders = self.scan("orders").select(
            "order_id", pl.col("currency").alias(CURRENCY), pl.col("day").alias(DAY)
        )
        return rows.join(orders, on="order_id", how="left", maintain_order="left")

    def _zoned(self, column: str) -> pl.Expr:
        return pl.col(column).dt.convert_time_zone(self.business.timezone).dt.date()

    def _commonest_currency(self) -> str | None:
        """The currency most orders have, without orders most other amounts; ties: first by name."""
        holders = [name for name in PARENTS_FIRST if "currency" in TABLES[name].column_names()]
        held = {name for _, name in self.rows}
        chosen = next((name for name in holders if name in held), None)
        frames = [
            rows.select(pl.col("currency").str.to_uppercase().drop_nulls())
            for (_, name), rows in self.rows.items()
            if name == chosen
        ]
        if not frames:
            return None
        counts = (
            pl.concat(frames).group_by("currency").len().sort("len", "currency", descending=[True, False])
        )
        commonest = counts.collect(engine="streaming")["currency"]
        return None if commonest.is_empty() else str(commonest[0])

    def _count_misses(self, name: str) -> None:
        """Count the foreign ids that nobody has, per connection and column."""
        optional = _optional(TABLES[name])
        if not optional:
            return
        lost = self.scan(name).group_by("connection").agg(pl.col(column + LOST).sum() for column in optional)
        for connection, *counts in lost.collect(engine="streaming").iter_rows():
            missed = {column: count for column, count in zip(optional, counts, strict=True) if count}
            self.ledgers[connection, name].misses.update(missed)

    def _count_without_rate(self, name: str) -> None:
        """Count rows with an amount that has no reporting-currency value, per connection and currency."""
        money = columns_with(TABLES[name], "money")
        if not money:
            return
        unrated = (pl.col(column).is_null() & pl.col(column + NATIVE).is_not_null() for column in money)
        lost = self.scan(name).filter(pl.any_horizontal(*unrated))
        if "currency" not in TABLES[name].column_names():
            lost = lost.join(self.scan("orders").select("order_id", "currency"), on="order_id", how="left")
        counts = (
            lost.group_by("connection", pl.col("currency").fill_null(NO_CURRENCY))
            .len()
            .sort("currency")
            .collect(engine="streaming")
        )
        for connection, currency, count in counts.iter_rows():
            self.ledgers[connection, name].without_rate[currency] = count

    def _empty(self, name: str) -> pl.LazyFrame:
        types = {column: kind.dtype for column, kind in TABLES[name].columns().items()}
        return pl.LazyFrame(schema={"connection": pl.String, "day": pl.Date, **types, **_added(TABLES[name])})


def _added(table: type[Table]) -> dict[str, pl.DataType]:
    """The columns that joining adds: native money, and whether a foreign id was given that nobody has."""
    columns = table.columns()
    money = {column + NATIVE: columns[column].dtype for column in columns_with(table, "money")}
    return {**money, **{column + LOST: pl.Boolean() for column in _optional(table)}}


def _optional(table: type[Table]) -> list[str]:
    """The foreign ids that a row may be without."""
    columns = table.columns()
    return [column for column in columns_with(table, "refers_to") if columns[column].nullable]
