"""The evidence behind a number: a button that opens it, and nothing is computed before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import evidence_lines, figures, state, verdicts, ways
from dashboard.cards import value
from dashboard.evidence_lines import Line
from dashboard.filters import DIMENSIONS
from dashboard.palette import BADGE
from dashboard.scope import Where
from dashboard.small_cells import SHOWN, smallness
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import evidence as words
from dashboard.wording import names
from kpis.kpi import Kpi

ICON = ":material/fact_check:"
EXTRACTS = "extracts"


def draw(room: Room, kpi: Kpi, extra: Where = (), key: str = "", label: str = "") -> None:
    """A small button beside a number; pressed, it opens the number's evidence.

    Only the button itself is run again, not the page.

    Args:
        room: what the page was given.
        kpi: the KPI.
        extra: what narrows the number beyond the filters, e.g. `(("carrier", ("SF",)),)`.
        key: tells apart two buttons of one page for the same KPI and slice.
        label: what stands on it; the word for evidence where empty.
    """
    with st.container(width="content"):
        st.fragment(_button)(room, kpi, extra, key, label)


def draw_under(room: Room, told: Sequence[str], kpi: Kpi, key: str, *, is_whole: bool = False) -> None:
    """What a chart rests on, in small, and beside it the evidence of its KPI.

    Args:
        room: what the page was given.
        told: the parts of the line, in Markdown.
        kpi: the KPI.
        key: the name of the chart.
        is_whole: whether the chart shows parts of the KPI, which then is named on the button.
    """
    label = room.say(words.EVIDENCE_OF, kpi=room.say(kpi.label)) if is_whole else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(" · ".join(told), width="content")
        draw(room, kpi, key=key, label=label)


def show(room: Room, kpi: Kpi, extra: Where = ()) -> None:
    """Open the evidence of a number at once, e.g. of a bar or cell that was clicked; once per run."""
    st.dialog(room.say(kpi.title), position="right", icon=ICON)(_contents)(room, kpi, extra)


def _button(room: Room, kpi: Kpi, extra: Where, key: str, label: str) -> None:
    sliced = "-".join(f"{name}-{'-'.join(values)}" for name, values in extra)
    name = "-".join(part for part in ("evidence", kpi.id, sliced, key) if part)
    named = f":small[{label or room.say(words.EVIDENCE)}]"
    if st.button(named, key=name, type="tertiary", icon=ICON, help=room.say(words.OPEN)):
        show(room, kpi, extra)


def _contents(room: Room, kpi: Kpi, extra: Where) -> None:
    row = figures.one(room, kpi, extra)
    room = replace(room, say=room.say.sized(row["value"]))
    _draw_value(room, kpi, row)
    st.caption(" · ".join(evidence_lines.scope(room, kpi, extra)))
    for line in evidence_lines.lines(room, kpi, extra, row):
        _draw_line(line)
    _draw_links(room, kpi, extra)


def _draw_value(room: Room, kpi: Kpi, row: Row) -> None:
    say, change = room.say, verdicts.of_change(kpi, row)
    is_compared = change is not verdicts.NOT_COMPARED
    st.metric(
        say(words.VALUE),
        value(kpi, row, say),
        say.change(row["change"], kpi.unit) if is_compared else None,
        delta_color=BADGE[change.meaning],
        delta_arrow="off",
        delta_description=say(change.word) if is_compared else None,
    )
    if smallness(kpi, row) == SHOWN:
        status = verdicts.of_status(kpi, row)
        st.badge(say(status.word), icon=status.icon, color=BADGE[status.meaning])


def _draw_line(line: Line) -> None:
    st.markdown("  \n".join([f":small[:gray[{line.label}]]", *line.told]))


def _draw_links(room: Room, kpi: Kpi, extra: Where) -> None:
    """Links to the rows of every table that the number is made of, and to all definitions."""
    if EXTRACTS in room.pages:
        for table in kpi.tables:
            if table in room.manifest.delivered:
                st.page_link(
                    room.pages[EXTRACTS],
                    label=room.say(words.ROWS, table=room.say(names.TABLES[table])),
                    icon=":material/table_rows:",
                    query_params=codes(room, kpi, extra, table),
                )
    ways.draw_definition(room, kpi, room.say(words.DEFINITIONS))


def codes(room: Room, kpi: Kpi, extra: Where, table: str) -> dict[str, list[str]]:
    """The address of a table's rows for the days and slice of the number."""
    period = figures.days(room, kpi).period
    sliced = {name: list(values) for name, values in figures.where(room, extra) if name in DIMENSIONS}
    own = {"what": ["rows"], "table": [table], "behind": [kpi.id], "period": ["custom"]}
    own |= state.chosen_language()
    return {**sliced, **own, "from": [period.start.isoformat()], "to": [period.end.isoformat()]}
