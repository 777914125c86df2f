"""The panel of the Overview that holds channels against targets; a click on a cell opens its channel."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from dashboard import allowances, state, ways
from dashboard.charts.chart import Chart, draw_chart
from dashboard.charts.heat_map import Lane, heat_map
from dashboard.heat import Cell, as_table
from dashboard.overview_figures import Headline
from dashboard.safe import in_chart, plain, safe
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.catalogue import catalogue

MAP, CLICKED = "channels_against_target", "clicked_channel"
MAP_WIDTH = 640
LONGEST_LANE, NOTE_LENGTH = 18, 200


def draw(room: Room, found: list[Headline], cells: list[Cell]) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        found: the headline figures, one column each.
        cells: their values by channel.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="against"):
        st.subheader(
            _message(room, cells),
            icon=":material/grid_view:",
            anchor=False,
            help=_how_to_read(room, cells),
            width="stretch",
        )
        _draw_allowances(room, found)
    draw_chart(_chart(room, found, cells), MAP, room.say, _keep_clicked, MAP_WIDTH)


def _how_to_read(room: Room, cells: list[Cell]) -> str:
    """What the colours mean, or how to have some; and what a click does."""
    has_targets = any(cell.target for cell in cells)
    told = words.AGAINST_TARGET_NOTE if has_targets else words.NO_TARGETS_NOTE
    return safe(room.say(told), NOTE_LENGTH)


def _message(room: Room, cells: list[Cell]) -> str:
    """How many figures of the channels miss their target, and the channel with most of them."""
    say, judged = room.say, [cell for cell in cells if cell.shade is not None]
    off = Counter(cell.channel for cell in judged if cell.is_off)
    if not judged:
        return say(words.AGAINST_TARGET)
    if not off:
        return say(words.NONE_MISSED, all=len(judged))
    worst, most = off.most_common(1)[0]
    told = say(words.MISSED, count=off.total(), all=len(judged))
    is_alone = list(off.values()).count(most) == 1
    return say(words.MOST_OF_THEM, told=told, channel=_named(room, worst)) if is_alone else told


def _chart(room: Room, found: list[Headline], cells: list[Cell]) -> Chart:
    say, channels = room.say, room.options.channels
    lanes = [
        Lane(
            channel,
            in_chart(say(title), LONGEST_LANE),
            room.options.kinds[channel],
            channel in room.filters.channels,
        )
        for channel, title in channels.items()
    ]
    titles = [say(headline.kpi.label) for headline in found]
    off = [
        f"{plain(say(channels[cell.channel]))} {say(catalogue()[cell.kpi].title)}"
        for cell in cells
        if cell.is_off
    ]
    return Chart(
        heat_map(cells, lanes, titles, st.context.theme.type),
        say(words.HEAT_ALT, kpis=say.each(titles), bad=say.each(off) or say(words.NONE_OFF)),
        as_table(cells, channels, [headline.kpi for headline in found], say),
    )


def _named(room: Room, channel: str) -> str:
    return safe(room.say(room.options.channels[channel]))


def _draw_allowances(room: Room, found: list[Headline]) -> None:
    """Behind a button, in counts: what the targets still allow."""
    told = allowances.lines(room, found)
    if told:
        with st.popover(room.say(words.ROOM), icon=":material/rule:", type="tertiary"):
            st.markdown("\n\n".join(told))


def follow_click(room: Room) -> None:
    """Open the page of the channels for the cell that was clicked; to be called before anything is drawn."""
    channel = st.session_state.pop(CLICKED, None)
    if channel is not None:
        codes = ways.narrowed(channel=channel)
        state.pass_through(codes)
        st.switch_page(room.pages[ways.CHANNELS], query_params=codes)


def _keep_clicked() -> None:
    """Keep the channel for `follow_click`: a callback cannot leave its page."""
    points = st.session_state[MAP].selection.points
    if points:
        st.session_state[CLICKED] = points[0]["customdata"][0]
