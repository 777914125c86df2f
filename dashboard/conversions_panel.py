"""Every figure called conversion, side by side: what each counts, and what parts it from the first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import evidence
from dashboard.small_cells import SHOWN, smallness
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.visit_figures import CONVERSIONS, PER_VISIT, Together
from dashboard.wording import Say
from dashboard.wording import visit as words
from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from kpis.reconcile import Sides, apart

CARD_WIDTH = 300


def draw(room: Room, found: Together) -> None:
    """Draw the panel."""
    say, rows = room.say, shown_rows(found)
    if not rows:
        st.subheader(say(words.NO_CONVERSIONS), anchor=False)
        return
    st.subheader(message([row for _, row in rows], say), anchor=False)
    period = found.shown.period
    st.caption(say.span(period.start, period.end, with_year=True))
    with st.grid(3, min_column_width=CARD_WIDTH, border=True, gap="small"):
        for kpi, row in rows:
            with st.container(gap="xsmall", key=f"conversion-{kpi.id}"):
                st.metric(say(kpi.label), say.value(row["value"], "percent"), help=say(kpi.question))
                st.markdown(_counts(row, say))
                for line in told(kpi, found, room):
                    st.caption(line)
                evidence.draw(room, kpi)


def message(rows: Sequence[Row], say: Say) -> str:
    """How many conversions there are, how far they are apart, and whether any come to the same counts.

    Args:
        rows: their results, at least one.
        say: the reader's language.
    """
    values = [row["value"] for row in rows]
    different = len({(row["numerator"], row["denominator"]) for row in rows})
    told = words.SOME_CONVERSIONS
    if len(rows) == 1:
        told = words.ONE_CONVERSION
    elif different == 1:
        told = words.SAME_CONVERSIONS
    elif different == len(rows):
        told = words.CONVERSIONS
    low, high = (say.value(end(values), "percent") for end in (min, max))
    return say(told, count=len(rows), low=low, high=high)


def shown_rows(found: Together) -> list[tuple[Kpi, Row]]:
    """The conversions that have a figure of enough, in order."""
    known = {row["kpi"]: row for row in found.whole.iter_rows(named=True)}
    return [
        (catalogue()[name], known[name])
        for name in CONVERSIONS
        if name in known
        and known[name]["value"] is not None
        and smallness(catalogue()[name], known[name]) == SHOWN
    ]


def told(kpi: Kpi, found: Together, room: Room) -> list[str]:
    """What a conversion counts, and how it comes to differ from conversion per visit.

    Args:
        kpi: the conversion.
        found: all figures of the same days.
        room: what the page was given.
    """
    say, why = room.say, room.say(words.WHY[kpi.id])
    if kpi.id == PER_VISIT:
        return [why, *_made_of(found, room)]
    first, own = found.sides(PER_VISIT), found.sides(kpi.id)
    if first is None or own is None:
        return [why]
    if first == own:
        return [why, say(words.SAME)]
    parts = apart(first, own)
    return [
        why,
        say(
            words.APART,
            difference=say.change(parts.difference, "percent"),
            counted=say.change(parts.counted, "percent"),
            divided=say.change(parts.divided, "percent"),
            more_counted=_more(parts.more_counted, say),
            more_divided=_more(parts.more_divided, say),
        ),
    ]


def _made_of(found: Together, room: Room) -> list[str]:
    """The online and the offline part, where both are there and make the whole."""
    kinds = dict(room.options.kinds)
    parts = {kind: found.sides(PER_VISIT, kinds, kind) for kind in ("online", "offline")}
    online, offline, whole = parts["online"], parts["offline"], found.sides(PER_VISIT)
    if online is None or offline is None or whole is None or online.plus(offline) != whole:
        return []
    say = room.say
    return [
        say(
            words.MADE_OF,
            online=say.value(online.value, "percent"),
            online_of=_of(online, say),
            offline=say.value(offline.value, "percent"),
            offline_of=_of(offline, say),
        )
    ]


def _of(sides: Sides, say: Say) -> str:
    above, below = say.number(sides.numerator), say.number(sides.denominator)
    return say(words.OF, numerator=above, denominator=below)


def _counts(row: Row, say: Say) -> str:
    return _of(Sides(float(row["numerator"]), float(row["denominator"])), say)


def _more(count: float, say: Say) -> str:
    if not count:
        return say(words.NONE_MORE)
    return say(words.MORE if count > 0 else words.FEWER, count=say.number(abs(count)))
