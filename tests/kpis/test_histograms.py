"""Histograms in memory: what stored bins add up to by window and slice, against Polars on the same bins."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.histograms import Histograms
from kpis.stored_bins import StoredBins, added_up
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL
from kpis.tally import Windows
from tests.kpis.overlapping import FIRST, window, windows_of

FAR = 3_000_000
a_bin = st.one_of(st.integers(-3, 40), st.integers(FAR, FAR + 9))
cell = st.tuples(
    st.integers(0, 30), st.sampled_from(["web", "app", None]), a_bin, st.integers(1, 9), st.integers(0, 10**6)
)


def _bins(drawn: list[tuple[int, str | None, int, int, int]]) -> pl.DataFrame:
    rows = [(FIRST + dt.timedelta(day), *told) for day, *told in drawn]
    sums = dict.fromkeys((BIN, BIN_COUNT, BIN_TOTAL), pl.Int64)
    return pl.DataFrame(rows, {"day": pl.Date, "channel": pl.String} | sums, orient="row").sort("day")


@pytest.mark.parametrize("dimensions", [[], ["channel"]])
@given(
    st.lists(cell, max_size=60),
    st.lists(window, min_size=1, max_size=9),
    st.sampled_from([{}, {"channel": ("web",)}, {"channel": ("app", "")}]),
)
def test_overlapping_windows_add_up_as_joined_bins_do(
    dimensions: list[str],
    cells: list[tuple[int, str | None, int, int, int]],
    drawn: list[tuple[int, int]],
    where: dict[str, tuple[str, ...]],
) -> None:
    frame, windows = _bins(cells), windows_of(drawn)
    found = added_up(StoredBins.of(frame, ["channel"]), Windows.of(windows), dimensions, where)
    kept = [pl.col(name).fill_null("").is_in(values) for name, values in where.items()]
    within = pl.col("day").is_between("period_start", "period_end")
    joined = frame.filter(*kept).join(windows, how="cross").filter(within)
    expected = joined.group_by("window", *dimensions, BIN).agg(pl.col(BIN_COUNT, BIN_TOTAL).sum())
    assert_frame_equal(found.frame, expected, check_row_order=False)
    own = found.frame.with_row_index().group_by("window", *dimensions, maintain_order=True)
    assert all(rows[BIN].is_sorted() and rows["index"].diff().drop_nulls().eq(1).all() for _, rows in own)


def test_histograms_of_several_stand_one_after_another() -> None:
    frame = pl.DataFrame({"window": [1, 1, 2], BIN: [4, 3, 3], BIN_COUNT: [1, 2, 5], BIN_TOTAL: [9, 7, 16]})
    one, none = Histograms.of(frame, ["window"]), Histograms.of(frame.clear(), ["window"])
    both = Histograms.beside({"first": one, "no": none, "second": one}, "kpi")
    assert both.keys.rows() == [("first", 1), ("first", 2), ("second", 1), ("second", 2)]
    assert both.sizes.tolist() == [3, 5, 3, 5]
    assert both.frame.select(BIN, BIN_COUNT, BIN_TOTAL).rows() == [(3, 2, 7), (4, 1, 9), (3, 5, 16)] * 2
