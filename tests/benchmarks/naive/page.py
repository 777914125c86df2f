"""The Overview as it is usually written, to measure against: nothing cached, plotly.express, Python dates."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import plotly.express as px
import polars as pl
import streamlit as st

from kpis.catalogue import catalogue
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop, open_shop

SPLITS = ("channel", "region")
DAYS_OF_CHARTS = 180
DAY = dt.timedelta(days=1)


def shop() -> Shop:
    """The shop, opened once: what is measured is the page."""
    if "shop" not in st.session_state:
        places = (Path(os.environ[name]) for name in ("SEAMLINE_CONFIG", "SEAMLINE_DATA"))
        st.session_state["shop"] = open_shop(*places)
    return st.session_state["shop"]


def main() -> None:
    """Cards, four charts of days, and a table."""
    st.set_page_config(layout="wide")
    opened = shop()
    assert opened.last_day is not None
    where = tuple((name, tuple(st.query_params.get_all(name))) for name in SPLITS if name in st.query_params)
    kpis = sorted((kpi for kpi in catalogue().values() if kpi.headline), key=lambda kpi: kpi.headline or 0)
    names = tuple(kpi.id for kpi in kpis)
    end = opened.last_day
    first, begin = end - 27 * DAY, end - DAYS_OF_CHARTS * DAY
    rows = evaluate(opened, Query(names, first, end, where=where, compare="previous"))
    st.title("Overview")
    for column, row in zip(st.columns(len(names)), rows.to_dicts(), strict=True):
        column.metric(row["kpi"], f"{row['value'] or 0:.3f}", f"{row['change'] or 0:.3f}")
    daily = evaluate(opened, Query(names, begin, end, ("day", "channel"), where))
    for name in names[:4]:
        points = daily.filter(pl.col("kpi") == name).to_dicts()
        st.plotly_chart(
            px.line(
                x=[point["day"] for point in points],
                y=[point["value"] for point in points],
                color=[point["channel"] for point in points],
                title=name,
            ),
            key=name,
        )
    st.dataframe(rows)


if __name__ == "__main__":
    main()
