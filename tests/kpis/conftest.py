"""Shops that many tests look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.rollup import open_rollups
from kpis.shop import Shop
from tests.kpis.frames import drawn_tables, shop_of
from tests.kpis.typed import typed, typed_folder

__all__ = ["typed", "typed_folder"]


@pytest.fixture(scope="session")
def shop() -> Shop:
    """A drawn shop of 18 months whose figures are summed from rows."""
    return shop_of(**drawn_tables(seed=1))


@pytest.fixture(scope="session")
def rolled_up_shop(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The same shop with its sums stored."""
    data: Path = tmp_path_factory.mktemp("data")
    return Shop(shop.tables, shop.business, open_rollups(data, shop.version, shop.tables, [shop.version]))
