"""The door to what is compared online and offline: verdicts, prices, ranges and the lists to act on."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import data
from dashboard.place import Pin
from dashboard.scope import Where
from kpis.article_lists import LISTS
from kpis.article_summaries import assortment_figures, price_figures
from kpis.consistency import Consistency, consistency
from kpis.consistency.compared import compared
from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.price_slant import price_slant

KEPT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared.

    Attributes:
        period: the days of what has no days of its own, and the last of which articles are told.
        days: by KPI its own days.
        where: per dimension the values to keep.
    """

    period: Period
    days: tuple[tuple[str, Period], ...]
    where: Where


def comparable(pinned: Pin) -> list[Kpi]:
    """Every KPI that is compared and is not one of articles."""
    return [each.kpi for each in compared(data.shop_at(pinned.place).business)]


def told(pinned: Pin, asked: Asked) -> Consistency:
    """Every KPI online and offline with its verdict, and the index of all.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    where = pinned.scope.within(asked.where)
    return _told(pinned, Asked(asked.period, asked.days, where))


def ranges(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    """How far the ranges are the same, as `kpis.article_summaries.assortment_figures`.

    Raises:
        KpiError: articles do not have a dimension, or the scope does not allow it.
    """
    return _ranges(pinned, period, pinned.scope.within(where))


def prices(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    """How far prices are the same, as `kpis.article_summaries.price_figures`.

    Raises:
        KpiError: articles do not have a dimension, or the scope does not allow it.
    """
    return _prices(pinned, period, pinned.scope.within(where))


def slant(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    """In which categories prices lean to one side, as `kpis.price_slant.price_slant`.

    Raises:
        KpiError: articles do not have a dimension, or the scope does not allow it.
    """
    return _slant(pinned, period, pinned.scope.within(where))


def articles(pinned: Pin, name: str, period: Period, where: Where) -> pl.DataFrame:
    """A list of articles that differ, one of `LISTS`, those that brought in most first.

    Raises:
        KpiError: articles do not have a dimension, or the scope does not allow it.
    """
    pinned.scope.check_table(name)
    return _articles(pinned, name, period, pinned.scope.within(where))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs={**data.BY_WORDS, Asked: repr})
def _told(pinned: Pin, asked: Asked) -> Consistency:
    return consistency(data.shop_at(pinned.place), asked.period, dict(asked.where), days=dict(asked.days))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=data.BY_WORDS)
def _ranges(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    return assortment_figures(data.shop_at(pinned.place), period, dict(where))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=data.BY_WORDS)
def _prices(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    return price_figures(data.shop_at(pinned.place), period, dict(where))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=data.BY_WORDS)
def _slant(pinned: Pin, period: Period, where: Where) -> pl.DataFrame:
    return price_slant(data.shop_at(pinned.place), period, dict(where))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=data.BY_WORDS)
def _articles(pinned: Pin, name: str, period: Period, where: Where) -> pl.DataFrame:
    return LISTS[name].rows(data.shop_at(pinned.place), period, dict(where))
