"""The Voice page: answers are those of the files, comments stay in the house unless a setting allows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from dashboard import (
    answers_panel,
    comments_panel,
    customer_data,
    figures,
    palette,
    small_groups,
    split_choice,
    worst_pair,
)
from dashboard.charts.answers import spread, spread_by
from dashboard.filters import Filters
from dashboard.wording import Say
from kpis.answers import COLUMNS, SCORES
from kpis.catalogue import catalogue
from kpis.peers import peers
from kpis.periods import Period
from tests.dashboard import small_shop
from tests.dashboard.opened import HAN, VIEWS, every_language, look_at, open_page, spoken
from tests.dashboard.test_evidence import _room
from tests.dashboard.worlds import EVIL

VOICE = VIEWS["voice"]
NPS = catalogue()["nps"]
SAY = Say("en", "CNY")
parts = pytest.mark.parametrize("part", ["score", "asked", "reviews", "comments"])
STORY = {
    "placed_day": dt.date(2026, 6, 1), "days_late": None, "damaged": False, "reason": None,
    "returned_day": None, "refund_hours": None, "complained": False, "contacted": False,
}  # fmt: skip


def _answers() -> pl.DataFrame:
    """The answers of the last 28 days, from the files."""
    day = pl.col("answered_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    last = dt.date(2026, 8, 8)
    surveys = small_shop.tables()["surveys"].with_columns(day=day)
    return surveys.filter(pl.col("day").is_between(last - dt.timedelta(days=27), last))


def test_the_bars_are_the_answers_of_the_files(pinned, options):
    room, found = _room(pinned, options), _answers()
    rows = customer_data.answers(pinned, figures.days(room, NPS).period, None, ())
    assert dict(rows.filter(pl.col("answers") > 0).select("score", "answers").rows()) == dict(
        found["score"].cast(pl.Int64).value_counts().rows()
    )
    drawn = spread(rows, SAY)
    assert list(drawn.figure.data[0].x) == list(SCORES)
    assert sum(drawn.figure.data[0].y) == pytest.approx(1)
    colours = dict(zip(SCORES, drawn.figure.data[0].marker.color, strict=True))
    assert (colours[6], colours[8], colours[9]) == (palette.WORSE, palette.UNCHANGED, palette.BETTER)
    promoters = 100 * (found["score"] >= 9).mean()
    assert answers_panel.message(room, rows).startswith(f"{promoters:.1f}% promoters")


def test_pairs_are_those_of_the_files(pinned, options):
    room = _room(pinned, options)
    regions = small_shop.tables()["orders"].select("order_id", "region")
    points = 100 * ((pl.col("score") >= 9).cast(pl.Int64) - (pl.col("score") <= 6).cast(pl.Int64))
    counted = (
        _answers()
        .join(regions, on="order_id")
        .group_by("channel", "region")
        .agg(pl.len(), score=points.mean())
        .filter(pl.col("len") >= 30)
    )
    found = worst_pair.pairs(room, NPS)
    own = found.filter(first_dimension="channel", second_dimension="region")
    assert {row[:3]: pytest.approx(row[3]) for row in counted.rows()} == {
        row[:3]: row[3] for row in own.select("first", "second", "denominator", "value").rows()
    }
    assert found.select("first", "second").null_count().row(0) == (0, 0)
    assert found["denominator"].min() >= 30
    dimensions = found.select("first_dimension", "second_dimension").unique().rows()
    assert set(dimensions) <= {
        ("channel", "region"),
        ("channel", "customer_type"),
        ("region", "customer_type"),
    }


def _pairs(*scores: float) -> pl.DataFrame:
    """Pairs of these values, each 10 points sure."""
    numbers = [(str(place), score, score - 10, score + 10) for place, score in enumerate(scores)]
    rows = pl.DataFrame(numbers, ["first", "value", "low", "high"], orient="row")
    ends = {"first_dimension": pl.lit("touchpoint"), "second_dimension": pl.lit("region")}
    return rows.with_columns(**ends, second=pl.lit("South"), denominator=pl.lit(200.0))


def test_the_worst_pair_is_told_where_chance_among_all_pairs_is_ruled_out(pinned, options):
    """Being 13 points behind is more than chance explains of four pairs, but not of twenty."""
    room = _room(pinned, options)
    told = worst_pair.sentence(room, NPS, peers(NPS, _pairs(39, 41, 40, 40, 12, 15)))
    assert told.startswith("Of 6 pairs of Channel, ")
    assert "the worst is **4 · South**: 12.0 (2.0 to 22.0, n = 200)" in told
    assert "median of 39.5" in told
    among_few = worst_pair.sentence(room, NPS, peers(NPS, _pairs(40, 40, 40, 27)))
    assert "the worst is" in among_few
    among_many = worst_pair.sentence(room, NPS, peers(NPS, _pairs(*[40] * 19, 27)))
    assert among_many.endswith("none is worse than the median of 40.0 by more than chance.")


def test_a_line_of_few_answers_is_counted_and_of_very_few_hidden():
    totals = {"web": 200, "app": 25, "store": 9, "market": 30}
    rows = pl.DataFrame(
        [
            {"channel": channel, "score": score, "group": "passive", "answers": total if score == 8 else 0,
             "all_answers": total, "share": float(score == 8)}
            for channel, total in totals.items()
            for score in SCORES
        ]
    )  # fmt: skip
    told = small_groups.answers(rows, "channel")
    small = {line["channel"]: line["small"] for line in told.iter_rows(named=True)}
    assert small == {"web": "shown", "app": "hidden", "store": "hidden", "market": "shown"}
    drawn = spread_by(told, "channel", dict.fromkeys(totals, EVIL), "Channel", SAY)
    heat = drawn.figure.data[0]
    assert heat.z[0][8] == 1
    assert list(heat.text[1]) == list(heat.text[2]) == [""] * 11
    assert [label.rsplit("  ", 1)[1] for label in drawn.figure.layout.yaxis.ticktext] == [
        "200",
        "few",
        "few",
        "30",
    ]
    assert "<script" not in drawn.figure.to_json()
    assert "answers" in COLUMNS


def test_answers_are_split_by_touchpoint_too_but_not_by_what_they_do_not_carry(pinned, options):
    found = split_choice.splits(_room(pinned, options), NPS)
    assert found[-1] == "touchpoint"
    assert "category" not in found


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "nothing recorded"),
        ({"placed_day": None}, "order not known"),
        ({"days_late": -1}, "in time"),
        ({"days_late": 2, "damaged": True, "contacted": True}, "2 days late, arrived damaged, asked service"),
        (
            {"days_late": 0, "returned_day": dt.date(2026, 6, 9), "reason": "size", "refund_hours": 50.0},
            "in time, returned: size, refund took 50.0 h",
        ),
        ({"returned_day": dt.date(2026, 6, 9), "complained": True}, "returned, complained"),
    ],
)
def test_a_story_says_what_happened(changes, told):
    assert comments_panel.happened(STORY | changes, SAY) == told
    assert HAN.search(comments_panel.happened(STORY | changes, Say("zh", "CNY")))


def test_a_filter_that_answers_do_not_have_is_named(pinned, options):
    assert answers_panel.uncarried(_room(pinned, options, Filters(categories=("Tea",)))) == ("category",)


@parts
@every_language
@pytest.mark.usefixtures("at_home")
def test_every_part_of_the_page_runs_and_speaks_one_language(part, language):
    page = open_page(VOICE, language, part=part, by="region")
    assert not page.exception
    assert not page.error
    assert not page.warning
    if language == "en":
        assert not [text for text in spoken(page) if HAN.search(text)]
    if part == "comments":
        assert "comments = true" in " ".join(spoken(page))
        assert not [shown for shown in page.dataframe if {"Comment", "留言"} & set(shown.value.columns)]


@pytest.mark.parametrize("by", ["channel", "store", "touchpoint", "customer_type"])
@pytest.mark.usefixtures("at_home")
def test_the_answers_are_shown_by_every_dimension(by):
    page = open_page(VOICE, by=by)
    assert not page.exception
    assert not page.error
    assert page.selectbox(key="by").value == by


@pytest.fixture(scope="module")
def outspoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shop with comments, which its settings allow."""
    folder = tmp_path_factory.mktemp("outspoken")
    small_shop.write_tables(folder / "files")
    surveys = folder / "files" / "surveys.csv"
    words = pl.lit(EVIL + " call 13800138000")
    pl.read_csv(surveys, infer_schema=False).with_columns(comment=words).write_csv(surveys)
    allowed = small_shop.BUSINESS + "[extracts]\ncomments = true\n"
    small_shop.write_settings(folder / "config", folder / "files", allowed)
    assert not refresh(load_settings(folder / "config", folder / "data")).failed
    return folder


@every_language
def test_comments_are_shown_where_a_setting_allows_them_as_short_masked_text(
    language, outspoken, monkeypatch
):
    look_at(outspoken, monkeypatch)
    page = open_page(VOICE, language, part="comments")
    assert not page.exception
    shown = page.dataframe[-1].value
    detractors = (_answers()["score"] <= 6).sum()
    assert len(shown) == detractors > 0
    comments = shown["Comment" if language == "en" else "留言"]
    assert all(len(comment) <= 300 and "\u202e" not in comment for comment in comments)
    assert not any("13800138000" in comment for comment in comments)


def test_days_of_ones_own_are_those_of_the_answers(pinned, options):
    june = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
    room = _room(pinned, options, Filters(period="custom", custom=june))
    day = pl.col("answered_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    found = small_shop.tables()["surveys"].filter(day.is_between(june.start, june.end))
    rows = customer_data.answers(pinned, figures.days(room, NPS).period, "channel", ())
    assert rows["answers"].sum() == found.height
