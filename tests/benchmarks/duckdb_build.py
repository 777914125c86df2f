"""Weighs what a refresh derives against DuckDB: `python -m tests.benchmarks.duckdb_build --orders 5000000`.

Both do the same work on the same Parquet files of a made-up shop, taking turns, each in a process of its own
with two threads: order facts joined from seven tables, days of customers, days of visitors, and every stored
sum of orders and visits over its dimensions (through Narwhals, from the same declarations). What is compared
is CPU time, each one's least of several rounds, and peak memory. That both come to the same rows is checked.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl
from polars.testing import assert_frame_equal

from connectors.derived import write_facts
from connectors.derived.customers import customer_days
from connectors.derived.orders import described_orders, order_facts
from connectors.derived.visits import followed_visits, visit_cells, visit_facts, visitor_days
from connectors.facts import FACTS, CustomerDays, OrderFacts, VisitFacts, VisitorDays, dimensions_of
from kpis.factors import ALWAYS, FACTORS
from kpis.measure import Histogram
from kpis.stored import measured
from kpis.sums import Dated, summed
from tests.benchmarks.big_shop import KINDS, BigShop
from tests.benchmarks.duckdb_queries import CUSTOMER_DAYS, ORDER_FACTS, VISITOR_DAYS
from tests.benchmarks.joined import ZONE
from tests.benchmarks.steps import Cost, print_table, run_apart, run_here

ROUNDS = 3
THREADS = 2
OURS, DUCKDB = "ours", "DuckDB"
SUMMED = {"order sums": ("order_facts", "paid_day"), "visit sums": ("visit_facts", "day")}


class Job:
    """The work on the files of one shop; results lie in a folder per engine."""

    def __init__(self, shop: BigShop, engine: str) -> None:
        """Work on the shop's files with an engine."""
        self.shop = shop
        self.folder = shop.folder / engine
        self.folder.mkdir(exist_ok=True)

    def prepared(self, name: str) -> Path:
        """A file that both engines start from."""
        return self.shop.folder / "prepared" / f"{name}.parquet"

    def prepare(self) -> None:
        """Write the shop, and the derived tables that later ones start from."""
        if not (self.shop.folder / "tables").exists():
            self.shop.write()
        material, folder = self.shop.material, self.shop.folder / "prepared"
        folder.mkdir(exist_ok=True)
        described_orders(material).sink_parquet(self.prepared("orders"), engine="streaming")
        orders = pl.scan_parquet(self.prepared("orders"))
        followed_visits(material, orders).sink_parquet(self.prepared("visits"), engine="streaming")
        visits = pl.scan_parquet(self.prepared("visits"))
        write_facts(visit_facts(material, visits, orders), VisitFacts, folder)
        write_facts(order_facts(material, orders, visit_cells(material)), OrderFacts, folder)

    def order_facts(self) -> None:
        """Our order facts, from the joined tables."""
        material, kept = self.shop.material, self.folder / "described.parquet"
        described_orders(material).sink_parquet(kept, compression="lz4", engine="streaming")
        orders = pl.scan_parquet(kept)
        write_facts(order_facts(material, orders, visit_cells(material)), OrderFacts, self.folder)

    def customer_days(self) -> None:
        """Our days of customers, from described orders."""
        days = customer_days(self.shop.material, pl.scan_parquet(self.prepared("orders")))
        write_facts(days, CustomerDays, self.folder)

    def visitor_days(self) -> None:
        """Our days of visitors, from visits whose outcome is known."""
        write_facts(visitor_days(pl.scan_parquet(self.prepared("visits"))), VisitorDays, self.folder)

    def sums(self, what: str) -> None:
        """Our sums of one table, in files by dimensions."""
        table, day = SUMMED[what]
        rows = pl.scan_parquet(self.prepared(table)).filter(pl.col(day).is_not_null())
        dated = nw.from_native(rows.with_columns(pl.col(day).alias("day")))
        for factor, keys in factors_of(table).items():
            sums = summed(dated, plain_sums(table, day), keys).to_native()
            sums.sort("day").sink_parquet(self.folder / f"{table}.{factor}.parquet", engine="streaming")

    def queried(self, name: str, query: str) -> None:
        """The same by DuckDB."""
        with self._database() as database:
            kinds = ", ".join(f"('{channel}', '{kind}')" for channel, kind in KINDS.items())
            database.execute(f"CREATE TABLE kinds AS SELECT * FROM (VALUES {kinds}) AS k(channel, kind)")
            for path in (*self.shop.folder.glob("tables/*"), *self.shop.folder.glob("prepared/*")):
                view = f"{'derived_' if path.parent.name == 'prepared' else ''}{path.stem}"
                database.execute(f"CREATE VIEW {view} AS FROM '{path}'")
            database.execute(f"COPY ({query}) TO '{self.folder / name}.parquet' (COMPRESSION zstd)")

    def queried_sums(self, what: str) -> None:
        """The same sums by DuckDB, which Narwhals asks for them."""
        table, day = SUMMED[what]
        with self._database() as database:
            rows = database.read_parquet(str(self.prepared(table))).filter(f"{day} IS NOT NULL")
            dated = nw.from_native(rows).with_columns(nw.col(day).alias("day"))
            for factor, keys in factors_of(table).items():
                sums = summed(dated, plain_sums(table, day), keys).to_native()
                target = str(self.folder / f"{table}.{factor}.parquet")
                sums.order("day").write_parquet(target, compression="zstd")

    def _database(self) -> duckdb.DuckDBPyConnection:
        database = duckdb.connect()
        database.execute(f"SET threads = {THREADS}; SET TimeZone = '{ZONE}'")
        return database


def factors_of(table: str) -> dict[str, list[str]]:
    """The keys of the factors that the table's dimensions fill in full."""
    carried = set(dimensions_of(FACTS[table]))
    whole = {name: own for name, own in FACTORS.items() if own and carried.issuperset(own)}
    return {name: ["day", *ALWAYS, *own] for name, own in whole.items()}


def plain_sums(table: str, day: str) -> list[Dated]:
    """The stored sums of a table by a day."""
    wanted = [dated for dated in measured() if (dated.table, dated.day) == (table, day)]
    return sorted(
        (dated for dated in wanted if not isinstance(dated.measure, Histogram)), key=lambda dated: dated.key
    )


def works(shop: BigShop) -> dict[str, dict[str, Callable[[], None]]]:
    """What each engine does, by the work's name."""
    ours, other = Job(shop, OURS), Job(shop, DUCKDB)
    return {
        "order_facts": {OURS: ours.order_facts, DUCKDB: lambda: other.queried("order_facts", ORDER_FACTS)},
        "customer_days": {
            OURS: ours.customer_days,
            DUCKDB: lambda: other.queried("customer_days", CUSTOMER_DAYS),
        },
        "visitor_days": {
            OURS: ours.visitor_days,
            DUCKDB: lambda: other.queried("visitor_days", VISITOR_DAYS),
        },
    } | {
        what: {OURS: lambda what=what: ours.sums(what), DUCKDB: lambda what=what: other.queried_sums(what)}
        for what in SUMMED
    }


def check_alike(shop: BigShop) -> None:
    """Refuse to compare engines that came to other rows."""
    for path in sorted((shop.folder / DUCKDB).glob("*.parquet")):
        theirs = pl.read_parquet(path)
        ours = pl.read_parquet(shop.folder / OURS / path.name, columns=theirs.columns)
        keys = [name for name, kind in ours.schema.items() if kind in (pl.String, pl.Date)]
        ours, theirs = (frame.sort(keys) for frame in (ours, theirs.cast(dict(ours.schema))))
        assert_frame_equal(ours, theirs, rel_tol=1e-9)


def measure(orders: int, folder: Path) -> None:
    """Let both take turns, and print what they cost."""
    shop = BigShop(folder, orders)
    arguments = ["--orders", str(orders), "--folder", str(folder)]
    run_apart(__spec__.name, [*arguments, "--work", "prepare"])
    rows, together = [], {OURS: 0.0, DUCKDB: 0.0}
    for work in works(shop):
        costs: dict[str, list[Cost]] = {OURS: [], DUCKDB: []}
        for _ in range(ROUNDS):
            for engine, rounds in costs.items():
                rounds.append(run_apart(__spec__.name, [*arguments, "--work", work, "--engine", engine]))
        least = {engine: min(rounds, key=lambda cost: cost.seconds) for engine, rounds in costs.items()}
        seconds = {engine: cost.seconds for engine, cost in least.items()}
        together = {engine: together[engine] + seconds[engine] for engine in seconds}
        rows.append((work, *_compared(seconds), *(f"{cost.megabytes:,.0f}" for cost in least.values())))
    rows.append(("together", *_compared(together), "", ""))
    check_alike(shop)
    heads = ("work", "ours CPU s", "DuckDB CPU s", "ratio", "ours peak MB", "DuckDB peak MB")
    print_table(f"{orders:,} orders, least of {ROUNDS} rounds", heads, rows)


def _compared(seconds: Mapping[str, float]) -> list[str]:
    """The seconds of both, and how many of ours one of DuckDB's makes."""
    return [*(f"{each:.2f}" for each in seconds.values()), f"{seconds[OURS] / seconds[DUCKDB]:.2f}"]


def main() -> None:
    """Measure, or do one work for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)
    if given.work == "prepare":
        run_here(Job(BigShop(given.folder, given.orders[0]), OURS).prepare)
    elif given.work:
        run_here(works(BigShop(given.folder, given.orders[0]))[given.work][given.engine])
    else:
        for orders in given.orders:
            with tempfile.TemporaryDirectory() as folder:
                measure(orders, Path(folder))


if __name__ == "__main__":
    main()
