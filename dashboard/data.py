"""The one door to data: all that a page, callback or file reads comes through it, within a scope.

What belongs together has a door beside it, such as `row_data`; only here is a shop opened.

A page run pins one version at its start and reads nothing else. Cache keys are words: version, settings,
scope and question, never a frame. Shared frames are read by everybody and changed by nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl
import streamlit as st

from connectors.business import Target
from connectors.errors import ConnectorError, SettingsError
from connectors.manifest import Manifest
from connectors.settings import Settings, load_settings
from connectors.settings_stamp import settings_stamp
from connectors.snapshot import current_version
from connectors.text import Text
from dashboard.events import Happening, happenings
from dashboard.filters import Options
from dashboard.place import Pin, Place, config_folder, data_folder, place_of
from dashboard.scope import EVERYTHING, Scope, Where
from kpis.backlog import backlog as backlog_of
from kpis.broken_down import broken_down as broken_down_of
from kpis.evaluate import Query, evaluate
from kpis.explained import Drivers, explained
from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.shop import Shop, shop_of
from kpis.spread import Spread
from kpis.spread import spread as spread_of
from kpis.targets import target_of

KEPT_SHOPS = 3
KEPT_RESULTS = 2_000


BY_WORDS = dict.fromkeys((Place, Pin, Query, Period), repr)
"""How keys are told apart: written out; to take them apart field by field costs a hundred times as much."""


def settings() -> Settings:
    """What the installation is told.

    Raises:
        SettingsError: a setting cannot be meant as it is written.
    """
    return load_settings(config_folder(), data_folder())


def pin(scope: Scope = EVERYTHING) -> Pin | None:
    """The newest snapshot at this moment; null where there is none yet."""
    version = newest()
    return Pin(place_of(version), scope) if version else None


def newest() -> str | None:
    """The version of the newest snapshot, which a page that was drawn before does not show yet."""
    return current_version(data_folder())


def manifest(pinned: Pin) -> Manifest:
    """What came from where and when."""
    return _shop(pinned.place).manifest


def is_demo(pinned: Pin) -> bool:
    """Whether the demo shop is shown."""
    told = _shop(pinned.place).settings
    return told is not None and told.is_demo


def shows_demo(pinned: Pin) -> bool:
    """Whether the snapshot holds the demo shop, whatever the settings say by now."""
    return any(report.system == "demo" for report in manifest(pinned).connections.values())


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def is_outdated(pinned: Pin) -> bool:
    """Whether the settings name other connections than the snapshot was read from."""
    told = _shop(pinned.place).settings
    read = {name: report.system for name, report in manifest(pinned).connections.items()}
    return told is not None and read != {entry.name: entry.system for entry in told.connections}


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def is_read_otherwise(pinned: Pin) -> bool:
    """Whether the settings by which rows are read, such as channels and rates, say something else by now."""
    shop = _shop(pinned.place)
    read_with = shop.manifest.settings
    return shop.settings is not None and read_with not in {None, settings_stamp(shop.settings)}


def settings_faults(pinned: Pin) -> list[Text]:
    """What of the settings needs correcting; until then what cannot be meant does not count."""
    return [fault.text for fault in _shop(pinned.place).faults]


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def options(pinned: Pin) -> Options | None:
    """What the filters can be set to, within the scope; null without any data."""
    shop, scope = _shop(pinned.place), pinned.scope
    if shop.first_day is None or shop.last_day is None:
        return None
    allowed = {"channel": scope.channel, "region": scope.region, "store": scope.store}

    def within(dimension: str, values: Iterable[str]) -> tuple[str, ...]:
        limits = allowed.get(dimension)
        return tuple(value for value in values if limits is None or value in limits)

    def known(dimension: str) -> tuple[str, ...]:
        return within(dimension, shop.dimension_values(dimension))

    entries = {entry.id: entry for entry in shop.manifest.channels}
    channels = within("channel", entries)
    titles = {entry.id: entry.title for entry in shop.manifest.stores}
    return Options(
        channels={name: entries[name].title for name in channels},
        kinds={name: entries[name].kind for name in channels},
        regions=known("region"),
        first_day=shop.first_day,
        last_day=shop.last_day,
        stores={name: titles.get(name, Text(name, name)) for name in known("store")},
        categories=known("category"),
        customer_types=known("customer_type"),
    )


def results(pinned: Pin, question: Query) -> pl.DataFrame:
    """One row per KPI and slice, as the command line's `table` has them.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    asked = replace(question, where=pinned.scope.within(question.where))
    return _results(pinned.place, asked)


def drivers(pinned: Pin, question: Query, period: Period, before: Period) -> dict[str, Drivers]:
    """Why each KPI of a question changed between two spans of days, split by the dimensions of `question.by`.

    Args:
        pinned: the version and scope.
        question: the KPIs, the slice, and the dimensions to look at.
        period: the days.
        before: the days they are compared with.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    asked = replace(question, where=pinned.scope.within(question.where))
    return _drivers(pinned.place, asked, period, before)


def broken_down(
    pinned: Pin, name: str, period: Period, by: tuple[str, ...] = (), where: Where = ()
) -> pl.DataFrame:
    """One row per part of a breakdown and slice, as `kpis.broken_down` has them.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _broken_down(pinned.place, name, period, by, pinned.scope.within(where))


def spread(pinned: Pin, kpi: str, period: Period, where: Where = ()) -> Spread:
    """How the durations behind a quantile are spread.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _spread(pinned.place, kpi, period, pinned.scope.within(where))


def backlog(pinned: Pin, where: Where = ()) -> pl.DataFrame | None:
    """Refunds pending on the last day by how long they have been; null where no connection delivers any.

    Raises:
        KpiError: refunds carry no such dimension, or the slice asks for more than the scope allows.
    """
    return _backlog(pinned.place, pinned.scope.within(where))


def target(pinned: Pin, kpi: str, where: Where, period: Period) -> Target | None:
    """The target that holds for a KPI over a period and slice; null without one.

    Raises:
        KpiError: the slice asks for more than the scope allows.
    """
    within = pinned.scope.within(where)
    fixed = {name: values[0] for name, values in within if len(values) == 1}
    return target_of(_shop(pinned.place).business.targets, kpi, fixed, period.start, period.end)


def happened(pinned: Pin, where: Where, start: dt.date, end: dt.date) -> list[Happening]:
    """Events and festivals from `start` to `end` that concern a slice, for the time charts.

    Raises:
        KpiError: the slice asks for more than the scope allows.
    """
    return happenings(_shop(pinned.place).business.events, pinned.scope.within(where), start, end)


def design_effect(pinned: Pin, kpi: Kpi, where: Where) -> float:
    """What the variance of a KPI's interval is multiplied by in a slice; 1 where its rows are independent.

    Raises:
        KpiError: the slice asks for more than the scope allows.
    """
    alone = {name: values[0] for name, values in pinned.scope.within(where) if len(values) == 1}
    found = _shop(pinned.place).effects.of(kpi, alone.get("channel"), alone.get("channel_kind"))
    return found.value


def shop_at(place: Place) -> Shop:
    """The shop itself, for doors that lie in a module of their own; they keep to the scope of their pin."""
    return _shop(place)


@st.cache_resource(max_entries=KEPT_SHOPS, show_spinner=False, on_release=Shop.close, hash_funcs=BY_WORDS)
def _shop(place: Place) -> Shop:
    told, faults = _good_settings(place)
    return shop_of(told, place.version, faults)


def _good_settings(place: Place) -> tuple[Settings, list[ConnectorError]]:
    """The settings, or those that were good last while they cannot be read, and why they cannot.

    Raises:
        SettingsError: they cannot be read, and have not been since the dashboard was started.
    """
    folders_of, known = (place.config, place.data), _settings_by_folder()
    try:
        known[folders_of] = load_settings(Path(place.config), Path(place.data))
    except SettingsError as error:
        if folders_of not in known:
            raise
        return known[folders_of], [error]
    return known[folders_of], []


@st.cache_resource(show_spinner=False)
def _settings_by_folder() -> dict[tuple[str, str], Settings]:
    return {}


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _results(place: Place, question: Query) -> pl.DataFrame:
    return evaluate(_shop(place), question)


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _drivers(place: Place, question: Query, period: Period, before: Period) -> dict[str, Drivers]:
    return explained(_shop(place), question, period, before)


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _broken_down(place: Place, name: str, period: Period, by: tuple[str, ...], where: Where) -> pl.DataFrame:
    return broken_down_of(_shop(place), name, period.start, period.end, by=by, where=dict(where))


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _spread(place: Place, kpi: str, period: Period, where: Where) -> Spread:
    return spread_of(_shop(place), kpi, period.start, period.end, dict(where))


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _backlog(place: Place, where: Where) -> pl.DataFrame | None:
    return backlog_of(_shop(place), dict(where))
