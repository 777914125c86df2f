"""Who is one customer follows the rows from refresh to refresh: people merge, and come apart again."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.identity import MOST_RECORDS
from connectors.manifest import IdentityReport
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import BUSINESS, ShopFolder

SETTINGS = """
identity_secret = "0123456789abcdef0123456789abcdef"
[connections.shop]
system = "files"
path = "{root}/exports"
[connections.till]
system = "files"
path = "{root}/till"
[connections.app]
system = "files"
path = "{root}/app"
"""
ORDER = "order_id,placed_at,channel,status,kind,net_amount,currency,customer_ref,email,phone,member_no\n"
RECORD = "customer_ref,email,phone,member_no\n"


class Systems:
    """Three systems of one business, each with customer records and orders."""

    def __init__(self, shop: ShopFolder, country: str = "CN") -> None:
        self.shop = shop
        for name in ("till", "app"):
            (shop.root / name).mkdir()
        shop.remove("orders", "order_lines", "visits", "shipments", "returns", "refunds", "surveys")
        shop.settle(SETTINGS.format(root=shop.root), BUSINESS.replace('"CN"', f'"{country}"'))

    def deliver(self, system: str, *, records: tuple[str, ...] = (), orders: tuple[str, ...] = ()) -> None:
        folder: Path = self.shop.exports if system == "shop" else self.shop.root / system
        placed = [row.replace(",", ",2026-01-01,web,confirmed,sale,1,CNY,", 1) for row in orders]
        for table, head, rows in (("customers", RECORD, records), ("orders", ORDER, placed)):
            (folder / f"{table}.csv").write_text(head + "".join(f"{row}\n" for row in rows))

    def customers(self) -> tuple[dict[str, str | None], IdentityReport]:
        report = refresh(load_settings(self.shop.config, self.shop.data))
        assert not report.failed, report.connections
        with open_snapshot(self.shop.data) as snapshot:
            orders = by(snapshot.scan("order_facts"), "order_id")
            return {name: row["customer_id"] for name, row in orders.items()}, snapshot.manifest.identity


@pytest.fixture
def systems(shop: ShopFolder) -> Systems:
    return Systems(shop)


def test_customers_merge_when_a_shared_hash_appears_and_part_when_it_is_gone(systems: Systems) -> None:
    systems.deliver("shop", records=("1,ann@x.org,,",), orders=("a,1,,,",))
    systems.deliver("till", records=("7,,13812345678,",), orders=("b,7,,,",))
    systems.deliver("app")
    apart = {"shop:a": "shop:1", "till:b": "till:7"}
    found, report = systems.customers()
    assert found == apart
    assert report == IdentityReport(records=2, orders=2, identified=2, customers=2, shared=0)

    systems.deliver("app", records=("9,ann@x.org,+86 138 1234 5678,",))
    found, report = systems.customers()
    assert found == {"shop:a": "app:9", "till:b": "app:9"}
    assert report == IdentityReport(records=3, orders=2, identified=2, customers=1, shared=0)

    systems.deliver("app", records=("9,ann@x.org,13900000000,",))
    assert systems.customers()[0] == {"shop:a": "app:9", "till:b": "till:7"}
    systems.deliver("app")
    assert systems.customers()[0] == apart


def test_guests_with_one_e_mail_in_several_systems_are_one_customer(systems: Systems) -> None:
    systems.deliver("shop", orders=("a,, Ann@X.org,,", "c,,,,"))
    systems.deliver("till", orders=("b,,ann@x.ORG,,",))
    systems.deliver("app", orders=("d,,bob@x.org,,",))
    found, report = systems.customers()
    first = "order:shop:a"
    assert found == {"shop:a": first, "till:b": first, "app:d": "order:app:d", "shop:c": None}
    assert report == IdentityReport(records=0, orders=4, identified=3, customers=2, shared=0)


def test_one_record_too_many_takes_a_number_apart_and_one_fewer_joins_again(systems: Systems) -> None:
    def crowd(size: int) -> tuple[str, ...]:
        return tuple(f"{number:02},,13812345678," for number in range(size))

    for system in ("till", "app"):
        systems.deliver(system)
    orders = ("a,00,,,", "b,01,,,")
    for size, people, shared in ((MOST_RECORDS, 1, 0), (MOST_RECORDS + 1, 11, 1), (MOST_RECORDS, 1, 0)):
        systems.deliver("shop", records=crowd(size), orders=orders)
        found, report = systems.customers()
        assert len(set(found.values())) == min(people, 2)
        assert report == IdentityReport(size, orders=2, identified=2, customers=people, shared=shared)


def test_a_number_that_too_many_share_is_told_without_naming_it(systems: Systems) -> None:
    systems.deliver("shop", records=tuple(f"{number},,13812345678," for number in range(MOST_RECORDS + 1)))
    for system in ("till", "app"):
        systems.deliver(system)
    report = refresh(load_settings(systems.shop.config, systems.shop.data))
    (told,) = [warning for warning in report.warnings if "join nobody" in warning.en]
    assert told.en.startswith("1 e-mail addresses or phone numbers are shared by more than 10 customer")
    assert "13812345678" not in told.en + told.zh


def test_member_numbers_join_systems_that_share_nothing_else(systems: Systems) -> None:
    systems.deliver("shop", records=("1,ann@x.org,,M-7",), orders=("a,1,,,",))
    systems.deliver("till", orders=("b,,,,m-7 ", "c,,,,M-8"))
    systems.deliver("app")
    found, _ = systems.customers()
    assert found == {"shop:a": "shop:1", "till:b": "shop:1", "till:c": "order:till:c"}


@pytest.mark.parametrize(
    ("country", "at_home", "abroad"),
    [
        ("CN", "138 1234 5678", "+86-13812345678"),
        ("DE", "0151 23456789", "0049 151 23456789"),
        ("US", "(202) 456-1111", "+1 202 456 1111"),
        ("GB", "020 7946 0958", "+44 20 7946 0958"),
        ("FR", "06 12 34 56 78", "+33612345678"),
        ("IT", "06 698 12345", "+39 06 69812345"),
        ("BR", "(11) 96123-4567", "+55 11 96123-4567"),
    ],
)
def test_a_number_as_it_is_written_at_home_and_abroad_is_one_customer(
    shop: ShopFolder, country: str, at_home: str, abroad: str
) -> None:
    systems = Systems(shop, country)
    systems.deliver("shop", orders=(f"a,,,{at_home},",))
    systems.deliver("till", orders=(f"b,,,{abroad},",))
    systems.deliver("app")
    found, _ = systems.customers()
    assert found == {"shop:a": "order:shop:a", "till:b": "order:shop:a"}
