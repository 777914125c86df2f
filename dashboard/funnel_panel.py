"""The funnel of visits, and beside it every channel's share of each step against all channels together."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import streamlit as st

from dashboard import click_to_filter, evidence, figures
from dashboard.charts.chart import Chart, draw_chart
from dashboard.charts.funnel import funnel
from dashboard.charts.heat_map import Lane, heat_map
from dashboard.heat import Cell
from dashboard.safe import in_chart, plain, safe
from dashboard.titles import title
from dashboard.view import Room
from dashboard.visit_figures import PER_VISIT, STEPS, Together, apart, shade
from dashboard.wording import Say, charts, names
from dashboard.wording import visit as words
from kpis.catalogue import catalogue
from kpis.visit_steps import narrowest, together

FUNNEL, RATES, WIDTH = "funnel", "step_rates", 560
MOST_TOLD = 12
LATER = [step.code for step in STEPS[1:]]


def draw_funnel(room: Room, found: Together) -> None:
    """Draw the funnel of the chosen channels together."""
    say, of_channels = room.say, found.steps
    steps = together(of_channels)
    if steps.is_empty():
        st.subheader(say(words.FUNNEL), anchor=False)
        st.caption(no_funnel(room, found))
        return
    st.subheader(_message(steps, say), anchor=False)
    st.caption(_days(room, found))
    named = [say(words.STEPS[code]) for code in steps["step"]]
    draw_chart(funnel(steps, named, say(words.FUNNEL), say), FUNNEL, say)
    known = set(of_channels["channel"])
    missing = [code for code in found.chosen["channel"].unique(maintain_order=True) if code not in known]
    if missing:
        st.caption(say(words.LEFT_OUT, channels=_titled(room, missing)))
    evidence.draw(room, catalogue()[PER_VISIT], key=FUNNEL)


def draw_rates(room: Room, found: Together) -> None:
    """Draw the share of the step before of every channel; a click on a cell shows its channel alone."""
    say, steps = room.say, found.all_steps
    if steps.is_empty():
        st.subheader(say(words.RATES), anchor=False)
        st.caption(say(words.NO_FUNNEL))
        return
    against = judged(steps)
    st.subheader(_loses(room, against), anchor=False)
    st.caption(_days(room, found))
    options, chosen = room.options, room.filters.channels
    shown = [code for code in options.channels if code in set(steps["channel"])]
    lanes = [
        Lane(code, in_chart(say(options.channels[code]), 18), options.kinds[code], code in chosen)
        for code in shown
    ]
    cells = [_cell(room, row) for code in shown for row in _in_order(against, code)]
    columns = [say(words.STEPS[code]) for code in LATER]
    figure = heat_map(cells, lanes, columns, st.context.theme.type)
    chart = Chart(figure, _alt(room, cells), _table(room, against))
    click_to_filter.draw(room, chart, RATES, "channel", WIDTH)
    told = say.sentences([say(words.RATES_NOTE), *([say(words.RATES_OF_ALL)] if chosen else [])])
    evidence.draw_under(figures.everywhere(room, "channel"), [told], catalogue()[PER_VISIT], RATES)


def no_funnel(room: Room, found: Together) -> str:
    """Why there is no funnel: no channel has one, or of those chosen none."""
    chosen = room.filters.channels
    if not chosen or found.all_steps.is_empty():
        return room.say(words.NO_FUNNEL)
    return room.say(words.NO_FUNNEL_OF_THESE, channels=_titled(room, chosen))


def judged(steps: pl.DataFrame) -> pl.DataFrame:
    """Steps with `overall`, the share over all channels, and `standing`: above, below or level.

    A share stands apart where its 95 % interval leaves out that of all channels together.
    """
    overall = together(steps).select("step", overall="of_before")
    joined = steps.join(overall, on="step", how="left", maintain_order="left")
    standing = (
        pl.when(pl.col("low") > pl.col("overall"))
        .then(pl.lit("above"))
        .when(pl.col("high") < pl.col("overall"))
        .then(pl.lit("below"))
        .otherwise(pl.lit("level"))
    )
    return joined.filter(pl.col("step").is_in(LATER)).with_columns(
        standing=standing,
        gap=pl.when(pl.col("overall") > 0).then(apart("of_before", "overall")),
    )


def _message(steps: pl.DataFrame, say: Say) -> str:
    last, first = steps.row(-1, named=True), steps.row(0, named=True)
    tightest = narrowest(steps.with_columns(channel=pl.lit("")))
    if tightest.is_empty():
        return say(words.FUNNEL)
    step = tightest.row(0, named=True)
    return say(
        words.FUNNEL_TOLD,
        share=say.value(last["of_first"], "percent"),
        visits=say.number(first["count"]),
        step=say(words.STEPS[step["step"]]),
        rate=say.value(step["of_before"], "percent"),
    )


def _loses(room: Room, against: pl.DataFrame) -> str:
    """Which channel is furthest below all channels together, and at which step."""
    say, below = room.say, against.filter(pl.col("standing") == "below").sort("gap")
    if below.is_empty():
        return say(words.ALIKE)
    row = below.row(0, named=True)
    return say(
        words.LOSES,
        channel=safe(title(room.options, "channel", row["channel"], say)),
        step=say(words.STEPS[row["step"]]),
        rate=say.value(row["of_before"], "percent"),
        overall=say.value(row["overall"], "percent"),
    )


def _in_order(against: pl.DataFrame, channel: str) -> list[dict[str, object]]:
    return against.filter(pl.col("channel") == channel).to_dicts()


def _cell(room: Room, row: dict[str, object]) -> Cell:
    say, standing = room.say, row["standing"]
    is_apart = standing != "level"
    word = {"above": words.ABOVE, "below": words.BELOW}.get(str(standing))
    gap = row["gap"]
    rate = say.value(row["of_before"], "percent")
    hover = say(
        words.RATE_HOVER,
        channel=in_chart(title(room.options, "channel", str(row["channel"]), say)),
        step=say(words.STEPS[str(row["step"])]),
        rate=rate,
        count=say.number(row["count"]),
        overall=say.value(row["overall"], "percent"),
    )
    colour = shade(gap) if is_apart and isinstance(gap, float) else None
    return Cell(
        str(row["channel"]), str(row["step"]), colour, rate, say(word) if word else "", "", hover,
        is_off=standing == "below",
    )  # fmt: skip


def _alt(room: Room, cells: list[Cell]) -> str:
    """Every channel's shares below those of all channels, else that there is none."""
    say = room.say
    below = [cell for cell in cells if cell.is_off]
    channels = [plain(title(room.options, "channel", cell.channel, say)) for cell in below]
    low = [
        f"{channel} {say(words.STEPS[cell.kpi])} {cell.value}"
        for channel, cell in zip(channels, below, strict=True)
    ]
    return say(words.RATES_ALT, steps=say.each(low[:MOST_TOLD]) or say(words.NONE_BELOW))


def _table(room: Room, against: pl.DataFrame) -> pl.DataFrame:
    say = room.say
    channels = [plain(title(room.options, "channel", code, say)) for code in against["channel"]]
    headings = {
        "count": charts.COUNT,
        "of_before": charts.OF_STEP_BEFORE,
        "low": names.RESULT_COLUMNS["low"],
        "high": names.RESULT_COLUMNS["high"],
        "overall": words.OVERALL,
    }
    return against.select(
        pl.Series(say(names.DIMENSIONS["channel"]), channels, pl.String),
        pl.Series(say(charts.STEP), [say(words.STEPS[code]) for code in against["step"]], pl.String),
        *(pl.col(name).alias(say(text)) for name, text in headings.items()),
    )


def _titled(room: Room, channels: Iterable[str]) -> str:
    return room.say.each([safe(title(room.options, "channel", code, room.say)) for code in channels])


def _days(room: Room, found: Together) -> str:
    period = found.shown.period
    return room.say.span(period.start, period.end, with_year=True)
