"""Cards: every state of a result in words, icons and colours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from statistics import NormalDist

import polars as pl
import pytest

from dashboard import page_title, verdicts
from dashboard.cards import card
from dashboard.overview_figures import Headline
from dashboard.spans import Shown
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.periods import Period
from tests.dashboard.test_evidence import _room

EN, ZH = Say("en", "CNY"), Say("zh", "CNY")
SHOWN = Shown(Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9)))
WEEKS = pl.DataFrame({"value": [0.1, 0.11, None, 0.12, 0.13], "denominator": [50.0, 60.0, 0.0, 70.0, 80.0]})
ROW = {
    "numerator": 78.0,
    "denominator": 672.0,
    "value": 0.1161,
    "low": 0.094,
    "high": 0.1425,
    "target": 0.10,
    "status": "bad",
    "previous": 0.0643,
    "change": 0.0518,
    "change_low": 0.021,
    "change_high": 0.083,
}
RETURNS = catalogue()["return_rate"]


def test_a_real_change_for_the_worse_is_orange_with_a_word_and_an_arrow():
    shown = card(RETURNS, ROW, WEEKS, SHOWN, EN)
    assert (shown.label, shown.value, shown.delta) == ("Return rate", "11.6%", "+5.2 pp")
    assert (shown.delta_colour, shown.delta_arrow, shown.delta_word) == ("orange", "up", "worse")
    assert (shown.status, shown.status_colour, shown.target) == ("Off target", "orange", "≤ 10.0%")
    assert (shown.days, shown.notes) == ("12 Jun – 9 Jul", ())
    assert shown.trend == (0.1, 0.11, 0.12, 0.13)


def test_the_same_card_in_chinese():
    shown = card(RETURNS, ROW, WEEKS, SHOWN, ZH)
    assert (shown.label, shown.value, shown.delta) == ("退货率", "11.6%", "+5.2 个百分点")
    assert (shown.delta_word, shown.status) == ("变差", "未达标")
    assert shown.days == "6/12–7/9"


def test_a_change_whose_interval_includes_nothing_is_no_real_change():
    shown = card(RETURNS, ROW | {"change_low": -0.001}, WEEKS, SHOWN, EN)
    assert (shown.delta_colour, shown.delta_arrow, shown.delta_word) == ("gray", "off", "no real change")


@pytest.mark.parametrize(
    ("kpi", "change", "verdict"),
    [
        ("return_rate", (0.01, 0.02), verdicts.WORSE),
        ("return_rate", (-0.02, -0.01), verdicts.BETTER),
        ("on_time_delivery", (0.01, 0.02), verdicts.BETTER),
        ("on_time_delivery", (-0.02, -0.01), verdicts.WORSE),
        ("on_time_delivery", (0.0, 0.02), verdicts.NO_REAL_CHANGE),
        ("identified_share", (0.01, 0.02), verdicts.CHANGED),
        ("on_time_delivery", (None, None), verdicts.NOT_JUDGED),
    ],
)
def test_every_change_has_its_verdict(kpi, change, verdict):
    low, high = change
    row = {"change": 0.015 if low is None or low >= 0 else -0.015, "change_low": low, "change_high": high}
    assert verdicts.of_change(catalogue()[kpi], row | {"denominator": 500}) == verdict


def test_a_change_that_known_history_alone_may_make_is_not_coloured():
    shown = card(RETURNS, ROW | {"burnt_in": True}, WEEKS, SHOWN, EN)
    assert (shown.delta_colour, shown.delta_arrow, shown.delta_word) == ("gray", "up", "short history")


def test_without_a_figure_before_nothing_is_claimed():
    shown = card(RETURNS, ROW | {"change": None, "previous": None}, WEEKS, SHOWN, EN)
    assert (shown.delta, shown.delta_word) == (None, None)


def test_few_orders_show_counts_and_no_rate_no_interval_and_no_change():
    row = ROW | {"numerator": 3.0, "denominator": 25.0}
    shown = card(RETURNS, row, WEEKS, SHOWN, EN)
    assert shown.value == "3 of 25"
    assert shown.delta is None
    assert shown.status == "Not judged"
    assert "interval" not in shown.help
    assert "too few for a figure (under 30)" in shown.notes


def test_few_before_or_now_leave_nothing_to_compare_with():
    days = replace(SHOWN, before=Period(dt.date(2026, 5, 15), dt.date(2026, 6, 11)))
    assert "Before" in card(RETURNS, ROW | {"previous_denominator": 30.0}, WEEKS, days, EN).help
    for few in ({"previous_denominator": 29.0}, {"denominator": 29.0}):
        shown = card(RETURNS, ROW | few, WEEKS, days, EN)
        assert "Before" not in shown.help
        assert (shown.delta, shown.delta_word) == (None, None)
    assert card(RETURNS, ROW | {"previous_denominator": 30.0}, WEEKS, days, EN).delta is not None


def test_the_thirtieth_order_shows_the_rate():
    assert card(RETURNS, ROW | {"denominator": 29.0}, WEEKS, SHOWN, EN).value == "78 of 29"
    assert card(RETURNS, ROW | {"denominator": 30.0}, WEEKS, SHOWN, EN).value == "11.6%"


def test_under_ten_customers_are_not_even_counted():
    kpi = catalogue()["repurchase_rate_90d"]
    shown = card(kpi, ROW | {"numerator": 3.0, "denominator": 9.0}, WEEKS, SHOWN, EN, identified=0.82)
    assert shown.value == "under 10"
    assert not {"3", "9"} & set(shown.value)
    assert "n =" not in shown.help
    assert card(kpi, ROW | {"numerator": 3.0, "denominator": 10.0}, WEEKS, SHOWN, EN).value == "3 of 10"


def test_customer_figures_say_how_many_orders_are_identified():
    kpi = catalogue()["repurchase_rate_90d"]
    assert "known customers: 82.0% of all orders" in card(kpi, ROW, WEEKS, SHOWN, EN, identified=0.82).help


def test_a_missing_table_is_named_with_who_usually_keeps_it():
    kpi = catalogue()["nps"]
    row = dict.fromkeys(ROW) | {"status": "missing: surveys"}
    shown = card(kpi, row, WEEKS.clear(), SHOWN, EN)
    assert shown.value == "–"
    assert shown.status == "Not judged"
    assert shown.notes[0] == "Needs surveys: a survey tool; a CSV file does as well"
    assert "a survey tool; a CSV file does as well" in shown.help
    assert "问卷工具" in card(kpi, row, WEEKS.clear(), SHOWN, ZH).help
    assert "chosen" not in shown.help
    assert "for what is chosen" in card(kpi, row, WEEKS.clear(), SHOWN, EN, is_narrowed=True).help


def test_among_several_a_change_may_be_chance():
    """Alone p = 0.03; among four with one other at 0.001 the limit is 2 / 4 of 5 %, alone it is all of it."""
    weak, strong = _moved(0.03, p=0.03), _moved(-0.04, p=0.001)
    others = [_moved(0.001, p=0.8), _moved(0.002, p=0.6)]
    judged = verdicts.of_changes([(RETURNS, row) for row in (weak, strong, *others)])
    assert judged == [verdicts.MAY_BE_CHANCE, verdicts.BETTER, *[verdicts.NO_REAL_CHANGE] * 2]
    assert verdicts.of_changes([(RETURNS, weak)]) == [verdicts.WORSE]
    assert verdicts.of_changes([(RETURNS, weak), (RETURNS, ROW | {"change": None})]) == [
        verdicts.WORSE,
        verdicts.NOT_COMPARED,
    ]


def test_a_change_that_may_be_chance_is_grey_and_explained():
    before = Period(dt.date(2026, 5, 15), dt.date(2026, 6, 11))
    shown = card(RETURNS, ROW, WEEKS, replace(SHOWN, before=before), EN, judged=verdicts.MAY_BE_CHANCE)
    assert (shown.delta_colour, shown.delta_arrow, shown.delta_word) == ("gray", "off", "may be chance")
    assert "among all figures of this page it may be chance" in shown.help


def _moved(change, p):
    """A result whose change has this p-value by a symmetric interval."""
    half = abs(change) * NormalDist().inv_cdf(0.975) / NormalDist().inv_cdf(1 - p / 2)
    return ROW | {"change": change, "change_low": change - half, "change_high": change + half}


def test_a_period_that_may_still_change_says_until_when():
    shown = card(RETURNS, ROW, WEEKS, Shown(SHOWN.period, dt.date(2026, 8, 8)), EN)
    assert "provisional until 8 Aug" in shown.notes


def test_too_few_weeks_draw_no_line():
    assert card(RETURNS, ROW, WEEKS.head(3), SHOWN, EN).trend == ()
    thin = WEEKS.with_columns(denominator=pl.lit(9.0))
    assert card(RETURNS, ROW, thin, SHOWN, EN).trend == ()


def test_help_holds_question_interval_count_and_what_was_before():
    before = Period(dt.date(2026, 5, 15), dt.date(2026, 6, 11))
    told = card(RETURNS, ROW, WEEKS, replace(SHOWN, before=before), EN).help
    assert RETURNS.question.en in told
    assert "95% interval: 9.4% to 14.2%." in told or "95% interval: 9.4% to 14.3%." in told
    assert "n = 672." in told
    assert "Before, 15 May – 11 Jun 2026: 6.4%." in told
    assert "Final after 30 days" in told


def test_a_heading_judges_no_more_figures_than_their_cards(pinned, options):
    """Five of fourteen came back: far above the target, and far too few to say so."""
    few = ROW | {"numerator": 5.0, "denominator": 14.0, "value": 5 / 14}
    missed, unjudged = (Headline(RETURNS, SHOWN, row, WEEKS, {}) for row in (ROW, few))
    room = _room(pinned, options)
    assert page_title.level(room, [missed, unjudged]) == "1 of 1 figure with a target misses it"
    assert page_title.level(room, [unjudged]) == "Return rate 5 of 14"
