"""The same measures on Narwhals' DuckDB backend: a stand-in for engines beyond one machine."""

from __future__ import annotations

import datetime as dt

import duckdb
import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.facts import FACTS, dimensions_of
from kpis.catalogue import catalogue
from kpis.measure import WINDOW, Histogram
from kpis.shop import Shop
from kpis.sums import Dated, Rows, binned, summed

MEASURED = sorted(
    {
        Dated(measure, kpi.on(basis).day_of(measure))
        for kpi in catalogue().values()
        for basis in ("cohort", "event")
        for measure in kpi.on(basis).measures.values()
    },
    key=lambda dated: (dated.table, dated.measure.words),
)
SUMMED = [pytest.param(dated, id=dated.measure.words) for dated in MEASURED]
PERIOD = {
    "period_start": dt.date(2024, 6, 1),
    "period_end": dt.date(2024, 12, 31),
    "year_before": dt.date(2023, 6, 2),
}


def _asked(rows: Rows, dated: Dated, keys: list[str]) -> Rows:
    rows = rows.with_columns(**{name: nw.lit(day, dtype=nw.Date) for name, day in PERIOD.items()})
    if dated.measure.gathered:
        gathered = {column.name: column.over_window for column in dated.measure.gathered}
        rows = rows.with_columns(nw.lit(1).alias(WINDOW)).with_columns(**gathered)
    if isinstance(dated.measure, Histogram):
        return binned(rows, dated.measure, keys)
    return summed(rows, [dated], keys)


@pytest.mark.parametrize("dated", SUMMED)
def test_duckdb_adds_up_the_same(shop: Shop, dated: Dated) -> None:
    frame = shop.tables.scan(dated.table).collect()
    keys = [dated.day, dimensions_of(FACTS[dated.table])[0]]
    here = _asked(nw.from_native(frame.lazy()), dated, keys).to_native().collect()
    with duckdb.connect() as database:
        relation = database.from_arrow(frame.to_arrow())
        there = pl.DataFrame(_asked(nw.from_native(relation), dated, keys).to_native().to_arrow_table())
    numbers = [name for name in here.columns if name not in keys]
    comparable = [frame.with_columns(pl.col(numbers).cast(pl.Float64)) for frame in (here, there)]
    assert_frame_equal(*comparable, check_row_order=False, check_column_order=False)
