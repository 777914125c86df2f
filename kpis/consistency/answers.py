"""How many answers a comparison rests on, where its denominator is pieces or money instead."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpis.consistency.arms import ARMS, KIND, Asked
from kpis.figures import figures
from kpis.measure import Total
from kpis.of_sums import Count, Mean
from kpis.parts import Asked as AskedOfWindows
from kpis.periods import Bucket, Period
from kpis.reading import Cut
from kpis.shop import Shop
from kpis.windows import spans_of, windows_of

SCHEMA = {"kpi": pl.String, "answers": pl.Float64}


def answers(shop: Shop, asked: Sequence[Asked], arms: pl.DataFrame) -> pl.DataFrame:
    """One row per KPI: kpi, and the answers of both arms together.

    Those are the denominators of shares, scores and medians; of means of pieces or money, the orders.

    Args:
        shop: the shop.
        asked: what was asked.
        arms: the arms that answered, with their days.
    """
    days = {row["kpi"]: Period(row["from"], row["to"]) for row in arms.iter_rows(named=True) if row["from"]}
    counted = {
        kpi.id: _rows(shop, kpi, each, days[kpi.id])
        for each in asked
        for kpi in each.kpis
        if kpi.id in days and isinstance(kpi, Mean) and isinstance(kpi.denominator, Total)
    }
    denominators = pl.sum_horizontal(pl.col(f"{arm}_n") for arm in ARMS)
    told = arms.select("kpi", answers=denominators)
    rows = pl.DataFrame(list(counted.items()), SCHEMA, orient="row")
    return told.update(rows, on="kpi", how="left")


def _rows(shop: Shop, kpi: Mean, asked: Asked, period: Period) -> float:
    """How many rows take part in a mean."""
    rows = Count(
        id=kpi.id,
        title=kpi.title,
        question=kpi.question,
        numerator=kpi.parts()["clusters"],
        dated_by=kpi.dated_by,
        unit="count",
        better="none",
        needs=kpi.needs,
    )
    windows = windows_of([Bucket(None, period)], (kpi.lookback_days, kpi.lookback_lag))
    cut = Cut(spans_of(windows), (KIND,), asked.where)
    counted = figures(shop, [AskedOfWindows([rows], windows, cut)])
    return float(counted.filter(pl.col(KIND).is_in(ARMS))["numerator"].sum())
