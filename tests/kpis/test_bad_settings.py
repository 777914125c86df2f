"""What business.toml gets wrong about KPIs: one plain line each, before any figure is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.catalogue import catalogue
from kpis.commands import main
from kpis.index_groups import DEFAULT_WEIGHTS
from kpis.shop import shop_of
from tests.connectors.shopfolder import BUSINESS, ShopFolder


def _target(more: str, kpi: str = "on_time_delivery") -> str:
    return f'[[targets]]\nkpi = "{kpi}"\n{more}\n'


WRONG = {
    "a target of no KPI": (_target("at_least = 0.9", "on_time"), "there is no KPI 'on_time'.*'on_time_deliv"),
    "a margin of no KPI": ("[margins]\nnsp = 8\n", r"there is no KPI 'nsp' .*\[margins\].*mean 'nps'\?$"),
    "no such dimension": (
        _target('at_least = 0.9\nwhere = { chanel = "web" }'),
        r"where has no setting 'chanel'; there is: .* mean 'channel'\?$",
    ),
    "a dimension the KPI does not carry": (
        _target('at_least = 4\nwhere = { tier = "gold" }', "visits"),
        r"^visits cannot be split by tier \(business.toml, \[\[targets\]\]\); it can by: channel,",
    ),
    "no such channel": (
        _target('at_least = 0.9\nwhere = { channel = "wbe" }'),
        r"there is no channel 'wbe' .* mean 'web'\?$",
    ),
    "neither floor nor ceiling": (_target(""), "needs the setting 'at_least' or 'at_most'"),
    "floor above ceiling": (_target("at_least = 0.9\nat_most = 0.8"), "must not be above 'at_most'"),
    "percent for a fraction": (
        _target("at_least = 95"),
        r"^'at_least' is 95 for on_time_delivery .*; it must be from 0 to 1. Did you mean 0.95\?$",
    ),
    "a fraction below 0": (_target("at_most = -0.1"), r"'at_most' is -0.1 .* must be from 0 to 1.$"),
    "hours below 0": (_target("at_most = -2", "refund_hours"), "'at_most' is -2 .* must be 0 or more.$"),
    "more points than there are": (_target("at_least = 101", "nps"), "must be from -100 to 100.$"),
    "near below 0": (_target("at_least = 0.9\nnear = -0.01"), "'near' is -0.01; it must be 0 or more.$"),
    "near wider than the scale": (_target("at_least = 0.9\nnear = 2"), "'near' is 2 .* Did you mean 0.02"),
    "days backwards": (
        _target("at_least = 0.9\nfrom = 2026-02-01\nto = 2026-01-01"),
        r"'from' \(2026-02-01\) must not be after",
    ),
    "a margin of a KPI that is never compared": (
        "[margins]\nrepurchase_rate_30d = 0.02\n",
        r"^repurchase_rate_30d is never compared .*\[margins\]\); these have: .* mean 'repurchase_rate_",
    ),
    "a margin of 0": ("[margins]\nnps = 0\n", r"the margin of nps is 0 .*\[margins\].* above 0.$"),
    "a margin of money in money": (
        "[margins]\naverage_order_value = 10\n",
        r"'average_order_value' is 10 .* must be from 0 to 1. Did you mean 0.1\?$",
    ),
    "a margin below 0": ("[margins]\nnps = -8\n", "'nps' is -8; it must be 0 or more.$"),
    "a margin in percent": ("[margins]\nreturn_rate = 2\n", "'return_rate' is 2 .* Did you mean 0.02"),
    "a margin that is no number": ('[margins]\nnps = "8"\n', "'nps' must be a number"),
    "a weight below 0": ("[weights]\ndeliver = -1\n", "'deliver' is -1; it must be 0 or more.$"),
    "a weight of no group": (
        "[weights]\ndelivery = 20\n",
        r"^there is no index group 'delivery' \(business.toml, \[weights\]\); .*: after, .* 'deliver'\?$",
    ),
    "no weight at all": (
        "[weights]\n" + "".join(f"{group} = 0\n" for group in DEFAULT_WEIGHTS),
        r"^all weights are 0 \(business.toml, \[weights\]\); the consistency index needs one above 0.$",
    ),
    "no such channel is meant to differ": (
        '[[intended_differences]]\nwhat = "channel"\nvalue = "wbe"\n',
        r"there is no channel 'wbe' .*\[\[intended_differences\]\].* mean 'web'\?$",
    ),
}
RIGHT = {
    "points below 0": _target("at_least = -20\nnear = 150", "nps"),
    "both ends of a share": _target("at_least = 0") + _target("at_most = 1", "return_rate"),
    "a weight above 1": "[weights]\ndeliver = 20\nprice = 0\n",
    "a slice its KPI carries": _target('at_least = 0.9\nwhere = { channel = "web", region = "east" }'),
    "minutes beyond any day": _target("at_most = 5000\nnear = 90", "refund_hours"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    made = ShopFolder(tmp_path_factory.mktemp("bad settings") / "shop")
    refresh(load_settings(made.config, made.data))
    return made


def _typed(folder: ShopFolder, *more: str) -> int:
    places: tuple[str | Path, ...] = ("--config", folder.config, "--data", folder.data)
    return main(["table", "--kpi", "visits", *map(str, places), *more])


@pytest.mark.parametrize(("setting", "answer"), WRONG.values(), ids=WRONG)
def test_each_gets_one_plain_line(
    folder: ShopFolder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    answer: str,
) -> None:
    folder.settle(business=BUSINESS + setting)
    for language in ("C.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        assert _typed(folder) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        if language == "C.UTF-8":
            assert re.search(answer, said.err.strip()), said.err
        else:
            assert re.search("[\u4e00-\u9fff]", said.err)


@pytest.mark.parametrize("setting", RIGHT.values(), ids=RIGHT)
def test_what_can_be_meant_is_taken(
    folder: ShopFolder, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    folder.settle(business=BUSINESS + setting)
    assert _typed(folder) == 0
    assert capsys.readouterr().err == ""


def test_every_comparable_kpi_weighs_in_a_group_that_exists() -> None:
    groups = {kpi.comparable.group for kpi in catalogue().values() if kpi.comparable}
    assert groups <= set(DEFAULT_WEIGHTS)
    assert sum(DEFAULT_WEIGHTS.values()) == 100


def test_every_margin_of_the_catalogue_may_be_set_as_it_is(
    folder: ShopFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    margins = {name: kpi.comparable.margin for name, kpi in catalogue().items() if kpi.comparable}
    margins |= {name: 0.02 for name, kpi in catalogue().items() if kpi.agreement}
    lines = "\n".join(f"{name} = {margin}" for name, margin in margins.items())
    folder.settle(business=f"{BUSINESS}[margins]\n{lines}\n")
    assert _typed(folder) == 0
    assert capsys.readouterr().err == ""


def test_check_tells_every_fault_and_leaves_the_rest_in_force(
    folder: ShopFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    slips = _target("at_least = 0.9", "on_tme_delivery") + _target("at_least = 95")
    right = _target("at_most = 0.1", "return_rate") + "[margins]\nnsp = 8\nnps = 8\n[weights]\ndelivery = 1\n"
    folder.settle(business=BUSINESS + slips + right)
    places = ("--config", str(folder.config), "--data", str(folder.data))
    assert main(["check", *places]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.count("Did you mean") for line in told] == [1, 1, 1, 1]
    assert all(len(line) < 200 for line in told)
    with shop_of(load_settings(folder.config, folder.data), faults=[]) as shop:
        assert [fault.text.en for fault in shop.faults] == told
        given = load_settings(folder.config, folder.data).business
        assert shop.business.targets == (*given.targets[:-3], given.targets[-1])
        assert (shop.business.margins, shop.business.weights) == ({"nps": 8.0}, {})
    folder.settle(business=BUSINESS)
    assert main(["check", *places]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_target_for_a_shop_that_no_row_has_is_told_and_stays(
    folder: ShopFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    folder.settle(business=BUSINESS + _target('at_least = 4\nwhere = { region = "eats" }', "visits"))
    said = r"^there is no region 'eats' \(business.toml, \[\[targets\]\]\); there is: .*\.\n$"
    assert _typed(folder) == 0
    assert re.search(said, capsys.readouterr().err)
    assert main(["check", "--config", str(folder.config), "--data", str(folder.data)]) == 2
    assert re.search(said, capsys.readouterr().err)
    with shop_of(load_settings(folder.config, folder.data), faults=[]) as shop:
        assert [fault.text.en.count("'eats'") for fault in shop.faults] == [1]
        assert shop.business.targets[-1].where == {"region": "eats"}


def test_before_the_first_snapshot_no_channel_is_called_wrong(
    folder: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.settle(business=BUSINESS + _target('at_least = 0.9\nwhere = { channel = "wbe" }'))
    assert main(["check", "--config", str(folder.config), "--data", str(tmp_path / "none")]) == 0
    assert main(["check", "--config", str(folder.config), "--data", str(folder.data)]) == 2
    assert "'wbe'" in capsys.readouterr().err
