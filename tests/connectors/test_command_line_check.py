"""What `python -m connectors check` and `systems` say."""

from __future__ import annotations

import json
import re

import pytest

from connectors.systems import systems
from tests.connectors.shopfolder import BUSINESS, ShopFolder
from tests.connectors.typed import check, run, with_tills


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_a_check_reports_in_the_documented_shape(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    shop.write("products", "sku,title\nA,Boots\n")
    code, report, err = check(capsys, shop)
    found = report["connections"]["shop"]
    assert (code, err) == (0, "")
    assert (found["ok"], found["system"], found["version"], found["warnings"]) == (True, "files", None, [])
    assert found["tables"]["products"] == {"rows": 1, "newest": None, "missing": ["category"]}
    assert found["tables"]["orders"]["rows"] == 6
    assert found["tables"]["orders"]["newest"] == "2026-01-20T01:00:00+00:00"
    lacking = found["tables"]["orders"]["missing"]
    assert "email" not in lacking, "it is delivered, and hashed"
    assert {"phone", "member_no"} <= set(lacking), "columns are named as one would deliver them"
    assert not [name for name in lacking if name.endswith("_hash")]
    assert not shop.data.exists()


def test_a_check_asks_to_classify_channels_and_names_shared_ones(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    tills = with_tills(shop)
    (tills / "visits.csv").write_text("started_at,channel,visits,store_id\n2026-01-05,pop-up,3,s1\n")
    shop.write("carts", "cart_id,started_at,channel,completed\n1,2026-01-05,pop-up,no\n")
    _, report, _ = check(capsys, shop)
    channel, shared, stores = report["connections"]["tills"]["warnings"]
    assert channel.startswith("channel 'pop-up' is neither online nor offline yet")
    assert 'match = ["tills:pop-up"]' in channel
    assert shared.startswith("channels named alike in shop, tills are taken for the same: pop-up;")
    assert stores.startswith("stores named alike in shop, tills are taken for the same: s1;")


def test_a_check_that_fails_exits_1_and_warns_of_settings(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    with_tills(shop, "nowhere")
    (shop.config / "secrets.toml").chmod(0o644)
    code, report, err = check(capsys, shop)
    assert code == 1
    assert [found["ok"] for found in report["connections"].values()] == [True, False]
    assert "chmod 600" in report["warnings"][0]
    assert err.startswith("tills: there is no folder")
    code, report, _ = check(capsys, shop, "--connection", "shop")
    assert (code, list(report["connections"])) == (0, ["shop"])


def test_a_check_names_a_target_of_no_kpi(capsys: pytest.CaptureFixture[str], shop: ShopFolder) -> None:
    target = '[[targets]]\nkpi = "on_tme_delivery"\nat_least = 0.9\n'
    shop.settle(business=BUSINESS + target)
    code, report, err = check(capsys, shop)
    assert (code, report["connections"]["shop"]["ok"]) == (2, True)
    assert re.search(r"^there is no KPI 'on_tme_delivery' .* mean 'on_time_delivery'\?\n$", err)


def test_people_see_what_a_check_saw(capsys: pytest.CaptureFixture[str], shop: ShopFolder) -> None:
    code, out, _ = run(capsys, "check", "--config", shop.config)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert lines[0] == "connection system table rows newest (UTC) not delivered"
    assert "shop files order_lines 5 - list_price" in lines


def test_every_system_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "systems", "--json")
    listed = json.loads(out)["systems"]
    assert code == 0
    assert list(listed) == list(systems())
    assert "orders" in listed["files"]["tables"]
    _, out, _ = run(capsys, "systems")
    for name, connector in systems().items():
        assert f"{name}: {connector.title.en}" in out
        for option, words in connector.options.items():
            assert f"  {option} = {words.en}" in out


def test_words_from_data_do_not_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], shop: ShopFolder
) -> None:
    shop.write("carts", "cart_id,started_at,channel,completed\n1,2026-01-05,\x1b[31mred [bold]x,no\n")
    _, out, _ = run(capsys, "check", "--config", shop.config)
    assert "\x1b" not in out
    assert "?[31mred [bold]x" in out
