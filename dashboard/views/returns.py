"""Returns and service: what comes back and why, how soon money and answers follow, what targets allow."""

from __future__ import annotations

from functools import partial

from dashboard import (
    card_row,
    filter_bar,
    more_figures,
    nothing,
    page_choice,
    page_title,
    split_choice,
    stage_targets,
    state,
)
from dashboard import returns_panels as panels
from dashboard.overview_figures import headlines
from dashboard.view import Room, View
from dashboard.wording import frame
from dashboard.wording import returns as words
from kpis.catalogue import catalogue

STAGES = ("after", "serve", "risk")
SECTION = "after"
CARDS = (
    "return_rate", "quality_return_rate", "refund_hours", "reply_in_3_minutes", "first_contact_resolution",
    "complaint_rate",
)  # fmt: skip
PANELS = {
    "rates": panels.draw_rates,
    "reasons": panels.draw_reasons,
    "refunds": panels.draw_refunds,
    "stores": panels.draw_stores,
    "service": panels.draw_service,
    "targets": partial(stage_targets.draw, stages=STAGES),
}
CHOICES = {
    SECTION: tuple(PANELS),
    panels.RATE: panels.RATES,
    panels.BASIS: panels.BASES,
    panels.MEASURE: panels.MEASURES,
}


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    found = headlines(room.pinned, room.options, room.filters, [catalogue()[name] for name in CARDS])
    page_title.draw(room, found, words.STEADY)
    filter_bar.draw_rejected(
        state.unknown({**CHOICES, panels.SPLIT: split_choice.offered(room, panels.SPLITS)}), say
    )
    if nothing.is_all(found):
        nothing.draw(room)
        return
    card_row.draw(room, found)
    titles = {section: say(words.SECTIONS[section]) for section in PANELS}
    PANELS[page_choice.draw(SECTION, titles, say(words.SECTION))](room)
    more_figures.draw(room, STAGES, found)


view = View(
    path="returns",
    title=frame.RETURNS,
    help=frame.RETURNS_HELP,
    icon=":material/assignment_return:",
    place=5,
    show=show,
    stages=STAGES,
)
