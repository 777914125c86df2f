"""Weighs reading on against reading anew: `python -m tests.benchmarks.delta --orders 5000000`.

A shop of two years with two lines per order is read whole; then a day goes by, with new orders, changes of
recent ones and a few deletions, and is read on. What is compared is CPU time of client and server together,
validation and writing included; joining and deriving, which every refresh does whole, is told apart.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from connectors.connector import Connection
from connectors.identity_hash import IdentityKey
from connectors.pull import Ground, pull
from tests.benchmarks.extraction import server_seconds
from tests.connectors.postgres_server import Database, running_server

DAYS = 730
SHOP = """
    CREATE TABLE sale AS SELECT
        n::bigint AS id,
        timestamptz '2026-10-31' - ({orders} - n) * interval '{seconds} seconds' AS placed_at,
        (random() * 1000)::numeric(12, 2) AS amount, (random() * 100)::numeric(12, 2) AS tax,
        'customer' || (n::bigint * 7919) % ({orders} / 3) || '@shop.example' AS email, n % 40 AS store,
        timestamptz '2026-10-31 01:00' - ({orders} - n) * interval '{seconds} seconds' AS updated_at
    FROM generate_series(1, {orders}) AS n;
    CREATE TABLE line AS SELECT sale.id AS sale, piece AS number, 'sku' || (sale.id + piece) % 5000 AS sku,
        1 + piece AS pieces, round(sale.amount / 2, 2) AS amount
    FROM sale, generate_series(1, 2) AS piece;
    ALTER TABLE sale ADD PRIMARY KEY (id);
    ALTER TABLE line ADD PRIMARY KEY (sale, number);
    CREATE INDEX ON sale (updated_at);
    CREATE INDEX ON sale (placed_at);
"""
DAY = """
    INSERT INTO sale SELECT {orders} + n, timestamptz '2026-10-31' + n * interval '{seconds} seconds', 50, 5,
        'new' || n || '@shop.example', n % 40, timestamptz '2026-10-31' + n * interval '{seconds} seconds'
        FROM generate_series(1, {fresh}) AS n;
    INSERT INTO line SELECT {orders} + n, 1, 'sku1', 1, 50 FROM generate_series(1, {fresh}) AS n;
    UPDATE sale SET amount = amount + 1, updated_at = '2026-10-31 20:00'
        WHERE id BETWEEN {orders} - 5 * {fresh} AND {orders} AND id % 2 = 0;
    UPDATE sale SET tax = 0, updated_at = '2026-10-31 21:00'
        WHERE id > {orders} - 90 * {fresh} AND id % {fresh} = 1;
    DELETE FROM line WHERE sale IN ({orders} / 2, {orders} / 3);
    DELETE FROM sale WHERE id IN ({orders} / 2, {orders} / 3);
"""
SELECTS = {
    "orders": """SELECT id AS order_id, placed_at, 'web' AS channel, 'confirmed' AS status, 'sale' AS kind,
        amount AS net_amount, tax AS tax_amount, 'EUR' AS currency, email, store AS store_id,
        placed_at AS paid_at, updated_at FROM sale""",
    "order_lines": """SELECT line.sale AS order_id, number AS line_id, sku, pieces AS quantity,
        line.amount AS net_amount, sale.updated_at, sale.placed_at AS filed_at
        FROM line JOIN sale ON sale.id = line.sale""",
}


def pull_once(url: str, folder: Path, last: Path | None) -> None:
    """Pull in this process and say what it cost."""
    connection = Connection("shop", "sql", "UTC", {"url": url, "tables": SELECTS})
    ground = Ground(last, full=last is None, today=dt.date(2026, 11, 1))
    started = time.process_time()
    pull(connection, IdentityKey(b"0" * 16, None), folder, lambda _: None, (0, 1), ground=ground)
    reports = {path.parent.name: json.loads(path.read_text()) for path in folder.glob("*/report.json")}
    cost = {
        "seconds": time.process_time() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "read": sum(report["read"] for report in reports.values()),
        "pulled": sum(report["pulled"] for report in reports.values()),
    }
    sys.stdout.write(json.dumps(cost))


def measured(database: Database, folder: Path, last: Path | None) -> dict[str, float]:
    """What a pull costs a client in a process of its own, and the server."""
    with database.session() as session:
        postmaster = psutil.Process(session.info.backend_pid).parent()
    before = server_seconds(postmaster)
    command = [sys.executable, "-m", __spec__.name, "--url", database.url(), "--folder", str(folder)]
    command += ["--last", str(last)] if last else []
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    cost: dict[str, float] = json.loads(ended.stdout)
    return cost | {"server": server_seconds(postmaster) - before}


def measure(orders: int, database: Database, folder: Path) -> None:
    """Print what reading whole and reading on cost with so many orders."""
    seconds = DAYS * 86400 / orders
    database.run("DROP TABLE IF EXISTS sale, line")
    database.run(SHOP.format(orders=orders, seconds=seconds))
    database.run("VACUUM ANALYZE sale; ")
    database.run("VACUUM ANALYZE line")
    costs = {"everything": measured(database, folder / "1", None)}
    database.run(DAY.format(orders=orders, seconds=seconds, fresh=max(1, orders // DAYS)))
    costs["one day later, read on"] = measured(database, folder / "2", folder / "1")
    costs["one day later, everything"] = measured(database, folder / "3", None)
    print_costs(orders, costs)


def print_costs(orders: int, costs: dict[str, dict[str, float]]) -> None:
    """A table of what each pull cost, and against reading everything."""
    heads = "".join(
        f"{head:>12}" for head in ("rows read", "client s", "server s", "total s", "share", "peak MB")
    )
    lines = [f"\n{f'{orders:,} orders, {orders * 2:,} lines':<30}{heads}"]
    whole = costs["one day later, everything"]
    for name, cost in costs.items():
        total = cost["seconds"] + cost["server"]
        share = (whole["seconds"] + whole["server"]) / total
        lines.append(
            f"{name:<30}{cost['read']:>12,.0f}{cost['seconds']:>12.2f}{cost['server']:>12.2f}{total:>12.2f}"
            f"{f'1/{share:.1f}':>12}{cost['megabytes']:>12,.0f}"
        )
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> None:
    """Measure, or pull once for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--last", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.url:
        pull_once(given.url, given.folder, given.last)
        return
    with running_server() as socket, tempfile.TemporaryDirectory() as folder:
        database = Database("postgres", socket)
        database.run("ALTER SYSTEM SET autovacuum = off")
        database.run("SELECT pg_reload_conf()")
        for orders in given.orders:
            measure(orders, database, Path(folder) / str(orders))


if __name__ == "__main__":
    main()
