"""The cells of channels against targets: colour by the distance to the target, always with value and word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.text import Text
from dashboard import verdicts
from dashboard.cards import target, value
from dashboard.safe import in_chart, plain
from dashboard.small_cells import HIDDEN, SHOWN, smallness
from dashboard.spans import Shown
from dashboard.verdicts import Row
from dashboard.wording import Say, names
from dashboard.wording import overview as words
from dashboard.written import NOTHING
from kpis.kpi import Kpi

WIDE_SCORE_MISS = 20.0
HALF_OFF = 0.5
SHADE_OF_STATUS = {"good": (0.1, 1.0), "near": (-0.18, -0.05), "bad": (-1.0, -0.3)}
"""Ends lie within steps of the colours: on the edge of two a cell may have either."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One channel and KPI.

    Attributes:
        channel: the channel's id.
        kpi: the KPI's id.
        shade: from -1, far off target, to 1, far better; null without a target or a figure.
        value: the figure, written.
        word: how it stands to its target.
        target: the target, written; empty without one.
        hover: everything about it.
        is_off: whether the target is missed.
    """

    channel: str
    kpi: str
    shade: float | None
    value: str
    word: str
    target: str
    hover: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One KPI with its results by channel, the days they are of, and the filters that it is not split by."""

    kpi: Kpi
    rows: Mapping[str, Row]
    shown: Shown
    uncarried: tuple[str, ...] = ()


def cells(columns: Sequence[Column], channels: Mapping[str, Text], say: Say) -> list[Cell]:
    """Every cell, channel by channel.

    Args:
        columns: the KPIs in order.
        channels: channel ids and titles in order.
        say: the reader's language.
    """
    return [
        _cell(column, channel, in_chart(say(title)), say)
        for channel, title in channels.items()
        for column in columns
    ]


def as_table(
    found: Sequence[Cell], channels: Mapping[str, Text], kpis: Sequence[Kpi], say: Say
) -> pl.DataFrame:
    """The same cells as a table: one row per channel, one column per KPI, value and word in each."""
    titles = [plain(say(title)) for title in channels.values()]
    written = [" ".join(part for part in (cell.value, cell.word) if part) for cell in found]
    columns = {
        say(kpi.label): [text for text, cell in zip(written, found, strict=True) if cell.kpi == kpi.id]
        for kpi in kpis
    }
    return pl.DataFrame({say(names.DIMENSIONS["channel"]): titles, **columns})


def shade(kpi: Kpi, row: Row) -> float | None:
    """How far a value is from its target, from -1 to 1, and never on the other side of its status.

    Half the target off is as far as the colour goes; a share is measured on its rarer side, so that 91 %
    against 95 % is as wide a miss as 9 % against 5 %.
    """
    figure, goal = row.get("value"), row.get("target")
    limits = SHADE_OF_STATUS.get(str(row.get("status")))
    if figure is None or goal is None or limits is None or smallness(kpi, row) != SHOWN:
        return None
    if kpi.unit == "percent":
        reach = min(goal, 1 - goal)
    else:
        reach = WIDE_SCORE_MISS if kpi.kind == "score" else abs(goal) * HALF_OFF
    gap = (figure - goal) * (-1 if kpi.better == "down" else 1)
    lowest, highest = limits
    return min(highest, max(lowest, gap / reach if reach > 0 else gap))


def _cell(column: Column, channel: str, title: str, say: Say) -> Cell:
    row = column.rows.get(channel)
    if row is None or row.get("value") is None:
        return Cell(
            channel,
            column.kpi.id,
            None,
            say.value(None, "count"),
            "",
            "",
            f"{title} · {_why_empty(column, say)}",
            is_off=False,
        )
    say = say.sized(row["value"])
    status = verdicts.of_status(column.kpi, row)
    is_small = smallness(column.kpi, row) != SHOWN
    word = say(words.FEW) if is_small else say(status.word) if row.get("target") is not None else ""
    written = value(column.kpi, row, say)
    hover = say(
        words.HEAT_HOVER,
        channel=title,
        kpi=say(column.kpi.label),
        value=written,
        status=word or say(words.NO_TARGET),
        days=say.span(column.shown.period.start, column.shown.period.end),
        denominator=_counted(column.kpi, row, say),
    )
    return Cell(
        channel=channel,
        kpi=column.kpi.id,
        shade=shade(column.kpi, row),
        value=written,
        word=word,
        target=target(column.kpi, row, say),
        hover=hover,
        is_off=status is verdicts.STATUSES["bad"],
    )


def _why_empty(column: Column, say: Say) -> str:
    if not column.uncarried:
        return say(words.NO_CELL)
    return say(words.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in column.uncarried]))


def _counted(kpi: Kpi, row: Row, say: Say) -> str:
    below = row.get("denominator")
    return NOTHING if below is None or smallness(kpi, row) == HIDDEN else say.number(below)
