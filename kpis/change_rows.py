"""Changes, drivers and alarms as the rows and notes that the command line prints: codes and plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import polars as pl

from connectors.business import Event
from connectors.text import Text
from kpis.alarms import Alarm
from kpis.burn_in import history_needed
from kpis.changes import Change
from kpis.contributions import UNKNOWN
from kpis.explained import Drivers

FIGURES = ("numerator", "denominator", "value", "previous", "change", "change_low", "change_high")
WHOLE_FROM = 1000
_CHANGE = {
    "kpi": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "before_from": pl.Date,
    "before_to": pl.Date,
    **dict.fromkeys((*FIGURES, "relative"), pl.Float64),
    "judgement": pl.String,
    "driver": pl.String,
    "slice": pl.String,
    "contribution": pl.Float64,
    "share": pl.Float64,
    "reversed_by": pl.String,
    "events": pl.String,
    "events_before": pl.String,
}
_ALARM = {
    "kpi": pl.String,
    "channel": pl.String,
    "week": pl.Date,
    "since": pl.Date,
    "rule": pl.String,
    "direction": pl.String,
    **dict.fromkeys(("value", "centre", "low", "high", "sigmas", "numerator", "denominator"), pl.Float64),
    "events": pl.String,
}


def change_rows(changes: Sequence[Change]) -> pl.DataFrame:
    """One row per real change, in their order."""
    rows = [
        (
            change.kpi.id, change.period.start, change.period.end,
            change.before and change.before.start, change.before and change.before.end,
            *(change.row[name] for name in FIGURES), change.relative, change.judgement,
            *(astuple(change.driver) if change.driver else (None,) * 4),
            ";".join(change.reversed_by) or None, _titles(change.events), _titles(change.events_before),
        )
        for change in changes
        if change.is_real
    ]  # fmt: skip
    return pl.DataFrame(rows, _CHANGE, orient="row", strict=False)


def unlisted(changes: Sequence[Change]) -> list[Text]:
    """How many changes are not real, and why."""
    judged = [change.judgement for change in changes if not change.is_provisional]
    counted = (
        (judged.count("no real change"), Text("moved less than chance would", "波动在偶然范围内")),
        (
            judged.count("may be chance"),
            Text("would count alone, but may be chance among so many", "单独看有变化，但可能是偶然"),
        ),
        (judged.count("not judged"), Text("without an interval to judge by", "没有可供判断的区间")),
        (judged.count("not compared"), Text("with too little to compare", "可比数据过少")),
        (len(changes) - len(judged), Text("not final yet and not judged", "尚未定稿，不作判断")),
    )
    told = [Text(f"{words.en}: {count}.", f"{words.zh}：{count} 项。") for count, words in counted if count]
    young = [change.kpi for change in changes if change.judgement == "needs history"]
    return told + history_needed(young)


def driver_rows(found: Drivers) -> pl.DataFrame:
    """One row per slice, the largest first, without dimensions of which nothing is known in any row."""
    return found.slices.filter(~pl.col("dimension").is_in(_unknown(found)))


def driver_notes(found: Drivers) -> list[Text]:
    """What the rows of a split do not say: the slice that brings most, a reversal, that nothing adds up."""
    notes = [found.not_additive] if found.not_additive else []
    if unknown := ", ".join(_unknown(found)):
        notes.append(Text(f"unknown in every row: {unknown}.", f"全部记录均未知：{unknown}。"))
    main, change = found.main, found.change
    values = f"{_figure(found.previous)} -> {_figure(found.value)}"
    days = f"{found.before.start} - {found.before.end}: {values}"
    notes.append(Text(f"compared with {days}.", f"对比 {days}。"))
    if main:
        name, part, all_of_it = f"{main.dimension}={main.slice}", _figure(main.contribution), _figure(change)
        notes.append(
            Text(f"{name} brings {part} of {all_of_it}.", f"{name} 贡献 {part}，总变化 {all_of_it}。")
        )
    elif change and not found.not_additive:
        notes.append(Text("no slice alone brings most of the change.", "没有任何单一切片贡献变化的大部分。"))
    return notes + [
        Text(
            f"every {name} moved against the whole: it is their mix that changed (Simpson's paradox).",
            f"每个 {name} 切片的变化方向都与整体相反：变化来自构成（辛普森悖论）。",
        )
        for name in found.reversed_by
    ]


def alarm_rows(alarms: Sequence[Alarm]) -> pl.DataFrame:
    """One row per alarm, in their order."""
    rows = [
        (
            alarm.kpi.id, alarm.channel, alarm.week, alarm.since, alarm.rule, alarm.direction, alarm.value,
            alarm.centre, alarm.low, alarm.high, alarm.sigmas, alarm.numerator, alarm.denominator,
            _titles(alarm.events),
        )
        for alarm in alarms
    ]  # fmt: skip
    return pl.DataFrame(rows, _ALARM, orient="row", strict=False)


def _unknown(found: Drivers) -> list[str]:
    """The dimensions that tell nothing: every row is of no known slice."""
    is_known = pl.col("slice").is_not_null() & (pl.col("slice") != UNKNOWN)
    told = found.slices.group_by("dimension", maintain_order=True).agg(is_known.any())
    return told.filter(~pl.col("slice"))["dimension"].to_list()


def _figure(value: float | None) -> str:
    """A figure in a sentence, to four digits or the whole; `-` where there is none."""
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{value:.4g}"


def _titles(events: Sequence[Event]) -> str | None:
    return "; ".join(event.title.en for event in events) or None
