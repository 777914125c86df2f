"""The half of the Extracts page that gives figures: choose KPIs and splits, see the table, take it along."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import downloads, kpi_table, state, table_on_screen
from dashboard.kpi_table import Asked
from dashboard.overview_figures import headline_kpis
from dashboard.view import Room
from dashboard.wording import extracts as words
from dashboard.wording import frame, names
from kpis.catalogue import catalogue
from kpis.evaluate import Query
from kpis.periods import GRAINS

KPIS, GRAIN, BY = "kpi", "grain", "by"
WHOLE_PERIOD = "whole"
MOST_DIMENSIONS = 3


def draw(room: Room, choosing: DeltaGenerator) -> None:
    """Draw the choices into `choosing`, and the table below."""
    say = room.say
    with choosing:
        asked = _choose(room)
    if not asked.kpis:
        st.caption(say(words.NO_KPI))
        return
    question = kpi_table.question(asked, room.filters, room.options)
    table = kpi_table.kpi_table(room.pinned, question, asked.dimensions, say)
    period = kpi_table.days(room.filters, room.options)
    told = say(
        words.ROWS_OF,
        rows=say.number(table.height),
        days=say.span(period.start, period.end, with_year=True),
        last_day=say.day(room.options.last_day),
    )
    kpis = [catalogue()[name] for name in asked.kpis]
    notes = kpi_table.notes(kpis, room.manifest, say)
    downloads.draw(
        room, table, "figures", told, downloads.Told(_filters(question), table.height, kpis, notes)
    )
    table_on_screen.draw(table, say, key="figures")


def _choose(room: Room) -> Asked:
    say = room.say
    titles = {name: say(kpi.title) for name, kpi in catalogue().items()}
    chosen = state.choices(KPIS, list(titles), [kpi.id for kpi in headline_kpis()])
    st.multiselect(
        say(words.KPIS),
        list(titles),
        key=KPIS,
        format_func=titles.__getitem__,
        on_change=state.keep,
        args=(KPIS,),
        placeholder=say(frame.CHOOSE),
    )
    grains = {
        WHOLE_PERIOD: say(words.WHOLE_PERIOD),
        **{grain: say(names.DIMENSIONS[grain]) for grain in GRAINS},
    }
    grain = state.choice(GRAIN, list(grains))
    st.selectbox(
        say(words.GRAIN),
        list(grains),
        key=GRAIN,
        format_func=grains.__getitem__,
        on_change=state.keep,
        args=(GRAIN,),
        placeholder=say(frame.CHOOSE),
        width=150,
    )
    dimensions = kpi_table.common_dimensions([catalogue()[name] for name in chosen])
    by = state.choices(BY, dimensions, [])[:MOST_DIMENSIONS]
    dimension_titles = {name: say(names.DIMENSIONS[name]) for name in dimensions}
    st.multiselect(
        say(words.BY),
        dimensions,
        key=BY,
        format_func=dimension_titles.__getitem__,
        on_change=state.keep,
        args=(BY,),
        max_selections=MOST_DIMENSIONS,
        placeholder=say(frame.CHOOSE),
        width=240,
    )
    return Asked(tuple(chosen), "" if grain == WHOLE_PERIOD else grain, tuple(by))


def _filters(question: Query) -> dict[str, object]:
    return {
        "kpi": question.kpis,
        "from": question.start,
        "to": question.end,
        "by": question.by,
        "where": dict(question.where),
        "compare": question.compare,
    }
