"""Which sums are stored: every measure of the catalogue and its breakdowns that adds up over time."""

from __future__ import annotations

import hashlib
from functools import cache

from kpis.breakdowns import BREAKDOWNS
from kpis.catalogue import catalogue
from kpis.clusters import Clustered
from kpis.factors import FACTORS
from kpis.kpi import Kpi
from kpis.measure import Histogram
from kpis.profiles import varied
from kpis.sums import Dated

FORMAT = "3"


@cache
def measured() -> frozenset[Dated]:
    """Every measure that figures and breakdowns are made of and that adds up, with the day that dates it."""
    return frozenset(
        Dated(measure, kpi.day_of(measure))
        for kpi in _every_kpi()
        for measure in kpi.measures.values()
        if not measure.needs_period
    )


@cache
def of_period() -> frozenset[Dated]:
    """Every measure of a period, with the day that dates it: its rows are kept instead of sums."""
    return frozenset(
        dated for kpi in _every_kpi() for dated in kpi.dated.values() if dated.measure.needs_period
    )


@cache
def clustered() -> frozenset[Clustered]:
    """Every ratio of the catalogue whose rows are alike within customers or orders."""
    return frozenset(share for kpi in _every_kpi() if (share := Clustered.of(kpi)))


def _every_kpi() -> list[Kpi]:
    """The KPIs on every basis, as every platform counts them, and the parts they are broken down into."""
    parts = [part.kpi for breakdown in BREAKDOWNS.values() for part in breakdown.parts.values()]
    return [kpi.on(basis) for kpi in catalogue().values() for basis in ("cohort", "event")] + varied() + parts


@cache
def summed_by_day() -> frozenset[tuple[str, str]]:
    """The derived tables and day columns of which sums are kept; visitors of a period are no sum."""
    return frozenset(
        (dated.table, dated.day) for dated in measured() if not isinstance(dated.measure, Histogram)
    )


@cache
def fingerprint() -> str:
    """Changes whenever a declaration changes what the rollups hold."""
    declared = measured() | of_period() | clustered()
    parts = [FORMAT, repr(FACTORS), *sorted(each.key for each in declared)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
