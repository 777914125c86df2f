"""KPIs of real shops, from their databases to the printed figure, recounted in SQL on those databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.evaluate import Query, evaluate
from kpis.shop import open_shop
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import dumped_shop

BUSINESS = {
    "odoo": """
        timezone = "America/New_York"
        currency = "USD"
        country = "US"
        rates = { EUR = 1.10 }
        [channels.web]
        kind = "online"
        match = ["shop:web:*", "shop:team:*"]
        [channels.tills]
        kind = "offline"
        match = ["shop:pos:*"]
        """,
    "saleor": """
        timezone = "UTC"
        currency = "USD"
        country = "US"
        rates = { PLN = 0.25 }
        [channels.web]
        kind = "online"
        match = ["shop:*"]
        """,
    "medusa": """
        timezone = "Europe/Berlin"
        currency = "EUR"
        country = "DE"
        rates = { USD = 0.9 }
        [channels.berlin]
        kind = "offline"
        match = ["shop:Berlin store (POS)"]
        [channels.web]
        kind = "online"
        match = ["shop:Default*", "shop:Mobile app", "shop:Marketplace"]
        """,
    "umami": """
        timezone = "Europe/Berlin"
        currency = "EUR"
        country = "DE"
        [channels.web]
        kind = "online"
        match = ["shop:*"]
        """,
    "formbricks": """
        timezone = "Europe/Berlin"
        currency = "EUR"
        country = "DE"
        [channels.web]
        kind = "online"
        match = ["shop:*"]
        """,
}

PAID = {
    "odoo": """
        SELECT 'S' || o.id AS id, 'web' AS channel, lower(p.email_normalized) AS customer,
            (t.at AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date AS day,
            (o.amount_untaxed - coalesce(d.cost, 0))
                * CASE o.currency_id WHEN 126 THEN 1.10 ELSE 1 END AS net,
            (SELECT sum(l.product_uom_qty) FROM sale_order_line l
                WHERE l.order_id = o.id AND l.is_delivery IS NOT TRUE) AS units
        FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
        JOIN (SELECT r.sale_order_id, min(t.last_state_change) AS at FROM payment_transaction t
            JOIN sale_order_transaction_rel r ON r.transaction_id = t.id WHERE t.state = 'done' GROUP BY 1) t
            ON t.sale_order_id = o.id
        LEFT JOIN (SELECT order_id, sum(price_subtotal) AS cost FROM sale_order_line WHERE is_delivery
            GROUP BY 1) d ON d.order_id = o.id
        WHERE o.state = 'sale'
        UNION ALL
        SELECT 'P' || o.id, 'tills', lower(p.email_normalized),
            (o.date_order AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date,
            o.amount_total - o.amount_tax,
            (SELECT sum(l.qty) FROM pos_order_line l WHERE l.order_id = o.id)
        FROM pos_order o LEFT JOIN res_partner p ON p.id = o.partner_id WHERE NOT o.is_refund""",
    "saleor": """
        SELECT o.id::text, 'web' AS channel, lower(o.user_email) AS customer,
            (SELECT min(e.created_at) FROM payment_transactionitem t JOIN payment_transactionevent e
                ON e.transaction_id = t.id AND e.type = 'charge_success'
                WHERE t.order_id = o.id)::date AS day,
            (o.total_net_amount - o.shipping_price_net_amount
                - coalesce((SELECT sum(l.total_price_net_amount) FROM order_orderline l
                    WHERE l.order_id = o.id AND l.is_gift_card), 0))
                * CASE o.currency WHEN 'PLN' THEN 0.25 ELSE 1 END AS net,
            coalesce((SELECT sum(l.quantity) FROM order_orderline l
                WHERE l.order_id = o.id AND NOT l.is_gift_card), 0) AS units
        FROM order_order o
        WHERE o.status NOT IN ('draft', 'unconfirmed', 'expired', 'canceled') AND o.origin <> 'reissue'
            AND EXISTS (SELECT 1 FROM payment_transactionitem t JOIN payment_transactionevent e
                ON e.transaction_id = t.id AND e.type = 'charge_success' WHERE t.order_id = o.id)""",
    "medusa": """
        SELECT o.id, CASE c.name WHEN 'Berlin store (POS)' THEN 'berlin' ELSE 'web' END AS channel,
            lower(o.email) AS customer, (p.captured_at AT TIME ZONE 'Europe/Berlin')::date AS day,
            (SELECT sum(i.quantity * coalesce(i.unit_price, l.unit_price) - coalesce((SELECT sum(a.amount)
                FROM order_line_item_adjustment a WHERE a.item_id = l.id AND a.version = o.version), 0))
                FROM order_item i JOIN order_line_item l ON l.id = i.item_id
                WHERE i.order_id = o.id AND i.version = o.version
                AND l.id NOT IN (SELECT item_id FROM order_exchange_item))
                * CASE o.currency_code WHEN 'usd' THEN 0.9 ELSE 1 END AS net,
            (SELECT sum(i.quantity) FROM order_item i WHERE i.order_id = o.id AND i.version = o.version
                AND i.item_id NOT IN (SELECT item_id FROM order_exchange_item)) AS units
        FROM "order" o JOIN sales_channel c ON c.id = o.sales_channel_id
        JOIN order_payment_collection x ON x.order_id = o.id
        JOIN payment p ON p.payment_collection_id = x.payment_collection_id AND p.captured_at IS NOT NULL
        WHERE o.status IN ('pending', 'completed')""",
}
"""One row per paid order, told without the connector: Odoo's own totals, not its lines."""

RETURNED = {
    "odoo": """
        SELECT 'S' || o.sale_id AS id,
            (r.create_date AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date AS day,
            m.product_uom_qty AS units
        FROM stock_move m JOIN stock_picking r ON r.id = m.picking_id
        JOIN stock_picking o ON o.id = r.return_id
        UNION ALL
        SELECT 'P' || s.order_id, (o.date_order AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date, -b.qty
        FROM pos_order_line b JOIN pos_order_line s ON s.id = b.refunded_orderline_id
        JOIN pos_order o ON o.id = b.order_id""",
    "saleor": """
        SELECT f.order_id::text AS id, f.created_at::date AS day, l.quantity AS units
        FROM order_fulfillment f JOIN order_fulfillmentline l ON l.fulfillment_id = f.id
        WHERE f.status IN ('returned', 'replaced')""",
    "medusa": """
        SELECT r.order_id AS id, (r.created_at AT TIME ZONE 'Europe/Berlin')::date AS day, i.quantity AS units
        FROM "return" r JOIN return_item i ON i.return_id = r.id""",
}

FIGURES = {
    "average_order_value": "SELECT sum(net), count(*) FROM paid",
    "units_per_order": "SELECT sum(units), count(*) FROM paid",
    "identified_share": "SELECT count(customer), count(*) FROM paid",
    "return_rate": """
        SELECT count(DISTINCT r.id), (SELECT count(*) FROM paid) FROM paid p JOIN returned r ON r.id = p.id
        WHERE r.day - p.day <= 30""",
    "return_rate_units": """
        SELECT sum(r.units), (SELECT sum(units) FROM paid) FROM paid p JOIN returned r ON r.id = p.id
        WHERE r.day - p.day <= 30""",
    "repurchase_rate": """
        SELECT count(*) FILTER (WHERE days > 1), count(*) FROM (
            SELECT count(DISTINCT day) AS days FROM paid WHERE customer IS NOT NULL GROUP BY customer) c""",
    "repurchase_rate_30d": """
        SELECT count(*) FILTER (WHERE again - first <= 30), count(*) FROM (
            SELECT f.first, min(p.day) FILTER (WHERE p.day > f.first) AS again
            FROM (SELECT customer, min(day) AS first FROM paid GROUP BY 1) f JOIN paid p USING (customer)
            GROUP BY f.customer, f.first) c WHERE first + 30 <= (SELECT max(day) FROM placed)""",
    "cross_channel_share": """
        SELECT count(*) FILTER (WHERE kinds = 2), count(*) FROM (
            SELECT count(DISTINCT channel = 'web') AS kinds FROM paid WHERE customer IS NOT NULL
            GROUP BY customer) c""",
}

PLACED = {
    "odoo": """
        SELECT (max(at) AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date AS day FROM (
            SELECT date_order AS at FROM sale_order WHERE website_id IS NULL OR state <> 'draft'
            UNION ALL SELECT date_order FROM pos_order WHERE NOT is_refund) o""",
    "saleor": "SELECT max(created_at)::date AS day FROM order_order",
    "medusa": """SELECT (max(created_at) AT TIME ZONE 'Europe/Berlin')::date AS day FROM "order" """,
}

OTHER = {
    ("odoo", "nps"): """
        SELECT count(*) FILTER (WHERE value_scale >= 9) - count(*) FILTER (WHERE value_scale <= 6), count(*)
        FROM survey_user_input_line WHERE answer_type = 'scale'""",
    ("odoo", "visits"): "SELECT count(*), NULL FROM (SELECT DISTINCT visitor_id FROM website_track) v",
    ("umami", "visits"): "SELECT count(DISTINCT visit_id), NULL FROM website_event WHERE event_type = 1",
    ("umami", "conversion_per_visit"): """
        SELECT count(DISTINCT visit_id) FILTER (WHERE event_name = 'purchase'), count(DISTINCT visit_id)
        FROM website_event""",
    ("formbricks", "nps"): """
        SELECT count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6), count(*)
        FROM (SELECT (data->>'q_nps')::int AS score FROM "Response" WHERE data ? 'q_nps'
            AND created_at < now() AT TIME ZONE 'utc' + interval '1 day') AS answered""",
    ("odoo", "on_time_delivery"): f"""
        WITH placed AS ({PLACED["odoo"]}), collected AS (
            SELECT o.id, CASE WHEN p.state = 'done'
                    THEN (p.date_done AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date END AS done,
                (o.commitment_date AT TIME ZONE 'utc' AT TIME ZONE 'US/Eastern')::date AS due
            FROM stock_picking p JOIN sale_order o ON o.id = p.sale_id AND o.state = 'sale'
            JOIN delivery_carrier c ON c.id = o.carrier_id AND c.delivery_type = 'in_store'
            WHERE p.state <> 'cancel' AND p.return_id IS NULL),
        ended AS (
            SELECT id, bool_or(coalesce(done, (SELECT day FROM placed)) > due) AS late,
                bool_and(done IS NOT NULL) AS all_done
            FROM collected WHERE due <= (SELECT day FROM placed) GROUP BY id)
        SELECT count(*) FILTER (WHERE NOT late), count(*) FROM ended WHERE late OR all_done""",
    ("saleor", "refund_hours_mean"): """
        SELECT sum(extract(epoch FROM e.created_at - coalesce(g.created_at, r.created_at)) / 3600), count(*)
        FROM payment_transactionevent e
        LEFT JOIN order_ordergrantedrefund g ON g.id = e.related_granted_refund_id
        LEFT JOIN payment_transactionevent r
            ON r.psp_reference = e.psp_reference AND r.type = 'refund_request'
        WHERE e.type = 'refund_success'
        AND coalesce(g.created_at, r.created_at)::date <= (SELECT max(created_at)::date FROM order_order)""",
    ("medusa", "delivery_hours_mean"): """
        SELECT sum(extract(epoch FROM last - captured_at) / 3600), count(*) FROM (
            SELECT o.id, p.captured_at, max(f.delivered_at) AS last FROM "order" o
            JOIN order_fulfillment l ON l.order_id = o.id JOIN fulfillment f ON f.id = l.fulfillment_id
            JOIN order_payment_collection x ON x.order_id = o.id
            JOIN payment p ON p.payment_collection_id = x.payment_collection_id AND p.captured_at IS NOT NULL
            WHERE f.canceled_at IS NULL AND o.status IN ('pending', 'completed') GROUP BY 1, 2
            HAVING bool_and(f.delivered_at IS NOT NULL)) d""",
}

COUNTED = "WITH paid AS ({paid}), returned AS ({returned}), placed AS ({placed}) "
WITHOUT_SHOPS = {("saleor", "cross_channel_share")}
UNTOLD = "SELECT null, null"

ASKED = [
    (
        system,
        kpi,
        COUNTED.format(paid=PAID[system], returned=RETURNED[system], placed=PLACED[system])
        + (UNTOLD if (system, kpi) in WITHOUT_SHOPS else figure),
    )
    for system in PAID
    for kpi, figure in FIGURES.items()
] + [(system, kpi, figure) for (system, kpi), figure in OTHER.items()]

Figures = Callable[[str], tuple[Database, dict[str, tuple[float | None, float | None]]]]


@pytest.fixture(scope="module")
def figures_of(postgres_folder: str, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Both counts of every KPI of a dump's shop over all its days, after a refresh."""
    printed: dict[str, tuple[Database, dict[str, tuple[float | None, float | None]]]] = {}

    def figures_of(system: str) -> tuple[Database, dict[str, tuple[float | None, float | None]]]:
        if system not in printed:
            database = dumped_shop(postgres_folder, system).database
            printed[system] = database, refreshed(system, database, tmp_path_factory.mktemp(system))
        return printed[system]

    return figures_of


def refreshed(system: str, database: Database, folder: Path) -> dict[str, tuple[float | None, float | None]]:
    (folder / "secrets.toml").write_text(
        f'[connections.shop]\nsystem = "{system}"\nurl = "{database.url()}"\n'
    )
    (folder / "secrets.toml").chmod(0o600)
    (folder / "business.toml").write_text(BUSINESS[system], encoding="utf-8")
    report = refresh(load_settings(folder, folder / "data"))
    assert not report.failed
    shop = open_shop(folder, folder / "data")
    wanted = tuple(kpi for name, kpi, _ in ASKED if name == system)
    table = evaluate(shop, Query(kpis=wanted, start=shop.first_day, end=shop.last_day))
    return {row["kpi"]: (row["numerator"], row["denominator"]) for row in table.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("system", "kpi", "asked"), ASKED, ids=[f"{system} {kpi}" for system, kpi, _ in ASKED]
)
def test_a_figure_is_what_the_database_says(system: str, kpi: str, asked: str, figures_of: Figures) -> None:
    database, figures = figures_of(system)
    (expected,) = database.run(asked)
    assert figures[kpi] == pytest.approx(
        tuple(None if value is None else float(value) for value in expected), abs=0.01
    )
