"""Systems whose changes are followed: reading on in a small shop gives what reading anew would."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from connectors.systems import open_connection
from connectors.tables import name_of
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import SQL_SYSTEMS, Shop, kept_shop, make_shop

LATER = "'2026-04-10 10:00+00'"
STAMPS = {
    "formbricks": """
        UPDATE "ContactAttribute" SET updated_at = '2026-03-01';
        UPDATE "ContactAttributeKey" SET updated_at = '2026-03-01';
        UPDATE "Environment" SET updated_at = '2026-03-01';
        UPDATE "Survey" SET updated_at = '2026-03-01';
        UPDATE "Display" SET updated_at = created_at;
        UPDATE "Response" SET updated_at = created_at""",
    "vendure": """
        DO $$ DECLARE stamped text; BEGIN
            FOR stamped IN SELECT table_name FROM information_schema.columns WHERE column_name = 'updatedAt'
            LOOP EXECUTE format('UPDATE %I SET "updatedAt" = coalesce("updatedAt", ''2026-03-01'')', stamped);
            END LOOP; END $$""",
}
"""What a small shop lacks of the stamps that the system sets, so that not everything is read again."""

NEW = "'00000000-0000-0000-0009-000000000001'"
WEB = "'00000000-0000-0000-0000-000000000001'"
PERSON = "'00000000-0000-0000-0001-000000000002'"
PAGE = f"""INSERT INTO website_event
    (website_id, event_id, created_at, event_type, session_id, visit_id, url_path)
    VALUES ({WEB}, {NEW}, {LATER}, 1"""
ANSWER = """INSERT INTO "Response"
    (id, "surveyId", "contactId", "displayId", finished, data, created_at, updated_at) VALUES"""
ENTRY = 'INSERT INTO history_entry (id, "orderId", type, data, "createdAt", "updatedAt") VALUES'
CHANGES = {
    "umami": {
        "another page of a visit": f"{PAGE}, {PERSON}, at_visit(5), '/')",
        "a first visit that searched": f"{PAGE}, {NEW}, {NEW}, '/search')",
        "who a visitor is": f"""UPDATE session SET distinct_id = 'c9' WHERE session_id = {PERSON};
            {PAGE}, {PERSON}, {NEW}, '/')""",
        "an order's id that came late": f"""
            UPDATE event_data SET data_key = 'page' WHERE website_event_id = at_event(4, 2);
            INSERT INTO event_data (event_data_id, website_event_id, data_key, string_value, created_at)
            VALUES ({NEW}, at_event(4, 2), 'order_id', 'o5', {LATER})""",
        "another name": f"UPDATE website SET name = 'Shop', updated_at = {LATER} WHERE website_id = {WEB}",
        "a site deleted": f"UPDATE website SET deleted_at = {LATER} WHERE website_id = {WEB}",
        "figures set to zero": f"UPDATE website SET reset_at = {LATER}, updated_at = {LATER}",
    },
    "formbricks": {
        "an answer": f"""{ANSWER} ('r9', 's1', 'p2', 'd2', true, '{{"q_nps": 10}}', {LATER}, {LATER})""",
        "an answer that names no display": f"""{ANSWER}
            ('r9', 's2', 'p2', NULL, true, '{{"q_ces": 1}}', {LATER}, {LATER})""",
        "more of an answer": f"""UPDATE "Response" SET data = '{{"q_ces": 2}}', finished = true,
            updated_at = {LATER} WHERE id = 'r3'""",
        "an answer deleted": """DELETE FROM "Response" WHERE id = 'r1'""",
        "a survey shown": f"""INSERT INTO "Display" (id, "surveyId", "contactId", created_at, updated_at)
            VALUES ('d10', 's1', 'p1', {LATER}, {LATER})""",
        "an address": f"""UPDATE "ContactAttribute" SET value = 'ann@y.org', updated_at = {LATER}
            WHERE id = 'a1'""",
        "an attribute that means another": f"""UPDATE "ContactAttributeKey" SET key = 'userId',
            updated_at = {LATER} WHERE id = 'k3'""",
        "another name": f"""UPDATE "Survey" SET name = 'Delivered', updated_at = {LATER} WHERE id = 's1'""",
        "a trial that became real": f"UPDATE \"Environment\" SET type = 'production', updated_at = {LATER}",
    },
    "vendure": {
        "a cart that was placed": f"""UPDATE "order" SET "orderPlacedAt" = {LATER}, state = 'PaymentSettled',
            "updatedAt" = {LATER} WHERE id = 3""",
        "a parcel that arrived": f"""{ENTRY} (90, 1, 'ORDER_FULFILLMENT_TRANSITION',
            '{{"fulfillmentId":2,"from":"Shipped","to":"Delivered"}}', {LATER}, {LATER})""",
        "a seller's parcel taken back": f"""
            UPDATE fulfillment SET state = 'Cancelled', "updatedAt" = {LATER} WHERE id = 5""",
        "a seller who did not cancel": f"""UPDATE "order" SET state = 'Shipped', "updatedAt" = {LATER}
            WHERE id = 12""",
        "another piece that came back": f"""
            UPDATE order_line SET quantity = 0, "updatedAt" = {LATER} WHERE id = 91;
            {ENTRY} (90, 9, 'ORDER_CANCELLATION', '{{"lines":[{{"orderLineId":91,"quantity":1}}]}}',
                {LATER}, {LATER})""",
        "money that left": f"""UPDATE refund SET state = 'Settled', "updatedAt" = {LATER} WHERE id = 2;
            {ENTRY} (90, 1, 'ORDER_REFUND_TRANSITION', '{{"refundId":2,"to":"Settled"}}',
                {LATER}, {LATER})""",
        "a customer deleted": f"""UPDATE customer SET "deletedAt" = {LATER} WHERE id = 1""",
        "who is a member": f"""UPDATE customer_groups_customer_group SET "customerId" = 2;
            INSERT INTO history_entry ("customerId", "updatedAt") VALUES (1, {LATER}), (2, {LATER})""",
    },
}


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_everything_delivered_is_named_among_what_may_have_changed(name: str, postgres_folder: str) -> None:
    shop = kept_shop(postgres_folder, name)
    with open_connection(shop.connection()) as source:
        for table in source.tables():
            following = source.follows(table)  # type: ignore[attr-defined]
            if following is None:
                continue
            columns = list(following.by)
            delivered = pl.concat(source.chunks(table)).select(pl.col(columns).cast(pl.String)).unique()
            named = following.touched("1970-01-02").select(pl.col(columns).cast(pl.String))
            assert delivered.join(named, on=columns, how="anti").rows() == [], name_of(table)


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in CHANGES.items() for change in changes]
)
def test_a_change_is_read(name: str, change: str, database: Database, tmp_path: Path) -> None:
    make_shop(database, name)
    database.run(STAMPS.get(name, "SELECT 1"))
    configure(tmp_path, Shop(name, database))
    before = tables_after_refresh(tmp_path, "on")
    database.run(CHANGES[name][change])
    on, anew = tables_after_refresh(tmp_path, "on"), tables_after_refresh(tmp_path, "anew")
    for table, rows in anew.items():
        assert_frame_equal(on[table], rows)
    assert any(not before[table].equals(rows) for table, rows in anew.items()), "it makes no difference"


def configure(folder: Path, shop: Shop) -> None:
    (folder / "secrets.toml").write_text(
        f'identity_secret = "0123456789abcdef"\n'
        f'[connections.shop]\nsystem = "{shop.system}"\nurl = "{shop.database.url()}"\n'
    )
    (folder / "secrets.toml").chmod(0o600)


def tables_after_refresh(folder: Path, name: str) -> dict[str, pl.DataFrame]:
    report = refresh(load_settings(folder, folder / name))
    assert not report.failed, report.connections
    with open_snapshot(folder / name) as snapshot:
        paths = sorted(snapshot.folder.glob("tables/*.parquet"))
        frames = {path.stem: pl.read_parquet(path) for path in paths}
    return {table: frame.sort(frame.columns) for table, frame in frames.items()}
