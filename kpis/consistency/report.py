"""The consistency of a shop: every comparable KPI, what was not scored and why, and the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.consistency.agreements import agreements
from kpis.consistency.answers import answers
from kpis.consistency.arms import ARMS, Slices, alike, both_arms
from kpis.consistency.compared import Compared, compared
from kpis.consistency.gap import NOT_COMPARABLE, with_gaps
from kpis.consistency.index import Index, index_of, with_scores, with_weights, without_few
from kpis.consistency.intended import Intended, listed, without
from kpis.consistency.mix import mixes
from kpis.consistency.reasons import all_intended, not_carried, not_comparable, not_scored
from kpis.fewest import smallest
from kpis.index_groups import DEFAULT_WEIGHTS
from kpis.kpi import Kpi
from kpis.periods import Period, spanned
from kpis.shop import Shop
from kpis.slices import check_slices, check_values, check_within

INDEX = "consistency_index"
COLUMNS = (
    "kpi", "online", "offline", "online_n", "offline_n", "gap", "low90", "high90", "low95", "high95",
    "margin", "verdict", "differs_from_zero", "adjusted_gap", "coverage", "score", "weight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether customers get the same online and offline.

    Attributes:
        rows: one row per comparable KPI, in the order of the journey, last those that compare articles (they
            have one denominator for both and no value of a side; their gap is the share of what is the same
            less 1): kpi, from, to (its days that can no
            longer change; null without any), online, offline, their denominators online_n and offline_n, gap
            (online less offline; of money and pieces ln(online / offline)), low90, high90, low95, high95,
            error (its standard error), margin (on the gap's scale), verdict, differs_from_zero,
            answers_needed (for a verdict; null where there is one and where no number would do), answers (of
            both arms), adjusted_gap, coverage, rate_effect, mix_effect (they add up to the gap), score,
            weight (its share of all weight; null without a score), group and logarithmic.
        index: the consistency index.
        no_margin: the KPIs with a gap and no verdict on it, because no margin says how much is the same.
        reasons: by KPI, why it is not comparable.
        not_scored: by KPI, why it has no score; those not comparable included.
        intended: the intended differences of the settings; no figure here holds them, where it can tell.
        unclassified: channels of which settings say neither online nor offline; they are in no figure.
    """

    rows: pl.DataFrame
    index: Index
    no_margin: tuple[str, ...]
    reasons: Mapping[str, Text]
    not_scored: Mapping[str, Text]
    intended: tuple[Intended, ...]
    unclassified: tuple[str, ...]

    @property
    def table(self) -> pl.DataFrame:
        """The rows with the columns of the command line, the index last."""
        index = self.index
        last = {
            "kpi": INDEX,
            "low90": index.low,
            "high90": index.high,
            "coverage": index.coverage,
            "score": index.value,
        }
        return pl.concat([self.rows.select(COLUMNS), pl.DataFrame([last])], how="diagonal_relaxed")


def consistency(
    shop: Shop,
    period: Period | None = None,
    where: Slices | None = None,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    days: Mapping[str, Period] | None = None,
) -> Consistency:
    """Compare online with offline.

    Args:
        shop: the shop.
        period: the days, each KPI's cut to those that can no longer change; null for `start` to `end`.
        where: per dimension the values to keep; a KPI that does not carry one is not comparable.
        start: the first day where there is no period; null for the first of the data.
        end: the last day where there is no period; null for the last of the data.
        days: by KPI its own days in place of these, such as the last 28 that can no longer change;
            one whose own days hold no data is not comparable.

    Raises:
        SliceError: a dimension or value does not exist.
        PeriodError: none of the days has data, or the last is before the first.
        FigureError: the sums contradict a declaration.
    """
    if period:
        start, end = period.start, period.end
    kept = dict(where or {})
    every = compared(shop.business)
    _check(shop, every, kept, start, end)
    slices, refused = _slices(shop, every, kept)
    own = days or {}
    questions = [(one.kpi, slices[one.kpi.id]) for one in every if one.kpi.id in slices]
    asked = alike([each for each in questions if _is_reached(shop, each[0], own)], start, end, own)
    arms = _about(every).join(both_arms(shop, asked), on="kpi", how="left", maintain_order="left")
    counted = arms.join(answers(shop, asked, arms), on="kpi", how="left", maintain_order="left")
    gaps = with_gaps(counted).join(mixes(shop, asked), on="kpi", how="left", maintain_order="left")
    articles, reasons = agreements(shop, kept, start, end)
    return _judged(shop, pl.concat([gaps, articles], how="diagonal_relaxed"), refused | reasons)


def _check(
    shop: Shop, every: list[Compared], where: Slices, start: dt.date | None, end: dt.date | None
) -> None:
    check_slices(shop, [], (), where)
    for name, values in where.items():
        check_values(name, values, shop.dimension_values(name))
    check_within(spanned([shop.reach(one.kpi) for one in every]), start, end)


def _is_reached(shop: Shop, kpi: Kpi, days: Mapping[str, Period]) -> bool:
    """Whether some of a KPI's own days hold data: in a young shop none may be final yet."""
    reach = shop.reach(kpi)
    return kpi.id not in days or reach is None or days[kpi.id].overlaps(reach)


def _slices(shop: Shop, every: list[Compared], where: Slices) -> tuple[dict[str, Slices], dict[str, Text]]:
    """By KPI the slices it is asked for, or why it is not asked at all."""
    slices: dict[str, Slices] = {}
    refused: dict[str, Text] = {}
    for one in every:
        foreign = [name for name in where if name not in one.kpi.dimensions]
        kept = without(shop, one.kpi, where)
        if foreign:
            refused[one.kpi.id] = not_carried(foreign[0])
        elif kept is None:
            refused[one.kpi.id] = all_intended()
        else:
            slices[one.kpi.id] = kept
    return slices, refused


def _about(every: list[Compared]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "kpi": [one.kpi.id for one in every],
            "group": [one.group for one in every],
            "margin": [one.margin for one in every],
            "logarithmic": [one.is_logarithmic for one in every],
            "is_mean": [one.is_mean for one in every],
            "is_share": [False] * len(every),
            "fewest": [smallest(one.kpi) for one in every],
        },
        {
            "kpi": pl.String,
            "group": pl.String,
            "margin": pl.Float64,
            "logarithmic": pl.Boolean,
            "is_mean": pl.Boolean,
            "is_share": pl.Boolean,
            "fewest": pl.Int64,
        },
    )


def _judged(shop: Shop, gaps: pl.DataFrame, refused: Mapping[str, Text]) -> Consistency:
    """Scores, weights, the index, and reasons."""
    weights = {**DEFAULT_WEIGHTS, **shop.business.weights}
    weighed = with_weights(without_few(with_scores(gaps)), weights)
    reasons = {
        row["kpi"]: refused.get(row["kpi"]) or not_comparable(shop, row)
        for row in weighed.iter_rows(named=True)
        if row["verdict"] == NOT_COMPARABLE
    }
    unknown = {
        row["kpi"]: reasons.get(row["kpi"]) or not_scored(row)
        for row in weighed.iter_rows(named=True)
        if row["score"] is None
    }
    every = {name: catalogue()[name] for name in weighed["kpi"]}
    inner = [f"{arm}_{name}" for arm in ARMS for name in ("above", "low", "high", "low90", "high90")]
    return Consistency(
        rows=weighed.drop(*inner, "is_mean", "is_share", "fewest"),
        index=index_of(weighed),
        no_margin=tuple(weighed.filter(pl.col("gap").is_not_null(), pl.col("margin").is_null())["kpi"]),
        reasons=reasons,
        not_scored=unknown,
        intended=listed(shop.business, every),
        unclassified=tuple(channel.id for channel in shop.manifest.channels if channel.kind == "unknown"),
    )
