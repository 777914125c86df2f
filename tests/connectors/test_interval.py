"""Times between rounds are read as people type them; anything else is answered with examples."""

from __future__ import annotations

import datetime as dt

import pytest

from connectors.errors import UsageError
from connectors.interval import interval


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("30s", 30), ("15m", 900), ("2h", 7200), ("1d", 86_400), ("1s", 1), ("90m", 5400), ("31d", 2_678_400)],
)
def test_a_number_and_a_unit_are_a_time(given: str, seconds: int) -> None:
    assert interval(given) == dt.timedelta(seconds=seconds)


NONSENSE = [
    "",
    "15",
    "m",
    "0m",
    "-5m",
    "1.5h",
    "15 m",
    "15M",
    "1h30m",
    "15min",
    "often",
    "１５m",
    "m15",
    "15m\n",
]


@pytest.mark.parametrize("given", NONSENSE)
def test_nonsense_is_answered_with_examples_in_both_languages(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        interval(given)
    for words in (caught.value.text.en, caught.value.text.zh):
        assert all(example in words for example in ("30s", "15m", "2h", "1d"))
        assert given in words


@pytest.mark.parametrize("given", ["32d", "745h", "9999999d"])
def test_more_than_a_month_is_no_rhythm(given: str) -> None:
    with pytest.raises(UsageError, match="31d or less"):
        interval(given)
