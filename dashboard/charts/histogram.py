"""How durations or amounts are spread, with the percentiles marked."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import charts as words
from kpis.kpi import Unit

HEIGHT = 280
MARK_ROOM = 34


@kept
def histogram(
    bins: pl.DataFrame, marks: Mapping[str, float | None], title: str, unit: Unit, say: Say
) -> Chart:
    """One bar per bin, as wide as the bin; a line with its name for each mark.

    Args:
        bins: one row per bin with `lower`, `upper` (in the unit) and `count`, in order.
        marks: percentiles by their names, e.g. `{"P50": 41.0}`; null ones are left out. The first says in
            which unit of time all are written.
        title: what is spread, plain text.
        unit: the unit of `lower`, `upper` and the marks.
        say: the reader's language.
    """
    say = say.sized(next(iter(marks.values()), None))
    total = bins["count"].sum() or 0
    shares = bins.with_columns(share=pl.col("count") / max(total, 1))
    bar = go.Bar(
        x=((bins["lower"] + bins["upper"]) / 2).to_numpy(), y=bins["count"].to_numpy(),
        width=(bins["upper"] - bins["lower"]).to_numpy(), marker={"color": palette.BETTER},
        text=[
            say(
                words.HISTOGRAM_HOVER,
                low=say.value(row["lower"], unit), high=say.value(row["upper"], unit),
                count=say.number(row["count"]), share=say.value(row["share"], "percent"),
            )
            for row in shares.iter_rows(named=True)
        ],
        textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    known = {name: value for name, value in marks.items() if value is not None}
    lines = [
        {"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1,
         "line": {"color": palette.TEXT, "width": 1.5, "dash": "dash"}}
        for value in known.values()
    ]  # fmt: skip
    notes = [
        axes.note(f"{in_chart(name)} {say.value(value, unit)}", x=value, y=1, yref="paper", yanchor="bottom",
                  xanchor="left", yshift=14 * (place % 2))
        for place, (name, value) in enumerate(known.items())
    ]  # fmt: skip
    ends = [*bins["lower"].to_list(), *bins["upper"].to_list(), *known.values()]
    figure = axes.figure(
        [bar], HEIGHT, shapes=lines, annotations=notes, bargap=0,
        margin={"l": 0, "r": axes.OUTER, "t": MARK_ROOM, "b": 0, "pad": 4},
        xaxis={**axes.of_values(ends, unit, say, from_zero=True), "showgrid": False},
        yaxis=axes.of_values(bins["count"].to_list(), "count", say, from_zero=True),
    )  # fmt: skip
    told = [say(words.PART, name=plain(name), value=say.value(value, unit)) for name, value in known.items()]
    alt = say(words.HISTOGRAM_ALT, title=plain(title), count=say.number(total), marks=say.each(told))
    headings = {"lower": words.FROM, "upper": words.TO, "count": words.COUNT, "share": words.SHARE}
    table = shares.select(pl.col(name).alias(say(text)) for name, text in headings.items())
    return Chart(figure, alt if total else say(words.EMPTY_ALT, title=plain(title)), table)
