"""A figure does not change after it is called final: no part looks further ahead than the lag."""

from __future__ import annotations

import re

import pytest

from connectors.facts import FACTS, Facts, days_ahead_of
from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from kpis.profiles import asked_kpi, platforms

TOLD = re.compile(r"_(\d+)d$|within (\d+) (?:calendar )?days")
FOLLOWED = re.compile(r"days_to_next <= (\d+)")
COLUMNS = [
    pytest.param(table, column, id=f"{name}-{column}")
    for name, table in FACTS.items()
    for column in table.column_names()
]
EVERY = [
    *(
        pytest.param(kpi.on(basis), id=f"{name}-{basis}")
        for name, kpi in catalogue().items()
        for basis in ("cohort", "event")
        if kpi.on(basis) is not kpi or basis == "cohort"
    ),
    *(
        pytest.param(asked_kpi(name, profile=profile), id=f"{name}-{profile}")
        for profile, platform in platforms().items()
        for name in platform.variants
    ),
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_that_speaks_of_days_ahead_declares_them(table: type[Facts], column: str) -> None:
    kind = table.columns()[column]
    found = TOLD.findall(column) + TOLD.findall(kind.description or "")
    assert {int(first or second) for first, second in found} <= {days_ahead_of(table).get(column)}


def _days_ahead(kpi: Kpi) -> int:
    """The longest time after the day of a row in which something still counts for it."""
    days = [0]
    for measure in kpi.measures.values():
        read = set(re.findall(r"\w+", measure.words))
        days += [ahead for column, ahead in days_ahead_of(measure.facts).items() if column in read]
        days += [int(number) for number in FOLLOWED.findall(measure.words)]
    return max(days)


@pytest.mark.parametrize("kpi", EVERY)
def test_nothing_counts_any_more_once_a_figure_is_final(kpi: Kpi) -> None:
    assert _days_ahead(kpi) <= kpi.lag_days + kpi.lookback_lag


def test_days_ahead_are_found_in_conditions() -> None:
    ahead = {
        name: _days_ahead(catalogue()[name])
        for name in ("perfect_order_rate", "return_rate_units", "repurchase_rate_180d", "visits")
    }
    assert ahead == {
        "perfect_order_rate": 15,
        "return_rate_units": 30,
        "repurchase_rate_180d": 180,
        "visits": 0,
    }
