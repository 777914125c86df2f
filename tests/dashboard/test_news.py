"""Changes and alarms are told in whole sentences, in both languages, with nothing from data left to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from connectors.business import Event
from connectors.text import Text
from dashboard.news import alarm_told, change_told
from dashboard.wording import Say
from kpis.alarms import Alarm
from kpis.catalogue import catalogue
from kpis.changes import Change
from kpis.contributions import Driver
from kpis.periods import Period

EN, ZH = Say("en", "CNY"), Say("zh", "CNY")
TITLES = {"market": Text("Marketplace", "电商平台")}
SALE = Event(Text("Double 11", "双11"), dt.date(2026, 11, 1), dt.date(2026, 11, 11), "promotion")
CHANGE = Change(
    kpi=catalogue()["return_rate"],
    period=Period(dt.date(2026, 10, 24), dt.date(2026, 11, 20)),
    before=Period(dt.date(2026, 9, 26), dt.date(2026, 10, 23)),
    row={"value": 0.094, "previous": 0.086, "change": 0.008},
    judgement="worse",
    driver=Driver("channel", "market", 0.006, 0.75),
    events=(SALE,),
)
ALARM = Alarm(
    kpi=catalogue()["on_time_delivery"],
    channel="market",
    week=dt.date(2026, 9, 21),
    since=dt.date(2026, 9, 21),
    rule="beyond",
    direction="worse",
    value=0.7867,
    centre=0.936,
    low=0.8494,
    high=1.0,
    sigmas=-5.2,
    numerator=59,
    denominator=75,
)


def test_a_change_is_told_with_its_slice_and_what_was_known() -> None:
    assert change_told(CHANGE, TITLES, EN) == (
        "Return rate, orders rose 0.8 pp to 9.4% (24 Oct – 20 Nov; before: 8.6%), mostly Marketplace "
        "(+0.6 pp of it). Known in these days: Double 11."
    )
    assert change_told(CHANGE, TITLES, ZH) == (
        "退货率上升 0.8 个百分点，至 9.4%（10 月 24 日–11 月 20 日；对比期 8.6%），主要来自电商平台"
        "（其中 +0.6 个百分点）。期间已知事件：双 11。"
    )


def test_a_spread_change_names_nobody_and_a_reversal_is_said() -> None:
    fell = replace(
        CHANGE, row={"value": 0.08, "previous": 0.086, "change": -0.006}, driver=None, events=(),
        reversed_by=("category",),
    )  # fmt: skip
    assert change_told(fell, TITLES, EN) == (
        "Return rate, orders fell 0.6 pp to 8.0% (24 Oct – 20 Nov; before: 8.6%). "
        "Split by Category, every part moved the other way: it is their mix that changed."
    )


def test_an_alarm_says_what_is_usual() -> None:
    assert alarm_told(ALARM, TITLES, EN) == (
        "On-time delivery, Marketplace was 78.7% in the week of 21 Sep 2026; "
        "it usually lies between 84.9% and 100.0%."
    )
    run = replace(ALARM, channel=None, rule="run", since=dt.date(2026, 8, 3), sigmas=-4.0, value=0.9)
    assert alarm_told(run, TITLES, ZH) == (
        "准时送达率连续 8 周（8 月 3 日–9 月 27 日）低于通常水平 93.6%：平均为 90.0%。"
    )


def test_what_comes_from_data_is_escaped() -> None:
    evil = "![x](http://evil.example)"
    titles = {"market": Text(evil, evil)}
    told = [
        change_told(replace(CHANGE, driver=Driver("category", evil, 0.006, 0.7)), TITLES, EN),
        alarm_told(replace(ALARM, events=(replace(SALE, title=Text(evil, evil)),)), titles, ZH),
    ]
    assert all("](" not in sentence.replace("\\]\\(", "") for sentence in told)
