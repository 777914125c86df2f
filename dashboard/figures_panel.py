"""The half of the Extracts page that gives figures: choose KPIs and splits, see the table, take it along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import data, downloads, filter_bar, kpi_table, state, table_on_screen
from dashboard.kpi_table import Asked
from dashboard.overview_figures import headline_kpis
from dashboard.view import Room
from dashboard.wording import extracts as words
from dashboard.wording import frame, names
from kpis.catalogue import catalogue, stages
from kpis.evaluate import Query
from kpis.finality import NotFinal, not_final
from kpis.periods import GRAINS

KPIS, GRAIN, BY = "kpi", "grain", "by"
WHOLE_PERIOD = "whole"
MOST_DIMENSIONS = 3


def draw(room: Room, choosing: DeltaGenerator) -> None:
    """Draw the choices into `choosing`, and the table below."""
    say = room.say
    with choosing:
        asked, known = _choose(room)
    filter_bar.draw_rejected(state.unknown(known), say)
    able, unable = kpi_table.answering(asked.kpis, room.filters)
    if unable:
        st.caption(say(words.LEFT_OUT, kpis=say.each([say(catalogue()[name].title) for name in unable])))
    asked = replace(asked, kpis=tuple(able))
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
    compared = [filter_bar.around(each, say) for each in kpi_table.festivals(room.pinned, question)]
    notes = [*compared, *kpi_table.notes(kpis, room.manifest, period, say)]
    changing = not_final(data.results(room.pinned, question))
    about = downloads.Told(
        _filters(question), table.height, kpis, notes,
        not_final=changing,
        columns=kpi_table.columns_behind(table, question, asked.dimensions, say),
    )  # fmt: skip
    coded = kpi_table.coded(room.pinned, question, asked.dimensions).lazy()
    downloads.draw(room, table, "figures", told, about, coded=coded)
    for line in (*_changing(room, changing, table.height), *compared):
        st.caption(line)
    table_on_screen.draw(table, say, key="figures")


def _changing(room: Room, found: NotFinal, rows: int) -> list[str]:
    """How many rows may still change, and that cards of a named period show none of those days."""
    say = room.say
    if found.until is None:
        return []
    told = {"changing": say.number(found.rows), "rows": say.number(rows), "day": say.day(found.until)}
    earlier = [] if room.filters.custom is not None else [say(words.CARDS_END)]
    return [say.sentences([say(words.NOT_FINAL, **told), *earlier])]


def _choose(room: Room) -> tuple[Asked, dict[str, list[str]]]:
    """KPIs stage by stage, a grain of time, dimensions; and what could have been chosen of each."""
    say = room.say
    titles = {name: say(kpi.title) for name, kpi in catalogue().items()}
    chosen = state.choices(KPIS, list(titles), [kpi.id for kpi in headline_kpis()])
    with st.popover(
        say(words.FIGURES_CHOSEN, count=len(chosen)), icon=":material/checklist:", key="choose-kpi"
    ):
        for stage, entry in stages().items():
            _pills(
                say(entry.title),
                stage,
                {name: titles[name] for name in titles if catalogue()[name].stage == stage},
                chosen,
            )
    grains: dict[str, str] = {
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
    dimensions = {
        name: say(names.DIMENSIONS[name])
        for name in kpi_table.common_dimensions([catalogue()[name] for name in chosen])
    }
    by = state.choices(BY, list(dimensions), [])[:MOST_DIMENSIONS]
    st.session_state[BY] = by
    st.pills(
        say(words.BY, most=MOST_DIMENSIONS),
        list(dimensions),
        key=BY,
        selection_mode="multi",
        format_func=dimensions.__getitem__,
        on_change=state.keep,
        args=(BY,),
    )
    asked = Asked(tuple(chosen), "" if grain == WHOLE_PERIOD else grain, tuple(by))
    return asked, {KPIS: list(titles), GRAIN: list(grains), BY: list(dimensions)}


def _pills(title: str, stage: str, titles: Mapping[str, str], chosen: Sequence[str]) -> None:
    st.session_state[_key(stage)] = [name for name in titles if name in chosen]
    st.pills(
        title,
        list(titles),
        key=_key(stage),
        selection_mode="multi",
        format_func=titles.__getitem__,
        on_change=_keep_kpis,
    )


def _keep_kpis() -> None:
    state.keep_all(KPIS, [_key(stage) for stage in stages()])


def _key(stage: str) -> str:
    return f"kpi-{stage}"


def _filters(question: Query) -> dict[str, object]:
    return {
        "kpi": question.kpis,
        "from": question.start,
        "to": question.end,
        "by": question.by,
        "where": dict(question.where),
        "compare": question.compare,
        "compared_from": question.against.start if question.against else None,
        "compared_to": question.against.end if question.against else None,
    }
