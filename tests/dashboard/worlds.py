"""What can be wrong with a shop's data: each is a change made to the small shop before it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl

from connectors.manifest import from_json, to_json
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import MANIFEST, POINTER, file_hash
from tests.dashboard import small_shop

EVIL = "![x](http://evil.example/p.png)<script>alert(1)</script>=1+1 \u202eabc :red[x] $x$ " + "长" * 10_000


def build(folder: Path) -> None:
    """The small shop, written but not read."""
    small_shop.write_tables(folder / "files")
    small_shop.write_settings(folder / "config", folder / "files")


def read(folder: Path) -> None:
    """Read the shop's connections once."""
    refresh(load_settings(folder / "config", folder / "data"))


def aged(folder: Path, days: int) -> None:
    """The shop's last version was read so many days ago."""
    pointer = folder / "data" / POINTER
    version = pointer.read_text().split()[0]
    written = folder / "data" / "versions" / version / MANIFEST
    manifest = from_json(written.read_text(encoding="utf-8"))
    before = replace(manifest, created_at=manifest.created_at - dt.timedelta(days=days))
    written.write_text(to_json(before), encoding="utf-8")
    pointer.write_text(f"{version} {file_hash(written)}")


def broken(folder: Path) -> None:
    """The shop was read once; now its files are gone, and another connection is there."""
    read(folder)
    (folder / "files").rename(folder / "gone")
    (folder / "other").mkdir()
    goods = pl.DataFrame({"sku": ["A-1"], "title": ["Tea"], "category": ["Drinks"]})
    goods.write_csv(folder / "other" / "products.csv")
    secrets = folder / "config" / "secrets.toml"
    other = f'\n[connections.goods]\nsystem = "files"\npath = "{(folder / "other").as_posix()}"\n'
    secrets.write_text(secrets.read_text(encoding="utf-8") + other, encoding="utf-8")


def without_surveys(folder: Path) -> None:
    """One table is missing."""
    (folder / "files" / "surveys.csv").unlink()


def only_visits(folder: Path) -> None:
    """Only visits are known."""
    _keep(folder, "visits")


def only_surveys(folder: Path) -> None:
    """Only answers are known."""
    _keep(folder, "surveys")


def without_days(folder: Path) -> None:
    """Only articles are known: nothing has a day."""
    _keep(folder)
    pl.DataFrame({"sku": ["A-1"], "title": ["Tea"]}).write_csv(folder / "files" / "products.csv")


def since_last_year(folder: Path) -> None:
    """The visits of the same days were counted a year before, too."""
    visits = pl.read_csv(folder / "files" / "visits.csv", try_parse_dates=True)
    before = visits.with_columns(pl.col("started_at") - pl.duration(days=365))
    pl.concat([before, visits]).write_csv(folder / "files" / "visits.csv")


def hostile(folder: Path) -> None:
    """A channel and a region are named to do harm."""
    orders = folder / "files" / "orders.csv"
    pl.read_csv(orders, infer_schema=False).with_columns(
        channel=pl.when(pl.col("channel") == "market").then(pl.lit(EVIL)).otherwise("channel"),
        region=pl.when(pl.col("region") == "East").then(pl.lit(EVIL)).otherwise("region"),
    ).write_csv(orders)


def faulty(folder: Path) -> None:
    """Three orders break a rule, with identities in them; some surveys belong to no order."""
    orders = folder / "files" / "orders.csv"
    number = pl.col("order_id").cast(pl.Int64)
    pl.read_csv(orders, infer_schema=False).with_columns(
        net_amount=pl.when(number < 2).then(pl.lit("-5")).otherwise("net_amount"),
        placed_at=pl.when(number == 2).then(pl.lit("=cmd|' /C calc'!A0")).otherwise("placed_at"),
        customer_ref=pl.when(number == 0).then(pl.lit("ann@example.org")).otherwise("customer_ref"),
        phone=pl.lit("+8613800138000"),
    ).write_csv(orders)
    surveys = folder / "files" / "surveys.csv"
    nobody = pl.concat_str(pl.lit("X"), "order_id")
    first = pl.int_range(pl.len()) < 5
    pl.read_csv(surveys, infer_schema=False).with_columns(
        order_id=pl.when(first).then(nobody).otherwise("order_id")
    ).write_csv(surveys)


def _keep(folder: Path, *tables: str) -> None:
    """Leave out all tables but these."""
    for path in (folder / "files").glob("*.csv"):
        if path.stem not in tables:
            path.unlink()
