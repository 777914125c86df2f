"""Overview: what changed, whether it is real, and where; one screen."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, filter_bar, heat, state
from dashboard.cards import Card, card
from dashboard.charts import Lane
from dashboard.headline import Movement, message, sentence, told
from dashboard.overview_figures import Headline, headlines, volume
from dashboard.palette import BADGE
from dashboard.safe import in_chart, plain, safe
from dashboard.verdicts import NOT_COMPARED
from dashboard.view import Room, View
from dashboard.wording import frame
from dashboard.wording import overview as words
from kpis.catalogue import catalogue

CARD_WIDTH = 174
MAP = "channels_against_target"
MAP_WIDTH = 640
MISSES = 3
LONGEST_LANE = 18


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    found = headlines(room.pinned, room.options, room.filters)
    movements = [headline.movement for headline in found]
    room.head.title(message(movements, room.options.channels, say), anchor=False)
    if all(headline.row["value"] is None and not headline.row.get("denominator") for headline in found):
        _draw_nothing(room)
        return
    with st.grid(len(found), min_column_width=CARD_WIDTH, border=True, gap="small"):
        for headline in found:
            _draw_card(card(*headline.result, say, identified=headline.identified))
    columns = [heat.Column(headline.kpi, headline.channels, headline.shown) for headline in found]
    cells = heat.cells(columns, room.options.channels, say)
    left, right = st.columns([2, 3], gap="small")
    with left.container(border=True, height="stretch"):
        _draw_changes(room, movements)
        _draw_furthest(room, cells)
        st.caption(_rests_on(room))
    with right.container(border=True, height="stretch"):
        _draw_map(room, found, cells)


def _draw_card(shown: Card) -> None:
    with st.container(gap="xsmall", key=f"card-{shown.kpi}"):
        st.metric(
            shown.label,
            shown.value,
            shown.delta,
            delta_color=shown.delta_colour,
            delta_arrow=shown.delta_arrow,
            delta_description=shown.delta_word,
            help=shown.help,
            chart_data=shown.trend or None,
            chart_type="area",
        )
        st.markdown(
            f":{shown.status_colour}-badge[{shown.status_icon} {shown.status}] :small[:gray[{shown.target}]]"
        )
        st.caption(" · ".join(shown.notes))


def _draw_changes(room: Room, movements: list[Movement]) -> None:
    say, titles = room.say, room.options.channels
    st.subheader(say(words.WHAT_CHANGED), icon=":material/lightbulb:", anchor=False)
    compared = [movement for movement in movements if movement.verdict is not NOT_COMPARED]
    real = told(movements)
    for movement in real:
        verdict = movement.verdict
        st.markdown(
            f":{BADGE[verdict.meaning]}-badge[{verdict.icon} {say(verdict.word)}]  \n"
            f"{sentence(movement, titles, say)}"
        )
    if not compared:
        off = room.filters.compare == "none"
        st.caption(say(words.COMPARISON_OFF if off else words.COMPARISON_EMPTY))
    elif not real:
        st.caption(say(words.ALL_STEADY))
    elif len(compared) > len(real):
        st.caption(say(words.OTHERS, count=len(compared) - len(real)))


def _draw_furthest(room: Room, cells: list[heat.Cell]) -> None:
    say = room.say
    misses = heat.furthest(cells, MISSES)
    if misses:
        st.subheader(say(words.FURTHEST), icon=":material/target:", anchor=False)
        st.markdown("  \n".join(_miss(cell, room) for cell in misses))


def _miss(cell: heat.Cell, room: Room) -> str:
    say = room.say
    return say(
        words.MISS,
        channel=safe(say(room.options.channels[cell.channel])),
        kpi=say(catalogue()[cell.kpi].title),
        value=cell.value,
        target=cell.target,
    )


def _rests_on(room: Room) -> str:
    say = room.say
    rests = volume(room.pinned, room.options, room.filters)
    return say(
        words.RESTS_ON,
        orders=say(words.UNKNOWN_COUNT) if rests.orders is None else say.number(rests.orders),
        visits=say(words.UNKNOWN_COUNT) if rests.visits is None else say.number(rests.visits),
        days=say.span(rests.period.start, rests.period.end),
        share=say.value(rests.identified, "percent"),
    )


def _draw_map(room: Room, found: list[Headline], cells: list[heat.Cell]) -> None:
    say, channels, chosen = room.say, room.options.channels, room.filters.channels
    st.subheader(say(words.AGAINST_TARGET), icon=":material/grid_view:", anchor=False)
    if len(chosen) == 1:
        st.caption(say(words.CHANNEL_CHOSEN, channel=safe(say(channels[chosen[0]]))))
    else:
        st.caption(say(words.AGAINST_TARGET_NOTE))
    lanes = [
        Lane(channel, in_chart(say(title), LONGEST_LANE), room.options.kinds[channel], channel in chosen)
        for channel, title in channels.items()
    ]
    titles = [say(headline.kpi.title) for headline in found]
    off = [
        f"{plain(say(channels[cell.channel]))} {say(catalogue()[cell.kpi].title)}"
        for cell in cells
        if cell.is_off
    ]
    with st.grid(1, min_column_width=MAP_WIDTH, wrap=False):
        st.plotly_chart(
            charts.heat_map(cells, lanes, titles, st.context.theme.type),
            key=MAP,
            on_select=_choose_clicked,
            selection_mode="points",
            config=charts.CONFIG,
            alt=say(words.HEAT_ALT, kpis=say.each(titles), bad=say.each(off) or say(words.NONE_OFF)),
        )


def _choose_clicked() -> None:
    points = st.session_state[MAP].selection.points
    if points:
        state.choose_channel(points[0]["customdata"][0])


def _draw_nothing(room: Room) -> None:
    say, options = room.say, room.options
    with st.container(border=True, horizontal_alignment="center", key="nothing"):
        st.subheader(
            say(words.NOTHING_TO_SHOW), icon=":material/search_off:", text_alignment="center", anchor=False
        )
        st.caption(
            say(words.NOTHING_TO_SHOW_WHY, first=say.day(options.first_day), last=say.day(options.last_day)),
            text_alignment="center",
        )
        filter_bar.draw_reset(say)


view = View(
    path="",
    title=frame.OVERVIEW,
    help=frame.OVERVIEW_HELP,
    icon=":material/dashboard:",
    place=1,
    show=show,
)
