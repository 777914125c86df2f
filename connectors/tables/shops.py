"""Shops, customers, and the penalties of platforms."""

from __future__ import annotations

from connectors import columns as c
from connectors.tables.base import Table


class Stores(Table):
    """One shop."""

    store_id = c.natural_key("the shop")
    channel = c.text("the channel it belongs to", required=True)
    title = c.text("its name")
    region = c.text("its region")
    opened_on = c.day("opening day")


class Customers(Table):
    """One customer record of one system; a person may have several."""

    customer_ref = c.key("the record")
    email_hash = c.keyed_hash("email", "keyed hash of the e-mail")
    phone_hash = c.keyed_hash("phone", "keyed hash of the phone number")
    member_hash = c.keyed_hash("member_no", "keyed hash of the member number")
    is_guest = c.flag("whether the record was made by a guest order")
    created_at = c.time("when the record was made")
    tier = c.text("loyalty tier")
    region = c.text("the customer's region")


class Penalties(Table):
    """A platform's penalty."""

    channel = c.text("the channel it was given for", required=True)
    at = c.time("when it was given", required=True, dates_row=True)
    points = c.number("penalty points")
    amount = c.money("penalty money")
    currency = c.text("ISO 4217 code")
    reason = c.text("why", typed=True)
