"""Control charts of weekly figures: one row per KPI, channel and week with the limits it keeps within."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from connectors.text import Text
from kpis.burn_in import burnt_in
from kpis.catalogue import catalogue, kpi_named
from kpis.control import FEWEST_POINTS, SIGMAS, individuals, is_beyond, is_shifted, laney
from kpis.evaluate import Query, evaluate
from kpis.fewest import smallest
from kpis.kpi import Kpi
from kpis.periods import DAY, Period
from kpis.shop import Shop
from kpis.slices import askable, check_within

WEEKS = 52
WEEK = dt.timedelta(days=7)
# Under five of the rarer outcome a week, shares jump by more than any limits around their mean allow for.
RAREST = 5
SERIES = ["kpi", "channel"]
SUMS = ("numerator", "denominator", "value")
POINTS = {
    "kpi": pl.String,
    "channel": pl.String,
    "week": pl.Date,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "centre": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "sigmas": pl.Float64,
    "is_beyond": pl.Boolean,
    "is_shifted": pl.Boolean,
}
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched.

    Attributes:
        kpis: their ids; none means all that can be filtered so.
        start: the first day of the weeks that limits are made of; null for the last 52 that are final.
        end: the last day looked at; null for the last of the data.
        where: per dimension the values to keep.
    """

    kpis: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    where: Where = ()


def charts(shop: Shop, watch: Watch) -> pl.DataFrame:
    """One row per KPI, channel (null: all of them) and week in the order of time.

    Columns: kpi, channel, week (its Monday), numerator, denominator, value, centre, low and high (3-sigma
    limits), sigmas (how far the value lies from the centre), is_beyond (outside the limits), is_shifted (at
    least the eighth week in a row on one side of the centre).

    Shares are charted by Laney's p', where five of the rarer outcome are expected in a week; all else by XmR.
    All points make the limits, also those that are flagged: leaving them out would need a judgement on each.
    Only weeks that are whole and final count, of at least 30 (`fewest`), before which enough is known of the
    past (`burn_in`); series of fewer than 12 of them, of rarer shares, and of counts with empty weeks are not
    charted, nor are figures that look back over more than a week, whose neighbours share their days.

    Raises:
        UnknownKpiError, SliceError, PeriodError: the question cannot be asked.
    """
    names = _charted_kpis(watch)
    period = _weeks(shop, watch, names)
    if period is None:
        return pl.DataFrame(schema=POINTS)
    channels = dict(watch.where).get("channel", ())
    # Of one channel, the whole is that channel.
    alone = pl.lit(channels[0] if len(channels) == 1 else None, pl.String)
    asked = Query(names, period.start, period.end, by=("week",), where=watch.where)
    whole = _known(shop, names, _final(evaluate(shop, asked).with_columns(channel=alone), watch))
    rows = [whole]
    if len(channels) != 1:
        split = evaluate(shop, replace(asked, by=("week", "channel"))).filter(pl.col("channel").is_not_null())
        # A channel is looked at in the weeks of the whole.
        rows.append(_final(split, watch).join(whole.select("kpi", "week"), on=["kpi", "week"], how="semi"))
    weeks = dict(whole.group_by("kpi").len().iter_rows())
    points = pl.concat(
        part.select(*SERIES, "week", *(pl.col(name).cast(pl.Float64) for name in SUMS)) for part in rows
    )
    series = sorted(
        points.partition_by(SERIES),
        key=lambda part: (names.index(part["kpi"][0]), part["channel"][0] or ""),
    )
    found = [
        charted(catalogue()[part["kpi"][0]], part.sort("week"), weeks[part["kpi"][0]]) for part in series
    ]
    return pl.concat([pl.DataFrame(schema=POINTS), *found])


def charted(kpi: Kpi, points: pl.DataFrame, weeks: int) -> pl.DataFrame:
    """The points of one series with their limits; no row where it cannot be charted.

    Args:
        kpi: the KPI.
        points: kpi, channel, week, numerator, denominator and value, in the order of weeks.
        weeks: how many weeks there are, of which a count needs all.
    """
    if kpi.kind == "count":
        told = points.filter(pl.col("value") > 0)
        is_told = told.height == weeks
    else:
        told = points.filter(pl.col("value").is_not_null() & (pl.col("denominator") >= smallest(kpi)))
        is_told = not is_share(kpi) or _rarer(told) >= RAREST
    if told.height < FEWEST_POINTS or not is_told:
        return pl.DataFrame(schema=POINTS)
    value, centre = pl.col("value"), pl.col("centre")
    limits = laney(pl.col("numerator"), pl.col("denominator")) if is_share(kpi) else individuals(value)
    # Limits lie as far on both sides, unless one is cut off where the figure ends.
    width = pl.max_horizontal(pl.col("high") - centre, centre - pl.col("low"))
    flags = {"is_beyond": is_beyond(value, limits), "is_shifted": is_shifted(value, limits)}
    return (
        told.with_columns(centre=limits.centre, low=limits.low, high=limits.high)
        .with_columns(flag.fill_null(value=False).alias(name) for name, flag in flags.items())
        .with_columns(sigmas=pl.when(width > 0).then((value - centre) / width * SIGMAS))
        .with_columns(_within(name, kpi.bounds) for name in ("low", "high"))
        .select(pl.col(name).cast(kind) for name, kind in POINTS.items())
    )


def _within(name: str, bounds: tuple[float | None, float | None]) -> pl.Expr:
    lowest, highest = (pl.lit(bound, pl.Float64) for bound in bounds)
    return pl.min_horizontal(pl.max_horizontal(name, lowest), highest).alias(name)


def is_share(kpi: Kpi) -> bool:
    """Whether a KPI is so many of so many, which p' is for."""
    return kpi.kind == "ratio" and kpi.unit == "percent" and not kpi.may_exceed_one


def _charted_kpis(watch: Watch) -> tuple[str, ...]:
    """The asked KPIs without those whose weeks share their days."""
    names = watch.kpis or askable(("channel",), [name for name, _ in watch.where], "cohort")
    return tuple(name for name in names if (kpi_named(name).lookback_days or 0) <= WEEK.days)


def _weeks(shop: Shop, watch: Watch, names: Sequence[str]) -> Period | None:
    """The whole weeks that are asked for; so many more before them as the slowest KPI takes to be final."""
    if shop.first_day is None or shop.last_day is None or not names:
        return None
    check_within(Period(shop.first_day, shop.last_day), watch.start, watch.end)
    last = min(watch.end or shop.last_day, shop.last_day)
    sunday = last - (last.weekday() + 1) % 7 * DAY
    lag = max(catalogue()[name].lag_days for name in names)
    start = watch.start or sunday - (WEEKS * WEEK + lag * DAY) + DAY
    first = max(start, shop.first_day)
    monday = first + (-first.weekday()) % 7 * DAY
    return Period(monday, sunday) if monday < sunday else None


def _own_weeks(shop: Shop, watch: Watch, kpi: Kpi) -> Period | None:
    """The weeks of one KPI that `charts` looks at; null where none is final."""
    period = _weeks(shop, watch, [kpi.id])
    if period is None or shop.last_day is None:
        return None
    final = min(period.end, shop.last_day - kpi.lag_days * DAY)
    sunday = final - (final.weekday() + 1) % 7 * DAY
    start = period.start if watch.start else max(period.start, sunday - WEEKS * WEEK + DAY)
    return Period(start, sunday) if start < sunday else None


def _final(rows: pl.DataFrame, watch: Watch) -> pl.DataFrame:
    """The weeks that no longer change; of each KPI the last 52, unless their first day was asked for."""
    final = rows.filter(pl.col("final"))
    if watch.start is not None:
        return final
    return final.filter(pl.col("week") > pl.col("week").max().over("kpi") - WEEKS * WEEK)


def _known(shop: Shop, names: Sequence[str], rows: pl.DataFrame) -> pl.DataFrame:
    """The weeks before which so much is known of customers that a figure does not move by that alone."""
    young = [
        (name, monday)
        for name in names
        if (kpi := catalogue()[name]).burn_in_days is not None
        for monday in rows.filter(pl.col("kpi") == name)["week"]
        if burnt_in(kpi, shop.first_day, Period(monday, monday + 6 * DAY))
    ]
    left_out = pl.DataFrame(young, {"kpi": pl.String, "week": pl.Date}, orient="row")
    return rows.join(left_out, on=["kpi", "week"], how="anti", maintain_order="left")


def young(shop: Shop, watch: Watch) -> list[Kpi]:
    """The KPIs with weeks that are not charted because too little is known of the days before them.

    Raises:
        UnknownKpiError, SliceError, PeriodError: the question cannot be asked.
    """
    kpis = [catalogue()[name] for name in _charted_kpis(watch)]
    return [kpi for kpi in kpis if burnt_in(kpi, shop.first_day, _own_weeks(shop, watch, kpi))]


def weeks_needed(shop: Shop, watch: Watch) -> list[Text]:
    """That too few of the weeks looked at are whole and final for limits, in one line; none where enough are.

    Raises:
        UnknownKpiError, SliceError, PeriodError: the question cannot be asked.
    """
    own = {name: _own_weeks(shop, watch, catalogue()[name]) for name in _charted_kpis(watch)}
    weeks = {name: period.days // WEEK.days if period else 0 for name, period in own.items()}
    short = [name for name, number in weeks.items() if number < FEWEST_POINTS]
    if not short:
        return []
    if len(short) < len(weeks):
        return [
            Text(
                f"not charted, as fewer than {FEWEST_POINTS} weeks are whole and final: {', '.join(short)}.",
                f"完整且已确定的周不足 {FEWEST_POINTS} 周，不作控制图：{'、'.join(short)}。",
            )
        ]
    most = max(weeks.values())
    return [
        Text(
            f"nothing is charted: at most {most} of the weeks looked at are whole and final, and limits take "
            f"{FEWEST_POINTS}; ask for earlier days as well.",
            f"未作控制图：所看日期中至多 {most} 周完整且已确定，而控制限需要 {FEWEST_POINTS} 周；"
            "请把日期提前。",
        )
    ]


def _rarer(points: pl.DataFrame) -> float:
    """How many of the rarer outcome a week has on average."""
    counted, of_all = (float(points[side].sum()) for side in ("numerator", "denominator"))
    return min(counted, of_all - counted) / max(points.height, 1)
