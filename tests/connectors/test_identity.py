"""One customer across systems: components of records and orders that share a hash."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.identity import HASHES, MOST_ORDERS, MOST_RECORDS, People, people

RECORDS = {"customer_ref": pl.String, **dict.fromkeys(HASHES, pl.String)}
ORDERS = {"order_id": pl.String, **RECORDS}


def known(records: list[dict[str, str]], orders: list[dict[str, str]]) -> People:
    frames = [
        pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema).lazy()
        for rows, schema in ((records, RECORDS), (orders, ORDERS))
    ]
    return people(*frames)


def customers(found: People) -> dict[str, str]:
    return dict(found.of_orders.select("order_id", "customer_id").iter_rows())


def test_records_and_orders_that_share_a_hash_are_one_person() -> None:
    found = known(
        [
            {"customer_ref": "shop:1", "email_hash": "e", "phone_hash": "p"},
            {"customer_ref": "till:9", "phone_hash": "p"},
            {"customer_ref": "shop:2", "email_hash": "other"},
        ],
        [
            {"order_id": "a", "customer_ref": "shop:1"},
            {"order_id": "b", "customer_ref": "till:9"},
            {"order_id": "c", "email_hash": "e"},
            {"order_id": "d", "customer_ref": "shop:2"},
            {"order_id": "anonymous"},
        ],
    )
    assert customers(found) == {"a": "shop:1", "b": "shop:1", "c": "shop:1", "d": "shop:2"}


def test_the_same_text_as_e_mail_and_as_member_number_joins_nobody() -> None:
    found = known([], [{"order_id": "a", "email_hash": "x"}, {"order_id": "b", "member_hash": "x"}])
    assert customers(found) == {"a": "order:a", "b": "order:b"}


def test_an_order_and_a_record_of_the_same_number_are_two_people() -> None:
    found = known(
        [{"customer_ref": "shop:1", "email_hash": "b"}],
        [
            {"order_id": "shop:1", "email_hash": "a"},
            {"order_id": "shop:2", "customer_ref": "shop:1"},
            {"order_id": "shop:3", "email_hash": "a"},
        ],
    )
    assert customers(found) == {"shop:1": "order:shop:1", "shop:2": "shop:1", "shop:3": "order:shop:1"}


def test_a_placeholder_on_too_many_guest_orders_joins_nobody() -> None:
    crowd = [{"order_id": f"{n:03}", "email_hash": "n/a"} for n in range(MOST_ORDERS + 1)]
    assert known([], crowd).of_orders["customer_id"].n_unique() == MOST_ORDERS + 1
    assert known([], crowd[:-1]).of_orders["customer_id"].n_unique() == 1


def test_a_member_number_joins_however_many_records_bear_it() -> None:
    crowd = [{"customer_ref": f"shop:{n}", "member_hash": "m"} for n in range(3 * MOST_RECORDS)]
    found = known(crowd, [])
    assert found.report.shared == 0
    assert found.of_records["customer_id"].n_unique() == 1


def test_orders_of_a_record_without_any_hash_belong_to_the_record() -> None:
    assert customers(known([], [{"order_id": "a", "customer_ref": "shop:1"}])) == {"a": "shop:1"}


def test_a_hash_that_too_many_records_share_joins_nobody_and_is_counted() -> None:
    crowd = [{"customer_ref": f"shop:{n}", "phone_hash": "shop's own"} for n in range(MOST_RECORDS + 1)]
    found = known(crowd, [])
    assert found.report.shared == 1
    assert found.of_records["customer_id"].n_unique() == MOST_RECORDS + 1
    assert known(crowd[:-1], []).of_records["customer_id"].n_unique() == 1


links = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(HASHES), st.integers(0, 6)), max_size=25)


@settings(max_examples=40, deadline=None)
@given(links)
def test_people_are_the_connected_components(pairs: list[tuple[int, str, int]]) -> None:
    orders = [{"order_id": f"o{node:02}", kind: f"{number}"} for node, kind, number in pairs]
    numbered = [{**order, "order_id": f"{order['order_id']}-{place}"} for place, order in enumerate(orders)]
    refs = [{**order, "customer_ref": order["order_id"].split("-")[0]} for order in numbered]
    found = customers(known([], refs))
    for first in refs:
        for second in refs:
            together = found[first["order_id"]] == found[second["order_id"]]
            assert together == (second["customer_ref"] in _reachable(first["customer_ref"], pairs))


def _reachable(start: str, pairs: list[tuple[int, str, int]]) -> set[str]:
    reached, edge = {start}, True
    while edge:
        hashes = {(kind, number) for node, kind, number in pairs if f"o{node:02}" in reached}
        grown = {f"o{node:02}" for node, kind, number in pairs if (kind, number) in hashes} | reached
        edge, reached = grown != reached, grown
    return reached
