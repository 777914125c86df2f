"""The door to what customers did after their first order, and to what they answered and wrote.

It belongs to `data`, with the same pins, scopes and caches.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard.data import BY_WORDS, KEPT_RESULTS, shop_at
from dashboard.place import Pin, Place
from dashboard.scope import Where
from kpis.answers import answers as nps_answers
from kpis.first_order_views import view_of
from kpis.first_orders import FirstOrders
from kpis.periods import Period
from kpis.stories import stories as detractors_stories

KEPT_LISTS = 50


def after_first(pinned: Pin, command: str, view: str, asked: FirstOrders) -> pl.DataFrame:
    """What customers did after their first order, as the command lines `cohorts` and `flows` have it.

    Args:
        pinned: the version and scope.
        command: `cohorts` or `flows`.
        view: one of its views.
        asked: whose first orders; the scope limits these, later orders may be anywhere.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _after_first(pinned.place, command, view, replace(asked, where=pinned.scope.within(asked.where)))


def answers(pinned: Pin, period: Period, by: str | None, where: Where) -> pl.DataFrame:
    """How answers from 0 to 10 are spread, whole or by one dimension.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _answers(pinned.place, period, by, pinned.scope.within(where))


def allows_comments(pinned: Pin) -> bool:
    """Whether a setting allows customers' own words to be shown."""
    return shop_at(pinned.place).business.comments


def stories(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    """Comments of detractors with what happened to their orders, where a setting allows comments.

    Raises:
        KpiError: it does not, or the question asks for more than the scope allows.
    """
    pinned.scope.check_table("surveys")
    return _stories(pinned.place, period, pinned.scope.within(where))


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs={**BY_WORDS, FirstOrders: repr})
def _after_first(place: Place, command: str, view: str, asked: FirstOrders) -> pl.DataFrame:
    return view_of(command, view).told(shop_at(place), asked)


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _answers(place: Place, period: Period, by: str | None, where: Where) -> pl.DataFrame:
    return nps_answers(shop_at(place), period.start, period.end, by=by, where=dict(where))


@st.cache_resource(max_entries=KEPT_LISTS, show_spinner=False, hash_funcs=BY_WORDS)
def _stories(place: Place, period: Period, where: Where) -> pl.DataFrame:
    return detractors_stories(shop_at(place), period.start, period.end, where=dict(where))
