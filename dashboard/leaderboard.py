"""How a figure is ranked over the values of a dimension: by value, by change, by what each brings to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import polars as pl

from dashboard import verdicts
from dashboard.charts.moves import Move
from dashboard.small_cells import FEWEST_PEOPLE, counts_people
from dashboard.verdicts import BETTER, CHANGED, WORSE, Verdict
from dashboard.wording import Say
from dashboard.wording import channels as words
from kpis.explained import Drivers
from kpis.fewest import smallest
from kpis.kpi import Kpi

MOST = 14
EACH_END = MOST // 2
Item = TypeVar("Item")
Titled = Callable[[str | None], str]
REAL = {BETTER, WORSE, CHANGED}


def by_value(kpi: Kpi, rows: pl.DataFrame) -> pl.DataFrame:
    """The best first, where no direction is good the highest; what has no value last."""
    return rows.sort("value", descending=kpi.better != "down", nulls_last=True, maintain_order=True)


def by_change(kpi: Kpi, rows: pl.DataFrame) -> pl.DataFrame:
    """What improved most first, where no direction is good what rose most; without a change no row."""
    known = rows.filter(pl.col("change").is_not_null())
    return known.sort("change", descending=kpi.better != "down", maintain_order=True)


def ends(items: Sequence[Item], most: int = MOST) -> Sequence[Item]:
    """The first and the last of many, half of each.

    >>> ends([1, 2, 3, 4, 5, 6], most=4)
    [1, 2, 5, 6]
    """
    return items if len(items) <= most else [*items[: most // 2], *items[-(most // 2) :]]


def order(kpi: Kpi, rows: pl.DataFrame, titled: Titled, dimension: str, say: Say) -> str:
    """Who is first and who is last, and whether their intervals keep them apart.

    Args:
        kpi: the KPI.
        rows: as `by_value` gives them.
        titled: what a value of the dimension is called, ready for Markdown.
        dimension: the column of the values.
        say: the reader's language.
    """
    known = rows.filter(pl.col("value").is_not_null() & pl.col(dimension).is_not_null())
    if known.is_empty():
        return say(words.NO_RANKING)
    first, last = (known.row(place, named=True) for place in (0, -1))
    told = {"first": titled(first[dimension]), "value": say.value(first["value"], kpi.unit)}
    if known.height == 1:
        return say(words.ONLY, **told)
    text = words.CLOSE if _overlap(first, last) else words.HIGHEST if kpi.better == "none" else words.LEADS
    return say(text, **told, last=titled(last[dimension]), other=say.value(last["value"], kpi.unit))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    ends_of = [one["low"], one["high"], other["low"], other["high"]]
    if any(end is None for end in ends_of):
        return False
    return bool(one["low"] <= other["high"] and other["low"] <= one["high"])


def changed(kpi: Kpi, rows: pl.DataFrame, titled: Titled, dimension: str, say: Say) -> list[Move]:
    """The change of each part, and whether it is real among them.

    Args:
        kpi: the KPI.
        rows: as `by_change` gives them.
        titled: what a value of the dimension is called, plain text.
        dimension: the column of the values.
        say: the reader's language.
    """
    listed = rows.to_dicts()
    judged = verdicts.of_changes([(kpi, row) for row in listed])
    return [
        Move(
            row[dimension], titled(row[dimension]), row["change"], row["change_low"], row["change_high"],
            verdict.meaning, say(verdict.word), (_before_after(kpi, row, say),),
        )
        for row, verdict in zip(listed, judged, strict=True)
    ]  # fmt: skip


def moved_most(kpi: Kpi, rows: pl.DataFrame, titled: Titled, dimension: str, say: Say) -> str:
    """How many parts really changed, and which most.

    Args:
        kpi: the KPI.
        rows: as `by_change` gives them.
        titled: what a value of the dimension is called, ready for Markdown.
        dimension: the column of the values.
        say: the reader's language.
    """
    listed = rows.to_dicts()
    judged = verdicts.of_changes([(kpi, row) for row in listed])
    real = [row for row, verdict in zip(listed, judged, strict=True) if verdict in REAL]
    if not real:
        return say(words.NONE_MOVED, parts=len(listed))
    most = max(real, key=lambda row: abs(row["change"]))
    return say(
        words.MOVED_MOST,
        count=len(real),
        parts=len(listed),
        slice=titled(most[dimension]),
        change=say.change(most["change"], kpi.unit),
    )


def told_parts(found: Drivers) -> pl.DataFrame:
    """The parts of a change as they may be told: rates of few are left out, and so are groups of few people.

    With a lone group of few people the next smallest is left out: otherwise it were the whole minus the rest.
    """
    kpi, parts = found.kpi, found.slices
    if kpi.unit != "count":
        parts = parts.with_columns(
            pl.when(pl.col(below) >= smallest(kpi)).then(value).alias(value)
            for value, below in (("value", "denominator"), ("value_before", "denominator_before"))
        )
    if not counts_people(kpi):
        return parts
    sides = [pl.col(side) for side in ("denominator", "denominator_before")]
    is_few = pl.any_horizontal(side.is_between(0, FEWEST_PEOPLE, closed="none") for side in sides)
    few, told = parts.filter(is_few), parts.filter(~is_few)
    return told.filter(pl.min_horizontal(sides).rank("ordinal") > 1) if few.height == 1 else told


def brought(found: Drivers, parts: pl.DataFrame, verdict: Verdict, titled: Titled, say: Say) -> list[Move]:
    """What each part brings to the change, coloured only where the change as a whole is real.

    Args:
        found: why the KPI changed.
        parts: those of its slices that are told.
        verdict: whether the change as a whole is real.
        titled: what a slice is called, plain text.
        say: the reader's language.
    """
    kpi, is_real = found.kpi, verdict in {BETTER, WORSE}
    return [
        Move(
            row["slice"], titled(row["slice"]), row["contribution"], None, None,
            (BETTER if (row["contribution"] > 0) == (kpi.better == "up") else WORSE).meaning
            if is_real and row["contribution"] else verdicts.CHANGED.meaning,
            say(words.OF_IT, share=say.value(row["share"], "percent")) if is_real else "",
            tuple(_effects(kpi, row, say)),
        )
        for row in parts.iter_rows(named=True)
        if row["contribution"] is not None
    ]  # fmt: skip


def whence(found: Drivers, verdict: Verdict, titled: Titled, say: Say) -> str:
    """Which part brings most of the change, in a sentence.

    Args:
        found: why the KPI changed.
        verdict: whether the change as a whole is real.
        titled: what a slice is called, ready for Markdown.
        say: the reader's language.
    """
    unit, say = found.kpi.unit, say.sized(found.change)
    change = say.change(found.change or 0.0, unit)
    if verdict not in REAL:
        return say(words.MAY_BE_CHANCE, change=change)
    if found.main is None:
        return say(words.SPREAD, change=change)
    contribution = say.change(found.main.contribution, unit)
    return say(words.BRINGS, slice=titled(found.main.slice), contribution=contribution, change=change)


def _before_after(kpi: Kpi, row: dict[str, Any], say: Say) -> str:
    say = say.sized(row["value"])
    sides = {name: say.value(row[name], kpi.unit) for name in ("previous", "value")}
    return say(words.BEFORE_AFTER, **sides)


def _effects(kpi: Kpi, row: dict[str, Any], say: Say) -> list[str]:
    sides, say = {"previous": row["value_before"], "value": row["value"]}, say.sized(row["value"])
    told = [say(words.BEFORE_AFTER, **{name: say.value(side, kpi.unit) for name, side in sides.items()})]
    if row["rate_effect"] is None:
        return told
    rate, mix = (say.change(row[name], kpi.unit) for name in ("rate_effect", "mix_effect"))
    return [*told, say(words.EFFECTS, rate=rate, mix=mix)]
