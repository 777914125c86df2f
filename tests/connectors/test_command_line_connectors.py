"""The command line of connectors: exit codes, JSON for scripts, plain words for people in both languages."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.arguments import COMMANDS, OPTIONS
from connectors.commit import refresh_lock
from tests.connectors.shopfolder import BUSINESS, ShopFolder
from tests.connectors.typed import run, with_tills


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def refresh(capsys: pytest.CaptureFixture[str], shop: ShopFolder, *more: str) -> tuple[int, Any, str]:
    code, out, err = run(capsys, "refresh", "--config", shop.config, "--data", shop.data, "--json", *more)
    return code, json.loads(out), err


def test_a_refresh_reports_every_table_in_the_documented_shape(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    shop.write("products", "sku,title\nA,Boots\nB,Bag\nA,Boots again\n")
    code, report, _ = refresh(capsys, shop)
    assert code == 0
    assert list(report) == ["version", "data_time", "connections"]
    assert (report["version"], report["data_time"]) == ("000001", "2026-01-20T01:00:00+00:00")
    found = report["connections"]["shop"]
    assert (found["ok"], found["error"]) == (True, None)
    products = found["tables"]["products"]
    assert products.pop("seconds") >= 0
    assert products == {"pulled": 3, "accepted": 2, "repaired": 0, "quarantined": 1}


def test_a_connection_that_fails_exits_1_and_the_others_are_committed(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    with_tills(shop, "till")
    code, report, err = refresh(capsys, shop)
    assert (code, report["version"]) == (1, "000001")
    assert report["connections"]["shop"]["ok"]
    assert not report["connections"]["tills"]["ok"]
    assert "Did you mean 'tills'?" in report["connections"]["tills"]["error"]
    assert err.splitlines()[0].startswith("tills: there is no folder")


def test_nothing_is_committed_when_nothing_can_be_read(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    shop.write("orders", "order_id\n1\n")
    code, report, err = refresh(capsys, shop)
    assert (code, report["version"]) == (1, None)
    assert "orders.csv lacks what every row of orders needs: placed_at" in err
    assert len(err.splitlines()) == 1


def test_only_the_named_connection_is_read(capsys: pytest.CaptureFixture[str], shop: ShopFolder) -> None:
    tills = with_tills(shop)
    refresh(capsys, shop)
    (tills / "visits.csv").unlink()
    shop.remove("surveys")
    code, report, _ = refresh(capsys, shop, "--connection", "shop", "--full")
    assert (code, report["version"]) == (0, "000002")
    assert "surveys" not in report["connections"]["shop"]["tables"]
    assert report["connections"]["tills"]["tables"]["visits"]["pulled"] == 1


def test_people_see_counts_rules_and_warnings(capsys: pytest.CaptureFixture[str], shop: ShopFolder) -> None:
    shop.write("products", "sku,title\nA,Boots\nA,Boots again\n")
    shop.settle(business='timezone = "Asia/Shanghai"\n')
    code, out, _ = run(capsys, "refresh", "--config", shop.config, "--data", shop.data)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert lines[0] == "connection table pulled accepted repaired quarantined seconds read now"
    assert any(line.startswith("shop products 2 1 0 1 ") for line in lines)
    assert any(line.startswith("shop products rows put aside sku") for line in lines)
    assert any(line.startswith("warning: channels that business.toml") for line in lines)
    assert lines[-1] == "snapshot 000001; newest order 2026-01-20 01:00+00:00"


def test_progress_is_told_to_programs_line_by_line(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    _, _, err = refresh(capsys, shop, "--progress")
    told = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    fractions = [line["fraction"] for line in told]
    assert {"connection": "shop", "table": "orders", "rows": 6} in [
        {name: line[name] for name in ("connection", "table", "rows")} for line in told
    ]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] <= 1


def test_a_terminal_sees_a_bar(shop: ShopFolder) -> None:
    keyboard, screen = pty.openpty()
    command = [sys.executable, "-m", "connectors", "refresh"]
    command += ["--config", str(shop.config), "--data", str(shop.data)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=screen, check=True)
    os.close(screen)
    assert b"%" in os.read(keyboard, 100_000)


def test_a_second_refresh_at_the_same_time_says_so(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    with refresh_lock(shop.data):
        code, out, err = run(capsys, "refresh", "--config", shop.config, "--data", shop.data)
    assert (code, out) == (1, "")
    assert err.startswith("another refresh")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "say which command: refresh, check, systems."),
        (["refesh"], "there is no command 'refesh'; there is: check, refresh, systems. Did you mean"),
        (["refresh", "--conection", "shop"], "there is no option '--conection'"),
        (["refresh", "--conection=shop"], "Did you mean '--connection'?"),
        (["refresh", "shop"], "there is no option 'shop'"),
        (["refresh", "--data"], "--data: expected one argument."),
        (["refresh", "--json=yes"], "--json: ignored explicit argument 'yes'."),
        (["systems", "--data", "x"], "there is no option '--data'; there is: --json."),
        (["check", "--config", "/no/where"], "there is no settings folder '/no/where'."),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2_with_plain_words(
    capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_settings_errors_exit_2_and_change_nothing(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    where = ("--config", shop.config, "--data", shop.data)
    code, _, err = run(capsys, "refresh", *where, "--connection", "shp")
    assert code == 2
    assert err == "there is no connection 'shp'; there is: shop. Did you mean 'shop'?\n"
    shop.settle('[connections.shop]\nsystem = "files"\npth = "x"\n')
    code, _, err = run(capsys, "refresh", *where)
    assert code == 2
    assert "[connections.shop] has no setting 'pth'" in err
    assert not shop.data.exists()


def test_a_kpi_that_settings_misspell_exits_2_after_the_rows_are_safe(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    shop.settle(business=BUSINESS + '[[targets]]\nkpi = "npss"\nat_least = 0\n')
    code, report, err = refresh(capsys, shop)
    assert (code, report["version"]) == (2, "000001")
    assert err.rstrip().endswith("Did you mean 'nps'?")


def test_a_data_folder_that_cannot_be_one_exits_2(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    (shop.root / "file").write_text("")
    code, _, err = run(capsys, "refresh", "--config", shop.config, "--data", shop.root / "file")
    assert code == 2
    assert "cannot be used: " in err


def test_a_chinese_terminal_is_spoken_to_in_chinese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shop: ShopFolder
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    _, _, err = run(capsys, "refesh")
    assert err == "没有名为“refesh”的命令；现有：check, refresh, systems。是否想写“refresh”？\n"
    _, out, _ = run(capsys, "check", "--config", shop.config)
    assert out.split()[:3] == ["连接", "系统", "表"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_option(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    for option in COMMANDS[command].options:
        assert option in out
        assert OPTIONS[option][0].en.split()[0] in out
    assert command in run(capsys, "--help")[1]


def test_the_command_runs_as_a_module_and_never_shows_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "connectors", "refresh", "--config", str(tmp_path / "none")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
