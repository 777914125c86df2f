"""The panel of the Voice page with comments of detractors, each beside what happened to its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import answers_panel, customer_data, figures, table_on_screen
from dashboard.safe import plain, safe
from dashboard.titles import title
from dashboard.view import Room
from dashboard.wording import Say, codes, names
from dashboard.wording import overview as cards
from dashboard.wording import voice as words
from kpis.errors import KpiError
from kpis.kpi import Kpi
from kpis.stories import MOST

LONGEST_WORDS, LONGEST_ERROR = 300, 300


def draw(room: Room, kpi: Kpi) -> None:
    """Draw the table, or say why there is none: a setting, a connection, or nobody wrote.

    Args:
        room: what the page was given.
        kpi: the KPI whose days are shown.
    """
    say, period = room.say, figures.days(room, kpi).period
    if lacking := answers_panel.uncarried(room):
        st.caption(say(cards.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in lacking])))
        return
    if not customer_data.allows_comments(room.pinned):
        st.markdown(say(words.NOT_ALLOWED))
        return
    try:
        rows = customer_data.stories(room.pinned, period, room.filters.where)
    except KpiError as error:
        st.caption(safe(say(error.text), LONGEST_ERROR))
        return
    if rows.is_empty():
        st.caption(say(words.NO_COMMENTS))
        return
    heading = words.COMMENTS_MOST if rows.height == MOST else words.COMMENTS_TITLE
    st.subheader(say(heading, count=say.number(rows.height)), anchor=False)
    st.caption(say(words.COMMENTS_NOTE, days=say.span(period.start, period.end, with_year=True)))
    table_on_screen.draw(table(room, rows), say, key="comments")


def table(room: Room, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows under headings of the reader's language; all words from data on one short line."""
    say, options = room.say, room.options

    def named(dimension: str) -> list[str]:
        return [plain(title(options, dimension, value, say)) for value in rows[dimension]]

    return pl.DataFrame(
        {
            say(words.DAY): rows["answered_day"],
            say(words.SCORE): rows["score"].cast(pl.Int64),
            say(words.COMMENT): [plain(comment, LONGEST_WORDS) for comment in rows["comment"]],
            say(words.HAPPENED): [happened(row, say) for row in rows.iter_rows(named=True)],
            say(names.DIMENSIONS["channel"]): named("channel"),
            say(names.DIMENSIONS["store"]): [
                "" if not value else plain(title(options, "store", value, say)) for value in rows["store"]
            ],
            say(names.DIMENSIONS["touchpoint"]): named("touchpoint"),
        }
    )


def happened(row: Mapping[str, Any], say: Say) -> str:
    """What happened to one order in a few words.

    Args:
        row: a row of `kpis.stories`.
        say: the reader's language.
    """
    if row["placed_day"] is None:
        return say(words.NO_ORDER)
    told = []
    if row["days_late"] is not None:
        late = row["days_late"] > 0
        told.append(say(words.LATE, days=row["days_late"]) if late else say(words.IN_TIME))
    if row["damaged"]:
        told.append(say(words.DAMAGED))
    if row["returned_day"] is not None:
        told.append(_returned(row["reason"], say))
    if row["refund_hours"] is not None:
        told.append(say(words.REFUNDED, hours=say.value(row["refund_hours"], "hours")))
    told += [say(words.COMPLAINED)] if row["complained"] else []
    told += [say(words.CONTACTED)] if row["contacted"] else []
    return say.each(told) if told else say(words.NOTHING_HAPPENED)


def _returned(reason: str | None, say: Say) -> str:
    if reason is None:
        return say(words.RETURNED_PLAIN)
    named = codes.CHINESE["reason"].get(reason, reason) if say.language == "zh" else reason
    return say(words.RETURNED, reason=plain(named))
