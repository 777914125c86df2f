"""The demo shop's SQLite tables, in the shop's own words: amounts in cents, times as ISO text in UTC."""

from __future__ import annotations

from collections.abc import Mapping

SHOP: Mapping[str, str] = {
    "product": """
        sku TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_zh TEXT NOT NULL, category TEXT NOT NULL,
        list_fen INTEGER NOT NULL""",
    "store": """
        id INTEGER PRIMARY KEY, name_en TEXT NOT NULL, name_zh TEXT NOT NULL, region TEXT NOT NULL,
        opened_on TEXT NOT NULL""",
    "price": """
        sku TEXT NOT NULL REFERENCES product, channel TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT,
        list_fen INTEGER NOT NULL, sell_fen INTEGER NOT NULL, PRIMARY KEY (sku, channel, from_day)""",
    "listing": """
        sku TEXT NOT NULL REFERENCES product, channel TEXT NOT NULL, from_day TEXT NOT NULL,
        listed BOOLEAN NOT NULL, in_stock BOOLEAN NOT NULL, title TEXT NOT NULL,
        has_image BOOLEAN NOT NULL, has_description BOOLEAN NOT NULL, PRIMARY KEY (sku, channel, from_day)""",
    "customer": """
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL, created_at TEXT NOT NULL, email TEXT, mobile TEXT,
        member_no TEXT, is_guest BOOLEAN NOT NULL, tier TEXT, region TEXT NOT NULL""",
    "sales_order": """
        order_id INTEGER PRIMARY KEY, channel TEXT NOT NULL, state TEXT NOT NULL, placed_at TEXT NOT NULL,
        paid_at TEXT, customer_id INTEGER REFERENCES customer, member_no TEXT, tier TEXT, region TEXT,
        store_id INTEGER REFERENCES store, replaces INTEGER REFERENCES sales_order,
        goods_list_fen INTEGER NOT NULL, net_fen INTEGER NOT NULL, tax_fen INTEGER NOT NULL,
        shipping_fen INTEGER NOT NULL, total_fen INTEGER NOT NULL, coupon TEXT, payment_method TEXT,
        fulfilment TEXT NOT NULL, promised_ship_at TEXT, promised_at TEXT, cancelled_at TEXT,
        cancelled_by TEXT, cancel_reason TEXT, gift BOOLEAN NOT NULL, is_test BOOLEAN NOT NULL""",
    "order_line": """
        order_id INTEGER NOT NULL REFERENCES sales_order, line_no INTEGER NOT NULL,
        sku TEXT NOT NULL REFERENCES product, category TEXT NOT NULL, quantity INTEGER NOT NULL,
        kept INTEGER NOT NULL, list_fen INTEGER NOT NULL, net_fen INTEGER NOT NULL,
        tax_fen INTEGER NOT NULL, PRIMARY KEY (order_id, line_no)""",
    "payment_attempt": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order, attempted_at TEXT NOT NULL,
        method TEXT NOT NULL, succeeded BOOLEAN NOT NULL, amount_fen INTEGER NOT NULL""",
    "cart": """
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL, customer_id INTEGER REFERENCES customer,
        opened_at TEXT NOT NULL, ordered_at TEXT, order_id INTEGER REFERENCES sales_order""",
    "shipment": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order, kind TEXT NOT NULL,
        carrier TEXT, shipped_at TEXT, first_scan_at TEXT, promised_at TEXT, ready_at TEXT, delivered_at TEXT,
        signed_by TEXT, expires_at TEXT, tracked BOOLEAN NOT NULL, exception BOOLEAN, damaged BOOLEAN""",
    "return_line": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order, line_no INTEGER NOT NULL,
        sku TEXT NOT NULL REFERENCES product, quantity INTEGER NOT NULL, requested_at TEXT NOT NULL,
        received_at TEXT, reason TEXT NOT NULL, wants TEXT NOT NULL, handed_in TEXT NOT NULL""",
    "refund": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order,
        return_id INTEGER REFERENCES return_line, state TEXT NOT NULL, amount_fen INTEGER NOT NULL,
        requested_at TEXT NOT NULL, refunded_at TEXT, cause TEXT NOT NULL""",
    "conversation": """
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL, medium TEXT NOT NULL, asked_at TEXT NOT NULL,
        first_reply_at TEXT, solved_at TEXT, reopened BOOLEAN NOT NULL, rating INTEGER,
        in_service_hours BOOLEAN NOT NULL""",
    "service_case": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order, channel TEXT NOT NULL,
        kind TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, escalated BOOLEAN NOT NULL,
        seller_liable BOOLEAN""",
    "survey": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order,
        customer_id INTEGER NOT NULL REFERENCES customer, store_id INTEGER REFERENCES store,
        channel TEXT NOT NULL, touchpoint TEXT NOT NULL, question TEXT NOT NULL, invited_at TEXT NOT NULL,
        answered_at TEXT, score INTEGER, lowest INTEGER NOT NULL, highest INTEGER NOT NULL, comment TEXT""",
    "review": """
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES sales_order, channel TEXT NOT NULL,
        sku TEXT NOT NULL REFERENCES product, stars INTEGER NOT NULL, created_at TEXT NOT NULL""",
    "penalty": """
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL, given_at TEXT NOT NULL, points INTEGER,
        fine_fen INTEGER, cause TEXT NOT NULL""",
}
