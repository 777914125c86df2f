"""The sections of the Data health page, one drawn at a time."""

from __future__ import annotations

import streamlit as st

from connectors.tables import TABLES
from dashboard import downloads, filter_bar, health_tables, row_data, state, table_on_screen
from dashboard.card_row import CARD_WIDTH
from dashboard.downloads import Told
from dashboard.safe import plain
from dashboard.view import Room
from dashboard.wording import extracts, frame, names
from dashboard.wording import health as words
from kpis.health import aside_by_table, findings

TABLE, ASIDE, SHOWN_ROWS = "table", "aside", 200


def tables(room: Room) -> None:
    """Every table of every connection: its rows add up, how far it reaches, how many columns it has."""
    found = health_tables.tables(room.manifest, row_data.reaches(room.pinned), room.say)
    table_on_screen.draw(found, room.say, key="tables", alt=words.TABLES_ALT)
    st.caption(room.say(words.TABLES_NOTE))


def faults(room: Room) -> None:
    """Every rule that was broken, and the rows put aside, to be taken along."""
    found = findings(room.manifest)
    if not found:
        st.caption(room.say(words.NO_FAULTS))
        return
    table_on_screen.draw(health_tables.faults(found, room.say), room.say, key="faults", alt=words.FAULTS_ALT)
    _draw_aside(room)


def columns(room: Room) -> None:
    """How much of every column of one table each connection fills."""
    say = room.say
    known = {table: say(names.TABLES[table]) for table in TABLES if table in row_data.tables(room.pinned)}
    if not known:
        st.caption(say(extracts.NO_TABLE))
        return
    table = state.choice(TABLE, list(known), "orders" if "orders" in known else None)
    filter_bar.draw_rejected(state.unknown({TABLE: list(known)}), say)
    st.selectbox(
        say(words.TABLE),
        list(known),
        key=TABLE,
        format_func=known.__getitem__,
        on_change=state.keep,
        args=(TABLE,),
        placeholder=say(frame.CHOOSE),
        width=240,
    )
    coverage = row_data.coverage(room.pinned, table)
    found = health_tables.columns(table, coverage, room.manifest, say)
    table_on_screen.draw(found, say, key="columns", alt=words.COLUMNS_ALT)
    st.caption(say(words.COLUMNS_NOTE))


def customers(room: Room) -> None:
    """How customers were recognised."""
    say, found = room.say, room.manifest.identity
    share = found.share_identified
    with st.container(key="customers"):
        st.subheader(
            say(words.NO_ORDERS)
            if share is None
            else say(words.CUSTOMERS, share=say.value(share, "percent")),
            anchor=False,
        )
        with st.grid(5, min_column_width=CARD_WIDTH, border=True, gap="small"):
            for title, count in (
                (words.ORDERS, found.orders),
                (words.IDENTIFIED, found.identified),
                (words.RECORDS, found.records),
                (words.PEOPLE, found.customers),
                (words.SHARED, found.shared),
            ):
                st.metric(say(title), say.number(count))
        st.caption(say(words.CUSTOMERS_NOTE))


def versions(room: Room) -> None:
    """The versions of the snapshot that are kept."""
    found = health_tables.versions(row_data.stored(room.pinned), room.manifest, room.say)
    table_on_screen.draw(found, room.say, key="versions", alt=words.VERSIONS_ALT)
    st.caption(room.say(words.VERSIONS_NOTE))


def _draw_aside(room: Room) -> None:
    """The rows that one table of one connection had put aside: a preview, and files of all of them."""
    say = room.say
    places = {f"{name}.{table}": (name, table) for name, table in aside_by_table(room.manifest)}
    if not places:
        return
    counts = aside_by_table(room.manifest)
    entries = {code: _entry(*place, counts[place], room) for code, place in places.items()}
    chosen = state.choice(ASIDE, list(entries))
    filter_bar.draw_rejected(state.unknown({ASIDE: list(entries)}), say)
    st.selectbox(
        say(words.ASIDE_OF),
        list(entries),
        key=ASIDE,
        format_func=entries.__getitem__,
        on_change=state.keep,
        args=(ASIDE,),
        placeholder=say(frame.CHOOSE),
        width=360,
    )
    connection, table = places[chosen]
    rows = health_tables.aside(row_data.put_aside(room.pinned, connection, table), say)
    told = say(words.ASIDE_ROWS, rows=say.number(rows.height))
    what = {"connection": connection, "table": table}
    downloads.draw(room, rows, f"put-aside-{table}", told, Told(what, rows.height))
    table_on_screen.draw(rows.head(SHOWN_ROWS), say, key="aside_rows", alt=words.ASIDE_ALT)


def _entry(connection: str, table: str, count: int, room: Room) -> str:
    title = room.say(names.TABLES[table])
    return room.say(
        words.ASIDE_ENTRY, connection=plain(connection), table=title, count=room.say.number(count)
    )


PANELS = {
    "tables": tables,
    "faults": faults,
    "columns": columns,
    "customers": customers,
    "versions": versions,
}
