"""Where a figure is worst once two dimensions are crossed, in one sentence below its bars."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import figures, split_panel
from dashboard.safe import safe
from dashboard.small_cells import SHOWN
from dashboard.titles import title
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import names
from dashboard.wording import panels as words
from kpis.kpi import Kpi

CROSSED = ("touchpoint", "region")
FEWEST_PAIRS = 2


def draw(room: Room, kpi: Kpi, by: str) -> None:
    """Say the worst pair of values of `by` and of another dimension, the first of `CROSSED` that has some.

    Nothing is said where fewer than two pairs have enough answers for a figure.
    """
    for other in CROSSED:
        if other != by and other in kpi.dimensions:
            found = worst(kpi, figures.by(room, kpi, by, other), by, other)
            if found is not None:
                st.markdown(sentence(room, kpi, found, by, other))
                return


def sentence(room: Room, kpi: Kpi, found: Row, by: str, other: str) -> str:
    """What the worst pair comes to, in Markdown."""
    say = room.say
    first, second = (safe(title(room.options, name, found[name], say)) for name in (by, other))
    return say(
        words.WORST_PAIR,
        first=say(names.DIMENSIONS[by]),
        second=say(names.DIMENSIONS[other]),
        name=say(words.PAIR, first=first, second=second),
        count=say.number(found["denominator"]),
        **{side: say.value(found[side], kpi.unit) for side in ("value", "low", "high")},
    )


def worst(kpi: Kpi, rows: pl.DataFrame, *dimensions: str) -> Row | None:
    """The row with the worst value of those with a figure and a value of each dimension; null under two."""
    told = rows.filter(pl.col("value").is_not_null(), *(pl.col(name).is_not_null() for name in dimensions))
    shown = told.filter(pl.col("small") == SHOWN)
    return split_panel.worst_first(kpi, shown).row(0, named=True) if shown.height >= FEWEST_PAIRS else None
