"""Plain identities are nowhere: not in the data folder, not on the screen, however they were delivered."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from connectors.commands import main as connectors
from connectors.identity_hash import IdentityKey
from connectors.snapshot import open_snapshot
from kpis.commands import main as kpis
from tests.connectors.conftest import by
from tests.connectors.postgres_server import Database
from tests.connectors.shopfolder import BUSINESS, ShopFolder

NEEDLES = ("canaryfinch", "13812345678", "2024561111", "kanarie77")
"""What all spellings of an e-mail address, of phone numbers at home and abroad, of a member number share."""
NOISE = re.compile(r"[\s().\-/+%]")

SETTINGS = """
identity_secret = "0123456789abcdef0123456789abcdef"
[connections.shop]
system = "files"
path = "{shop}"
[connections.tills]
system = "sql"
url = "sqlite:///{tills}"
[connections.tills.tables]
customers = "SELECT id AS customer_ref, mail AS email, phone, member AS member_no FROM client"
orders = '''SELECT id AS order_id, at AS placed_at, 'till' AS channel, 'confirmed' AS status, 'sale' AS kind,
    net AS net_amount, 'CNY' AS currency, client AS customer_ref, phone FROM receipt'''
[connections.crm]
system = "sql"
url = "{crm}"
[connections.crm.tables]
customers = "SELECT phone AS customer_ref, mail AS email, phone, member AS member_no FROM person"
conversations = '''SELECT id AS conversation_id, at AS asked_at, 'web' AS channel, medium FROM talk'''
surveys = '''SELECT id AS survey_id, 'nps' AS kind, 'web' AS channel, at AS answered_at, 9 AS score,
    words AS comment FROM answer'''
[connections.broken]
system = "sql"
url = "{crm}"
[connections.broken.tables]
products = "SELECT mail::int::text AS sku FROM person"
[connections.headless]
system = "files"
path = "{headless}"
"""

TABLES = {
    "customers": """
        customer_ref,email,phone,member_no
        1,CanaryFinch@Example.org,138-1234-5678,Kanarie77
        canaryfinch@example.org, CANARYFINCH@EXAMPLE.ORG ,+86 138 1234 5678,kanarie77
        13812345678,,13812345678,
        +12024561111,,+1 (202) 456-1111,
    """,
    "orders": """
        order_id,placed_at,channel,status,kind,net_amount,currency,paid_at,customer_ref,email,phone,raw_cancel_reason
        1,2026-01-01,web,confirmed,sale,10,CNY,,1,,0086 13812345678,
        2,2026-01-02,web,confirmed,sale,10,CNY,,canaryfinch@example.org,CANARYFINCH@EXAMPLE.ORG,,138 1234 5678
        canaryfinch@example.org/3,2026-01-02,canaryfinch@example.org,confirmed,sale,10,CNY,,,,,
        4,2026-01-02,web,confirmed,sale,-1,CNY,,1,canaryfinch@example.org,13812345678,canaryfinch%40example.org
        5,2026-01-02,web,confirmed,sale,canaryfinch@example.org,CNY,138 1234 5678,,,,
        6,138 1234 5678,web,confirmed,sale,8,CNY,,13812345678,,,
    """,
    "visits": """
        visit_id,started_at,channel,visits,visitor_id,email,campaign
        v1,2026-01-01,web,1,canaryfinch%40example.org,CanaryFinch@example.org,canaryfinch%40example.org
    """,
    "surveys": """
        survey_id,kind,channel,answered_at,score,customer_ref,comment
        q1,nps,web,2026-01-05,10,1,please write to CanaryFinch @ Example.org
        q2,nps,web,2026-01-05,10,13812345678,call +86 (138) 1234-5678 or +1 202-456-1111
        q3,nps,web,2026-01-05,10,,电话１３８１２３４５６７８，邮箱canaryfinch@example.org
        q4,nps,web,never,10,,canaryfinch@example.org
    """,
    "returns": """
        return_id,requested_at,order_id,reason,raw_reason
        r1,2026-01-10,1,other,ring 13812345678 please
        r1,2026-01-11,1,other,write to canaryfinch@example.org
    """,
}


@pytest.fixture
def spilled(
    shop: ShopFolder, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ShopFolder:
    """A shop whose files and databases name one customer in many spellings, refreshed twice."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    for table in (*shop.exports.glob("*.csv"),):
        table.unlink()
    for name, text in TABLES.items():
        shop.write(name, text)
    tills = shop.root / "tills.sqlite"
    with sqlite3.connect(tills) as file:
        file.executescript(
            """
            CREATE TABLE client (id INT, mail TEXT, phone TEXT, member TEXT);
            INSERT INTO client VALUES (1, 'canaryFinch@example.org', '(138) 12345678', 'KANARIE77');
            CREATE TABLE receipt (id INT, at TEXT, net REAL, client INT, phone TEXT);
            INSERT INTO receipt VALUES (1, '2026-01-03', 5, 1, '13812345678'), (2, 'no', 5, 1, '13812345678');
            """
        )
    file.close()
    database.run(
        """
        CREATE TABLE person (mail text, phone bigint, member text);
        INSERT INTO person VALUES ('canaryfinch@example.org', 13812345678, 'kanarie77');
        CREATE TABLE talk (id int, at timestamptz, medium text);
        INSERT INTO talk VALUES (1, '2026-01-04', 'canaryfinch@example.org'), (2, NULL, '+86 138 1234 5678');
        CREATE TABLE answer (id int, at timestamptz, words text);
        INSERT INTO answer VALUES
            (1, '2026-01-04', 'I am canaryfinch@example.org, 138-1234-5678'), (2, NULL, 'fine');
        """
    )
    headless = shop.root / "headless"
    headless.mkdir()
    (headless / "customers.csv").write_text("1,canaryfinch@example.org,13812345678,kanarie77\n")
    shop.settle(
        SETTINGS.format(shop=shop.exports, tills=tills, crm=database.url(), headless=headless),
        BUSINESS + "[extracts]\npersonal = true\n",
    )
    return shop


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text below a folder with where it is: file names, bytes, and the cells of Parquet files."""
    for path in sorted(folder.rglob("*")):
        yield str(path), str(path.relative_to(folder))
        if path.is_file():
            yield str(path), path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            frame = pl.read_parquet(path)
            for column in frame.columns:
                yield f"{path} {column}", "\n".join(map(str, frame[column].unique().to_list()))


def found(place: str, text: str) -> list[str]:
    """The needles in a text, with the place."""
    plain = NOISE.sub("", text.lower().replace("１３８１２３４５６７８", "13812345678"))
    return [f"{place}: {needle}" for needle in NEEDLES if needle in plain]


def test_no_plain_identity_is_written_or_said(
    spilled: ShopFolder, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    config, where = ["--config", str(spilled.config)], ["--data", str(spilled.data)]
    said = ""
    for command in (["refresh"], ["refresh", "--json", "--progress"], ["refresh", "--full"]):
        assert connectors([*command, *config, *where]) == 1, "two connections cannot be read"
        said += "".join(capsys.readouterr())
    for command in (["check"], ["check", "--json"]):
        connectors([*command, *config])
        said += "".join(capsys.readouterr())
    for table in ("orders", "customers", "surveys", "visits", "returns", "conversations"):
        assert kpis(["extract", table, *config, *where]) == 0
        said += "".join(capsys.readouterr())
    assert kpis(["table", "--by", "channel,campaign", "--kpi", "visits", *config, *where]) == 0
    said += "".join(capsys.readouterr())
    assert "[e-mail]" in said
    assert "the database answers" in said
    assert found("screen", said) == []
    assert found("log", caplog.text) == []
    assert [
        needle
        for folder in (spilled.data, tmp_path / "tmp")
        for place, text in texts(folder)
        for needle in found(place, text)
    ] == []


def test_one_customer_is_known_by_every_spelling_and_words_keep_their_sense(spilled: ShopFolder) -> None:
    connectors(["refresh", "--config", str(spilled.config), "--data", str(spilled.data)])
    key = IdentityKey(b"0123456789abcdef0123456789abcdef", "CN")
    with open_snapshot(spilled.data) as snapshot:
        orders = by(snapshot.scan("order_facts"), "order_id")
        assert {orders[name]["customer_id"] for name in ("shop:1", "shop:2", "tills:1")} == {
            f"crm:{key.hash_of('phone', '13812345678')}"
        }
        comments = {
            row["survey_id"]: row["comment"] for row in by(snapshot.scan("surveys"), "survey_id").values()
        }
        assert comments == {
            "shop:q1": "please write to [e-mail]",
            "shop:q2": "call [number] or [number]",
            "shop:q3": "电话[number]，邮箱[e-mail]",
            "shop:q4": "[e-mail]",
            "crm:1": "I am [e-mail], [number]",
            "crm:2": "fine",
        }
        report = snapshot.manifest.connections["shop"].tables
        assert report["surveys"].repairs["comment:contact_masked"] == 4
        assert report["orders"].repairs["raw_cancel_reason:contact_masked"] == 1
        assert report["orders"].quarantined == 3
