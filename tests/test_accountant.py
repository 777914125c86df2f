"""The accountant: every KPI of the demo once more, in plain SQL over the canonical tables alone.

Nothing of the derived tables, rollups or the engine takes part, except who a customer is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import polars.selectors as cs
import pytest

from connectors.connector import Connection
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.tables import TABLES
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop, open_shop
from tests.accounts import SQL

SCALE = 0.08
PREPARED = """
create view paid as
    select *, cast(paid_at as date) as paid_day from orders
    where kind = 'sale' and status = 'confirmed' and not coalesce(is_test, false) and paid_at is not null;
create view counted as
    select * from orders where kind = 'sale' and status = 'confirmed' and not coalesce(is_test, false);
create view last_day as select max(cast(placed_at as date)) as day from orders;
create view last_known as
    select greatest((select day from last_day), max(cast(delivered_at as date))) as day from shipments;
create view days as
    select customer_id, paid_day as day, arg_min(channel, paid_at) as channel,
           bool_or(channel <> 'store') as online, bool_or(channel = 'store') as offline
    from paid join persons using (order_id) where customer_id is not null group by all;
create view firsts as
    select customer_id, arg_min(channel, day) as channel, min(day) as first_day from days group by all;
create view parcels as
    select s.*, cast(coalesce(s.promised_at, o.promised_at) as date) as promise,
           cast(case when delivered_source is distinct from 'assumed' then delivered_at end as date)
           as arrived
    from shipments s join orders o using (order_id);
create view outcomes as
    select order_id, max(promise) as promised_day, bool_or(arrived > promise) as late,
           bool_or(delivered_at is null and (tracked or kind = 'pickup')
                   and promise < (select day from last_known)) as overdue,
           bool_and(arrived is not null) as all_known
    from parcels where promise is not null group by order_id;
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    root = tmp_path_factory.mktemp("accountant")
    (root / "config").mkdir()
    asked = load_settings(root / "config", root / "data")
    small = tuple(_scaled(connection) for connection in asked.connections)
    report = refresh(replace(asked, connections=small))
    assert not report.failed
    with open_shop(root / "config", root / "data") as opened:
        yield opened


def _scaled(connection: Connection) -> Connection:
    options = dict(connection.options) | ({"scale": SCALE} if connection.system == "demo" else {})
    return replace(connection, options=options)


@pytest.fixture(scope="module")
def books(shop: Shop) -> Iterator[duckdb.DuckDBPyConnection]:
    """The canonical tables with times as the business's wall clock, and who a customer is."""
    connection = duckdb.connect()
    local = cs.datetime().dt.convert_time_zone(shop.manifest.timezone).dt.replace_time_zone(None)
    for name in filter(shop.tables.has, TABLES):
        connection.register(name, shop.tables.scan(name).with_columns(local).collect().to_arrow())
    persons = shop.tables.scan("order_facts").select("order_id", "customer_id").collect()
    connection.register("persons", persons.to_arrow())
    connection.execute(PREPARED)
    yield connection
    connection.close()


@pytest.mark.parametrize("kpi", SQL)
def test_every_kpi_is_what_plain_sql_says_in_every_channel(
    shop: Shop, books: duckdb.DuckDBPyConnection, kpi: str
) -> None:
    told = evaluate(shop, Query(kpis=(kpi,), by=("channel",)))
    found = {row["channel"]: (row["numerator"], row["denominator"]) for row in told.iter_rows(named=True)}
    counted = {
        channel: (float(numerator or 0), None if denominator is None else float(denominator))
        for channel, numerator, denominator in books.execute(SQL[kpi]).fetchall()
    }
    assert set(found) == set(counted)
    for channel, (numerator, denominator) in counted.items():
        assert found[channel] == (pytest.approx(numerator, rel=1e-9), pytest.approx(denominator)), channel


@pytest.mark.parametrize(("kpi", "share"), [("delivery_hours", 0.5), ("delivery_hours_p90", 0.9)])
def test_quantiles_of_delivery_are_those_of_the_rows(shop: Shop, kpi: str, share: float) -> None:
    told = evaluate(shop, Query(kpis=(kpi,)))["value"].item()
    seconds = shop.tables.scan("order_facts").filter("paid").select("delivery_seconds").drop_nulls().collect()
    exact = seconds["delivery_seconds"].quantile(share, interpolation="linear")
    assert told == pytest.approx(exact / 3600, abs=1 / 60)


def test_pick_ups_are_ready_after_the_median_of_their_minutes(
    shop: Shop, books: duckdb.DuckDBPyConnection
) -> None:
    told = evaluate(shop, Query(kpis=("pickup_ready_minutes",))).row(0, named=True)
    number, exact = books.execute(
        """select count(*), quantile_cont(epoch(ready_at - paid_at) / 60, 0.5)
           from shipments s join orders o using (order_id) where s.kind = 'pickup' and o.kind = 'sale'"""
    ).fetchall()[0]
    assert told["denominator"] == number
    assert told["value"] == pytest.approx(exact, abs=1)
