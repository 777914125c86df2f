"""First orders and what followed, told from the days of customers one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from connectors.facts import FACTS

Day = Mapping[str, Any]


def customer_firsts(days: Iterable[Day]) -> list[dict[str, Any]]:
    found = []
    for own in _by_customer(days):
        first, second, third = (*own, None, None)[:3]
        found.append(
            _carried("customer_firsts", first)
            | {
                "first_day": first["day"],
                "days_observed": first["days_observed"],
                "second_day": second and second["day"],
                "days_to_second": second and (second["day"] - first["day"]).days,
                "second_channel": second and second["channel"],
                "second_channel_kind": second and second["channel_kind"],
                "days_to_third": third and second and (third["day"] - second["day"]).days,
            }
        )
    return found


def customer_months(days: Iterable[Day]) -> list[dict[str, Any]]:
    found = []
    for first, *later in _by_customer(days):
        months: list[dt.date | None] = [None, *sorted({day["day"].replace(day=1) for day in later})]
        for place, month in enumerate(months[1:]):
            found.append(
                _carried("customer_months", first)
                | {"first_day": first["day"], "month": month, "previous_month": months[place]}
            )
    return found


def _by_customer(days: Iterable[Day]) -> Iterator[list[Day]]:
    for _, own in groupby(sorted(days, key=itemgetter("customer_id", "day")), itemgetter("customer_id")):
        yield list(own)


def _carried(table: str, first: Day) -> dict[str, Any]:
    return {key: first[key] for key in FACTS[table].columns() if key in first}
