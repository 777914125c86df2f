"""What visits bring in, in the hand-written shop: each order stands over the visits of its own place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop, open_shop
from tests.connectors.shopfolder import ShopFolder

Told = dict[str | None, tuple[float, float, int]]
# Bought on the website the day of order 2, to be collected in the shop; sold in a shop that counts nobody.
MORE = """\
7,2026-01-02 12:00,web,confirmed,sale,70,CNY,2026-01-02 12:00,,,s1,
8,2026-01-03 13:00,till,confirmed,sale,40,CNY,2026-01-03 13:00,,,s9,
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = ShopFolder(tmp_path_factory.mktemp("per visit") / "shop")
    with (folder.exports / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write(MORE)
    refresh(load_settings(folder.config, folder.data))
    with open_shop(folder.config, folder.data) as opened:
        yield opened


def _told(shop: Shop, kpi: str, *by: str) -> Told:
    rows = evaluate(shop, Query((kpi,), by=by))
    slices = rows[by[0]] if by else [None] * rows.height
    counted = rows.select("numerator", "denominator", "excluded").rows()
    return dict(zip(slices, counted, strict=True))


def test_the_whole_shop(shop: Shop) -> None:
    """Orders 1, 2 and 7 over 3 visits of the website, 3 and 4 over 15 people; on 6's day nobody came."""
    assert _told(shop, "orders_per_visit") == {None: (5, 18, 2)}
    assert _told(shop, "value_per_visit") == {None: (100 + 50 + 70 + 30 + 20, 18, 2)}


def test_by_channel(shop: Shop) -> None:
    assert _told(shop, "orders_per_visit", "channel") == {"web": (3, 3, 1), "store": (2, 15, 1)}
    assert _told(shop, "value_per_visit", "channel") == {"web": (220, 3, 1), "store": (50, 15, 1)}


def test_what_is_collected_in_a_shop_was_no_visit_to_it(shop: Shop) -> None:
    assert _told(shop, "orders_per_visit", "store") == {None: (3, 3, 1), "s1": (2, 15, 0), "s9": (0, 0, 1)}
    assert _told(shop, "value_per_visit", "store") == {None: (220, 3, 1), "s1": (50, 15, 0), "s9": (0, 0, 1)}


@pytest.mark.parametrize("kpi", ["orders_per_visit", "value_per_visit"])
@pytest.mark.parametrize("by", ["channel", "channel_kind", "store", "region", "device", "month"])
def test_parts_add_up(shop: Shop, kpi: str, by: str) -> None:
    (whole,) = _told(shop, kpi).values()
    parts = _told(shop, kpi, by).values()
    assert tuple(sum(column) for column in zip(*parts, strict=True)) == whole
