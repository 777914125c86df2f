"""Articles that differ online and offline: what they come to, and every one of them to take along."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard import comparison, comparison_data, downloads, filter_bar, state, table_on_screen
from dashboard.charts.chart import draw_chart
from dashboard.charts.estimates import Estimate, estimates
from dashboard.downloads import Told
from dashboard.safe import plain, safe
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import consistency as words
from kpis.article_summaries import BASES, WEIGHTS

LIST, SHOWN_ROWS, LONGEST = "list", 200, 80
SAME, SHARED = ("price_differences", "content_differences"), ("assortment_gaps",)
CONTAINED = ("offline_range_online", "online_range_offline")
OF_RANGE = {"offline_range_online": "offline", "online_range_offline": "online", "jaccard": "cross"}


def draw_prices(room: Room) -> None:
    """Draw how far prices are the same, and the lists of prices and titles that are not."""
    say = room.say
    known, _ = comparison.of_articles(room.filters.where)
    found = comparison_data.prices(room.pinned, comparison.period(room), known)
    asked, realised = found.row(0, named=True), found.row(1, named=True)
    if asked["compared"]:
        counts = ("equal", "compared", "online_lower", "online_higher")
        told = {name: say.number(asked[name]) for name in counts}
        st.subheader(say(words.PRICES_TITLE, **told), icon=":material/sell:", anchor=False)
        _draw_slant(room)
    else:
        st.caption(say(words.NO_PRICES, keeper=say(names.KEEPERS["prices"])))
    if realised["compared"]:
        shares = {name: say.value(realised[name], "percent") for name in ("share", "low", "high")}
        st.caption(say(words.REALISED, **shares, compared=say.number(realised["compared"])))
    _draw_list(room, SAME)


def draw_range(room: Room) -> None:
    """Draw how far the ranges are the same, and what is on sale on one side only."""
    say = room.say
    known, _ = comparison.of_articles(room.filters.where)
    period = comparison.period(room)
    found = comparison_data.ranges(room.pinned, period, known)
    rows = {(row["basis"], row["weight"], row["measure"]): row for row in found.iter_rows(named=True)}
    shares = [rows["listed", "articles", name]["value"] for name in CONTAINED]
    if None in shares:
        st.caption(say(words.NO_RANGE, keeper=say(names.KEEPERS["listings"])))
    else:
        share, reverse = (say.value(value, "percent") for value in shares)
        told = say(words.RANGE_TITLE, share=share, reverse=reverse)
        st.subheader(told, icon=":material/inventory_2:", anchor=False)
        st.caption(say(words.RANGE_NOTE, day=say.day(period.end)))
        for weight, place in zip(WEIGHTS, st.columns(2, gap="medium"), strict=True):
            with place:
                _draw_measures(room, weight, rows)
    _draw_list(room, SHARED)


def _draw_slant(room: Room) -> None:
    """The category whose articles differ most often to one side, where any does."""
    say = room.say
    known, _ = comparison.of_articles(room.filters.where)
    found = comparison_data.slant(room.pinned, comparison.period(room), known)
    for row in found.head(1).iter_rows(named=True):
        counts = {name: say.number(row[name]) for name in ("count", "compared")}
        gap = say.value(None if row["gap"] is None else abs(row["gap"]), "percent")
        st.markdown(
            say(words.SLANT[row["direction"]], category=safe(row["category"], LONGEST), gap=gap, **counts)
        )


def _draw_measures(room: Room, weight: str, rows: dict[tuple[str, str, str], dict[str, object]]) -> None:
    say, title = room.say, room.say(words.WEIGHTS[weight])
    st.markdown(f"**{title}**")
    drawn = []
    for basis in BASES:
        for measure, kind in OF_RANGE.items():
            row = rows[basis, weight, measure]
            name = say(words.BASES[basis], measure=say(words.MEASURES[measure]))
            ends = [_figure(row[column]) for column in ("value", "low", "high")]
            count = _figure(row["denominator"]) if weight == WEIGHTS[0] else None
            drawn.append(Estimate(name, kind, *ends, count))
    chart = estimates(drawn, title, "percent", say, hidden="")
    draw_chart(chart, f"range-{weight}", say)


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _draw_list(room: Room, offered: Sequence[str]) -> None:
    say = room.say
    titles = {name: say(words.LISTS[name]) for name in offered}
    chosen = state.choice(LIST, list(titles))
    filter_bar.draw_rejected(state.unknown({LIST: list(words.LISTS)}), say)
    if len(titles) > 1:
        st.segmented_control(
            say(words.LIST),
            list(titles),
            key=LIST,
            format_func=titles.__getitem__,
            required=True,
            on_change=state.keep,
            args=(LIST,),
            label_visibility="collapsed",
        )
    known, ignored = comparison.of_articles(room.filters.where)
    period = comparison.period(room)
    rows = comparison_data.articles(room.pinned, chosen, period, known)
    if ignored:
        dimensions = say.each([say(names.DIMENSIONS[name]) for name in ignored])
        st.caption(say(words.IGNORED, dimensions=dimensions))
    if rows.is_empty():
        st.caption(say(words.LIST_EMPTY))
        return
    every = spoken(rows, room)
    told = say(words.LIST_ROWS, rows=say.number(rows.height), day=say.day(period.end))
    what = {"list": chosen, "to": period.end, "where": dict(known)}
    about = Told(what, rows.height, table=chosen, columns=columns_behind(rows, say))
    downloads.draw(room, every, chosen.replace("_", "-"), told, about, coded=rows.lazy())
    shown = every.head(SHOWN_ROWS).with_columns(
        pl.col(pl.String).map_elements(lambda text: plain(text, LONGEST), return_dtype=pl.String)
    )
    table_on_screen.draw(shown, say, key=f"list-{chosen}", alt=words.LIST_ALT)
    if rows.height > SHOWN_ROWS:
        st.caption(say(words.FIRST_ROWS, shown=say.number(SHOWN_ROWS)))


def spoken(rows: pl.DataFrame, room: Room) -> pl.DataFrame:
    """A list under headings and with codes of the reader's language."""
    say = room.say
    codes = {
        name: {code: say(text) for code, text in texts.items()}
        for name, texts in words.LIST_CODES.items()
        if name in rows.columns
    }
    told = rows.with_columns(pl.col(name).replace(known) for name, known in codes.items())
    return told.rename({name: heading for heading, name in columns_behind(rows, say).items()})


def columns_behind(rows: pl.DataFrame, say: Say) -> dict[str, str]:
    """The column of the list behind each heading."""
    return {say(words.LIST_COLUMNS[name]): name for name in rows.columns}
