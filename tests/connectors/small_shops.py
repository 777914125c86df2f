"""The small shops of systems whose tests fill several files: one to read, and one to change."""

from __future__ import annotations

import pytest

from tests.connectors.postgres_server import Database
from tests.connectors.system_world import Shop, kept_shop, make_shop


@pytest.fixture
def odoo(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "odoo")


@pytest.fixture
def own_odoo(database: Database) -> Shop:
    make_shop(database, "odoo")
    return Shop("odoo", database)


@pytest.fixture
def oscar(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "oscar")


@pytest.fixture
def own_oscar(database: Database) -> Shop:
    make_shop(database, "oscar")
    return Shop("oscar", database)


@pytest.fixture
def vendure(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "vendure")


@pytest.fixture
def own_vendure(database: Database) -> Shop:
    make_shop(database, "vendure")
    return Shop("vendure", database)
