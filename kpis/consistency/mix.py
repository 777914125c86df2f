"""The gap that is left at the same mix of goods and customers, and how much of the crude gap the mix makes.

Strata are what precedes the purchase. Direct standardisation and its coverage are `standardise`'s, the exact
split into rate and mix is Kitagawa's (`drivers.split`). On the scale of logarithms both effects are divided
by the logarithmic mean of the two values, so that they add up to ln(online / offline): Ang 2004, Energy
Policy 32:1131-1139.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpis.consistency.arms import ARMS, KIND, Asked
from kpis.consistency.compared import is_logarithmic
from kpis.drivers import Side, split
from kpis.evaluate import evaluate
from kpis.kpi import Kpi
from kpis.of_sums import Mean, Ratio
from kpis.score import Score
from kpis.shop import Shop
from kpis.standardise import LEAST_COVERAGE

STRATA = ("category", "region", "customer_type")
SCHEMA = {
    "kpi": pl.String,
    "adjusted_gap": pl.Float64,
    "coverage": pl.Float64,
    "rate_effect": pl.Float64,
    "mix_effect": pl.Float64,
}
_SIDES = {arm: Side(f"{arm}_numerator", f"{arm}_denominator") for arm in ARMS}


def strata_of(kpi: Kpi) -> tuple[str, ...]:
    """The dimensions that a KPI is adjusted for; none where it is no quotient of sums, such as a median.

    What a KPI itself counts precedes nothing, and the month of a first order precedes what is counted after
    it: see `Comparable`.
    """
    told = kpi.comparable
    if told is None or not isinstance(kpi, Ratio | Mean | Score):
        return ()
    carried = [name for name in STRATA if name in kpi.dimensions and name not in told.counts]
    return (*carried, told.dates) if told.dates else tuple(carried)


def mixes(shop: Shop, asked: Sequence[Asked]) -> pl.DataFrame:
    """One row per KPI with strata: kpi, adjusted_gap, coverage, rate_effect and mix_effect.

    On the scale of values, not yet of logarithms. Coverage is the share of both arms' denominators in strata
    that both have; under 90 % there is no adjusted gap.
    """
    found = [pl.DataFrame(schema=SCHEMA)]
    for each in asked:
        together: dict[tuple[str, ...], list[Kpi]] = {}
        for kpi in each.kpis:
            together.setdefault(strata_of(kpi), []).append(kpi)
        found += [
            mix(_strata(shop, Asked(kpis, each.start, each.end, each.where), names))
            for names, kpis in together.items()
            if names
        ]
    return pl.concat(found)


def mix(strata: pl.DataFrame) -> pl.DataFrame:
    """The adjusted gap and the split of each KPI.

    Args:
        strata: one row per KPI and stratum: kpi, logarithmic, scale (what a quotient is multiplied by), and
            per arm its `_numerator` and `_denominator`, 0 where it has nothing there.
    """
    online, offline = _SIDES["online"], _SIDES["offline"]
    volumes = [pl.col(side.denominator) for side in (online, offline)]
    is_in_both = pl.all_horizontal(volume > 0 for volume in volumes)
    pooled = pl.sum_horizontal(volumes)
    weight = pl.when(is_in_both).then(pooled).otherwise(0.0)
    rates, mixes_ = split(offline, online)
    scale = pl.col("scale").first()

    def standard(side: Side) -> pl.Expr:
        rate = pl.when(is_in_both).then(side.rate).otherwise(0.0)
        return scale * (weight * rate).sum() / weight.sum()

    told = strata.group_by("kpi", maintain_order=True).agg(
        logarithmic=pl.col("logarithmic").first(),
        coverage=pl.when(pooled.sum() > 0).then(weight.sum() / pooled.sum()),
        adjusted_online=standard(online),
        adjusted_offline=standard(offline),
        online=scale * online.overall.first(),
        offline=scale * offline.overall.first(),
        rate_effect=scale * rates.sum(),
        mix_effect=scale * mixes_.sum(),
    )
    return _on_scale(told).select(*SCHEMA)


def _on_scale(told: pl.DataFrame) -> pl.DataFrame:
    """Gaps and effects on the scale of the gap; null where an arm has nothing, or no logarithm."""
    is_told = pl.col("online").is_not_null() & pl.col("offline").is_not_null()
    is_enough = pl.col("coverage") >= LEAST_COVERAGE
    adjusted = _gap("adjusted_online", "adjusted_offline")
    gap, plain = _gap("online", "offline"), pl.col("online") - pl.col("offline")
    # Where both are the same the logarithmic mean is that same value.
    mean = pl.when(plain == 0).then(pl.col("online")).otherwise(plain / gap)
    divisor = pl.when("logarithmic").then(pl.when(mean > 0).then(mean)).otherwise(1.0)
    return told.with_columns(
        pl.when(is_told & is_enough).then(adjusted).alias("adjusted_gap"),
        pl.when(is_told).then("coverage"),
        *(pl.when(is_told).then(pl.col(name) / divisor) for name in ("rate_effect", "mix_effect")),
    )


def _gap(online: str, offline: str) -> pl.Expr:
    both_positive = (pl.col(online) > 0) & (pl.col(offline) > 0)
    logarithm = pl.when(both_positive).then((pl.col(online) / pl.col(offline)).log())
    return pl.when("logarithmic").then(logarithm).otherwise(pl.col(online) - pl.col(offline))


def _strata(shop: Shop, asked: Asked, names: tuple[str, ...]) -> pl.DataFrame:
    """The sums of both arms side by side."""
    rows = evaluate(shop, asked.by(*names)).filter(pl.col(KIND).is_in(ARMS), pl.col("denominator") > 0)
    sides = [
        rows.filter(pl.col(KIND) == arm).select(
            "kpi",
            *names,
            pl.col("numerator").cast(pl.Float64).alias(f"{arm}_numerator"),
            pl.col("denominator").cast(pl.Float64).alias(f"{arm}_denominator"),
        )
        for arm in ARMS
    ]
    both = sides[0].join(sides[1], on=["kpi", *names], how="full", coalesce=True, nulls_equal=True)
    scales = {kpi.id: 100.0 if isinstance(kpi, Score) else 1.0 for kpi in asked.kpis}
    logarithmic = {kpi.id: is_logarithmic(kpi) for kpi in asked.kpis}
    return both.with_columns(
        pl.col(f"{arm}_{side}" for arm in ARMS for side in ("numerator", "denominator")).fill_null(0.0),
        scale=pl.col("kpi").replace_strict(scales, return_dtype=pl.Float64),
        logarithmic=pl.col("kpi").replace_strict(logarithmic, return_dtype=pl.Boolean),
    ).sort("kpi", *names)
