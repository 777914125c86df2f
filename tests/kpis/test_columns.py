"""Formulas say the same of columns of a frame and of arrays, also where they say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.intervals import around, around_share, difference, ratio_error, score_error, wilson

FORMULAS: dict[str, tuple[int, Callable[..., Any]]] = {
    "wilson": (2, wilson),
    "around": (2, around),
    "around_share": (3, around_share),
    "score_error": (3, score_error),
    "ratio_error": (6, lambda y, x, yy, xy, xx, m: ratio_error(y, x, (yy, xy, xx), m)),
    "difference": (6, lambda *ends: difference(ends[:3], ends[3:])),
}
number = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, 200.0]), st.floats(0, 1), st.floats(0, 10**6))


@pytest.mark.parametrize("name", FORMULAS)
@given(st.lists(st.tuples(*[number] * 6), min_size=1, max_size=20))
def test_formulas_say_the_same_of_frames_and_of_arrays(
    name: str, drawn: list[tuple[float | None, ...]]
) -> None:
    many, formula = FORMULAS[name]
    frame = pl.DataFrame(drawn, {str(place): pl.Float64 for place in range(6)}, orient="row")
    columns = frame.columns[:many]
    of_frame = formula(*(pl.col(column) for column in columns))
    with np.errstate(all="ignore"):
        of_arrays = formula(*(frame[column].to_numpy() for column in columns))
    pairs = zip(of_frame, of_arrays, strict=True) if isinstance(of_arrays, tuple) else [(of_frame, of_arrays)]
    for lazy, array in pairs:
        told = frame.select(told=lazy)["told"].fill_nan(None)
        expected = pl.Series(array, nan_to_null=True)
        assert told.is_null().equals(expected.is_null())
        assert told.drop_nulls().to_list() == pytest.approx(expected.drop_nulls().to_list(), rel=1e-9)
