"""The heading of a page: the strongest real change of its cards, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.text import Text
from dashboard import nothing
from dashboard.cards import value
from dashboard.headline import message
from dashboard.overview_figures import Headline, changed
from dashboard.small_cells import SHOWN, smallness
from dashboard.view import Room
from dashboard.wording import frame as words

MISSED, JUDGED = "bad", ("good", "near", "bad")


def draw(room: Room, found: Sequence[Headline], steady: Text) -> None:
    """Draw the heading.

    Args:
        room: what the page was given.
        found: the figures of the page's cards.
        steady: what is said where nothing really changed.
    """
    changes = changed(room.pinned, room.filters, [headline.kpi for headline in found])
    chosen, options = room.filters.channels, room.options
    written = message(changes, chosen, options, room.say, unmoved=steady, uncompared=level(room, found))
    room.head.title(written, anchor=False)


def level(room: Room, found: Sequence[Headline]) -> str:
    """What figures say that are compared with none: how they stand to targets, else the first of them.

    A figure of too few is not judged, as on its card.
    """
    say = room.say
    known = [each for each in found if each.row["value"] is not None]
    states = [each.row.get("status") for each in known if smallness(each.kpi, each.row) == SHOWN]
    judged, missed = sum(state in JUDGED for state in states), states.count(MISSED)
    if not known:
        return nothing.title(room)
    if missed:
        return say(words.MISSES, count=missed, all=judged)
    if judged:
        return say(words.NONE_MISSES)
    first = known[0]
    return say(words.ONE_FIGURE, kpi=say(first.kpi.label), value=value(first.kpi, first.row, say))
