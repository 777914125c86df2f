"""Validation of chunks: what is repaired, what is put aside, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.accept import RULE, Accepted, accept
from connectors.identity_hash import IdentityKey
from connectors.rules import explain
from connectors.tables import TABLES, Orders, Refunds, Surveys, Table, Visits

KEY = IdentityKey(b"0123456789abcdef", "CN")
ORDER = {
    "order_id": "1", "placed_at": "2026-01-01", "channel": "web", "status": "confirmed", "kind": "sale",
    "net_amount": "10", "currency": "CNY",
}  # fmt: skip
VISIT = {"started_at": "2026-01-01", "channel": "web", "visits": "1", "visit_id": "v"}


def judged(table: type[Table], *rows: dict[str, Any]) -> Accepted:
    return accept(pl.DataFrame(list(rows)), table, "Asia/Shanghai", KEY)


def rules(table: type[Table], *rows: dict[str, Any]) -> list[str]:
    return judged(table, *rows).quarantine[RULE].to_list()


def later(days: int) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"order_id": ""}, "order_id:missing"),
        ({"placed_at": " "}, "placed_at:missing"),
        ({"placed_at": "soon"}, "placed_at:not_a_time"),
        ({"placed_at": "1989-12-31"}, "placed_at:before_1990"),
        ({"placed_at": later(3)}, "placed_at:after_tomorrow"),
        ({"status": "shipped"}, "status:unknown_word"),
        ({"net_amount": "ten"}, "net_amount:not_a_number"),
        ({"net_amount": "-1"}, "net_amount:negative"),
        ({"tax_amount": "-1"}, "tax_amount:negative"),
        ({"cancelled_at": later(3)}, "cancelled_at:after_tomorrow"),
    ],
)
def test_an_impossible_order_is_put_aside_by_the_rule_it_broke(change: dict[str, str], broken: str) -> None:
    assert rules(Orders, {**ORDER, **change}) == [broken]
    assert explain(broken).zh != explain(broken).en


@pytest.mark.parametrize(
    ("change", "repaired"),
    [
        ({"fulfilment": "teleport"}, "fulfilment:unknown_word"),
        ({"tax_amount": "much"}, "tax_amount:not_a_number"),
        ({"gift": "perhaps"}, "gift:not_yes_or_no"),
        ({"promised_at": "tomorrow"}, "promised_at:not_a_time"),
        ({"paid_at": "2025-12-30"}, "paid_at:out_of_order"),
        ({"phone": "no phone"}, "phone_hash:not_a_phone_number"),
    ],
)
def test_an_optional_cell_that_cannot_be_is_emptied_and_counted(
    change: dict[str, str], repaired: str
) -> None:
    found = judged(Orders, {**ORDER, **change})
    assert dict(found.repairs) == {repaired: 1}
    assert found.rows[repaired.split(":", maxsplit=1)[0]].to_list() == [None]


def test_promises_may_lie_ahead_and_payment_may_come_a_little_early() -> None:
    found = judged(Orders, {**ORDER, "promised_at": later(30), "paid_at": "2025-12-31 12:00"})
    assert found.quarantine.is_empty()
    assert not found.repairs
    assert found.rows["promised_at"].null_count() == 0


def test_words_of_a_closed_list_are_read_in_any_case() -> None:
    assert judged(Orders, {**ORDER, "status": " Confirmed "}).rows["status"].to_list() == ["confirmed"]


def test_a_single_visit_needs_an_id_where_the_connection_has_them() -> None:
    assert rules(Visits, VISIT, {**VISIT, "visit_id": ""}) == ["visit_id:missing_when_single"]
    assert rules(Visits, {**VISIT, "visit_id": "", "visits": "12"}) == []


def test_a_door_counter_beside_visits_with_ids_may_count_a_single_person() -> None:
    assert rules(Visits, {**VISIT, "store_id": ""}, {**VISIT, "visit_id": "", "store_id": "s1"}) == []


def test_a_door_counter_without_ids_may_count_a_single_person() -> None:
    counted = {name: value for name, value in VISIT.items() if name != "visit_id"}
    assert judged(Visits, counted).rows["visits"].to_list() == [1]


@pytest.mark.parametrize("step", ["added_to_cart", "reached_checkout", "ordered"])
def test_no_step_of_a_visit_is_taken_more_often_than_there_are_visits(step: str) -> None:
    assert rules(Visits, {**VISIT, step: "2"}) == [f"{step}:above_visits"]


def test_refunds_need_the_moment_of_their_state() -> None:
    refund = {"refund_id": "1", "amount": "5", "currency": "CNY"}
    assert rules(Refunds, {**refund, "status": "settled"}, {**refund, "status": "pending"}) == [
        "refunded_at:missing_when_settled",
        "requested_at:missing_when_pending",
    ]


def test_a_score_off_its_scale_is_emptied() -> None:
    found = judged(
        Surveys, {"survey_id": "1", "kind": "nps", "channel": "web", "score": "11", "scale_max": "10"}
    )
    assert dict(found.repairs) == {"score:off_scale": 1}
    assert found.rows["score"].to_list() == [None]


def test_only_the_first_broken_rule_is_named() -> None:
    assert rules(Orders, {**ORDER, "placed_at": "soon", "net_amount": "-1", "tax_amount": "x"}) == [
        "placed_at:not_a_time"
    ]


def test_plain_identities_are_in_neither_the_rows_nor_the_quarantine() -> None:
    plain = {"email": "ann@example.org", "phone": "+86 138 0013 8000", "member_no": "M-77"}
    found = judged(Orders, {**ORDER, **plain}, {**ORDER, **plain, "net_amount": "-1"})
    written = str(found.rows.to_dicts()) + str(found.quarantine.to_dicts())
    assert not any(value in written for value in ("ann@", "8000", "M-77"))
    assert found.rows["email_hash"].str.len_chars().to_list() == [64]
    assert "email_hash" not in found.quarantine.columns


def test_a_customer_named_by_an_address_is_stored_as_its_hash() -> None:
    found = judged(Orders, {**ORDER, "customer_ref": "ann@example.org"}, {**ORDER, "customer_ref": "c-1"})
    first, second = found.rows["customer_ref"]
    assert (len(first), second) == (64, "c-1")


def test_what_is_no_number_is_no_customer() -> None:
    chunk = pl.DataFrame(
        {**{name: [value] * 2 for name, value in ORDER.items()}, "customer_ref": [float("nan"), 7.0]}
    )
    assert accept(chunk, Orders, "UTC", KEY).rows["customer_ref"].to_list() == [None, "7"]


cells = st.sampled_from(
    [None, "", "x", "-1", "0", "1", "2", "yes", "2026-01-01", "1970-01-01", "sale", "nps", "settled"]
)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_row_is_accepted_or_put_aside_and_what_is_accepted_is_valid(
    name: str, data: st.DataObject
) -> None:
    table = TABLES[name]
    columns = data.draw(st.lists(st.sampled_from(table.column_names()), unique=True, min_size=1))
    height = data.draw(st.integers(0, 4))
    chunk = pl.DataFrame(
        {column: data.draw(st.lists(cells, min_size=height, max_size=height)) for column in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    found = accept(chunk, table, "Asia/Shanghai", KEY)
    assert found.rows.height + found.quarantine.height == height
    assert found.quarantine[RULE].null_count() == 0
    table.validate(found.rows)
    assert all(explain(rule) for rule in [*found.repairs, *found.quarantine[RULE]])
