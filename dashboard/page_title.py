"""The heading of a page: the strongest real change of its cards, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.text import Text
from dashboard.headline import message
from dashboard.overview_figures import Headline, changed
from dashboard.view import Room


def draw(room: Room, found: Sequence[Headline], steady: Text, uncompared: Text) -> None:
    """Draw the heading.

    Args:
        room: what the page was given.
        found: the figures of the page's cards.
        steady: what is said where nothing really changed.
        uncompared: what is said where nothing is compared.
    """
    changes = changed(room.pinned, room.filters, [headline.kpi for headline in found])
    chosen, options = room.filters.channels, room.options
    written = message(changes, chosen, options, room.say, unmoved=steady, uncompared=uncompared)
    room.head.title(written, anchor=False)
