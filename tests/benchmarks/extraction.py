"""Times how rows leave PostgreSQL: `python -m tests.benchmarks.extraction --rows 1000000 5000000`.

Routes take turns on the same table of 12 columns: binary COPY to nowhere, which is the limit; our COPY, into
frames and on into Parquet; `polars.read_database` over SQLAlchemy. What is compared is CPU time of client and
server together, each route's least of several rounds, and the client's peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import psutil
import sqlalchemy

from tests.connectors.postgres_server import Database, open_session, running_server

LIMIT, USUAL = "COPY binary (limit)", "read_database"
FRAMES, PARQUET = "our COPY, frames", "our COPY, frames to Parquet"
ROUNDS = 4
SELECT = "SELECT * FROM sale"
TABLE = """
    CREATE TABLE sale AS SELECT
        n::bigint AS id, gen_random_uuid() AS reference,
        timestamptz '2026-11-01' - n * interval '1 second' AS placed_at,
        timestamp '2026-01-01' + n * interval '1 second' AS created_at,
        date '2026-01-01' + (n % 300)::int AS day, (n % 1000)::int AS store,
        (random() * 1000)::numeric(12, 2) AS amount, (random() * 100)::numeric(12, 4) AS tax,
        random() AS weight, n % 3 = 0 AS gift, 'status ' || n % 7 AS status,
        CASE WHEN n % 5 > 0 THEN 'a note, with "quotes" ' || n END AS note
    FROM generate_series(1, {rows}) AS n
"""


def copy_to_frames(url: str, _: Path) -> int:
    """Our route; the rows that came."""
    with open_session(url) as session:
        return sum(chunk.height for chunk in session.chunks("orders", SELECT))


def copy_to_parquet(url: str, folder: Path) -> int:
    """Our route, and the rows kept; how many came."""
    rows = 0
    with open_session(url) as session:
        for number, chunk in enumerate(session.chunks("orders", SELECT)):
            chunk.write_parquet(folder / f"{number}.parquet", compression="lz4")
            rows += chunk.height
    return rows


def read_database(url: str, _: Path) -> int:
    """The usual route; the rows that came."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        return pl.read_database(SELECT, connection).height


ROUTES: dict[str, Callable[[str, Path], int]] = {
    FRAMES: copy_to_frames,
    PARQUET: copy_to_parquet,
    USUAL: read_database,
}


def run_route(route: str, url: str) -> None:
    """Take one route in this process and say what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        rows = ROUTES[route](url, Path(folder))
        cost = {
            "rows": rows,
            "seconds": time.process_time() - started,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    sys.stdout.write(json.dumps(cost))


def client_cost(route: str, database: Database) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a client that takes the route in a process of its own."""
    if route == LIMIT:
        command = [*psql(), "-h", database.folder, "-U", "postgres", "-d", database.name]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        copy = ["-c", f"COPY ({SELECT}) TO STDOUT (FORMAT binary)"]
        subprocess.run([*command, *copy], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, float("nan")
    command = [sys.executable, "-m", __spec__.name, "--route", route, "--url", database.url()]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    cost = json.loads(ended.stdout)
    return cost["seconds"], cost["megabytes"]


def psql() -> list[str]:
    """The command-line client, the server's own or the machine's."""
    found = shutil.which("psql")
    if found is None:
        raise SystemExit("the limit is measured with psql, which is not installed")
    return [found, "-X", "-q"]


def server_seconds(postmaster: psutil.Process) -> float:
    """CPU seconds of the server so far, sessions that have ended included."""
    while True:
        # A session that ends while it is looked at counts among the ended ones the next time.
        with suppress(psutil.NoSuchProcess):
            living = [child.cpu_times() for child in postmaster.children()]
            ended = postmaster.cpu_times()
            return (
                ended.children_user
                + ended.children_system
                + sum(child.user + child.system for child in living)
            )


def measure(rows: int, database: Database, routes: list[str]) -> None:
    """Print what each route costs on a table of so many rows."""
    database.run("DROP TABLE IF EXISTS sale")
    database.run(TABLE.format(rows=rows))
    database.run("VACUUM ANALYZE sale")
    with database.session() as session:
        postmaster = psutil.Process(session.info.backend_pid).parent()
    costs: dict[str, list[tuple[float, float, float]]] = {route: [] for route in routes}
    for _ in range(ROUNDS):
        for route in routes:
            before = server_seconds(postmaster)
            seconds, megabytes = client_cost(route, database)
            costs[route].append((seconds, server_seconds(postmaster) - before, megabytes))
    print_costs(rows, costs)


def print_costs(rows: int, costs: dict[str, list[tuple[float, float, float]]]) -> None:
    """A table of each route's cheapest round: a busy machine only ever adds."""
    least = {route: min(rounds, key=lambda round_: round_[0] + round_[1]) for route, rounds in costs.items()}
    limit = sum(least[LIMIT][:2])
    heads = f"{'client s':>10}{'server s':>10}{'total s':>10}{'x limit':>9}{'peak MB':>9}"
    lines = [f"\n{f'{rows:,} rows, least of {ROUNDS} rounds':<40}{heads}"]
    for route, (client, server, megabytes) in least.items():
        total = client + server
        peak = "-" if route == LIMIT else f"{megabytes:,.0f}"
        lines.append(f"{route:<40}{client:>10.2f}{server:>10.2f}{total:>10.2f}{total / limit:>9.1f}{peak:>9}")
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> None:
    """Measure, or take one route for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--without", choices=[USUAL], nargs="*", default=[])
    parser.add_argument("--route", choices=list(ROUTES), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.route:
        run_route(given.route, given.url)
        return
    with running_server() as folder:
        database = Database("postgres", folder)
        database.run("ALTER SYSTEM SET autovacuum = off")
        database.run("SELECT pg_reload_conf()")
        routes = [route for route in (LIMIT, *ROUTES) if route not in given.without]
        for rows in given.rows:
            measure(rows, database, routes)


if __name__ == "__main__":
    main()
