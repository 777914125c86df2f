"""The heading of a page: the strongest real change of its cards, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.text import Text
from dashboard.headline import message, told
from dashboard.overview_figures import Headline
from dashboard.verdicts import NOT_COMPARED
from dashboard.view import Room


def draw(room: Room, found: Sequence[Headline], steady: Text, uncompared: Text) -> None:
    """Draw the heading.

    Args:
        room: what the page was given.
        found: the figures of the page's cards.
        steady: what is said where nothing really changed.
        uncompared: what is said where nothing is compared.
    """
    movements = [headline.movement for headline in found]
    if all(movement.verdict is NOT_COMPARED for movement in movements):
        written = room.say(uncompared)
    elif not told(movements):
        written = room.say(steady)
    else:
        written = message(movements, room.options.channels, room.filters.channels, room.say)
    room.head.title(written, anchor=False)
