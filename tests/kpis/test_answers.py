"""Answers from 0 to 10, by hand and as laws."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.answers import COLUMNS, SCORES, answers, bin_of, group_of
from kpis.errors import SliceError
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop
from tests.kpis.frames import drawn_tables, shop_of

MAY, JUNE = dt.date(2025, 5, 31), dt.date(2025, 6, 1)


def _answer(score: float | None, day: dt.date, **more: object) -> dict[str, object]:
    return {
        "kind": "nps",
        "score": score,
        "answered_day": day,
        "channel": "web",
        "touchpoint": "delivery",
    } | more


ROWS = [
    _answer(10, MAY), _answer(10, JUNE), _answer(9, JUNE), _answer(6, JUNE, channel="store"),
    _answer(0, JUNE, channel=None, touchpoint="pick-up"), _answer(None, JUNE, off_scale=True),
    _answer(5, JUNE, kind="csat"),
]  # fmt: skip


@pytest.fixture
def shop() -> Shop:
    return shop_of(survey_facts=ROWS)


def test_each_answer_counts_once_with_its_group(shop: Shop) -> None:
    told = answers(shop)
    assert told.columns == list(COLUMNS)
    assert dict(told.filter(pl.col("answers") > 0).select("score", "answers").rows()) == {
        0: 1,
        6: 1,
        9: 1,
        10: 2,
    }
    assert told["all_answers"].unique().to_list() == [5]
    assert told["share"].sum() == pytest.approx(1)
    groups = told.group_by("group").agg(pl.col("score").sort()).rows()
    assert dict(groups) == {"detractor": [0, 1, 2, 3, 4, 5, 6], "passive": [7, 8], "promoter": [9, 10]}


def test_days_and_slices_narrow_the_answers(shop: Shop) -> None:
    assert answers(shop, JUNE, JUNE)["answers"].sum() == 4
    assert answers(shop, where={"channel": ["store"]}).filter(pl.col("answers") > 0)["score"].to_list() == [6]
    assert answers(shop, where={"channel": [""]})["answers"].sum() == 1, "the empty value stands for unknown"
    assert answers(shop, dt.date(2026, 1, 1)).is_empty()


def test_a_split_has_eleven_rows_per_value_and_adds_up(shop: Shop) -> None:
    told = answers(shop, by="channel")
    slices = told.group_by("channel", maintain_order=True).agg(pl.len(), pl.col("all_answers").first())
    assert slices.rows() == [("store", 11, 1), ("web", 11, 3), (None, 11, 1)]
    assert told["answers"].sum() == answers(shop)["answers"].sum()


def test_what_answers_do_not_have_is_refused(shop: Shop) -> None:
    with pytest.raises(SliceError, match="category"):
        answers(shop, by="category")
    with pytest.raises(SliceError, match="channel=wbe"):
        answers(shop, where={"channel": ["wbe"]})


@given(st.floats(0, 10))
def test_a_bin_lies_in_the_group_of_its_answers(score: float) -> None:
    frame = pl.DataFrame({"score": [score]}).with_columns(bin=bin_of(pl.col("score")))
    (told,) = frame.select(own=group_of(pl.col("score")), of_bin=group_of(pl.col("bin"))).rows()
    assert told[0] == told[1]
    assert frame["bin"][0] in SCORES
    assert abs(frame["bin"][0] - score) <= 1


@pytest.mark.parametrize("seed", [1, 2])
def test_promoters_minus_detractors_are_the_published_score(seed: int) -> None:
    shop = shop_of(**drawn_tables(seed))
    told = answers(shop)
    shares = dict(told.group_by("group").agg(pl.col("share").sum()).rows())
    published = evaluate(shop, Query(("nps",))).row(0, named=True)
    assert 100 * (shares["promoter"] - shares["detractor"]) == pytest.approx(published["value"])
    assert told["answers"].sum() == published["denominator"]
