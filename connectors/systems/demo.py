"""The demo shop: an SQLite database made by a simulator, read through SQLAlchemy like any shop's."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine

from connectors import tables
from connectors.connector import Connection
from connectors.demo.build import SHOP_FILE, build, is_built
from connectors.errors import SettingsError
from connectors.extract import SqlSource
from connectors.tables import Table
from connectors.text import Text


def _yuan(column: str) -> str:
    """Cents as yuan, exactly: the shop keeps whole cents, SQLite knows no decimals."""
    return f"printf('%d.%02d', {column} / 100, {column} % 100)"


MOST = 100

SELECTS: Mapping[type[Table], str] = {
    tables.Stores: "SELECT id AS store_id, 'pos' AS channel, name_en AS title, region, opened_on FROM store",
    tables.Products: "SELECT sku, name_en || ' ' || name_zh AS title, category FROM product",
    tables.Prices: f"""
        SELECT sku, channel, from_day, to_day, {_yuan("sell_fen")} AS sell_price,
               {_yuan("list_fen")} AS list_price, 'CNY' AS currency, 1 AS tax_included
        FROM price""",
    tables.Listings: """
        SELECT sku, channel, from_day, listed, in_stock, title, has_image, has_description
        FROM listing""",
    tables.Customers: """
        SELECT id AS customer_ref, email, mobile AS phone, member_no, is_guest, created_at, tier, region
        FROM customer""",
    tables.Orders: f"""
        SELECT order_id, placed_at, paid_at, channel, customer_id AS customer_ref, member_no, store_id,
               region, tier, state AS raw_status,
               CASE state WHEN 'pending' THEN 'draft' WHEN 'cancelled' THEN 'cancelled'
                   ELSE 'confirmed' END AS status,
               CASE WHEN replaces IS NULL THEN 'sale' ELSE 'replacement' END AS kind,
               {_yuan("net_fen")} AS net_amount, {_yuan("goods_list_fen")} AS gross_amount,
               {_yuan("tax_fen")} AS tax_amount, {_yuan("shipping_fen")} AS shipping_amount,
               'CNY' AS currency, payment_method, fulfilment, promised_ship_at, promised_at, cancelled_at,
               cancelled_by,
               CASE cancel_reason WHEN 'changed_mind' THEN 'customer' WHEN 'out_of_stock' THEN 'stock'
                   WHEN 'price_error' THEN 'price' WHEN 'fraud_check' THEN 'fraud'
                   WHEN 'not_paid' THEN 'payment' WHEN 'not_collected' THEN 'customer' END AS cancel_reason,
               cancel_reason AS raw_cancel_reason, coupon, gift, is_test
        FROM sales_order""",
    tables.OrderLines: f"""
        SELECT order_id, line_no AS line_id, sku, quantity, kept AS quantity_kept,
               {_yuan("net_fen")} AS net_amount, {_yuan("list_fen")} AS list_price, category
        FROM order_line""",
    tables.Payments: f"""
        SELECT id AS payment_id, attempt.order_id, attempted_at, succeeded, method, channel,
               {_yuan("amount_fen")} AS amount
        FROM payment_attempt AS attempt JOIN sales_order USING (order_id)""",
    tables.Carts: """
        SELECT id AS cart_id, opened_at AS started_at, channel, ordered_at IS NOT NULL AS completed,
               ordered_at AS completed_at, order_id, customer_id AS customer_ref
        FROM cart""",
    tables.Shipments: """
        SELECT id AS shipment_id, order_id, kind, carrier, shipped_at, first_scan_at, promised_at, ready_at,
               delivered_at, signed_by AS delivered_source, expires_at, tracked, exception, damaged
        FROM shipment""",
    tables.Returns: """
        SELECT id AS return_id, order_id, line_no AS line_id, sku, quantity, requested_at, received_at,
               CASE reason WHEN 'faulty' THEN 'quality' WHEN 'damaged_in_transit' THEN 'logistics'
                   WHEN 'not_as_described' THEN 'description' WHEN 'wrong_size' THEN 'size'
                   WHEN 'changed_mind' THEN 'preference' ELSE 'other' END AS reason,
               reason AS raw_reason, CASE wants WHEN 'exchange' THEN 'exchange' ELSE 'return' END AS kind,
               handed_in AS return_channel
        FROM return_line""",
    tables.Refunds: f"""
        SELECT id AS refund_id, order_id, return_id, {_yuan("amount_fen")} AS amount, 'CNY' AS currency,
               CASE state WHEN 'paid_out' THEN 'settled' WHEN 'open' THEN 'pending'
                   ELSE 'failed' END AS status,
               requested_at, refunded_at, cause AS reason
        FROM refund""",
    tables.Cases: """
        SELECT id AS case_id, order_id, channel, kind, opened_at, closed_at, escalated, seller_liable
        FROM service_case""",
    tables.Conversations: """
        SELECT id AS conversation_id, channel,
               CASE medium WHEN 'counter' THEN 'store' ELSE medium END AS medium, asked_at,
               first_reply_at AS first_human_reply_at, solved_at AS resolved_at, reopened, rating,
               in_service_hours
        FROM conversation""",
    tables.Surveys: """
        SELECT id AS survey_id, order_id, customer_id AS customer_ref, store_id, channel, touchpoint,
               CASE question WHEN 'recommend' THEN 'nps' WHEN 'satisfied' THEN 'csat' ELSE 'ease' END AS kind,
               invited_at, answered_at, score, lowest AS scale_min, highest AS scale_max, comment
        FROM survey""",
    tables.Reviews: "SELECT id AS review_id, order_id, channel, sku, stars, created_at FROM review",
    tables.Penalties: f"""
        SELECT channel, given_at AS at, points, cause AS reason, 'CNY' AS currency,
               CASE WHEN fine_fen IS NOT NULL THEN {_yuan("fine_fen")} END AS amount
        FROM penalty""",
}


class Demo:
    """The connector of the demo shop."""

    title = Text("Demo shop", "演示商城")
    description = Text(
        "An invented retailer with two years of orders in five channels, made on first use; its visits come "
        "as files",
        "虚构的零售商，含五个渠道两年的订单，首次使用时生成；其访问数据以文件形式提供",
    )
    options: Mapping[str, Text] = {
        "path": Text("the folder in which the demo is made", "生成演示数据的文件夹"),
        "scale": Text("its size; 1 (about 60,000 orders) unless set", "规模；默认为 1（约 6 万笔订单）"),
    }
    lacks: Mapping[type[Table], Text] = {
        tables.Visits: Text(
            "the shop keeps no visits: they lie as files in 'traffic' beside it",
            "商城不保存访问数据：访问数据以文件形式保存在旁边的“traffic”文件夹中",
        ),
    }

    def open(self, connection: Connection) -> SqlSource:
        """Open the shop, which is made first where it is not there yet.

        Raises:
            SettingsError: the option `path` is missing, or `scale` is no number above 0.
            SourceError: the shop cannot be made or read.
        """
        folder, scale = _folder_of(connection), _scale_of(connection)
        if not is_built(folder, scale):
            build(folder, scale=scale)
        return SqlSource(connection.name, _read_only(folder / SHOP_FILE), SELECTS)


connector = Demo()


def _read_only(file: Path) -> Engine:
    """The engine of an SQLite file that is neither made nor written.

    The driver is given the file directly: SQLAlchemy's own URLs lose `#`, `?` and `%` of a path.
    """
    uri = f"{file.absolute().as_uri()}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True), poolclass=NullPool)


def _folder_of(connection: Connection) -> Path:
    path = connection.options.get("path")
    if not isinstance(path, str) or not path.strip():
        raise _unusable(
            connection,
            Text("needs the setting 'path': a folder for the demo", "缺少设置项“path”：存放演示数据的文件夹"),
        )
    return connection.folder / Path(path.strip()).expanduser()


def _scale_of(connection: Connection) -> float:
    scale = connection.options.get("scale", 1)
    if isinstance(scale, bool) or not isinstance(scale, int | float | Decimal) or not 0 < scale <= MOST:
        raise _unusable(
            connection,
            Text(
                f"'scale' must be a number above 0, at most {MOST}",
                f"“scale”应为大于 0 且不超过 {MOST} 的数字",
            ),
        )
    return float(scale)


def _unusable(connection: Connection, rule: Text) -> SettingsError:
    place = f"[connections.{connection.name}]"
    return SettingsError(Text(f"secrets.toml: {place} {rule.en}.", f"secrets.toml：{place} {rule.zh}。"))
