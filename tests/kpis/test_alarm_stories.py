"""Alarms told once: what moves together is one story, the worst and clearest comes first."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from kpis.alarm_stories import stories
from kpis.alarms import Alarm
from kpis.catalogue import catalogue

MONDAY = dt.date(2026, 9, 21)
WEEK = dt.timedelta(days=7)
LONG_AGO = dt.date(2020, 1, 1)


def _alarm(kpi, sigmas=-5.0, *, week=0, weeks=1, direction="worse", channel=None):
    last = MONDAY + week * WEEK
    rule = "beyond" if weeks == 1 else "run"
    since = last - (weeks - 1) * WEEK
    return Alarm(
        catalogue()[kpi], channel, last, since, rule, direction, 0.7, 0.9, 0.8, 1.0, sigmas, 7.0, 10.0
    )


def _told(*alarms, since=LONG_AGO, channels=()):
    return [(story.alarm.kpi.id, len(story.others)) for story in stories(alarms, since, channels)]


def test_what_moves_together_is_told_once_and_a_headline_figure_before_sharper_ones():
    late, hours = _alarm("on_time_delivery"), _alarm("delivery_hours_p90", 11.0, week=-1)
    assert _told(hours, late, _alarm("on_time_delivery", channel="web")) == [("on_time_delivery", 2)]


def test_other_weeks_another_stage_and_the_other_way_are_stories_of_their_own():
    late = _alarm("on_time_delivery", -9.0)
    assert len(_told(late, _alarm("on_time_delivery", week=2))) == 2
    assert len(_told(late, _alarm("return_rate"))) == 2
    assert len(_told(late, _alarm("delivery_hours", direction="better"))) == 2
    assert len(_told(late, _alarm("on_time_delivery", weeks=9))) == 2


def test_the_worse_comes_first_then_single_weeks_then_the_furthest_from_the_ordinary():
    assert _told(
        _alarm("visits", 20.0, direction="changed"),
        _alarm("return_rate", 9.0, weeks=9),
        _alarm("nps", -4.0),
        _alarm("on_time_delivery", -7.0),
        _alarm("payment_success", 30.0, direction="better"),
    ) == [("on_time_delivery", 0), ("nps", 0), ("return_rate", 0), ("visits", 0), ("payment_success", 0)]


def test_what_is_long_over_and_other_channels_are_left_out():
    run = _alarm("return_rate", week=0, weeks=20)
    old = _alarm("on_time_delivery", week=-1)
    assert _told(run, old, since=MONDAY) == [("return_rate", 0)]
    assert _told(run, _alarm("nps", channel="app"), channels=("app",)) == [("nps", 0)]


@given(
    some.lists(
        some.builds(
            _alarm,
            some.sampled_from(["on_time_delivery", "delivery_hours", "return_rate", "visits"]),
            some.floats(3, 20),
            week=some.integers(-9, 0),
            weeks=some.sampled_from([1, 8]),
            direction=some.sampled_from(["worse", "better", "changed"]),
        )
    )
)
def test_every_alarm_belongs_to_exactly_one_story(alarms):
    found = stories(alarms, LONG_AGO)
    assert sum(1 + len(story.others) for story in found) == len(alarms)
