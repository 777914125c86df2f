"""The half of the Extracts page that gives rows: choose a table, see its first rows, take all along."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import downloads, filter_bar, kpi_table, row_data, row_table, state, table_on_screen
from dashboard.row_table import Asked
from dashboard.view import Room
from dashboard.wording import extracts as words
from dashboard.wording import frame, names
from kpis.article_lists import LISTS
from kpis.catalogue import catalogue
from kpis.describe import dated_by
from kpis.extract import columns_of
from kpis.row_days import holds_on, is_dated_otherwise

TABLE, BEHIND, PAID = "table", "behind", "online_realised"
MOST_ROWS = 5_000_000


def draw(room: Room, choosing: DeltaGenerator) -> None:
    """Draw the choice into `choosing`, and the rows below."""
    say = room.say
    tables = {table: say(names.TABLES[table]) for table in row_data.tables(room.pinned)}
    tables |= {name: say(names.LISTS[name]) for name in row_data.lists(room.pinned)}
    if not tables:
        st.caption(say(words.NO_TABLE))
        return
    table = state.choice(TABLE, list(tables), "orders" if "orders" in tables else None)
    choosing.selectbox(
        say(words.TABLE),
        list(tables),
        key=TABLE,
        format_func=tables.__getitem__,
        on_change=state.keep,
        args=(TABLE,),
        placeholder=say(frame.CHOOSE),
        width=240,
    )
    filter_bar.draw_rejected(state.unknown({TABLE: list(tables), BEHIND: catalogue()}), say)
    period = kpi_table.days(room.filters, room.options)
    asked = row_table.ask(room.pinned, table, period, room.filters.where)
    shown, count = row_table.preview(room.pinned, asked, say.language)
    told = room.say.sentences([_how_many(room, asked, count), *_behind(room, asked), *_ignored(room, asked)])
    if count > MOST_ROWS:
        st.warning(say(words.TOO_MANY, most=say.number(MOST_ROWS), table=table))
    else:
        every = row_table.rows(room.pinned, asked, say.language)
        behind = row_table.columns_behind(room.pinned, asked, say.language)
        about = downloads.Told(_filters(asked), count, table=table, columns=behind)
        downloads.draw(room, every, table, told, about, coded=row_table.rows(room.pinned, asked, "en"))
    table_on_screen.draw(shown, say, key="rows")
    if count > shown.height:
        st.caption(say(words.FIRST_ROWS, shown=say.number(shown.height)))


def _how_many(room: Room, asked: Asked, count: int) -> str:
    say = room.say
    if asked.period is None:
        return say(words.ROWS_WITHOUT_DAYS, rows=say.number(count))
    days = say.span(asked.period.start, asked.period.end, with_year=True)
    told = {"rows": say.number(count), "last_day": say.day(room.options.last_day)}
    if asked.table not in LISTS:
        if holds_on(asked.table):
            return say(words.ROWS_HELD, days=days, **told)
        return say(words.ROWS_DATED, days=days, by=say(names.ROWS_BY[asked.table]), **told)
    paid = [say(words.LIST_PAID, days=days)] if PAID in columns_of(asked.table) else []
    return say.sentences([say(words.LIST_ROWS, last=say.day(asked.period.end), **told), *paid])


def _behind(room: Room, asked: Asked) -> list[str]:
    """How the rows differ from those that the figure counts whose evidence led here."""
    known, say = catalogue(), room.say
    led = [known[code] for code in state.codes().get(BEHIND, []) if code in known]
    return [
        say(words.COUNTS_BY, kpi=say(kpi.title), day=say(names.DAYS[day]))
        if (day := dated_by(kpi)) in names.DAYS and is_dated_otherwise(asked.table, day)
        else say(words.COUNTS_OF, kpi=say(kpi.title))
        for kpi in led
        if asked.table in kpi.tables
    ]


def _ignored(room: Room, asked: Asked) -> list[str]:
    """The filters that the table knows nothing of, in one sentence."""
    if not asked.ignored:
        return []
    dimensions = [room.say(names.DIMENSIONS[name]) for name in asked.ignored]
    return [room.say(words.IGNORED, dimensions=room.say.each(dimensions))]


def _filters(asked: Asked) -> dict[str, object]:
    return {
        "table": asked.table,
        "from": asked.period.start if asked.period else None,
        "to": asked.period.end if asked.period else None,
        "where": dict(asked.where),
    }
