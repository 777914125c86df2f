"""What stands on a page without any figure: for which days, how far the data reach, why, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import filter_bar, spans, verdicts
from dashboard.filters import Filters
from dashboard.overview_figures import Headline
from dashboard.safe import safe
from dashboard.titles import titles
from dashboard.view import Room
from dashboard.wording import frame as words
from dashboard.wording import names
from kpis.periods import Period


def is_all(found: Sequence[Headline]) -> bool:
    """Whether the filters leave nothing to count in any figure of a page that could be counted."""
    able = [each for each in found if verdicts.missing(each.row) is None and not each.uncarried]
    return bool(able) and all(each.is_blank for each in able)


def title(room: Room) -> str:
    """For which days there is nothing."""
    asked = days(room)
    return room.say(words.NO_DATA_FOR, days=room.say.span(asked.start, asked.end, with_year=True))


def days(room: Room) -> Period:
    """The days of the filters."""
    return spans.shown(room.filters, room.options.last_day, 0).period


def draw(room: Room, *why: str) -> None:
    """Draw it in place of the figures.

    Args:
        room: what the page was given.
        why: what else is known, in Markdown.
    """
    with st.container(border=True, horizontal_alignment="center", key="nothing"):
        st.subheader(title(room), icon=":material/search_off:", text_alignment="center", anchor=False)
        for line in (_reach(room), *why):
            st.caption(line, text_alignment="center")
        if room.filters != Filters():
            filter_bar.draw_reset(room.say)


def _reach(room: Room) -> str:
    """That the days lie outside of the data, or which filters leave nothing within them."""
    say, options, asked = room.say, room.options, days(room)
    reach = {"first": say.day(options.first_day), "last": say.day(options.last_day)}
    if asked.end < options.first_day or asked.start > options.last_day or not room.filters.where:
        return say(words.DATA_REACH, **reach)
    chosen = [
        say(words.CHOSEN, name=say(names.DIMENSIONS[name]), values=say.each(_called(room, name, values)))
        for name, values in room.filters.where
    ]
    return say(words.NOTHING_LEFT, filters=say.each(chosen), **reach)


def _called(room: Room, name: str, values: Sequence[str]) -> list[str]:
    known = titles(room.options, name, room.say)
    return [safe(known.get(value, value), filter_bar.LONGEST_CODE) for value in values]
