"""The figures of Visit and buy that belong together: all over the same days, asked for at once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import data, figures, spans
from dashboard.data import KEPT_RESULTS
from dashboard.heat import SHADE_OF_STATUS
from dashboard.spans import Shown
from dashboard.view import Room
from kpis.catalogue import catalogue
from kpis.errors import KpiError
from kpis.evaluate import Query
from kpis.needs import MISSING
from kpis.reconcile import Sides
from kpis.visit_steps import Step, visit_steps

PER_VISIT, IN_STORES = "conversion_per_visit", "store_conversion"
CONVERSIONS = (
    PER_VISIT, "orders_per_visit", "buyer_conversion", IN_STORES, "checkout_completion", "search_conversion",
)  # fmt: skip
STEPS = (
    Step("visits", "visits", "numerator"),
    Step("viewed", "product_view_rate", "numerator"),
    Step("carted", "add_to_cart_rate", "numerator"),
    Step("checkout", "checkout_completion", "denominator"),
    Step("ordered", "checkout_completion", "numerator"),
    Step("paid", PER_VISIT, "numerator"),
)
KPIS = tuple(dict.fromkeys([*(step.kpi for step in STEPS), *CONVERSIONS]))


@dataclass(frozen=True, slots=True)
class Together:
    """Figures over the same days, those of the one that takes longest to be final.

    Attributes:
        shown: the days.
        whole: one row per KPI.
        channels: one row per KPI and channel, whatever channel is chosen.
        chosen: the same of the chosen channels.
        all_steps: the steps of every channel, as `visit_steps` has them.
        steps: those of the chosen channels.
    """

    shown: Shown
    whole: pl.DataFrame
    channels: pl.DataFrame
    chosen: pl.DataFrame
    all_steps: pl.DataFrame
    steps: pl.DataFrame

    def sides(self, name: str, kinds: dict[str, str] | None = None, kind: str = "") -> Sides | None:
        """Both sides of a ratio, or of the channels of one kind; null where nothing is below the line.

        Args:
            name: the id of a KPI whose channels add up.
            kinds: channel ids with their kinds; null for the whole.
            kind: the kind.
        """
        rows = self.whole.filter(pl.col("kpi") == name)
        if kinds is not None:
            of_kind = [channel for channel, each in kinds.items() if each == kind]
            rows = self.chosen.filter(pl.col("kpi") == name, pl.col("channel").is_in(of_kind))
        above, below = (float(rows[side].sum() or 0) for side in ("numerator", "denominator"))
        return Sides(above, below) if below else None


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs={Room: figures.in_words})
def together(room: Room) -> Together:
    """All figures within the filters; those that the filters do not apply to have no row."""
    carrying = tuple(name for name in KPIS if not figures.uncarried(room, catalogue()[name]))
    lag = max(catalogue()[name].lag_days for name in KPIS)
    shown = spans.shown(room.filters, room.options.last_day, lag)
    channels = _of_channels(_asked(figures.everywhere(room, "channel"), carrying, shown, ("channel",)))
    chosen = list(room.filters.channels) or channels["channel"].unique().to_list()
    of_chosen = channels.filter(pl.col("channel").is_in(chosen, nulls_equal=not room.filters.channels))
    steps = [visit_steps(rows, STEPS) for rows in (channels, of_chosen)]
    return Together(shown, _asked(room, carrying, shown, ()), channels, of_chosen, *steps)


def _of_channels(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the rows that only say which table is missing: they are of no channel."""
    is_lack = pl.col("channel").is_null() & pl.col("status").fill_null("").str.starts_with(MISSING)
    return rows.filter(~is_lack)


def failing(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a success rate with `failed` and `failing`, their share, the most failing first."""
    below = pl.col("denominator")
    told = rows.with_columns(failed=below - pl.col("numerator"), failing=1 - pl.col("value"))
    return told.sort("failing", descending=True, nulls_last=True, maintain_order=True)


def _asked(room: Room, names: tuple[str, ...], shown: Shown, by: tuple[str, ...]) -> pl.DataFrame:
    period = shown.period
    try:
        return data.results(room.pinned, Query(names, period.start, period.end, by, room.filters.where))
    except KpiError:
        schema = {"kpi": pl.String, "numerator": pl.Float64, "denominator": pl.Float64}
        schema |= {"excluded": pl.Int64, "status": pl.String, "value": pl.Float64}
        return pl.DataFrame(schema=schema | dict.fromkeys(by, pl.String))


def apart(column: str, usual: str) -> pl.Expr:
    """How far a column lies above or below what is usual, as a share of that."""
    return pl.col(column) / pl.col(usual) - 1


def shade(gap: float) -> float:
    """The colour of a cell, from -1 to 1: a third apart is as strong as it gets, never as near a target."""
    (lowest, palest_worse), (palest_better, highest) = SHADE_OF_STATUS["bad"], SHADE_OF_STATUS["good"]
    return max(lowest, min(palest_worse, 3 * gap)) if gap < 0 else min(highest, max(palest_better, 3 * gap))
