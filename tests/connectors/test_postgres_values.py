"""Values arrive from a real PostgreSQL server as they are, whatever their type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import postgres_copy
from connectors.accept import RULE, Accepted, accept
from connectors.identity_hash import IdentityKey
from connectors.tables import Orders, Prices
from tests.connectors.postgres_server import Database, open_session, read

ORDER = "'7' AS order_id, 'web' AS channel, 'confirmed' AS status, 'sale' AS kind, 'EUR' AS currency"
KEY = IdentityKey(b"0123456789abcdef", "DE")
UTC = pl.Datetime("us", "UTC")
NAIVE = pl.Datetime("us")
NAIVE_TIME = dt.datetime.fromisoformat("2026-06-01T00:30:00.000001")


def accepted(database: Database, select: str, zone: str = "UTC") -> Accepted:
    return accept(read(database, select), Orders, zone, KEY)


@pytest.mark.parametrize(
    ("expression", "value", "kind"),
    [
        ("7::smallint", 7, pl.Int64),
        ("(-9223372036854775808)::bigint", -(2**63), pl.Int64),
        ("0.1::real", 0.1, pl.Float64),
        ("0.1::float8 + 0.2::float8", 0.30000000000000004, pl.Float64),
        ("'-Infinity'::float8", float("-inf"), pl.Float64),
        ("true", True, pl.Boolean),
        ("false", False, pl.Boolean),
        ("1.50::numeric", "1.50", pl.String),
        ("'NaN'::numeric", "NaN", pl.String),
        ("123456789012345678901234567890.12::numeric", "123456789012345678901234567890.12", pl.String),
        ("12.5::money", "12.50", pl.String),
        ("date '2026-02-28'", dt.date(2026, 2, 28), pl.Date),
        ("timestamptz '2026-06-01 00:30+02'", dt.datetime(2026, 5, 31, 22, 30, tzinfo=dt.UTC), UTC),
        ("timestamp '2026-06-01 00:30:00.000001'", NAIVE_TIME, NAIVE),
        ("time '08:30'", "08:30:00", pl.String),
        (
            "'0b8e1c1e-8a3b-4f0e-9d59-0a7f6f0e7f11'::uuid",
            "0b8e1c1e-8a3b-4f0e-9d59-0a7f6f0e7f11",
            pl.String,
        ),
        ("'{\"a\": [1, null]}'::jsonb", '{"a": [1, null]}', pl.String),
        ("ARRAY['a b', NULL, 'c']", '{"a b",NULL,c}', pl.String),
        ("'x'::char(3)", "x  ", pl.String),
        ("ROW(1, 'a')::text", "(1,a)", pl.String),
        ("NULL", None, pl.String),
        ("NULL::timestamptz", None, UTC),
        ("NULL::boolean", None, pl.Boolean),
        ("''", "", pl.String),
        ("E'a, \"b\"\\r\\nc\\td'", 'a, "b"\r\nc\td', pl.String),
        ("E'\\uFEFFmark'", "\ufeffmark", pl.String),
        ("'\\.'", "\\.", pl.String),
        ("'NULL'", "NULL", pl.String),
        ("'门店, 上海'", "门店, 上海", pl.String),
    ],
)
def test_a_value_arrives_as_it_is(unwritten: Database, expression: str, value: Any, kind: Any) -> None:
    alone = read(unwritten, f"SELECT {expression} AS value")
    assert alone["value"].to_list() == [value]
    assert alone.schema == {"value": kind}
    rows = f"SELECT 'x' AS a, {expression} AS value, NULL AS b UNION ALL SELECT 'y', NULL, ''"
    between = read(unwritten, rows)
    assert between.rows() == [("x", value, None), ("y", None, "")]


def test_what_a_server_is_set_to_changes_nothing(database: Database) -> None:
    role = database.role(
        "ALTER ROLE {role} SET timezone = 'Asia/Shanghai'",
        "ALTER ROLE {role} SET datestyle = 'German, DMY'",
        "ALTER ROLE {role} SET extra_float_digits = -3",
        "ALTER ROLE {role} SET client_encoding = 'LATIN1'",
        "ALTER ROLE {role} SET bytea_output = 'escape'",
    )
    moment = "timestamptz '2026-06-01 00:30Z' AS at, date '2026-02-03'::text AS day"
    select = f"SELECT {moment}, 0.1::float8 + 0.2 AS sum, '门' AS gate"
    with open_session(database.url(role)) as session:
        row = pl.concat(session.chunks("orders", select)).row(0)
    assert row == (dt.datetime(2026, 6, 1, 0, 30, tzinfo=dt.UTC), "2026-02-03", 0.30000000000000004, "门")


def test_the_whole_of_a_number_arrives_when_its_scale_changes_late(unwritten: Database) -> None:
    amount = "CASE WHEN n <= 200 THEN 1.5 ELSE 1.255 END::numeric"
    select = f"SELECT {ORDER}, now() AS placed_at, {amount} AS net_amount FROM generate_series(1, 300) AS n"
    assert accepted(unwritten, select).rows["net_amount"].sum() == Decimal("425.5")


def test_not_a_number_is_put_aside_as_no_number(unwritten: Database) -> None:
    amounts = "(VALUES ('NaN'::numeric), (12.5), ('Infinity')) AS v(amount)"
    result = accepted(unwritten, f"SELECT {ORDER}, now() AS placed_at, amount AS net_amount FROM {amounts}")
    assert result.rows["net_amount"].to_list() == [Decimal("12.5")]
    assert result.quarantine[RULE].to_list() == ["net_amount:not_a_number"] * 2


@pytest.mark.parametrize("kind", ["timestamptz", "timestamp", "date"])
def test_an_infinite_time_is_put_aside_or_repaired_never_lost(unwritten: Database, kind: str) -> None:
    times = (
        f"(VALUES ('infinity'::{kind}), ('-infinity'), ('0044-03-15 BC'), ('2026-06-01'), (NULL)) AS v(at)"
    )
    required = accepted(unwritten, f"SELECT {ORDER}, at AS placed_at, 1 AS net_amount FROM {times}")
    assert required.quarantine[RULE].to_list() == ["placed_at:not_a_time"] * 3 + ["placed_at:missing"]
    assert required.rows["placed_at"].to_list() == [dt.datetime(2026, 6, 1, tzinfo=dt.UTC)]
    optional = accepted(
        unwritten,
        f"SELECT {ORDER}, date '2026-06-01' AS placed_at, at AS paid_at, 1 AS net_amount FROM {times}",
    )
    assert optional.repairs == {"paid_at:not_a_time": 3}
    assert optional.rows["paid_at"].null_count() == 4


def test_a_price_without_end_has_none(unwritten: Database) -> None:
    days = "date '2026-01-01' AS from_day, 'infinity'::date AS to_day"
    select = "SELECT 'a' AS sku, 'web' AS channel, 9.5 AS sell_price, 'EUR' AS currency"
    rows = read(unwritten, f"{select}, {days}")
    result = accept(rows, Prices, "UTC", KEY)
    assert result.rows["from_day"].to_list() == [dt.date(2026, 1, 1)]
    assert result.rows["to_day"].to_list() == [None]
    assert result.repairs == {"to_day:not_a_day": 1}


def test_times_without_zone_are_the_connections(unwritten: Database) -> None:
    """Clocks in Berlin: 02:30 never was on 29 March, was twice on 25 October."""
    local = [
        "2026-01-15 12:00",
        "2026-03-29 01:59",
        "2026-03-29 02:30",
        "2026-03-29 03:00",
        "2026-10-25 02:30",
    ]
    times = ", ".join(f"({number}, timestamp '{time}')" for number, time in enumerate(local))
    select = f"SELECT {ORDER}, at AS placed_at, 1 AS net_amount FROM (VALUES {times}) AS v(n, at) ORDER BY n"
    placed = accepted(unwritten, select, "Europe/Berlin").rows["placed_at"]
    assert placed.dt.to_string("%m-%d %H:%M").to_list() == [
        "01-15 11:00",
        "03-29 00:59",
        "03-29 01:30",
        "03-29 01:00",
        "10-25 00:30",
    ]


def test_times_with_zone_are_moments_on_days_clocks_change(unwritten: Database) -> None:
    hours = "generate_series(timestamptz '2026-10-24 22:00Z', '2026-10-25 23:00Z', '1 hour') AS at"
    select = f"SELECT {ORDER}, at AS placed_at, 1 AS net_amount FROM {hours}"
    placed = accepted(unwritten, select, "Europe/Berlin").rows["placed_at"]
    assert placed.diff().drop_nulls().unique().to_list() == [dt.timedelta(hours=1)]
    assert placed.dt.convert_time_zone("Europe/Berlin").dt.date().value_counts(sort=True)["count"][0] == 25


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.datetimes(dt.datetime.fromisoformat("0001-01-02"), dt.datetime.fromisoformat("9999-12-30")))
def test_every_microsecond_arrives(unwritten: Database, moment: dt.datetime) -> None:
    rows = read(unwritten, f"SELECT timestamp '{moment}' AS naive, timestamptz '{moment}+00' AS zoned")
    assert rows.row(0) == (moment, moment.replace(tzinfo=dt.UTC))


TEXTS = st.lists(st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS)
def test_any_text_arrives_however_rows_fall_into_chunks(notes: Database, texts: list[str | None]) -> None:
    with notes.session() as session:
        session.execute("TRUNCATE notes")
        session.execute("INSERT INTO notes SELECT * FROM unnest(%s::text[]) WITH ORDINALITY", [texts])
    with open_session(notes.url()) as session:
        chunks = list(session.chunks("orders", "SELECT note FROM notes ORDER BY place"))
        twice = list(session.chunks("orders", "SELECT note, place, note AS again FROM notes ORDER BY place"))
    assert len(chunks) == len(twice) == max(1, len(texts))
    assert pl.concat(chunks)["note"].to_list() == texts
    assert pl.concat(twice)["again"].to_list() == texts


@pytest.fixture
def notes(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A table of notes, of which every row comes as a chunk of its own."""
    monkeypatch.setattr(postgres_copy, "BLOCK", 1)
    database.run("CREATE TABLE notes (note text, place bigint)")
    return database
