"""The evidence behind a number, recounted from the files of the small shop."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dashboard import data, evidence_lines, figures, verdicts
from dashboard.filters import Filters
from dashboard.safe import safe
from dashboard.view import Room
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.periods import Period
from tests.dashboard import small_shop
from tests.dashboard.test_allowances import _orders

RETURNS = catalogue()["return_rate"]
HAN = re.compile(r"[\u3400-\u9fff]")


def _room(pinned, options, filters=None, language="en"):
    return Room(pinned, data.manifest(pinned), options, filters or Filters(), Say(language, "CNY"), None)


def _told(room, kpi, extra=()):
    lines = evidence_lines.lines(room, kpi, extra, figures.one(room, kpi, extra))
    return {line.label: "\n".join(line.told) for line in lines}


def test_both_counts_are_those_of_the_files(pinned, options):
    orders = _orders(Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9)))
    told = _told(_room(pinned, options), RETURNS)
    assert told["Counts"] == f"**{orders['returned'].sum()}** of **{orders.height:,}**"
    assert "By Wilson's formula" in told["95% interval"]
    assert told["Target"] == "≤ 10.0%: Off target"
    assert told["Final or not"] == "These days are final: 30 days have passed since."
    assert "**shop**: Orders, Returns" in told["Data"]


def test_what_a_page_adds_narrows_the_number_beyond_the_filters(pinned, options):
    orders = _orders(Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9)), "web")
    room = _room(pinned, options, Filters(channels=("app",)))
    extra = (("channel", ("web",)),)
    assert _told(room, RETURNS, extra)["Counts"] == f"**{orders['returned'].sum()}** of **{orders.height:,}**"
    assert evidence_lines.scope(room, RETURNS, extra) == ["12 Jun – 9 Jul 2026", "Channel: Web store"]


def test_the_comparison_has_its_days_its_interval_and_its_verdict(pinned, options):
    told = _told(_room(pinned, options), RETURNS)["Compared with"]
    assert told.startswith("15 May – 11 Jun 2026: ")
    assert re.search(r"Change \+\d\.\d pp \(95%: \+\d\.\d pp to \+\d\.\d pp\): worse\.", told)


def test_days_that_may_still_change_say_until_when(pinned, options):
    custom = Filters(period="custom", custom=Period(dt.date(2026, 7, 20), dt.date(2026, 8, 5)))
    assert _told(_room(pinned, options, custom), RETURNS)["Final or not"] == "Provisional until 4 Sep 2026."


def test_a_filter_that_does_not_apply_is_named_instead_of_counts(pinned, options):
    room = _room(pinned, options, Filters(categories=("Tea",)))
    kpi = next(kpi for kpi in catalogue().values() if "category" not in kpi.dimensions)
    assert _told(room, kpi)["Counts"] == "not split by: Category"
    assert figures.one(room, kpi)[verdicts.UNCARRIED] == ("category",)
    assert figures.by(room, kpi, "channel").is_empty()


def test_few_people_are_not_even_counted(pinned, options):
    kpi = catalogue()["repurchase_rate_90d"]
    row = {"value": 0.5, "numerator": 4, "denominator": 8, "low": 0.2, "high": 0.8, "excluded": 3}
    lines = evidence_lines.lines(_room(pinned, options), kpi, (), row | {"coverage": 0.7, "status": "none"})
    told = "\n".join(text for line in lines for text in line.told if line.label in {"Counts", "Left out"})
    assert told == "Under 10 people: nothing of them is shown."
    assert "95% interval" not in {line.label for line in lines}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kpi", catalogue().values(), ids=lambda kpi: kpi.id)
def test_every_kpi_has_evidence_in_both_languages(pinned, options, kpi, language):
    told = _told(_room(pinned, options, language=language), kpi)
    assert {"en": {"Counts", "Definition"}, "zh": {"计数", "口径"}}[language] <= set(told)
    definition = told[{"en": "Definition", "zh": "口径"}[language]]
    for side in filter(None, (kpi.above, kpi.below)):
        assert side.in_language(language) in definition
    assert safe(kpi.follows.in_language(language), 200) in definition
    row = {"value": 0.5, "numerator": 5_000, "denominator": 10_000, "excluded": 865, "coverage": 0.9}
    lines = evidence_lines.lines(_room(pinned, options, language=language), kpi, (), row | {"status": "none"})
    (left_out,) = [line.told for line in lines if line.label in {"Left out", "排除"}]
    for why in kpi.excluded:
        assert why.words.in_language(language) in left_out[0]
    code = {"en": "[_`]", "zh": "[A-Za-z_`]"}[language]
    assert not re.search(code, left_out[0]), "the code is told by the definitions"
    if language == "en":
        assert not HAN.search("".join(told) + "".join(told.values()))


def test_a_total_over_weeks_is_the_sum_of_its_weeks(pinned, options):
    weeks = figures.over_time(_room(pinned, options), RETURNS)
    orders = _orders(Period(weeks["from"][0], weeks["to"][-1]))
    assert weeks.height == 13
    assert weeks["denominator"].sum() == orders.height
    assert weeks["numerator"].sum() == orders["returned"].sum()
    assert weeks.filter("final")["to"].max() <= options.last_day - dt.timedelta(days=30)
    assert "previous" not in weeks.columns
    assert "previous" in figures.over_time(_room(pinned, options, Filters(compare="year")), RETURNS).columns


def test_channels_add_up_to_the_counts_of_all(pinned, options):
    room = _room(pinned, options)
    channels, whole = figures.by(room, RETURNS, "channel"), figures.one(room, RETURNS)
    assert set(channels["channel"]) == set(small_shop.CHANNELS)
    assert channels["denominator"].sum() == whole["denominator"]
