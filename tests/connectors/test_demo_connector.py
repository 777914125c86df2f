"""The demo is read like any shop: through SQLAlchemy, read only, and without a row put aside."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import URL, create_engine, text

from connectors import tables
from connectors.accept import Accepted, accept
from connectors.connector import Connection
from connectors.demo.build import build, is_built
from connectors.demo.schema import SHOP
from connectors.errors import SettingsError, SourceError
from connectors.identity_hash import IdentityKey
from connectors.settings import load_settings
from connectors.systems.demo import SELECTS, connector
from connectors.systems.files import connector as files
from connectors.tables import TABLES, Table
from tests.connectors.demo_world import SMALL, world

ZONE = "Asia/Shanghai"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "a #1 demo, 100% möglich?"
    build(folder, scale=SMALL)
    return folder


def connection(folder: Path, **options: object) -> Connection:
    return Connection("demo", "demo", ZONE, {"path": str(folder), "scale": SMALL, **options})


def read(folder: Path, table: type[Table]) -> pl.DataFrame:
    with connector.open(connection(folder)) as source:
        return pl.concat(list(source.chunks(table)), how="diagonal_relaxed")


def accepted(folder: Path, table: type[Table]) -> Accepted:
    return accept(read(folder, table), table, ZONE, IdentityKey(b"a secret for tests", "CN"))


@pytest.mark.parametrize("table", SELECTS)
def test_every_row_is_accepted_as_it_is(folder: Path, table: type[Table]) -> None:
    result = accepted(folder, table)
    assert result.rows.height > 0
    assert result.quarantine.is_empty()
    assert dict(result.repairs) == {}


def test_every_canonical_table_is_delivered_or_its_lack_explained() -> None:
    assert set(SELECTS) | set(connector.lacks) == set(TABLES.values())
    assert not set(SELECTS) & set(connector.lacks)


def test_money_arrives_to_the_cent(folder: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(folder / "shop.sqlite")))
    with engine.connect() as shop:
        cents, smallest = shop.execute(text("SELECT sum(net_fen), min(shipping_fen) FROM sales_order")).one()
    engine.dispose()
    orders = accepted(folder, tables.Orders).rows
    assert orders["net_amount"].sum() == Decimal(cents) / 100
    assert orders["shipping_amount"].min() == smallest == 0


def test_channels_and_stores_are_those_of_the_business_settings(folder: Path, tmp_path: Path) -> None:
    business = load_settings(tmp_path, tmp_path).business
    traffic = Connection("traffic", "files", ZONE, {"path": str(folder / "traffic")})
    with files.open(traffic) as source:
        visits = pl.concat(list(source.chunks(tables.Visits)))
    native = {
        ("demo", channel) for table in (tables.Orders, tables.Stores, tables.Prices, tables.Listings)
        for channel in read(folder, table)["channel"].unique()
    } | {("traffic", channel) for channel in visits["channel"].unique()}  # fmt: skip
    stores = {("demo", store) for store in accepted(folder, tables.Stores).rows["store_id"]}
    stores |= {("traffic", store) for store in visits["store_id"].drop_nulls().unique()}
    assert {business.channel_of(*name) for name in native} == {channel.id for channel in business.channels}
    assert {business.kind_of(business.channel_of(*name)) for name in native} == {"online", "offline"}
    assert {business.store_of(*name) for name in stores} == {store.id for store in business.stores}
    assert len(stores) == 2 * len(business.stores)


def test_visits_lie_beside_as_files_that_are_accepted_too(folder: Path) -> None:
    traffic = Connection("traffic", "files", ZONE, {"path": str(folder / "traffic")})
    key = IdentityKey(b"a secret for tests", "CN")
    with files.open(traffic) as source:
        assert source.tables() == [tables.Visits]
        results = [accept(chunk, tables.Visits, ZONE, key) for chunk in source.chunks(tables.Visits)]
    assert sum(result.rows.height for result in results) > 15_000
    assert all(result.quarantine.is_empty() and not result.repairs for result in results)


def test_people_of_several_channels_are_joined_by_their_hashes(folder: Path) -> None:
    customers = accepted(folder, tables.Customers).rows
    phones = customers.drop_nulls("phone_hash")
    assert phones["phone_hash"].n_unique() < phones.height
    emails = customers.drop_nulls("email_hash")
    assert emails["email_hash"].n_unique() < emails.height
    shared = phones.group_by("phone_hash").len()["len"].max()
    assert shared <= 10


def test_the_shop_cannot_be_written_through_its_connection(folder: Path) -> None:
    insert = "INSERT INTO product VALUES ('X', '', '', '', 1) RETURNING sku"
    with connector.open(connection(folder)) as source:
        source._selects = {tables.Products: insert}
        with pytest.raises(SourceError, match="readonly database"):
            list(source.chunks(tables.Products))


def test_opening_makes_the_demo_where_there_is_none(tmp_path: Path) -> None:
    with connector.open(connection(tmp_path / "demo")) as source:
        assert tables.Orders in source.tables()
    assert is_built(tmp_path / "demo", SMALL)


def test_the_path_is_relative_to_the_settings_folder(tmp_path: Path) -> None:
    options = {"path": "demo", "scale": SMALL}
    with connector.open(Connection("demo", "demo", ZONE, options, folder=tmp_path)):
        assert is_built(tmp_path / "demo", SMALL)


@pytest.mark.parametrize("scale", [0, -1, 101, True, "big"])
def test_an_impossible_scale_is_refused(tmp_path: Path, scale: object) -> None:
    with pytest.raises(SettingsError, match="'scale' must be a number above 0") as caught:
        connector.open(connection(tmp_path, scale=scale))
    assert "大于 0" in caught.value.text.zh


def test_a_missing_path_is_named() -> None:
    with pytest.raises(SettingsError, match=r"connections\.demo.*needs the setting 'path'"):
        connector.open(Connection("demo", "demo", ZONE))


def test_a_broken_shop_file_is_reported_in_one_line(tmp_path: Path) -> None:
    build(tmp_path / "demo", scale=SMALL)
    (tmp_path / "demo" / "shop.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(SourceError, match=r"^demo.*not a database") as caught:
        read(tmp_path / "demo", tables.Orders)
    assert "\n" not in str(caught.value)


def test_every_simulated_table_is_in_the_shop() -> None:
    assert set(world().shop) == set(SHOP)
