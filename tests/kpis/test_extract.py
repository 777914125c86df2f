"""Extracts of a small shop that went the whole way from CSV files to the snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from connectors.facts import FACTS
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.tables import TABLES, columns_with
from kpis.errors import ExtractError, KpiError, PeriodError, SliceError
from kpis.evaluate import Query, evaluate
from kpis.extract import extract
from kpis.row_days import day_column
from kpis.shop import Shop, open_shop
from tests.connectors.shopfolder import BUSINESS, ShopFolder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    root: Path = tmp_path_factory.mktemp("extract")
    made = ShopFolder(root / "shop")
    refresh(load_settings(made.config, made.data))
    return made


@pytest.fixture
def small_shop(folder: ShopFolder) -> Iterator[Shop]:
    with open_shop(folder.config, folder.data) as opened:
        yield opened


def _ids(shop: Shop, table: str, column: str, where: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted(extract(shop, table, where=where).collect()[column])


def test_an_extract_has_the_tables_columns_in_order(small_shop: Shop) -> None:
    columns = extract(small_shop, "orders").collect_schema().names()
    assert columns[:4] == ["day", "order_id", "placed_at", "channel"]
    assert columns[columns.index("net_amount") + 1] == "net_amount_native"
    assert [name for name in columns if name not in TABLES["orders"].column_names()] == [
        "day", "net_amount_native", "gross_amount_native", "tax_amount_native", "shipping_amount_native",
    ]  # fmt: skip


@pytest.mark.parametrize("table", [name for name in TABLES if columns_with(TABLES[name], "personal")])
def test_personal_columns_stay_in_the_house(small_shop: Shop, table: str) -> None:
    if small_shop.tables.has(table):
        hidden = columns_with(TABLES[table], "personal")
        assert not set(hidden) & set(extract(small_shop, table).collect_schema().names())


def test_a_setting_lets_personal_columns_out(folder: ShopFolder) -> None:
    folder.settle(business=BUSINESS + "[extracts]\npersonal = true\n")
    with open_shop(folder.config, folder.data) as opened:
        assert "email_hash" in extract(opened, "orders").collect_schema().names()
    folder.settle(business=BUSINESS)


@pytest.mark.parametrize(
    ("settings", "allowed"),
    [
        ("", set()),
        ("comments = true", {"comment"}),
        ("personal = true", {"comment", "email_hash"}),
        ("personal = true\ncomments = false", {"email_hash"}),
    ],
)
def test_words_and_hashes_have_a_setting_each_and_personal_alone_allows_both(
    folder: ShopFolder, settings: str, allowed: set[str]
) -> None:
    folder.settle(business=BUSINESS + f"[extracts]\n{settings}\n")
    with open_shop(folder.config, folder.data) as opened:
        columns = extract(opened, "surveys").collect_schema().names()
    assert {"comment", "email_hash"} & set(columns) == allowed
    folder.settle(business=BUSINESS)


def test_days_are_included_on_both_ends(small_shop: Shop) -> None:
    rows = extract(small_shop, "orders", dt.date(2026, 1, 2), dt.date(2026, 1, 3)).collect()
    assert sorted(rows["order_id"]) == ["shop:2", "shop:3", "shop:4"]
    assert extract(small_shop, "orders", start=dt.date(2026, 1, 3)).collect().height == 4
    assert extract(small_shop, "orders", end=dt.date(2026, 1, 1)).collect().height == 1


def test_lines_are_of_the_day_of_their_order(small_shop: Shop) -> None:
    rows = extract(small_shop, "order_lines").collect()
    assert rows.columns[:3] == ["day", "order_id", "line_id"]
    days = {"shop:1": 1, "shop:2": 2, "shop:3": 3, "shop:6": 20}
    assert rows["order_id"].to_list() == ["shop:1", "shop:1", "shop:2", "shop:3", "shop:6"]
    assert rows["day"].to_list() == [dt.date(2026, 1, days[order]) for order in rows["order_id"]]
    some = extract(small_shop, "order_lines", dt.date(2026, 1, 2), dt.date(2026, 1, 19), {"channel": ["web"]})
    assert some.select("order_id", "line_id").collect().rows() == [("shop:2", "1")]
    with pytest.raises(PeriodError, match="run from 2026-01-01 to 2026-01-20"):
        extract(small_shop, "order_lines", dt.date(2026, 2, 1))


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 3), (2, 20), (20, 20)])
@pytest.mark.parametrize("where", [{}, {"channel": ["web"]}, {"channel": ["store"]}])
def test_lines_of_a_period_hold_the_pieces_of_its_figure(
    small_shop: Shop, first: int, last: int, where: dict[str, list[str]]
) -> None:
    start, end = dt.date(2026, 1, first), dt.date(2026, 1, last)
    lines = extract(small_shop, "order_lines", start, end, where).collect()
    kept = lines.select(pl.coalesce("quantity_kept", "quantity").sum()).item()
    query = Query(("units_per_order",), start, end, where=tuple((k, tuple(v)) for k, v in where.items()))
    figure = evaluate(small_shop, query)
    assert (figure["numerator"].item() or 0) == kept


def test_rows_of_an_order_are_picked_by_the_orders_slice(small_shop: Shop) -> None:
    assert _ids(small_shop, "shipments", "shipment_id", {"channel": ["web"]}) == [
        "shop:p1",
        "shop:p2",
        "shop:p3",
    ]
    assert _ids(small_shop, "shipments", "shipment_id", {"channel": ["store"]}) == []
    assert _ids(small_shop, "returns", "return_id", {"category": ["Shoes"]}) == [
        "shop:r1",
        "shop:r2",
        "shop:r3",
    ]
    assert _ids(small_shop, "order_lines", "order_id", {"category": ["Bags"]}) == ["shop:1"]
    assert _ids(small_shop, "orders", "order_id", {"customer_type": ["unknown"]}) == ["shop:4"]


def test_rows_are_picked_by_their_own_columns(small_shop: Shop) -> None:
    assert _ids(small_shop, "surveys", "survey_id", {"channel": ["store"]}) == ["shop:q3"]
    assert _ids(small_shop, "surveys", "survey_id", {"channel_kind": ["online"]}) == ["shop:q1", "shop:q2"]
    assert _ids(small_shop, "orders", "order_id", {"store": ["s1"]}) == ["shop:3", "shop:4"]
    assert extract(small_shop, "visits", where={"store": ["s1"]}).collect().height == 2
    assert extract(small_shop, "visits", where={"store": [""]}).collect().height == 3
    either = {"channel": ["store", "web"], "channel_kind": ["offline"]}
    assert _ids(small_shop, "orders", "order_id", either) == ["shop:3", "shop:4"]


@pytest.mark.parametrize("table", FACTS)
def test_derived_tables_can_be_extracted_too(small_shop: Shop, table: str) -> None:
    rows = extract(small_shop, table, dt.date(2026, 1, 1), dt.date(2026, 3, 31)).collect()
    assert rows.columns == FACTS[table].column_names()
    day = day_column(table)
    assert day is not None
    assert rows.height == small_shop.tables.scan(table).select(pl.col(day).count()).collect().item()


def test_every_table_with_a_time_has_a_day() -> None:
    assert {name for name in TABLES if day_column(name) is None} == {
        "products",
        "stores",
        "customers",
    }
    assert day_column("prices") == "day"
    assert day_column("order_facts") == "placed_day"


REFUSED: list[tuple[str, dict[str, object], type[KpiError], str]] = [
    ("ordres", {}, ExtractError, "Did you mean 'orders'"),
    ("carts", {}, ExtractError, "no connection delivers carts"),
    ("orders", {"start": dt.date(2027, 1, 1)}, PeriodError, "no data from 2027-01-01"),
    ("orders", {"where": {"channel": ["wbe"]}}, SliceError, "Did you mean 'web'"),
    ("orders", {"where": {"chanel": ["web"]}}, SliceError, "Did you mean 'channel'"),
    ("reviews", {"where": {"device": ["phone"]}}, ExtractError, "no connection delivers reviews"),
]


@pytest.mark.parametrize(("table", "asked", "error", "words"), REFUSED, ids=[case[3] for case in REFUSED])
def test_a_wrong_extract_is_refused(
    small_shop: Shop, table: str, asked: dict[str, object], error: type[KpiError], words: str
) -> None:
    with pytest.raises(error, match=words):
        extract(small_shop, table, **asked)
