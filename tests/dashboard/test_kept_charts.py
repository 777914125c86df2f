"""Charts built before: the same data in the same words gives the same chart, anything else another one."""

from __future__ import annotations

import ast
from pathlib import Path

import polars as pl
import pytest

from dashboard.charts import axes
from dashboard.charts.bars import bars
from dashboard.charts.kept import kept
from dashboard.charts.trend import Line
from dashboard.wording import Say
from kpis.catalogue import catalogue
from tests.dashboard.test_charts import REGIONS

EN = Say("en", "CNY")
RETURNS = catalogue()["return_rate"]


def _built(rows=30, *, last=0.5, title="A", say=EN, place="rows"):
    values = [0.5] * (rows - 1) + [last]
    frame = pl.DataFrame({"value": values, "name": ["web"] * rows})
    given = {"rows": frame, "line": Line(title, frame), "list": [{"some": frame}]}[place]
    return _chart_of(RETURNS, given, {"web": title}, say)


@kept
def _chart_of(_kpi, _given, _titles, _say):
    return object()


@pytest.mark.parametrize("place", ["rows", "line", "list"])
def test_the_same_data_in_the_same_words_gives_the_same_chart_and_no_other(place):
    """However deep a difference lies in what the chart is built from."""
    built = _built(place=place)
    assert _built(place=place) is built
    assert _built(last=float("nan"), place=place) is _built(last=float("nan"), place=place)
    others = [{"last": 0.6}, {"last": None}, {"title": "B"}, {"say": Say("zh", "CNY")}, {"rows": 29}]
    assert len({built, *(_built(place=place, **other) for other in others)}) == 1 + len(others)


def test_a_chart_is_not_told_by_what_has_no_words():
    with pytest.raises(TypeError, match="object"):
        _chart_of(RETURNS, object(), {}, EN)


def test_every_chart_is_kept_and_is_put_into_plain_values_once():
    for path in Path(axes.__file__).parent.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.returns and not node.name.startswith("_"):
                is_chart = ast.unparse(node.returns) == "Chart" or node.name == "heat_map"
                assert is_chart == ("kept" in map(ast.unparse, node.decorator_list)), node.name
    figure = bars(RETURNS, REGIONS, "region", {}, EN).figure
    assert figure.to_dict() is figure.to_dict()
