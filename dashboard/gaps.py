"""Why a panel has nothing to show: what is missing, or which filter does not apply."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import figures, verdicts
from dashboard.cards import keeper
from dashboard.safe import safe
from dashboard.scope import Where
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import names
from dashboard.wording import overview as words
from kpis.kpi import Kpi

LONGEST = 200


def why_nothing(
    room: Room, kpi: Kpi, rows: Iterable[Row], by: tuple[str, ...] = (), extra: Where = ()
) -> str | None:
    """One plain line; null where there is something to show.

    Args:
        room: what the page was given.
        kpi: the KPI.
        rows: its results.
        by: the dimensions they are split by.
        extra: what narrows them beyond the filters.
    """
    say = room.say
    lacking = figures.uncarried(room, kpi, extra, by)
    if lacking:
        listed = say.each([say(names.DIMENSIONS[name]) for name in lacking])
        return say(words.UNSPLIT, dimensions=listed)
    found = list(rows)
    need = next((need for row in found if (need := verdicts.missing(row))), None)
    if need is not None:
        return say(words.MISSING, need=need, source=keeper(need, say))
    return None if any(row["denominator"] for row in found) else say(words.NO_ROWS)


def has_rows(room: Room, kpi: Kpi, rows: Iterable[Row], by: tuple[str, ...] = ()) -> bool:
    """Whether there is something to draw; else it is said why not."""
    why = why_nothing(room, kpi, rows, by)
    if why is not None:
        st.markdown(f"**{room.say(kpi.label)}**")
        st.caption(safe(why, LONGEST))
    return why is None
