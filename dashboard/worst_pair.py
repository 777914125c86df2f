"""Where a figure is worst once any two dimensions are crossed, in one sentence below its bars."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import streamlit as st

from dashboard import figures
from dashboard.data import KEPT_RESULTS
from dashboard.safe import safe
from dashboard.small_cells import SHOWN
from dashboard.titles import title
from dashboard.view import Room
from dashboard.wording import names
from dashboard.wording import panels as words
from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from kpis.peers import Peers, peers

# Stores are parts of regions, and seldom have enough answers once they are crossed.
CROSSED = ("channel", "region", "customer_type", "touchpoint")
SUMS = ("denominator", "value", "low", "high")
ENDS = ("first", "second")


def draw(room: Room, kpi: Kpi) -> None:
    """Say the worst of all pairs of values, whatever the bars are split by, or that none stands out.

    Nothing is said where too few pairs have enough answers for a figure.
    """
    found = judged(room, kpi.id)
    if found is not None:
        st.markdown(sentence(room, kpi, found))


def pairs(room: Room, kpi: Kpi) -> pl.DataFrame:
    """One row per pair of values of two dimensions of `CROSSED` that both are known and have a figure.

    Columns: first_dimension, first, second_dimension, second, denominator, value, low, high.
    """
    return pl.concat([_crossed(room, kpi, *names) for names in combinations(crossed(kpi), 2)] or [_none()])


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs={Room: figures.in_words})
def judged(room: Room, name: str) -> Peers | None:
    """All pairs of a KPI of the catalogue against their median; null where too few have a figure.

    To cross and judge them takes longer than to draw the page, so it is done once for all sessions.
    """
    kpi = catalogue()[name]
    return peers(kpi, pairs(room, kpi))


def crossed(kpi: Kpi) -> list[str]:
    """The dimensions of a KPI that are crossed."""
    return [name for name in CROSSED if name in kpi.dimensions]


def sentence(room: Room, kpi: Kpi, found: Peers) -> str:
    """The worst of the pairs that are behind the median of all by more than chance, or that there is none.

    With so many pairs one is always the lowest: which are really behind is judged over all of them together.
    """
    say = room.say.sized(found.median)
    told = {
        "pairs": say.number(found.rows.height),
        "dimensions": say.each([say(names.DIMENSIONS[name]) for name in crossed(kpi)]),
        "median": say.value(found.median, kpi.unit),
    }
    behind = found.rows.filter(pl.col("standing") == "behind")
    if behind.is_empty():
        return say(words.NO_WORST_PAIR, **told)
    worst = behind.row(-1, named=True)
    ends = {end: safe(title(room.options, worst[f"{end}_dimension"], worst[end], say)) for end in ENDS}
    figures_told = {side: say.value(worst[side], kpi.unit) for side in ("value", "low", "high")}
    count = say.number(worst["denominator"])
    return say(words.WORST_PAIR, name=say(words.PAIR, **ends), count=count, **figures_told, **told)


def _crossed(room: Room, kpi: Kpi, first: str, second: str) -> pl.DataFrame:
    rows = figures.by(room, kpi, first, second)
    known = rows.filter(pl.col("small") == SHOWN).drop_nulls(["value", first, second])
    dimensions = {"first_dimension": pl.lit(first), "first": first}
    others = {"second_dimension": pl.lit(second), "second": second}
    return known.select(**dimensions, **others, **{name: name for name in SUMS})


def _none() -> pl.DataFrame:
    texts = [name for end in ENDS for name in (f"{end}_dimension", end)]
    return pl.DataFrame(schema={**dict.fromkeys(texts, pl.String), **dict.fromkeys(SUMS, pl.Float64)})
