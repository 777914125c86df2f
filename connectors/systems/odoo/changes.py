"""How rows of Odoo's that changed are found: by `write_date`, which the server sets at every write.

Tables that only join two others have none. Their rows are written along with one of the two, whose stamp
moves: a payment's orders with the payment, an invoice line's order lines with the invoice line. When two
contacts are merged, their orders are moved without a stamp; but the contact that stays is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain

from connectors.sql_system import Touched
from connectors.stamps import of_each, union

each = partial(of_each, stamp="write_date", bare=("related",))

SALE = "sale_order AS sale"
SALE_LINE = "sale_order_line AS line"
RECEIPT = "pos_order AS receipt"
TILL_LINE = "pos_order_line AS line"
TO_RECEIPT = "pos_order AS receipt ON receipt.id = line.order_id"

_TO_PRODUCT = "product_product AS product ON product.id = line.product_id"
_GIFT_CARDS = """(
        SELECT max(greatest(rule.write_date, program.write_date)) AS write_date
        FROM loyalty_rule AS rule, loyalty_program AS program
        WHERE rule.program_id = program.id AND program.program_type IN ('gift_card', 'ewallet')
    ) AS gift_card ON gift_card.write_date IS NOT NULL"""
"""What a gift card is shows only in the rules of today: when one of them changes, it may concern any line."""

_TO_CURRENCY = "res_currency AS currency ON currency.id = "


def touched(by: str, narrow: Mapping[str, str], *selects: Iterator[str]) -> Touched:
    """What the rows behind some SELECTs touch."""
    return Touched(by, union(chain(*selects)), narrow)


def roles(columns: str, *path: str) -> Iterator[str]:
    """What decides what a line is, at the end of a path to `line`."""
    yield from each(
        columns, *path, _TO_PRODUCT, "product_template AS template ON template.id = product.product_tmpl_id"
    )
    yield from each(
        columns,
        *path,
        "loyalty_reward AS reward ON reward.id = line.reward_id",
        "loyalty_program AS program ON program.id = reward.program_id",
    )
    yield from each(columns, *path, _GIFT_CARDS)


def till(columns: str, *path: str) -> Iterator[str]:
    """The till of a receipt, at the end of a path to `receipt`."""
    return each(
        columns,
        *path,
        "pos_session AS session ON session.id = receipt.session_id",
        "pos_config AS config ON config.id = session.config_id",
    )


def till_currency(columns: str, *path: str) -> Iterator[str]:
    """The money of a receipt, at the end of a path to `receipt`."""
    company = "res_company AS company ON company.id = receipt.company_id"
    session = "pos_session AS session ON session.id = receipt.session_id"
    config = "pos_config AS config ON config.id = session.config_id"
    journal = "account_journal AS journal ON journal.id = config.journal_id"
    yield from each(columns, *path, company, f"{_TO_CURRENCY}company.currency_id")
    yield from each(columns, *path, session, config, f"{_TO_CURRENCY}config.currency_id")
    yield from each(columns, *path, session, config, journal, f"{_TO_CURRENCY}journal.currency_id")


SALE_KEYS = "'S' || {sale} AS order_id, {sale} AS sale_id, NULL::integer AS receipt_id"
TILL_KEYS = "'P' || {receipt} AS order_id, NULL::integer AS sale_id, {receipt} AS receipt_id"
_SALES = "IN (SELECT sale_id FROM touched)"
_RECEIPTS = "IN (SELECT receipt_id FROM touched)"
NARROW_LINES = {
    "sale_order": f"id {_SALES}",
    "sale_order_line": f"order_id {_SALES}",
    "pos_order": f"id {_RECEIPTS}",
    "pos_order_line": f"order_id {_RECEIPTS}",
}
NARROW_ORDERS = {
    **NARROW_LINES,
    "sale_order_transaction_rel": f"sale_order_id {_SALES}",
    "sale_order_line_invoice_rel": f"""order_line_id IN (
        SELECT line.id FROM sale_order_line AS line WHERE line.order_id {_SALES})""",
    "pos_payment": f"pos_order_id {_RECEIPTS}",
}


def lines() -> Iterator[str]:
    """The orders and receipts that changes of their lines and articles touch."""
    yield from roles(SALE_KEYS.format(sale="line.order_id"), SALE_LINE)
    yield from each(SALE_KEYS.format(sale="sale.id"), SALE)
    yield from roles(TILL_KEYS.format(receipt="line.order_id"), TILL_LINE)
    yield from till(TILL_KEYS.format(receipt="receipt.id"), RECEIPT)


def orders() -> Iterator[str]:
    """The orders and receipts that any change touches."""
    yield from lines()
    sale = partial(each, SALE_KEYS.format(sale="sale.id"), SALE)
    yield from sale(
        "res_company AS company ON company.id = sale.company_id",
        f"{_TO_CURRENCY}coalesce(sale.currency_id, company.currency_id)",
    )
    yield from sale("res_partner AS buyer ON buyer.id = sale.partner_id")
    yield from sale(
        "res_partner AS receiver ON receiver.id = sale.partner_shipping_id",
        "res_country AS country ON country.id = receiver.country_id",
    )
    carrier = "delivery_carrier AS carrier ON carrier.id = sale.carrier_id"
    yield from sale(carrier)
    for table in ("pos_config", "stock_picking_type"):
        newest = f"(SELECT max(write_date) AS write_date FROM {table}) AS place"
        yield from sale(
            f"{carrier} AND carrier.delivery_type = 'in_store'", f"{newest} ON place.write_date IS NOT NULL"
        )
    yield from _paid()
    receipt = TILL_KEYS.format(receipt="receipt.id")
    yield from till_currency(receipt, RECEIPT)
    yield from each(receipt, RECEIPT, "res_partner AS buyer ON buyer.id = receipt.partner_id")
    yield from each(
        TILL_KEYS.format(receipt="payment.pos_order_id"),
        "pos_payment AS payment",
        "pos_payment_method AS method ON method.id = payment.payment_method_id",
    )


def _paid() -> Iterator[str]:
    attempt = partial(
        each, SALE_KEYS.format(sale="related.sale_order_id"), "sale_order_transaction_rel AS related"
    )
    to_attempt = "payment_transaction AS attempt ON attempt.id = related.transaction_id"
    yield from attempt(to_attempt, "payment_method AS method ON method.id = attempt.payment_method_id")
    # Tests show as such once there is a live payment.
    yield from attempt(
        f"{to_attempt} AND NOT attempt.is_live",
        "(SELECT max(write_date) AS write_date FROM payment_transaction WHERE is_live) AS live"
        " ON live.write_date IS NOT NULL",
    )
    yield from each(
        SALE_KEYS.format(sale="line.order_id"),
        SALE_LINE,
        "sale_order_line_invoice_rel AS related ON related.order_line_id = line.id",
        "account_move_line AS invoiced ON invoiced.id = related.invoice_line_id",
        "account_move AS invoice ON invoice.id = invoiced.move_id",
        "account_move_line AS item ON item.move_id = invoice.id",
        "account_partial_reconcile AS part ON part.debit_move_id = item.id",
    )
