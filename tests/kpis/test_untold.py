"""A shop whose visits say nothing of orders: the conversion names the column that would tell."""

from __future__ import annotations

from pathlib import Path

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.evaluate import Query, evaluate
from kpis.shop import open_shop
from tests.connectors.shopfolder import ShopFolder


def test_a_conversion_of_which_all_is_left_out_names_what_would_tell(tmp_path: Path) -> None:
    shop = ShopFolder(tmp_path / "shop")
    shop.write("visits", "started_at,channel,visits,visit_id\n2026-01-01,web,1,v1\n2026-01-02,web,1,v2")
    refresh(load_settings(shop.config, shop.data))
    with open_shop(shop.config, shop.data) as opened:
        (row,) = evaluate(opened, Query(kpis=("conversion_per_visit",))).iter_rows(named=True)
    assert (row["value"], row["denominator"], row["excluded"]) == (None, 0, 2)
    assert row["status"] == "missing: visits.ordered"
