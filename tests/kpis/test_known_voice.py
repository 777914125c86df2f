"""What customers say, on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from statistics import stdev
from typing import Any

import pytest

from tests.kpis.frames.voice import invitation_days
from tests.kpis.told import january, says, tell

FEBRUARY = dt.date(2025, 2, 1)


def answer(kind: str, score: float | None, **columns: Any) -> dict[str, Any]:
    return {"kind": kind, "score": score, "answered_day": january(7), "invited_day": january(6)} | columns


def test_satisfaction_counts_fours_and_fives_of_five() -> None:
    surveys = [
        *(answer("csat", score) for score in (1.0, 3.0, 4.0, 5.0, 5.0)),
        answer("csat", None, off_scale=True),
        answer("csat", None, answered_day=None),
        answer("csat", 5.0, answered_day=FEBRUARY),
        answer("ease", 5.0),
        answer("nps", 5.0),
    ]
    says(tell("satisfaction", survey_facts=surveys), 3, 5, 0.6, 1)


def test_ease_is_a_mean_from_1_to_7() -> None:
    scores = [7.0, 7.0, 6.0, 2.0]
    surveys = [
        *(answer("ease", score) for score in scores),
        answer("ease", None, off_scale=True),
        answer("csat", 1.0),
    ]
    told = tell("ease", survey_facts=surveys)
    says(told, 22, 4, 5.5, 1)
    assert told["value"] - told["low"] == pytest.approx(1.959964 * stdev(scores) / 2)
    assert told["high"] == 7, "an interval ends where the scale does"
    low = tell("ease", survey_facts=[answer("ease", score) for score in (1.0, 1.0, 2.0)])["low"]
    assert low == 1


def test_survey_response_rate_is_dated_by_the_invitation() -> None:
    surveys = [
        answer("nps", 9.0),
        answer("csat", None, off_scale=True, answered_day=FEBRUARY),
        answer("ease", None, answered_day=None),
        answer("nps", None, answered_day=None),
        answer("nps", 9.0, invited_day=FEBRUARY),
        answer("nps", 9.0, invited_day=None),
    ]
    told = tell("survey_response_rate", invitation_days=invitation_days(surveys))
    says(told, 2, 4, 0.5, 1)
    assert told["coverage"] == pytest.approx(4 / 5)


REVIEWS = [
    *({"created_day": january(8), "stars": stars} for stars in (1, 2, 3, 4, 5, 5, 5, 5)),
    {"created_day": FEBRUARY, "stars": 1},
]


def test_good_review_rate() -> None:
    says(tell("good_review_rate", review_facts=REVIEWS), 5, 8, 5 / 8, 0)


def test_bad_review_rate_leaves_three_stars_between() -> None:
    says(tell("bad_review_rate", review_facts=REVIEWS), 2, 8, 0.25, 0)
