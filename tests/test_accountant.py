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

N_DAY = """
    select channel, count(*) filter (exists (
        select 1 from days d
        where d.customer_id = f.customer_id and d.day > first_day and d.day <= first_day + {n}
    )) as numerator, count(*) as denominator
    from firsts f, last_day where first_day + {n} <= last_day.day group by channel
"""

SQL = {
    "visits": "select channel, sum(visits) as numerator, null as denominator from visits group by channel",
    "conversion_per_visit": """
        select visits.channel, count(paid.order_id) as numerator, count(*) as denominator
        from visits left join paid using (order_id) where visit_id is not null group by visits.channel
        union all
        select 'store', sum(receipts), sum(people) from (
            select store_id, cast(started_at as date) as day, sum(visits) as people from visits
            where visit_id is null group by all)
        left join (select store_id, paid_day as day, count(*) as receipts from paid
                   where channel = 'store' group by all)
        using (store_id, day)
    """,
    "average_order_value": "select channel, sum(net_amount), count(*) from paid group by channel",
    "units_per_order": """
        select channel, sum(coalesce(quantity_kept, quantity)), count(distinct order_id)
        from paid join order_lines using (order_id) group by channel
    """,
    "on_time_delivery": """
        select channel, count(*) filter (not late and not overdue), count(*)
        from counted join outcomes using (order_id)
        where (late or overdue or all_known) and promised_day <= (select day from last_known) group by channel
    """,
    "delivery_hours_mean": """
        select channel, sum(hours), count(*) from (
            select o.channel, o.order_id,
                   epoch(max(delivered_at)
                         - case when o.paid_at <= coalesce(min(shipped_at), max(delivered_at))
                              then o.paid_at else o.placed_at end) / 3600 as hours
            from paid o join shipments s using (order_id)
            group by o.channel, o.order_id, o.paid_at, o.placed_at
            having bool_and(delivered_at is not null and delivered_source is distinct from 'assumed'))
        group by channel
    """,
    "return_rate": """
        select channel, count(*) filter (exists (
            select 1 from returns r
            where r.order_id = p.order_id and cast(requested_at as date) <= paid_day + 30
        )), count(*) from paid p group by channel
    """,
    "return_rate_units": """
        select channel, sum(back), sum(units) from (
            select p.channel, p.order_id, sum(coalesce(quantity_kept, quantity)) as units,
                   (select coalesce(sum(r.quantity), 0) from returns r
                    where r.order_id = p.order_id and cast(requested_at as date) <= p.paid_day + 30) as back
            from paid p join order_lines l using (order_id) group by p.channel, p.order_id, p.paid_day)
        group by channel
    """,
    "refund_hours_mean": """
        select o.channel, sum(epoch(f.refunded_at - coalesce(f.requested_at, r.requested_at)) / 3600),
               count(*)
        from refunds f left join returns r using (return_id) left join orders o on o.order_id = f.order_id
        where f.status = 'settled' and coalesce(f.requested_at, r.requested_at) is not null group by o.channel
    """,
    "nps": """
        select coalesce(o.channel, s.channel) as c,
               count(*) filter (score >= 9) - count(*) filter (score <= 6), count(*)
        from surveys s left join orders o using (order_id)
        where s.kind = 'nps' and answered_at is not null and score between 0 and 10 group by c
    """,
    "repurchase_rate": """
        select channel, count(*) filter (days > 1), count(*) from (
            select customer_id, arg_min(channel, day) as channel, count(*) as days from days
            group by customer_id)
        group by channel
    """,
    **{f"repurchase_rate_{n}d": N_DAY.format(n=n) for n in (30, 90, 180, 365)},
    "cross_channel_share": """
        select channel, count(*) filter (online and offline), count(*) from (
            select customer_id, arg_min(channel, days.day) as channel, bool_or(online) as online,
                   bool_or(offline) as offline
            from days, last_day where days.day > last_day.day - 365 group by customer_id)
        group by channel
    """,
    "identified_share": """
        select channel, count(customer_id), count(*) from paid left join persons using (order_id)
        group by channel
    """,
}


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
