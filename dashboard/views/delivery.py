"""Delivery: whether orders arrive when promised, how long they take, what goes wrong, what targets allow."""

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
from dashboard import delivery_panels as panels
from dashboard.overview_figures import headlines
from dashboard.view import Room, View
from dashboard.wording import delivery as words
from dashboard.wording import frame
from kpis.catalogue import catalogue

STAGES = ("deliver",)
PART = "delivery"
CARDS = (
    "on_time_delivery", "delivery_hours", "delivery_hours_p90", "perfect_order_rate", "late_shipment_rate",
    "pickup_success",
)  # fmt: skip
PANELS = {
    "promise": panels.draw_promise,
    "time": panels.draw_time,
    "perfect": panels.draw_perfect,
    "parcels": panels.draw_parcels,
    "pickup": panels.draw_pickup,
    "targets": partial(stage_targets.draw, stages=STAGES),
}


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    found = headlines(room.pinned, room.options, room.filters, [catalogue()[name] for name in CARDS])
    page_title.draw(room, found, words.STEADY)
    known = {
        PART: PANELS,
        panels.SPLIT: split_choice.offered(room, panels.SPLITS),
        panels.MEASURE: (panels.PARCELS, *panels.BY_CARRIER),
    }
    filter_bar.draw_rejected(state.unknown(known), say)
    if nothing.is_all(found):
        kinds = {room.options.kinds.get(name) for name in room.filters.channels}
        nothing.draw(room, *([say(words.CARRIED_HOME)] if kinds == {"offline"} else []))
        return
    card_row.draw(room, found)
    titles = {part: say(words.PARTS[part]) for part in PANELS}
    PANELS[page_choice.draw(PART, titles, say(words.PART))](room)
    more_figures.draw(room, STAGES, found)


view = View(
    path="delivery",
    title=frame.DELIVERY,
    help=frame.DELIVERY_HELP,
    icon=":material/local_shipping:",
    place=4,
    show=show,
    stages=STAGES,
)
