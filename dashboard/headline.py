"""The message at the top of the Overview: which headline figure really changed, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.text import Text
from dashboard import verdicts
from dashboard.safe import safe
from dashboard.verdicts import Row, Verdict
from dashboard.wording import Say
from dashboard.wording import overview as words
from kpis.kpi import Kpi

MAIN_SHARE = 0.5
TOLD = 3
ADDITIVE = ("count", "ratio", "mean", "score")
POINTS = 100
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Driver:
    """What one channel adds to a change, in the KPI's unit; over all channels this sums to the change."""

    channel: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Movement:
    """One headline figure with its change, and the channel that brings most of it, if one does."""

    kpi: Kpi
    row: Row
    verdict: Verdict
    driver: Driver | None = None

    @property
    def is_real(self) -> bool:
        """Whether chance is ruled out."""
        return self.verdict in {verdicts.BETTER, verdicts.WORSE}

    @property
    def strength(self) -> float:
        """The change in half-widths of its interval; worse before better."""
        half = (self.row["change_high"] - self.row["change_low"]) / 2
        size = abs(self.row["change"]) / max(half, ROUNDING)
        return size + (10**6 if self.verdict is verdicts.WORSE else 0)


def driver(kpi: Kpi, total: tuple[Row, Row], now: pl.DataFrame, before: pl.DataFrame) -> Driver | None:
    """The channel that brings at least half of a change; null where none does or parts do not add up.

    A ratio moves from R to R' by the sum over channels of (n' - R d') / D' - (n - R d) / D, with n and d a
    channel's numerator and denominator and D those of all: what each channel brings by its own rate and by
    its growing share together.

    Args:
        kpi: the KPI.
        total: its result for all channels, now and before.
        now: its results by channel.
        before: the same for the period it is compared with.
    """
    if kpi.kind not in ADDITIVE or not all(
        _adds_up(row, by) for row, by in zip(total, (now, before), strict=True)
    ):
        return None
    parts = contributions(kpi, total, now, before)
    change = parts["contribution"].sum()
    if not change:
        return None
    top = parts.filter(pl.col("channel").is_not_null()).sort(
        pl.col("contribution") * (1 if change > 0 else -1)
    )
    if top.is_empty() or top["contribution"][-1] / change < MAIN_SHARE:
        return None
    return Driver(top["channel"][-1], top["contribution"][-1])


def told(movements: Sequence[Movement]) -> list[Movement]:
    """The real changes worth telling, worst first."""
    real = [movement for movement in movements if movement.is_real]
    return sorted(real, key=lambda movement: movement.strength, reverse=True)[:TOLD]


def untold(movements: Sequence[Movement]) -> int:
    """How many more really changed."""
    return sum(movement.is_real for movement in movements) - len(told(movements))


def steady(movements: Sequence[Movement]) -> int:
    """How many moved less than chance would."""
    return sum(movement.verdict is verdicts.NO_REAL_CHANGE for movement in movements)


def uncertain(movements: Sequence[Movement]) -> int:
    """How many would count as changed alone, but may be chance among so many."""
    return sum(movement.verdict is verdicts.MAY_BE_CHANCE for movement in movements)


def message(
    movements: Sequence[Movement],
    titles: Mapping[str, Text],
    chosen: Sequence[str],
    say: Say,
    *,
    unmoved: Text = words.NOTHING_CHANGED,
    uncompared: Text = words.NO_COMPARISON,
) -> str:
    """The heading of a page, a sentence that the figures bear out.

    Args:
        movements: every figure that has a card.
        titles: channel ids and their titles.
        chosen: the channels that are looked at; none means all.
        say: the reader's language.
        unmoved: what to say where nothing really changed.
        uncompared: what to say where nothing is compared.
    """
    if not movements or all(movement.verdict is verdicts.NOT_COMPARED for movement in movements):
        return say(uncompared)
    real = told(movements)
    if not real:
        return say(unmoved)
    first = real[0]
    change = _rose_or_fell(first, say(first.kpi.title), say)
    if len(chosen) == 1:
        return say(words.IN_CHANNEL, change=change, channel=_title(chosen[0], titles, say))
    if first.driver is None:
        return change
    return say(words.MAINLY, change=change, channel=_title(first.driver.channel, titles, say))


def sentence(movement: Movement, titles: Mapping[str, Text], say: Say) -> str:
    """One change in the list of changes, in Markdown."""
    change = _rose_or_fell(movement, f"**{say(movement.kpi.title)}**", say)
    to_value = say(words.TO_VALUE, change=change, value=say.value(movement.row["value"], movement.kpi.unit))
    if movement.driver is None:
        return to_value + say(words.STOP)
    return to_value + say(
        words.OF_IT,
        channel=_title(movement.driver.channel, titles, say),
        contribution=say.change(movement.driver.contribution, movement.kpi.unit),
    )


def _rose_or_fell(movement: Movement, title: str, say: Say) -> str:
    change = movement.row["change"]
    verb = words.ROSE if change > 0 else words.FELL
    return say(verb, kpi=title, amount=say.amount(change, movement.kpi.unit))


def _title(channel: str, titles: Mapping[str, Text], say: Say) -> str:
    return safe(say(titles[channel]) if channel in titles else channel)


def _adds_up(total: Row, by_channel: pl.DataFrame) -> bool:
    """Whether the channels' sums are the total's: customers counted in several channels would not be."""
    for side in ("numerator", "denominator"):
        whole, parts = total.get(side), by_channel[side].cast(pl.Float64).sum()
        if whole is not None and abs(float(whole) - parts) > ROUNDING * max(1.0, abs(float(whole))):
            return False
    return not by_channel.is_empty()


def contributions(kpi: Kpi, total: tuple[Row, Row], now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """One row per channel of either period with what it brings to the change."""
    sides = [pl.col(side).cast(pl.Float64) for side in ("numerator", "denominator")]
    both = (
        now.select("channel", *sides)
        .join(
            before.select("channel", *sides),
            on="channel",
            how="full",
            coalesce=True,
            nulls_equal=True,
            suffix="_before",
        )
        .fill_null(0)
    )
    if kpi.kind == "count":
        return both.select("channel", contribution=pl.col("numerator") - pl.col("numerator_before"))
    below, below_before = (float(row["denominator"]) for row in total)
    if not below or not below_before:
        return both.select("channel", contribution=pl.lit(0.0))
    rate = float(total[1]["numerator"]) / below_before
    after = (pl.col("numerator") - rate * pl.col("denominator")) / below
    earlier = (pl.col("numerator_before") - rate * pl.col("denominator_before")) / below_before
    scale = POINTS if kpi.kind == "score" else 1
    return both.select("channel", contribution=(after - earlier) * scale)
