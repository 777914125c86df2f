"""The message at the top: only real changes, worst first, and the slice only where it brings most of it."""

from __future__ import annotations

import datetime as dt

from connectors.business import Event
from connectors.text import Text
from dashboard.filters import Options
from dashboard.headline import because, few, judged, message, provisional, sentence, told, untold
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.changes import Change
from kpis.contributions import Driver
from kpis.periods import Period

EN, ZH = Say("en", "CNY"), Say("zh", "CNY")
DAY = dt.date(2026, 7, 9)
DAYS = Period(DAY, DAY)
TITLES = {"web": Text("Web store", "官网商城"), "market": Text("Marketplace", "电商平台")}
OPTIONS = Options(TITLES, {"web": "online", "market": "online"}, ("East",), DAY, DAY)
RETURNS, DELIVERY, NPS = (catalogue()[name] for name in ("return_rate", "on_time_delivery", "nps"))
MARKET = Driver("channel", "market", 0.004, 0.8)


def _change(kpi, change, judgement, **more):
    row = {"value": 0.126, "change": change, "change_low": change - 0.001, "change_high": change + 0.001}
    return Change(kpi, DAYS, DAYS, row, judgement, **more)


def test_the_heading_names_the_first_real_change_and_what_brings_it():
    changes = [
        _change(RETURNS, 0.005, "worse", driver=MARKET),
        _change(DELIVERY, 0.03, "better"),
        _change(NPS, 1.0, "no real change"),
    ]
    heading = message(changes, (), OPTIONS, EN, uncompared="")
    assert heading == "Return rate rose 0.5 pp, mainly Marketplace"
    assert message(changes, (), OPTIONS, ZH, uncompared="") == "退货率上升 0.5 个百分点，主要来自电商平台"
    assert [change.kpi.id for change in told(changes)] == ["return_rate", "on_time_delivery"]


def test_the_heading_names_the_only_channel_that_is_looked_at():
    changes = [_change(RETURNS, 0.005, "worse")]
    assert (
        message(changes, ("market",), OPTIONS, EN, uncompared="") == "Return rate rose 0.5 pp in Marketplace"
    )
    assert message(changes, ("market",), OPTIONS, ZH, uncompared="") == "电商平台的退货率上升 0.5 个百分点"


def test_figures_of_too_few_now_or_before_are_counted_by_themselves():
    """Of nothing counted, or of a comparison before the data, nobody says that it is few."""
    changes = [_change(kpi, 0.02, "not compared") for kpi in (RETURNS, DELIVERY, NPS, RETURNS)]
    counted = [(29, 400), (400, 29), (400, None), (0, 400)]
    for change, (now, before) in zip(changes, counted, strict=True):
        change.row.update({"denominator": now, "previous_denominator": before})
    assert few([*changes, _change(NPS, 1.0, "no real change")]) == 2


def test_the_list_says_to_what_and_how_much_of_it():
    line = sentence(_change(RETURNS, 0.005, "worse", driver=MARKET), OPTIONS, EN)
    assert line == "**Return rate** rose 0.5 pp to **12.6%**, mainly Marketplace (+0.4 pp of it)."
    line = sentence(_change(DELIVERY, -0.02, "worse"), OPTIONS, ZH)
    assert line == "**准时送达率**下降 2.0 个百分点，至 **12.6%**。"


def test_a_slice_that_does_not_say_what_it_is_has_its_dimension_before_it():
    buyers = Driver("customer_type", "new", 0.004, 0.8)
    assert message(
        [_change(RETURNS, 0.005, "worse", driver=buyers)], (), OPTIONS, EN, uncompared=""
    ).endswith("mainly New or returning: New")


def test_what_is_known_of_the_days_and_a_mix_that_hides_its_parts_are_told():
    strike = Event(Text("Strike [x](y)", "罢工"), DAY, DAY, "incident")
    known, hidden = because(_change(RETURNS, 0.005, "worse", events=(strike,), reversed_by=("channel",)), EN)
    assert known == "Known: Strike \\[x\\]\\(y\\)"
    assert "by Channel: their mix changed" in hidden


def test_what_happened_in_the_days_compared_with_is_told_as_such():
    """A figure that recovers from a strike did not rise because of the sale that came after it."""
    strike = Event(Text("Strike", "罢工"), DAY, DAY, "incident")
    sale = Event(Text("Sale", "大促"), DAY, DAY, "promotion")
    recovered = _change(RETURNS, 0.032, "better", events=(sale,), events_before=(sale, strike))
    assert because(recovered, EN) == ["Known: Sale", "In the days compared with: Strike"]
    assert because(recovered, ZH) == ["已知事件：大促", "对比期事件：罢工"]
    after = _change(RETURNS, 0.032, "better", events_before=(strike,))
    assert because(after, EN) == ["In the days compared with: Strike"]


def test_nothing_real_is_said_so():
    changes = [_change(NPS, 1.0, "no real change")]
    assert message(changes, (), OPTIONS, EN, uncompared="") == "No real change in the headline figures"


def test_what_may_be_chance_is_not_told_but_counted():
    changes = [_change(RETURNS, 0.005, "may be chance"), _change(NPS, 1.0, "no real change")]
    assert told(changes) == []
    assert (judged(changes, "may be chance"), judged(changes, "no real change")) == (1, 1)
    assert message(changes, (), OPTIONS, EN, uncompared="") == "No real change in the headline figures"


def test_of_many_real_changes_three_are_told_and_the_others_counted():
    changes = [_change(RETURNS, 0.005, "worse")] * 5
    assert (len(told(changes)), untold(changes)) == (3, 2)


def test_nothing_compared_or_not_final_claims_nothing():
    alone = [_change(NPS, 0.0, "not compared")]
    early = [_change(RETURNS, 0.5, "not compared", final_on=DAY)]
    for changes in (alone, early, []):
        assert message(changes, (), OPTIONS, EN, uncompared="2 of 5 miss") == "2 of 5 miss"
    assert provisional(early) == 1


def test_titles_of_channels_are_escaped():
    options = Options({"market": Text("![x](http://evil.example)", "坏")}, {}, (), DAY, DAY)
    heading = message([_change(RETURNS, 0.005, "worse", driver=MARKET)], (), options, EN, uncompared="")
    assert "](" not in heading.replace("\\]\\(", "")
