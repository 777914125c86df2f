"""The accountant: every KPI of the demo once more, in plain SQL over the canonical tables alone.

Nothing of the derived tables, rollups or the engine takes part, except who a customer is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import polars as pl
import polars.selectors as cs
import pytest

from connectors.connector import Connection
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.tables import TABLES
from kpis.catalogue import catalogue
from kpis.cohorts import cohorts
from kpis.evaluate import Query, evaluate
from kpis.first_orders import ALL, FirstOrders
from kpis.flows import flows
from kpis.shop import Shop, open_shop
from kpis.survival import life_table, returned_by
from tests.accounts import SQL

SCALE = 0.08
PREPARED = """
create view paid as
    select *, cast(paid_at as date) as paid_day from orders
    where kind = 'sale' and status = 'confirmed' and not coalesce(is_test, false) and paid_at is not null;
create view counted as
    select * from orders where kind = 'sale' and status = 'confirmed' and not coalesce(is_test, false);
create view tests as select order_id from orders where is_test;
create view carried as
    select order_id from orders anti join shipments using (order_id) where fulfilment = 'instore';
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
def test_every_kpi_is_what_plain_sql_says_in_every_part(
    shop: Shop, books: duckdb.DuckDBPyConnection, kpi: str
) -> None:
    """By channel; what compares channels is told by category."""
    part = "channel" if "channel" in catalogue()[kpi].dimensions else "category"
    told = evaluate(shop, Query(kpis=(kpi,), by=(part,)))
    found = {row[part]: (row["numerator"], row["denominator"]) for row in told.iter_rows(named=True)}
    counted = {
        value: (float(numerator or 0), None if denominator is None else float(denominator))
        for value, numerator, denominator in books.execute(SQL[kpi]).fetchall()
    }
    assert set(found) == set(counted)
    for value, (numerator, denominator) in counted.items():
        assert found[value] == (pytest.approx(numerator, rel=1e-9), pytest.approx(denominator)), value


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


@pytest.mark.parametrize(
    ("kpi", "moment", "per"),
    [("reply_seconds", "first_human_reply_at", 1), ("resolution_hours", "resolved_at", 3600)],
)
def test_waiting_for_customer_service_is_that_of_the_rows(
    shop: Shop, books: duckdb.DuckDBPyConnection, kpi: str, moment: str, per: int
) -> None:
    told = evaluate(shop, Query(kpis=(kpi,)))["value"].item()
    (exact,) = books.execute(
        f"select quantile_cont(epoch({moment} - asked_at), 0.5) from conversations"
    ).fetchone() or (None,)
    assert told == pytest.approx(exact / per, abs=1 / 60)


def test_customers_of_a_month_had_bought_before_it_or_not(
    shop: Shop, books: duckdb.DuckDBPyConnection
) -> None:
    told = evaluate(shop, Query(kpis=("returning_customer_share",), by=("month",)))
    counted = books.execute(
        """with begun as (select min(cast(placed_at as date)) as day from orders)
           select count(*) filter (month > day and first_day < month),
                  count(*) filter (month > day), count(*) filter (month <= day) from (
               select distinct customer_id, cast(date_trunc('month', day) as date) as month from days)
           join firsts using (customer_id), begun group by month order by month"""
    ).fetchall()
    assert told.select("numerator", "denominator", "excluded").rows() == counted
    assert told["numerator"].sum() > 100
    assert told["excluded"][0] == told["excluded"].sum() > 0, "before the first month nobody ordered"


CURVE = """
    with lives as (
        select min(f.first_day) as first_day, min(d.day) as second_day
        from firsts f left join days d on d.customer_id = f.customer_id and d.day > f.first_day
        group by f.customer_id),
    followed as (
        select second_day is not null as back,
               coalesce(second_day, (select day from last_day)) - first_day as lasted from lives),
    steps as (
        select lasted, count(*) filter (back) as events, sum(count(*)) over (order by lasted desc) as at_risk
        from followed group by lasted)
    select lasted, exp(sum(ln(1 - events / at_risk)) over (order by lasted)) as still_out
    from steps where events < at_risk order by lasted
"""


def test_customers_come_back_as_the_product_limit_says(shop: Shop, books: duckdb.DuckDBPyConnection) -> None:
    """Not half of the demo's customers do, so that there is no median."""
    curve = dict(books.execute(CURVE).fetchall())
    assert min(curve.values()) > 0.5
    assert evaluate(shop, Query(kpis=("second_order_days",)))["value"].item() is None
    first = shop.tables.scan("customer_days").filter(pl.col("previous_day").is_null())
    back = pl.col("days_to_next").is_not_null()
    lives = first.select(
        shop=pl.lit(1), days=pl.coalesce("days_to_next", "days_observed"), events=back.cast(pl.Int64)
    ).with_columns(censored=1 - pl.col("events"))
    table = life_table(lives.collect(), ["shop"])
    assert dict(table.select("days", "survival").iter_rows()) == pytest.approx(curve)
    told = returned_by(table, 90, ["shop"]).row(0, named=True)
    assert told["estimate"] == pytest.approx(1 - curve[90])
    rate = evaluate(shop, Query(kpis=("repurchase_rate_90d",)))["value"].item()
    assert told["low"] < rate < told["high"], "the same where nearly everybody could be followed"


COHORTS = """
    with lives as (
        select f.channel, f.customer_id, date_trunc('month', first_day) as cohort,
               date_trunc('month', d.day) as month, min(d.day) over (partition by f.customer_id) as second_day
        from firsts f left join days d on d.customer_id = f.customer_id and d.day > f.first_day)
    select strftime(cohort, '%Y-%m'), datediff('month', cohort, month), count(distinct customer_id),
           count(distinct customer_id) filter (month = date_trunc('month', second_day))
    from lives, last_day
    where channel = ? and month < date_trunc('month', last_day.day) group by all
"""


@pytest.mark.parametrize("channel", ["web", "store"])
def test_cohorts_are_what_plain_sql_says(shop: Shop, books: duckdb.DuckDBPyConnection, channel: str) -> None:
    counted = {row[:2]: row[2:] for row in books.execute(COHORTS, [channel]).fetchall()}
    told = cohorts(shop, FirstOrders(where=(("channel", (channel,)),))).filter(pl.col("cohort") != ALL)
    newly = pl.col("back_so_far") - pl.col("back_so_far").shift(1, fill_value=0).over("cohort")
    found = told.select("cohort", "offset", "back", newly=newly).filter(pl.col("back") > 0).rows()
    assert {row[:2]: row[2:] for row in found} == counted
    assert len(counted) > 50


FLOWS = """
    with ranked as (
        select customer_id, channel, day, row_number() over (partition by customer_id order by day) as place
        from days)
    select f.channel, s.channel, count(*),
           median(s.day - f.day) filter (last_day.day - f.day >= 365 and s.day - f.day <= 365)
    from ranked f join ranked s on f.customer_id = s.customer_id and f.place = 1 and s.place = 2, last_day
    group by all
"""


def test_flows_between_channels_are_what_plain_sql_says(shop: Shop, books: duckdb.DuckDBPyConnection) -> None:
    told = flows(shop, FirstOrders()).select("first_channel", "second_channel", "customers", "median_days")
    assert set(told.rows()) == set(books.execute(FLOWS).fetchall())
    assert told.height > 9
