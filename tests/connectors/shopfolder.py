"""A hand-written shop as a folder of CSV files, small enough to count on one's fingers."""

from __future__ import annotations

from pathlib import Path

SECRETS = """
identity_secret = "0123456789abcdef0123456789abcdef"
[connections.shop]
system = "files"
path = "{path}"
"""

BUSINESS = """
timezone = "Asia/Shanghai"
currency = "CNY"
country = "CN"
[channels.web]
kind = "online"
title = { en = "Web store", zh = "官网商城" }
match = ["shop:web"]
[channels.store]
kind = "offline"
title = { en = "Stores", zh = "门店" }
match = ["shop:till"]
"""

TABLES = {
    "orders": """
        order_id,placed_at,channel,status,kind,net_amount,currency,paid_at,customer_ref,email,store_id,promised_at
        1,2026-01-01 10:00,web,confirmed,sale,100,CNY,2026-01-01 10:05,a,Ann@x.org,,2026-01-04
        2,2026-01-02 11:00,web,confirmed,sale,50,CNY,2026-01-02 11:00,b,bob@x.org,,2026-01-05
        3,2026-01-03 12:00,till,confirmed,sale,30,CNY,2026-01-03 12:00,, ann@X.org ,s1,
        4,2026-01-03 12:30,till,confirmed,sale,20,CNY,2026-01-03 12:30,,,s1,
        5,2026-01-20 09:00,web,cancelled,sale,20,USD,,b,,,
        6,2026-01-20 09:00,web,confirmed,sale,10,USD,2026-01-20 09:00,b,,,2026-01-22
    """,
    "order_lines": """
        order_id,line_id,sku,quantity,quantity_kept,net_amount,category
        1,1,A,2,1,60,Shoes
        1,2,B,1,,40,Bags
        2,1,A,1,,50,Shoes
        3,1,A,1,,30,Shoes
        6,1,A,1,,11,Shoes
    """,
    "visits": """
        started_at,channel,visits,visit_id,store_id,ordered,order_id
        2026-01-01 09:00,web,1,v1,,1,1
        2026-01-01 09:00,web,1,v2,,0,
        2026-01-02 09:00,web,1,v3,,1,
        2026-01-03 09:00,till,10,,s1,,
        2026-01-04 09:00,till,5,,s1,,
    """,
    "shipments": """
        shipment_id,order_id,kind,shipped_at,delivered_at,tracked
        p1,1,parcel,2026-01-02 08:00,2026-01-04 20:00,yes
        p2,2,parcel,2026-01-03 08:00,2026-01-06 08:00,yes
        p3,6,parcel,2026-01-21 08:00,,yes
    """,
    "returns": """
        return_id,requested_at,order_id,line_id,quantity
        r1,2026-01-10,1,1,1
        r2,2026-01-12,1,2,
        r3,2026-03-01,2,1,1
    """,
    "refunds": """
        refund_id,status,amount,currency,refunded_at,requested_at,order_id,return_id
        f1,settled,50,CNY,2026-01-12 00:00,,1,r1
        f2,pending,50,CNY,,2026-01-12 00:00,1,
    """,
    "surveys": """
        survey_id,kind,channel,answered_at,score,order_id
        q1,nps,web,2026-01-05,10,1
        q2,nps,web,2026-01-05,6,2
        q3,nps,till,2026-01-05,9,
    """,
}


def csv(text: str) -> str:
    """The lines of an indented table as CSV."""
    return "\n".join(line.strip(" ") for line in text.strip().splitlines()) + "\n"


class ShopFolder:
    """A shop folder with its settings, to change and to refresh."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.exports = root / "exports"
        self.config = root / "config"
        self.data = root / "data"
        self.exports.mkdir(parents=True)
        self.config.mkdir()
        for name, text in TABLES.items():
            self.write(name, text)
        self.settle(SECRETS.format(path=self.exports), BUSINESS)

    def write(self, table: str, text: str) -> None:
        """Replace a table."""
        (self.exports / f"{table}.csv").write_text(csv(text), encoding="utf-8")

    def remove(self, *tables: str) -> None:
        """Leave tables out."""
        for table in tables:
            (self.exports / f"{table}.csv").unlink()

    def settle(self, secrets: str | None = None, business: str | None = None) -> None:
        """Replace settings files."""
        for name, text in (("secrets.toml", secrets), ("business.toml", business)):
            if text is not None:
                (self.config / name).write_text(text, encoding="utf-8")
                (self.config / name).chmod(0o600)
