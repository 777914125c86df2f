"""The commands as they are typed, on a small shop of CSV files."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.catalogue import catalogue
from kpis.commands import COMMANDS as COMMANDS_RUN
from kpis.contributions import PARTS
from kpis.first_order_views import VIEWS
from kpis.profiles import platforms
from tests.connectors.shopfolder import ShopFolder
from tests.kpis.typed import Typed

COLUMNS = [
    "kpi", "from", "to", "numerator", "denominator", "value", "low", "high", "excluded", "coverage", "target",
    "status", "final", "final_on",
]  # fmt: skip
CHANGES = ["previous", "change", "change_low", "change_high"]


def test_table_prints_every_kpi_with_the_contracts_columns(typed: Typed) -> None:
    rows = typed.rows("table")
    assert list(rows[0]) == COLUMNS
    assert [row["kpi"] for row in rows] == list(catalogue())


def test_table_prints_dimensions_and_changes_where_the_contract_has_them(typed: Typed) -> None:
    rows = typed.rows("table", "--kpi", "visits,nps", "--by", "month,channel", "--compare", "previous")
    assert list(rows[0]) == [*COLUMNS[:3], "month", "channel", *COLUMNS[3:], *CHANGES]
    assert {row["kpi"] for row in rows} == {"visits", "nps"}
    assert {(row["month"], row["channel"]) for row in rows} == {("2026-01", "web"), ("2026-01", "store")}


def test_figures_of_the_small_shop(typed: Typed) -> None:
    """Of the orders due one was on time and one a day late; the third, on its way, is not due yet."""
    told = {row["kpi"]: row for row in typed.rows("table")}
    assert told["visits"]["value"] == "18"
    assert (told["on_time_delivery"]["numerator"], told["on_time_delivery"]["denominator"]) == ("1", "2")
    assert (told["nps"]["numerator"], told["nps"]["denominator"]) == ("1", "3")
    assert told["average_order_value"]["excluded"] == "1", "there is no rate for US dollars"
    assert told["repurchase_rate"]["denominator"] == "2", "Ann bought online and in the shop"
    assert told["refund_hours"]["value"] == "48"


def test_whole_numbers_have_no_point_and_null_is_empty(typed: Typed) -> None:
    row = typed.rows("table", "--kpi", "visits")[0]
    assert (row["numerator"], row["denominator"], row["final"]) == ("18", "", "true")


def test_a_target_of_one_channel_judges_only_that(typed: Typed) -> None:
    (whole,) = typed.rows("table", "--kpi", "on_time_delivery")
    assert (whole["target"], whole["status"]) == ("", "none")
    (web,) = typed.rows("table", "--kpi", "on_time_delivery", "--where", "channel=web")
    assert (web["target"], web["status"]) == ("0.95", "bad")


def test_json_and_parquet_hold_what_csv_holds(typed: Typed, tmp_path: Path) -> None:
    asked = ("table", "--by", "week", "--kpi", "visits,nps")
    rows = json.loads(typed(*asked, "--format", "json")[0])
    assert list(rows[0]) == [*COLUMNS[:3], "week", *COLUMNS[3:]]
    assert rows[0]["week"] == "2025-12-29", "a week is named by its Monday"
    assert rows[0]["from"] == "2026-01-01", "and cut to the asked period"
    typed(*asked, "--format", "parquet", "--output", str(tmp_path / "x.parquet"))
    frame = pl.read_parquet(tmp_path / "x.parquet")
    assert frame["value"].to_list() == [row["value"] for row in rows]
    assert frame.schema["from"] == pl.Date


def test_a_file_is_written_as_its_name_ends(typed: Typed, tmp_path: Path) -> None:
    asked = ("table", "--kpi", "visits")
    for name in ("x.csv", "x.json", "x.PARQUET", "x"):
        typed(*asked, "--output", str(tmp_path / name))
    (row,) = typed.rows(*asked)
    assert list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8")))) == [row]
    assert (tmp_path / "x").read_bytes() == (tmp_path / "x.csv").read_bytes()
    (told,) = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert told["value"] == float(row["value"]) == pl.read_parquet(tmp_path / "x.PARQUET")["value"].item()
    typed(*asked, "--format", "csv", "--output", str(tmp_path / "x.txt"))
    assert (tmp_path / "x.txt").read_bytes() == (tmp_path / "x.csv").read_bytes()


def test_output_gets_a_manifest_beside(typed: Typed, tmp_path: Path) -> None:
    out, _ = typed("table", "--kpi", "nps", "--where", "channel=web", "--output", str(tmp_path / "x.csv"))
    assert out == ""
    assert not (tmp_path / "x.csv").read_text("utf-8").startswith("\ufeff")
    told = json.loads((tmp_path / "x.csv.manifest.json").read_text("utf-8"))
    assert told["filters"] == {"kpi": "nps", "where": ["channel=web"], "compare": "none", "basis": "cohort"}
    assert (told["rows"], told["snapshot"]) == (1, "000001")
    assert list(told["definitions"]) == ["nps"]
    assert told["not_final"] == {"rows": 0, "until": None}
    typed("table", "--kpi", "nps,return_rate", "--output", str(tmp_path / "y.csv"))
    told = json.loads((tmp_path / "y.csv.manifest.json").read_text("utf-8"))
    assert told["not_final"] == {"rows": 1, "until": "2026-02-19"}, "30 days after the last order"


def test_cohorts_and_flows_print_every_view(typed: Typed, tmp_path: Path) -> None:
    for command, views in VIEWS.items():
        for name, view in views.items():
            rows = typed.rows(command, "--show", name)
            assert list(rows[0]) == list(view.columns)
            path = tmp_path / f"{command}-{name}.json"
            typed(command, "--show", name, "--format", "json", "--output", str(path))
            assert len(json.loads(path.read_text("utf-8"))) == len(rows)
            told = json.loads(path.with_name(f"{path.name}.manifest.json").read_text("utf-8"))
            assert told["definitions"] == dict(view.columns)
            assert told["filters"] == {"show": name}
            assert bool(told["notes"]) == (name != "channels"), "of customers from before, and how to compare"


def test_cohorts_of_the_small_shop(typed: Typed) -> None:
    """Ann went from the web to the shop, Bob bought there again; nobody was followed for a year yet."""
    out, err = typed("cohorts", "--by", "quarter", "--where", "channel=web")
    assert [row["back"] for row in csv.DictReader(io.StringIO(out))] == [""]
    assert err == "some customers of 2026-Q1 may have bought before the data begin.\n"
    columns = ("second_channel", "customers", "median_days", "followed_back")
    told = [tuple(row[name] for name in columns) for row in typed.rows("flows")]
    assert told == [("store", "1", "", "0"), ("web", "1", "", "0")]


def test_a_change_is_split_on_the_command_line(typed: Typed, tmp_path: Path) -> None:
    """The small shop is open for days: two of them are compared with the two before."""
    days = ("--kpi", "visits", "--from", "2026-01-03", "--to", "2026-01-04")
    out, err = typed("drivers", *days, "--by", "channel")
    told = list(csv.DictReader(io.StringIO(out)))
    assert list(told[0]) == list(PARTS)
    assert err.startswith("compared with 2026-01-01 - 2026-01-02: ")
    (whole,) = typed.rows("table", *days, "--compare", "previous")
    assert f": {whole['previous']} -> {whole['value']}." in err
    assert sum(float(row["contribution"]) for row in told) == float(whole["change"])
    typed("drivers", *days, "--format", "json", "--output", str(tmp_path / "d.json"))
    beside = json.loads((tmp_path / "d.json.manifest.json").read_text("utf-8"))
    assert beside["filters"]["compare"] == "previous"


def test_changes_and_alarms_print_their_columns_also_where_nothing_is_to_be_told(typed: Typed) -> None:
    out, err = typed("changes", "--from", "2026-01-03", "--to", "2026-01-04")
    assert out.splitlines()[0].startswith("kpi,from,to,before_from,before_to,numerator,denominator,value")
    assert out.splitlines()[0].endswith(",events,events_before")
    assert "with too little to compare: " in err
    out, err = typed("alarms")
    assert out.splitlines()[0] == (
        "kpi,channel,week,since,rule,direction,value,centre,low,high,sigmas,numerator,denominator,events"
    )
    assert (
        "nothing is charted: at most 2 of the weeks looked at are whole and final, and limits take 12" in err
    )


def test_extract_prints_rows(typed: Typed, tmp_path: Path) -> None:
    rows = typed.rows("extract", "orders", "--where", "channel=store", "--from", "2026-01-03")
    assert [(row["order_id"], row["net_amount"]) for row in rows] == [
        ("shop:3", "30.0000"),
        ("shop:4", "20.0000"),
    ]
    typed("extract", "orders", "--format", "parquet", "--output", str(tmp_path / "o.parquet"))
    assert pl.read_parquet(tmp_path / "o.parquet").height == 6
    told = json.loads((tmp_path / "o.parquet.manifest.json").read_text("utf-8"))
    assert told["rows"] == 6
    assert "net_amount" in told["definitions"]


def test_catalogue_prints_every_kpi(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row["kpi"] for row in json.loads(typed("catalogue", "--format", "json")[0])] == list(catalogue())
    lines = typed("catalogue")[0].splitlines()
    assert [line.split("`")[1] for line in lines[2 : len(catalogue()) + 2]] == list(catalogue())
    assert sum("`amazon`" in line for line in lines) == len(platforms()["amazon"].variants)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "净推荐值" in typed("catalogue")[0]


def test_rollup_says_where_the_sums_are(typed: Typed) -> None:
    out, _ = typed("rollup")
    assert re.search(r"rollups/000001-[0-9a-f]+: \d+\.\d MB", out)


def test_what_is_missing_is_said_once_a_kpi(typed: Typed, tmp_path: Path) -> None:
    typed.folder = ShopFolder(tmp_path / "shop")
    typed.folder.remove("surveys", "shipments")
    refresh(load_settings(typed.folder.config, typed.folder.data))
    out, err = typed("table", "--kpi", "nps,on_time_delivery,visits", "--by", "month")
    assert err.splitlines() == [
        "nps: no connection delivers surveys.",
        "on_time_delivery: no connection delivers shipments.",
    ]
    assert "missing: surveys" in out


def test_a_damaged_snapshot_is_said_and_the_one_before_is_read(typed: Typed, tmp_path: Path) -> None:
    typed.folder = ShopFolder(tmp_path / "shop")
    for _ in range(2):
        refresh(load_settings(typed.folder.config, typed.folder.data))
    (typed.folder.data / "versions" / "000002" / "facts" / "visit_facts.parquet").write_bytes(b"")
    for command in (("table", "--kpi", "visits"), ("extract", "orders")):
        out, err = typed(*command)
        assert out
        assert err == "snapshot 000002 is damaged; these figures are from snapshot 000001.\n"


def test_stored_data_that_cannot_be_read_are_one_plain_line(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: object) -> None:
        raise pl.exceptions.ComputeError("parquet: file out of specification\nThis error occurred in ...")

    monkeypatch.setitem(COMMANDS_RUN, "rollup", unreadable)
    _, err = typed("rollup", code=1)
    assert err == "the stored data cannot be read: parquet: file out of specification.\n"


def test_a_list_can_be_given_at_once_or_one_by_one(typed: Typed) -> None:
    at_once = typed("table", "--kpi", "visits,nps", "--by", "month,channel")
    assert typed("table", "--kpi", "visits", "--kpi", "nps", "--by", "month", "--by", "channel") == at_once


def test_where_there_is_nothing_to_count_the_days_of_the_data_are_said(typed: Typed) -> None:
    days = ("--from", "2026-01-10", "--to", "2026-01-12")
    out, err = typed("table", "--kpi", "average_order_value", *days, "--by", "channel")
    assert out.count("\n") == 1
    assert err.splitlines()[-1].startswith(
        "nothing is counted in these days; the data run from 2026-01-01 to"
    )


def test_where_nothing_is_final_that_is_said(typed: Typed) -> None:
    out, err = typed("table", "--kpi", "repurchase_rate_365d,visits", "--final-only")
    assert [row["kpi"] for row in csv.DictReader(io.StringIO(out))] == ["visits"]
    assert err.splitlines()[-1] == "nothing is final yet of: repurchase_rate_365d."


def test_who_may_have_bought_before_the_data_begin_is_said(typed: Typed) -> None:
    asked = ("table", "--kpi", "visits,returning_customer_share,repurchase_rate_30d", "--from", "2026-01-03")
    _, err = typed(*asked)
    assert err == (
        "some customers may have bought before the data begin on 2026-01-01: returning_customer_share.\n"
    ), "nobody could be followed for 30 days yet"


def test_the_festival_that_days_are_compared_around_is_told(typed: Typed, tmp_path: Path) -> None:
    """Sixteen days after Spring Festival: 5 March 2026, as 14 February 2025."""
    typed.folder = ShopFolder(tmp_path / "shop")
    visits = "started_at,channel,visits\n2025-02-14 09:00,web,4\n2026-03-05 09:00,web,7"
    typed.folder.write("visits", visits)
    refresh(load_settings(typed.folder.config, typed.folder.data))
    days = ("--from", "2026-03-05", "--to", "2026-03-05")
    asked = ("table", "--kpi", "visits", "--compare", "festival", *days)
    out, err = typed(*asked)
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["value"], row["previous"], row["change"]) == ("7", "4", "3")
    assert err == "compared around Spring Festival: 2026-02-17 with 2025-01-29.\n"
    typed(*asked, "--output", str(tmp_path / "x.json"), "--format", "json")
    told = (tmp_path / "x.json.manifest.json").read_text("utf-8")
    assert "compared around Spring Festival: 2026-02-17 with 2025-01-29." in told


def test_a_reader_who_has_seen_enough_is_no_error(typed_folder: ShopFolder) -> None:
    command = [sys.executable, "-m", "kpis", "table", "--kpi", "visits", "--by", "day"]
    command += ["--config", str(typed_folder.config), "--data", str(typed_folder.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
