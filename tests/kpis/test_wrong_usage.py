"""What is typed wrongly gets one plain line, and days at the ends of the calendar do no harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpis.catalogue import catalogue
from kpis.command_line import COMMANDS
from kpis.commands import main
from kpis.periods import COMPARISONS
from tests.connectors.shopfolder import ShopFolder
from tests.kpis.typed import Typed

WRONG = [
    (["table", "--kpi", ","], "--kpi is empty"),
    (["table", "--by", ""], "--by is empty"),
    (["table", "--from", ""], "'' is not a day"),
    (["extract", "orders", "--to", ""], "'' is not a day"),
    (["tabel"], "Did you mean 'table'"),
    (["table", "--kpis", "nps"], "Did you mean '--kpi'"),
    (["table", "--profile", "ebay"], "there is no profile 'ebay'; there is: amazon, douyin, jd"),
    (["table", "--profile", "jd", "--kpi", "nps"], "nps has no profile 'jd', nor any other. jd counts: re"),
    (["table", "--profile", "jd", "--kpi", "escalation_rate"], "'jd'; its profiles: douyin, taobao. jd co"),
    (["table", "--basis", "event", "--kpi", "nps"], "nps has no basis 'event'; these have: return_rate, "),
    (["table", "--basis", "event", "--by", "device"], "no KPI on basis event carries all of device."),
    (["table", "--basis", "evnt"], "--basis: invalid choice: 'evnt'"),
    (["table", "--where", "chanel=web"], "Did you mean 'channel'"),
    (["table", "--by", "device", "--kpi", "nps"], "nps cannot be split by device"),
    (["table", "--to", "2001-01-01"], "there is no data to 2001-01-01"),
    (["consistency", "--where", "channel=wbe"], "Did you mean 'web'"),
    (["consistency", "--from", "2031-01-01"], "there is no data from 2031-01-01"),
    (["table", "--compare", "fest"], "--compare: invalid choice"),
    (
        ["table", "--compare", "festival"],
        "a year before, the days around Spring Festival (2025-01-29) lie before",
    ),
    (["table", "--kpi"], "--kpi: expected one argument"),
    (["table", "--kpi", "nsp"], "Did you mean 'nps'"),
    (["table", "--by", "chanel"], "Did you mean 'channel'"),
    (["table", "--where", "channel=wbe"], "Did you mean 'web'"),
    (["table", "--where", "channel"], "DIMENSION=VALUE"),
    (["table", "--from", "2026-13-01"], "'2026-13-01' is not a day"),
    (["table", "--from", "2031-01-01"], "there is no data from 2031-01-01"),
    (["table", "--from", "2026-01-09", "--to", "2026-01-02"], "is after the last day"),
    (["table", "--kpi", "visits", "--output", "/nowhere/x.csv"], "/nowhere/x.csv"),
    (["table", "--output", "x.doc"], "there is: csv, json, parquet (or say it: --format csv)."),
    (["table", "--output", "x.parqet"], "Did you mean 'parquet'"),
    (["consistency", "--output", "x.parquet"], "'x.parquet' ends in no format of this command"),
    (["extract", "orders", "--output", "x.json"], "there is: csv, parquet"),
    (["table", "--format", "csv", "--output", "x.json"], "ends in json, but --format says csv"),
    (["drivers"], "say which KPI"),
    (["drivers", "--kpi", "nps", "--by", "carrier"], "there is no dimension 'carrier'; there is: "),
    (["drivers", "--kpi", "visits", "--from", "2026-01-01"], "nothing to compare with"),
    (["drivers", "--kpi", "visits", "--from", "2031-01-01"], "there is no data from 2031-01-01"),
    (["drivers", "--kpi", "visits", "--compare", "none"], "say what to compare with"),
    (["changes", "--compare", "none"], "say what to compare with"),
    (["changes", "--from", "2031-01-01"], "there is no data from 2031-01-01"),
    (["changes", "--kpi", "nsp"], "Did you mean 'nps'"),
    (["alarms", "--kpi", "nsp"], "Did you mean 'nps'"),
    (["alarms", "--where", "channel=wbe"], "Did you mean 'web'"),
    (["extract"], "say which table"),
    (["extract", "ordres"], "Did you mean 'orders'"),
    (["cohorts", "--by", "week"], "there is no cohort grain 'week'; there is: month, quarter"),
    (["cohorts", "--by", "month,quarter"], "one grain of time, not of month, quarter"),
    (["cohorts", "--show", "curves"], "Did you mean 'curve'"),
    (["cohorts", "--from", "2031-01-01"], "there is no data from 2031-01-01"),
    (["flows", "--where", "device=phone"], "there is no dimension of first orders 'device'"),
    (["flows", "--where", "channel=wbe"], "Did you mean 'web'"),
    (["flows", "--by", "month"], "there is no option '--by'"),
    (["rollup", "--engine", "sparc"], "--engine: invalid choice"),
]


@pytest.mark.parametrize(("words", "answer"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_usage_gets_one_plain_line(typed: Typed, words: list[str], answer: str) -> None:
    for language in ("C.UTF-8", "zh_CN.UTF-8"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", language)
            out, err = typed(*words, code=2)
        assert out == ""
        assert err.count("\n") == 1
        assert language != "C.UTF-8" or answer in err
        assert language == "C.UTF-8" or re.search("[\u4e00-\u9fff]", err)


@pytest.mark.parametrize("comparison", [name for name in COMPARISONS if name != "festival"])
def test_days_at_the_ends_of_the_calendar_can_be_asked_for(typed: Typed, comparison: str) -> None:
    ends = ("--from", "0001-01-01", "--to", "9999-12-31", "--compare", comparison)
    rows = typed.rows("table", *ends)
    assert [row["kpi"] for row in rows] == list(catalogue())
    assert not any(row.get("previous") for row in rows)


def test_before_the_first_festival_there_is_nothing_to_compare_with(typed: Typed) -> None:
    _, err = typed("table", "--from", "0001-01-01", "--to", "9999-12-31", "--compare", "festival", code=2)
    assert err.startswith("there is nothing to compare with: a year before, the days around 618 (4999-06-18)")
    assert err.count("\n") == 1


def test_without_a_snapshot_the_way_to_one_is_told(typed: Typed, tmp_path: Path) -> None:
    typed.folder = ShopFolder(tmp_path / "shop")
    _, err = typed("table", code=1)
    assert "python -m connectors refresh" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(typed: Typed, command: str) -> None:
    out, err = typed(command, "--help")
    assert all(option in out for option in COMMANDS[command].options)
    assert err == ""
    assert main(["--help"]) == 0
    assert f"\n  {command}  " in typed.capture.readouterr().out, "told apart from what it does"
