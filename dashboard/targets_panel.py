"""The panel of the Overview that holds channels against targets; a click on a cell chooses its channel."""

from __future__ import annotations

import streamlit as st

from dashboard import allowances, state
from dashboard.charts.chart import CONFIG
from dashboard.charts.heat_map import Lane, heat_map
from dashboard.heat import Cell
from dashboard.overview_figures import Headline
from dashboard.safe import in_chart, plain, safe
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.catalogue import catalogue

MAP = "channels_against_target"
MAP_WIDTH = 640
LONGEST_LANE, NOTE_LENGTH = 18, 200


def draw(room: Room, found: list[Headline], cells: list[Cell]) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        found: the headline figures, one column each.
        cells: their values by channel.
    """
    say, channels, chosen = room.say, room.options.channels, room.filters.channels
    with st.container(horizontal=True, vertical_alignment="center", key="against"):
        st.subheader(say(words.AGAINST_TARGET), icon=":material/grid_view:", anchor=False, width="stretch")
        _draw_allowances(room, found)
    if len(chosen) == 1:
        st.caption(say(words.CHANNEL_CHOSEN, channel=safe(say(channels[chosen[0]]))))
    else:
        has_targets = any(cell.target for cell in cells)
        st.caption(
            safe(say(words.AGAINST_TARGET_NOTE if has_targets else words.NO_TARGETS_NOTE), NOTE_LENGTH)
        )
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
            heat_map(cells, lanes, titles, st.context.theme.type),
            key=MAP,
            on_select=_choose_clicked,
            selection_mode="points",
            config=CONFIG,
            alt=say(words.HEAT_ALT, kpis=say.each(titles), bad=say.each(off) or say(words.NONE_OFF)),
        )


def _draw_allowances(room: Room, found: list[Headline]) -> None:
    """Behind a button, in counts: what the targets still allow."""
    told = allowances.lines(room, found)
    if told:
        with st.popover(room.say(words.ROOM), icon=":material/rule:", type="tertiary"):
            st.markdown("\n\n".join(told))


def _choose_clicked() -> None:
    points = st.session_state[MAP].selection.points
    if points:
        state.choose_alone("channel", points[0]["customdata"][0])
