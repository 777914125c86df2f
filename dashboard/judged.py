"""Doors to what the engine judges: what changed and what is out of the ordinary.

They belong to `data`, with the same pins, scopes and caches.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.data import BY_WORDS, KEPT_RESULTS, shop_at
from dashboard.place import Pin, Place
from kpis.alarms import Alarm, alarms
from kpis.changes import Change, Review
from kpis.changes import changes as reviewed
from kpis.charts import Watch

KEPT_ALARMS = 20


def changes(pinned: Pin, review: Review) -> list[Change]:
    """What changed, as the command line's `changes` has it.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _changes(pinned.place, replace(review, where=pinned.scope.within(review.where)))


def alarmed(pinned: Pin, watch: Watch) -> list[Alarm]:
    """What is out of the ordinary, as the command line's `alarms` has it.

    Raises:
        KpiError: the question cannot be answered, or asks for more than the scope allows.
    """
    return _alarms(pinned.place, replace(watch, where=pinned.scope.within(watch.where)))


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs={**BY_WORDS, Review: repr})
def _changes(place: Place, review: Review) -> list[Change]:
    return reviewed(shop_at(place), review)


@st.cache_resource(max_entries=KEPT_ALARMS, show_spinner=False, hash_funcs={**BY_WORDS, Watch: repr})
def _alarms(place: Place, watch: Watch) -> list[Alarm]:
    return alarms(shop_at(place), watch)
