"""Targets: which one holds for a row, and how far off counts as near."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from connectors.business import Business, Channel, Target
from connectors.manifest import ChannelEntry
from connectors.text import Text
from kpis.errors import SliceError, UnknownKpiError
from kpis.evaluate import Query, evaluate
from kpis.targets import status_of
from tests.kpis.frames import FIRST, manifest, shop_of


def _target(**said: Any) -> Target:
    return replace(Target("nps", {}, None, None, at_least=None, at_most=None), **said)


WEB = Channel("web", "online", Text("web", "web"))
TILL = ChannelEntry("till", "unknown", Text("till", "till"))
SURVEYS = [
    {"answered_day": FIRST, "kind": "nps", "score": 10.0, "channel": "web", "region": "north"},
    {"answered_day": FIRST, "kind": "nps", "score": 8.0, "channel": "store", "region": "north"},
]


@pytest.mark.parametrize(
    ("value", "said", "status"),
    [
        (0.95, {"at_least": 0.95}, "good"),
        (0.94, {"at_least": 0.95, "near": 0.02}, "near"),
        (0.92, {"at_least": 0.95, "near": 0.02}, "bad"),
        (0.94, {"at_least": 0.95}, "bad"),
        (10.0, {"at_most": 12.0}, "good"),
        (13.0, {"at_most": 12.0, "near": 1.0}, "near"),
        (14.0, {"at_most": 12.0, "near": 1.0}, "bad"),
    ],
)
def test_status_of_a_value(value: float, said: dict[str, float], status: str) -> None:
    assert status_of(value, _target(**said)) == status


def test_the_most_specific_target_holds() -> None:
    targets = (
        _target(at_least=40.0),
        _target(at_least=90.0, where={"channel": "web"}),
        _target(at_least=99.0, where={"channel": "web", "region": "south"}),
    )
    shop = shop_of(Business(targets=targets), survey_facts=SURVEYS)
    whole = evaluate(shop, Query(("nps",))).row(0, named=True)
    assert (whole["target"], whole["status"]) == (40, "good")
    split = evaluate(shop, Query(("nps",), by=("channel",)))
    assert split.select("channel", "target", "status").rows() == [("store", 40, "bad"), ("web", 90, "good")]
    kept = evaluate(shop, Query(("nps",), where=(("channel", ("web",)),)))
    assert kept["target"].to_list() == [90]
    either = evaluate(shop, Query(("nps",), where=(("channel", ("web", "store")),)))
    assert either["target"].to_list() == [40]


def test_a_target_holds_on_its_days() -> None:
    targets = (
        _target(at_least=10.0, end=dt.date(2024, 1, 31)),
        _target(at_least=20.0, start=dt.date(2024, 2, 1), end=dt.date(2024, 2, 29)),
        _target(at_most=30.0, start=dt.date(2024, 4, 1)),
    )
    shop = shop_of(Business(targets=targets), survey_facts=SURVEYS)
    rows = evaluate(shop, Query(("nps",), FIRST, dt.date(2024, 4, 30), by=("month",)))
    assert rows["target"].to_list() == [10, 20, None, 30]
    assert rows["status"].to_list() == ["good", "none", "none", "none"]


@pytest.mark.parametrize(
    ("said", "error", "answer"),
    [
        (
            {"targets": (_target(kpi="nsp", at_least=1.0),)},
            UnknownKpiError,
            r"^there is no KPI 'nsp' \(business.toml, \[\[targets\]\]\); .* Did you mean 'nps'\?$",
        ),
        (
            {"targets": (_target(at_least=1.0, where={"chanel": "web"}),)},
            SliceError,
            r"^there is no dimension 'chanel' \(business.toml, \[\[targets\]\]\); .* mean 'channel'\?$",
        ),
        (
            {"targets": (_target(at_least=1.0, where={"channel": "wbe"}),)},
            SliceError,
            r"^there is no channel 'wbe' \(business.toml, \[\[targets\]\]\); there is: till, web.* 'web'\?$",
        ),
        (
            {"margins": {"npss": 1.0}},
            UnknownKpiError,
            r"^there is no KPI 'npss' \(business.toml, \[margins\]\); .* Did you mean 'nps'\?$",
        ),
    ],
)
def test_what_business_toml_misnames_is_refused_with_the_nearest(
    said: dict[str, Any], error: type[Exception], answer: str
) -> None:
    with pytest.raises(error, match=answer):
        shop_of(Business(channels=(WEB,), **said), manifest(channels=(TILL,)))


def test_a_target_may_name_a_channel_that_no_setting_knows() -> None:
    target = _target(at_least=1.0, where={"channel": "till"})
    assert shop_of(Business(channels=(WEB,), targets=(target,)), manifest(channels=(TILL,)))
