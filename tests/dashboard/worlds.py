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

OFTEN, SELDOM = 4, 20
FORMULA = '=HYPERLINK("http://evil.example")'
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


def in_dollars(folder: Path) -> None:
    """Every order is in dollars, of which nobody says what they are in the reporting currency."""
    orders = pl.read_csv(folder / "files" / "orders.csv", infer_schema=False)
    orders.with_columns(currency=pl.lit("USD")).write_csv(folder / "files" / "orders.csv")


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
    """Whatever a shop names itself is named to do harm, and customers write so; comments are allowed."""
    files = folder / "files"
    small_shop.write_settings(folder / "config", files, _titled(EVIL) + "[extracts]\ncomments = true\n")
    named = {
        "orders": {"channel": "market", "region": "East", "store_id": "S2"},
        "order_lines": {"category": "Tea", "sku": None},
        "visits": {"channel": "market"},
        "shipments": {"carrier": None},
        "returns": {"raw_reason": None, "sku": None},
        "surveys": {"channel": "market", "comment": None},
    }
    for table, columns in named.items():
        rows = pl.read_csv(files / f"{table}.csv", infer_schema=False)
        rows.with_columns(_renamed(rows, *each) for each in columns.items()).write_csv(files / f"{table}.csv")
    skus, sides = pl.DataFrame({"sku": [EVIL, FORMULA]}), pl.DataFrame({"channel": ["web", "store"]})
    both = skus.join(sides, how="cross").with_columns(from_day=pl.lit("2026-01-01"))
    online = pl.col("channel") == "web"
    price = pl.when(online).then(9).otherwise(11)
    both.with_columns(sell_price=price, currency=pl.lit("CNY")).write_csv(files / "prices.csv")
    told = {"in_stock": pl.lit("yes"), "title_hash": pl.lit("1")}
    listed = pl.when(online).then(pl.lit("yes")).otherwise(pl.lit("no"))
    both.with_columns(listed=listed, **told).write_csv(files / "listings.csv")
    goods = {"sku": [EVIL, FORMULA], "title": [EVIL, FORMULA], "category": [EVIL, "Tea"]}
    pl.DataFrame(goods).write_csv(files / "products.csv")
    stores = {"store_id": EVIL, "channel": "store", "title": EVIL, "region": EVIL}
    pl.DataFrame(stores).write_csv(files / "stores.csv")


def _titled(title: str) -> str:
    """The settings with a channel of this title."""
    return small_shop.BUSINESS.replace('en = "Stores", zh = "线下门店"', f"en = '{title}', zh = '{title}'")


def _renamed(rows: pl.DataFrame, column: str, value: str | None) -> pl.Expr:
    """Some of a value's rows named to do harm; a few rows of a column that the shop does not have yet."""
    number = pl.int_range(pl.len())
    if value is None or column not in rows.columns:
        known = pl.col(column) if column in rows.columns else pl.lit(None, pl.String)
        return pl.when(number % SELDOM == 0).then(pl.lit(EVIL)).otherwise(known).alias(column)
    hit = (pl.col(column) == value) & (number % OFTEN == 0)
    return pl.when(hit).then(pl.lit(EVIL)).otherwise(column).alias(column)


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
