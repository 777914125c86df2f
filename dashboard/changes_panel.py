"""The panel of the Overview that says what really changed, what misses its target, and what all rests on."""

from __future__ import annotations

import streamlit as st

from dashboard import filter_bar, heat
from dashboard.headline import Movement, sentence, steady, told, uncertain, untold
from dashboard.overview_figures import Headline, volume
from dashboard.palette import BADGE
from dashboard.safe import safe
from dashboard.verdicts import NOT_COMPARED
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.catalogue import catalogue
from kpis.festivals import around

MISSES = 3


def draw(room: Room, found: list[Headline], cells: list[heat.Cell]) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        found: every headline figure.
        cells: every channel and headline figure against its target.
    """
    _draw_changes(room, found)
    _draw_furthest(room, cells)
    st.caption(_rests_on(room))


def _draw_changes(room: Room, found: list[Headline]) -> None:
    say, titles = room.say, room.options.channels
    movements = [headline.movement for headline in found]
    st.subheader(say(words.WHAT_CHANGED), icon=":material/lightbulb:", anchor=False)
    for movement in told(movements):
        verdict = movement.verdict
        st.markdown(
            f":{BADGE[verdict.meaning]}-badge[{verdict.icon} {say(verdict.word)}]  \n"
            f"{sentence(movement, titles, say)}"
        )
    others = _others(room, movements)
    if others:
        st.caption(others)
    for line in _festivals(room, found):
        st.caption(line)


def _festivals(room: Room, found: list[Headline]) -> list[str]:
    """The festivals that figures are compared around; each figure has its own days, so there may be two."""
    if room.filters.compare != "festival":
        return []
    periods = [each.shown.period for each in found if each.movement.verdict is not NOT_COMPARED]
    used = dict.fromkeys(around(period.start, period.end) for period in periods)
    return [filter_bar.around(each, room.say) for each in used if each is not None]


def _others(room: Room, movements: list[Movement]) -> str:
    """What is to be said of the headline figures that are not told one by one."""
    say, more, calm = room.say, untold(movements), steady(movements)
    if all(movement.verdict is NOT_COMPARED for movement in movements):
        return say(words.COMPARISON_OFF if room.filters.compare == "none" else words.COMPARISON_EMPTY)
    if calm == len(movements):
        return say(words.ALL_STEADY)
    parts = [say(words.UNTOLD, count=more)] if more else []
    parts += [say(words.UNCERTAIN, count=unsure)] if (unsure := uncertain(movements)) else []
    steady_words = words.STEADY if parts or told(movements) else words.STEADY_ALONE
    parts += [say(steady_words, count=calm)] if calm else []
    return say.sentences(parts)


def _draw_furthest(room: Room, cells: list[heat.Cell]) -> None:
    say = room.say
    chosen = room.filters.channels or tuple(room.options.channels)
    misses = heat.furthest([cell for cell in cells if cell.channel in chosen], MISSES)
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
