"""The two arms of a comparison: what each KPI says online and offline, over days that no longer change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from kpis.evaluate import Query, evaluate
from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.shop import Shop

ARMS = ("online", "offline")
KIND = "channel_kind"
Slices = Mapping[str, tuple[str, ...]]
_ENDS = ("low90", "high90", "low", "high")
_TOLD = {"numerator": "above", "denominator": "n", "excluded": "excluded", **{end: end for end in _ENDS}}
_SCHEMA = {"kpi": pl.String, "from": pl.Date, "to": pl.Date}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of some KPIs.

    Attributes:
        kpis: the KPIs; each carries the dimensions of `where`.
        start: the first day; null for the first of the data.
        end: the last day; null for the last of the data.
        where: per dimension the values to keep; the empty value stands for unknown.
    """

    kpis: Sequence[Kpi]
    start: dt.date | None = None
    end: dt.date | None = None
    where: Slices = field(default_factory=dict)

    def by(self, *dimensions: str) -> Query:
        """The question by kind of channel and these dimensions."""
        return Query(
            tuple(kpi.id for kpi in self.kpis),
            self.start,
            self.end,
            (KIND, *dimensions),
            tuple(self.where.items()),
            final_only=True,
            inner=True,
        )


def alike(
    questions: Iterable[tuple[Kpi, Slices]],
    start: dt.date | None,
    end: dt.date | None,
    days: Mapping[str, Period] | None = None,
) -> list[Asked]:
    """KPIs that are asked for with the same slices and days, together.

    Args:
        questions: each KPI with its slices.
        start: the first day; null for the first of the data.
        end: the last day; null for the last of the data.
        days: by KPI its own days in place of these.
    """
    together: dict[tuple[object, ...], Asked] = {}
    for kpi, where in questions:
        own = (days or {}).get(kpi.id)
        first, last = (own.start, own.end) if own else (start, end)
        key = (first, last, *sorted(where.items()))
        before = together.get(key)
        together[key] = Asked([*(before.kpis if before else ()), kpi], first, last, dict(where))
    return list(together.values())


def both_arms(shop: Shop, asked: Sequence[Asked]) -> pl.DataFrame:
    """One row per KPI that has any day which no longer changes.

    Columns: kpi, from, to; per arm (online, offline) its value under the arm's name, and with `_above` its
    numerator, `_n` its denominator, `_excluded`, and the ends of its intervals `_low90`, `_high90` (90 %),
    `_low` and `_high` (95 %), null where the arm has nothing.
    """
    figures = [evaluate(shop, each.by()) for each in asked if each.kpis]
    names = [f"{arm}{suffix}" for arm in ARMS for suffix in ("", *(f"_{name}" for name in _TOLD.values()))]
    if not figures:
        return pl.DataFrame(schema=_SCHEMA | dict.fromkeys(names, pl.Float64))
    rows = pl.concat(figures, how="vertical_relaxed")
    told = rows.group_by("kpi", maintain_order=True).agg(pl.col("from", "to").first())
    for arm in ARMS:
        of_arm = rows.filter(pl.col(KIND) == arm).select(
            "kpi",
            pl.col("value").alias(arm),
            *(pl.col(name).cast(pl.Float64).alias(f"{arm}_{short}") for name, short in _TOLD.items()),
        )
        told = told.join(of_arm, on="kpi", how="left", maintain_order="left")
    return told.select(*_SCHEMA, *names)
