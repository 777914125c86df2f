"""Laws of what systems say may have changed: it names all that did, and reading only that loses nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
import psycopg
import pytest
from polars.testing import assert_frame_equal

from connectors.sql_shape import columns_of
from connectors.systems import open_connection
from connectors.tables import name_of
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import DUMP_FILES, SQL_SYSTEMS, Shop, dumped_shop, make_shop

OLD, NEW = "2001-01-01", "2026-06-01"
STAMPS = ("updated_at", "updatedAt", "write_date", "last_change", "modified_at")
CREATED = ("created_at", "createdAt")
DELETED = ("deleted_at", "deletedAt")
DELETES_APART = ("medusa",)
"""Systems that delete rows without moving their other stamp."""

IN_ORDER = ("formbricks", "umami")
"""Systems whose rows come in the order of time: a row is never new to those that came after it."""

READ_AGAIN = (0.8, 0.4, 0.05)
"""How much of what ever changed is taken to have changed since the last refresh."""

FOLLOWED = [
    name
    for name, system in SQL_SYSTEMS.items()
    if any(getattr(select, "touched", None) for select in system.selects.values())
]


TOUCHING = {
    "medusa order_line_item l11": {
        "orders": {"o1"},
        "order_lines": {"o1"},
        "returns": {"ri1", "ri4", "ri5", "ri6"},
    },
    "medusa payment pay1": {"orders": {"o1"}, "refunds": {"re1", "re2"}},
    # only order 2 is collected
    "medusa stock_location loc1": {"orders": {"o2"}},
    "medusa sales_channel sc2": {"orders": {"o2"}, "payments": {"ps5"}},
    "medusa return r1": {"returns": {"ri1", "ri2"}},
    # order 1 is charged and paid back in transaction 1; its older refunds are of order 2
    "saleor payment_transactionitem 1": {
        "refunds": {"E11", "E12", "E13", "E14", "E15", "E16", "E17", "E18"},
    },
    "saleor payment_payment 2": {"refunds": {"P2", "P3", "P4", "P5"}},
    "saleor order_ordergrantedrefund 1": {"refunds": {"E16", "G1"}},
    # order 1 is invoiced with its lines 11 and 12; three credit notes are about line 11 or that invoice
    "odoo sale_order_line 11": {
        "orders": {"S1"},
        "order_lines": {"S1"},
        "returns": {"R7", "R11"},
        "refunds": {"C21", "C22", "C80"},
    },
    "odoo account_partial_reconcile 1": {"orders": {"S1"}},
    "odoo account_partial_reconcile 3": {"refunds": {"C21"}},
    # order 8 was paid in test mode, which only shows while there are live payments such as 8
    "odoo payment_transaction 8": {"orders": {"S8", "S9"}, "carts": {"S9"}, "payments": {"T8"}},
    "odoo res_partner 11": {"orders": {"S2"}, "carts": {"S2"}},
    "odoo stock_picking 4": {"carts": {"S2"}, "shipments": {"4"}, "returns": {"R4", "R8"}},
    "odoo product_template 3": {
        "orders": {"S1", "S6", "S9", "P2", "P4", "P9"},
        "order_lines": {"S1", "S6", "S9", "P2", "P4", "P9"},
        "payments": {"P3", "P4", "P6", "P7"},
        "refunds": {"P2-none", "P4-2", "P9-none"},
        "returns": {"P21", "P41", "P91"},
    },
}
"""What a row touches, counted by hand; also what might be a return or refund and is none."""


@dataclass(frozen=True)
class Followed:
    """A table whose changes are followed.

    Attributes:
        name: its name.
        select: the SELECT of all its rows.
        touched: the SELECT of what changed.
        by: the column that names what is read again together.
    """

    name: str
    select: str
    touched: str
    by: str

    def rows(self, session: psycopg.Connection) -> Mapping[str, list[str]]:
        """All rows as text, by what names them."""
        query = f"SELECT {self.by}::text, delivered::text FROM ({self.select}) AS delivered ORDER BY 2"
        found: dict[str, list[str]] = defaultdict(list)
        for key, row in session.execute(query.encode()):
            found[key].append(row)
        return found

    def named(self, session: psycopg.Connection) -> set[str]:
        """What is said to have changed lately."""
        condition = f"updated_at IS NULL OR updated_at >= '{NEW}'"
        query = f"SELECT {self.by}::text FROM ({self.touched}) AS stamped WHERE {condition}"
        return {key for (key,) in session.execute(query.encode())}


@pytest.mark.parametrize("name", FOLLOWED)
def test_reading_what_changed_in_a_small_shop_gives_all_of_it(name: str, database: Database) -> None:
    make_shop(database, name)
    for table, columns in times(name).items():
        day = f"'{OLD}'::timestamp + ((ctid::text)::point)[1] * interval '1 day'"
        for column in columns:
            database.run(f'UPDATE "{table}" SET "{column}" = {day}')
    compare_what_changed_with_the_whole(Shop(name, database))


@pytest.mark.parametrize("name", [name for name in FOLLOWED if name in DUMP_FILES])
def test_reading_what_changed_in_a_real_shop_gives_all_of_it(name: str, postgres_folder: str) -> None:
    compare_what_changed_with_the_whole(dumped_shop(postgres_folder, name))


@pytest.mark.parametrize("row", TOUCHING)
def test_a_changed_row_touches_what_it_is_part_of_and_nothing_else(row: str, database: Database) -> None:
    name, table, key = row.split()
    make_shop(database, name)
    set_back(database, name)
    stamp = next(column for column in times(name)[table] if column in STAMPS)
    tables = followed(Shop(name, database))
    with database.session() as session:
        always = {each.name: each.named(session) for each in tables}
        session.execute(updated(table, [stamp], f"WHERE id = '{key}'").encode())
        named = {each.name: each.named(session) - always[each.name] for each in tables}
    assert {name: keys for name, keys in named.items() if keys} == TOUCHING[row]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (name, change)
        for name in FOLLOWED
        for change in ("new", "deleted")
        if change == "deleted" or name not in IN_ORDER
    ],
)
def test_a_row_touches_all_that_it_makes_different(name: str, change: str, database: Database) -> None:
    make_shop(database, name)
    set_back(database, name)
    tables = followed(Shop(name, database))
    unnamed = []
    with database.session() as session:
        before = {each.name: each.rows(session) for each in tables}
        for base, moved, changed in changes(session, name, change):
            for each in tables:
                if re.search(rf'(?<![\w.])"?{base}"?(?!\w)', each.select):
                    with undone(session):
                        session.execute(moved.encode())
                        named = each.named(session)
                    with undone(session):
                        session.execute(changed.encode())
                        after = each.rows(session)
                    keys = {*before[each.name], *after}
                    different = {key for key in keys if before[each.name].get(key) != after.get(key)}
                    unnamed += [(each.name, changed, key) for key in different - named]
    assert unnamed == []


def compare_what_changed_with_the_whole(shop: Shop) -> None:
    """Compare what is read on from several moments with the rows of the same keys in the whole."""
    with open_connection(shop.connection()) as source:
        for table in source.tables():
            following = source.follows(table)
            if following is None:
                continue
            keys = list(following.by)
            whole = pl.concat(source.chunks(table))
            moments = following.touched("1970-01-02")["updated_at"].drop_nulls().sort()
            for share in READ_AGAIN:
                since = moments[int(len(moments) * (1 - share))]
                named = following.touched(since).select(keys).unique()
                wanted = whole.join(named, on=keys, how="semi")
                read = pl.concat(following.changed(since))
                assert_frame_equal(read, wanted, check_row_order=False)


def times(name: str) -> dict[str, list[str]]:
    """The columns of a system's tables that say when something happened, other than a deletion."""
    return {
        table: [column for column, kind in columns.items() if "timestamp" in kind and column not in DELETED]
        for table, columns in columns_of(SQL_SYSTEMS[name].reads).items()
    }


def set_back(database: Database, name: str) -> None:
    """Let every row have changed long ago."""
    for table, columns in times(name).items():
        for column in columns:
            if column in STAMPS:
                database.run(f'UPDATE "{table}" SET "{column}" = \'{OLD}\'')
            elif column in CREATED:
                database.run(f'UPDATE "{table}" SET "{column}" = coalesce("{column}", \'{OLD}\')')


def followed(shop: Shop) -> list[Followed]:
    """The tables of a shop whose changes are followed."""
    with open_connection(shop.connection()) as source:
        found = {name_of(table): source.follows(table) for table in source.tables()}
    return [
        Followed(name, *following.statement.split("\n;\n"), following.by[0])
        for name, following in found.items()
        if following is not None
    ]


def changes(session: psycopg.Connection, name: str, change: str) -> Iterator[tuple[str, str, str]]:
    """For every row: its table, an UPDATE of its stamps alone, and a statement that undoes or deletes it.

    Tables without stamps are left out: they join two others, and systems write them with one of those.
    """
    for table, columns in columns_of(SQL_SYSTEMS[name].reads).items():
        gone = [column for column in columns if column in DELETED]
        moving = times(name)[table]
        if change == "deleted" and name in DELETES_APART:
            moving = []
        if not (gone if change == "deleted" else moving):
            continue
        for (place,) in session.execute(f'SELECT ctid::text FROM "{table}"'.encode()).fetchall():
            here = f"WHERE ctid = '{place}'"
            if change == "deleted":
                yield table, updated(table, [*moving, *gone], here), updated(table, gone, here)
            else:
                yield table, updated(table, moving, here), f'DELETE FROM "{table}" {here}'


def updated(table: str, columns: Sequence[str], where: str) -> str:
    """A statement that sets some columns of a row to now."""
    return f'UPDATE "{table}" SET ' + ", ".join(f"\"{column}\" = '{NEW}'" for column in columns) + f" {where}"


@contextmanager
def undone(session: psycopg.Connection) -> Iterator[None]:
    """Whatever is done within is taken back."""
    with session.transaction(force_rollback=True):
        yield
