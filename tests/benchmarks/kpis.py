"""Times all KPIs of big shops: `python -m tests.benchmarks.kpis --orders 1000000 10000000`.

A made-up shop is written, its derived tables and its rollups are built, each in a process of its own: CPU
time, peak memory and bytes on disk. Then all KPIs that carry a random filter are asked for over random
periods of 7, 28 or 90 days, in one process that has answered once before. KPIs that add up over time come
from rollups whatever the size; those of which customers are counted once a period read the period's rows, so
they are told apart. With --keep a folder is used again. 10 million orders need 6 GB of disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from connectors.business import Business
from connectors.derived.build import build_facts
from connectors.manifest import Manifest
from kpis.catalogue import catalogue
from kpis.evaluate import Query, evaluate
from kpis.rollup import Rollups, size_of
from kpis.rollup_build import build
from kpis.shop import Shop
from kpis.slices import carriers
from tests.benchmarks.big_shop import CHANNELS, BigShop
from tests.benchmarks.steps import print_table, run_apart, run_here
from tests.kpis.frames import manifest

FILTERS = (None, "channel", "region", "store", "category", "device")
LENGTHS = (7, 28, 90)
ASKED = 25
BUILT = {"tables": "canonical tables (made up)", "facts": "derived tables", "rollups": "rollups"}


@dataclass(frozen=True)
class Stored:
    """The derived tables in a folder, as a snapshot has them."""

    folder: Path
    manifest: Manifest

    def has(self, name: str) -> bool:
        """Whether there is such a table."""
        return (self.folder / f"{name}.parquet").exists()

    def scan(self, name: str) -> pl.LazyFrame:
        """Its rows."""
        return pl.scan_parquet(self.folder / f"{name}.parquet")


def stored(shop: BigShop) -> Stored:
    """The derived tables of the shop."""
    about = manifest(first_day=shop.first_day, last_day=shop.last_day, channels=CHANNELS)
    return Stored(shop.folder / "facts", about)


def take(step: str, shop: BigShop) -> Mapping[str, float] | None:
    """One step of the benchmark."""
    if step == "tables":
        shop.write()
    elif step == "facts":
        build_facts(shop.material, shop.folder / "facts")
    elif step == "rollups":
        shutil.rmtree(shop.folder / "rollups", ignore_errors=True)
        build(stored(shop), shop.folder / "rollups")
    else:
        return ask(shop)
    return None


def ask(shop: BigShop) -> dict[str, float]:
    """Engine time in milliseconds, per filter and sort of KPIs: median and 95th percentile."""
    opened = Shop(stored(shop), Business(), Rollups(shop.folder / "rollups"))
    chance = np.random.default_rng(7)
    told = {}
    for name in FILTERS:
        every = catalogue() if name is None else carriers([name])
        sorts = {
            sort: [kpi for kpi in every if catalogue()[kpi].needs_period == sort] for sort in (False, True)
        }
        for needs_period, kpis in sorts.items():
            times = sorted(timed(opened, kpis, name, chance) for _ in range(ASKED + 1))[:-1]
            key = f"{'customers of the period' if needs_period else 'sums'}|{name or '-'}|{len(kpis)}"
            told[f"{key}|p50"] = times[len(times) // 2]
            told[f"{key}|p95"] = times[int(len(times) * 0.95)]
    return told


def timed(shop: Shop, kpis: list[str], name: str | None, chance: np.random.Generator) -> float:
    """Milliseconds for all of the KPIs with one filter and period."""
    assert shop.first_day
    assert shop.last_day
    length = int(chance.choice(LENGTHS))
    latest = (shop.last_day - shop.first_day).days - length
    first = shop.first_day + dt.timedelta(int(chance.integers(latest)))
    where = ((name, (str(chance.choice(shop.dimension_values(name))),)),) if name else ()
    asked = Query(tuple(kpis), first, first + dt.timedelta(length - 1), where=where)
    started = time.perf_counter()
    evaluate(shop, asked)
    return (time.perf_counter() - started) * 1000


def measure(orders: int, folder: Path, *, again: bool) -> None:
    """Build what is not there, and print what it costs and how long all KPIs take."""
    arguments = ["--orders", str(orders), "--keep", str(folder)]
    rows = []
    for step, title in BUILT.items():
        if step == "rollups" or not again or not (folder / step).exists():
            cost = run_apart(__spec__.name, [*arguments, "--step", step])
            size = size_of(folder / step) / 1e6
            cells = f"{cost.seconds:.1f}", f"{cost.wall:.1f}", f"{cost.megabytes:,.0f}", f"{size:,.0f}"
            rows.append((title, *cells))
    print_table(f"{orders:,} orders", ("built", "CPU s", "wall s", "peak MB", "MB on disk"), rows)
    cost = run_apart(__spec__.name, [*arguments, "--step", "ask"])
    keys = dict.fromkeys(key.rpartition("|")[0] for key in cost.told)
    rows = [
        (*key.split("|")[:2], key.split("|")[2], *(f"{cost.told[f'{key}|{p}']:.1f}" for p in ("p50", "p95")))
        for key in keys
    ]
    title = f"{orders:,} orders, milliseconds for all KPIs of a sort ({cost.megabytes:,.0f} MB)"
    print_table(title, ("KPIs made of", "filter", "KPIs", "p50", "p95"), rows)


def main() -> None:
    """Measure, or take one step for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--keep", type=Path, help="a folder that is kept, and used again where it is there")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        shop = BigShop(given.keep, given.orders[0])
        run_here(lambda: take(given.step, shop))
        return
    for orders in given.orders:
        if given.keep:
            measure(orders, given.keep / str(orders), again=True)
        else:
            with tempfile.TemporaryDirectory() as folder:
                measure(orders, Path(folder), again=False)


if __name__ == "__main__":
    main()
