"""Whether a change is real and good, alone and among all that are looked at together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kpis.fewest import too_few
from kpis.former import COUNTED_BEFORE
from kpis.kpi import Kpi
from kpis.multiplicity import p_value, real

Judgement = Literal[
    "better",
    "worse",
    "changed",
    "may be chance",
    "no real change",
    "not judged",
    "not compared",
    "needs history",
]
Row = Mapping[str, Any]
REAL: frozenset[Judgement] = frozenset({"better", "worse", "changed"})
UNJUDGED: frozenset[Judgement] = frozenset({"not judged", "not compared", "needs history"})
LIMITS = ("change", "change_low", "change_high")
BURNT_IN = "burnt_in"


def of_change(kpi: Kpi, row: Row) -> Judgement:
    """Whether a change is real: its 95 % interval leaves out 0; and then, whether it is good.

    `changed` is real where no direction is good; `not judged` has no interval; `not compared` has nothing to
    be compared with, or counts too few (`fewest`) now or before; `needs history` may move only because more
    of the past is known.

    Args:
        kpi: the KPI.
        row: a result with `denominator`, `change`, `change_low` and `change_high`; where they are known,
            `previous_denominator`, and `burnt_in`, whether too little is known of the days before
            (`kpis.burn_in`).
    """
    change, low, high = (row.get(name) for name in LIMITS)
    is_few = any(too_few(kpi, row.get(side)) for side in ("denominator", COUNTED_BEFORE))
    if not isinstance(change, float | int) or is_few:
        return "not compared"
    if row.get(BURNT_IN):
        return "needs history"
    if not isinstance(low, float | int) or not isinstance(high, float | int):
        return "not judged"
    if low <= 0 <= high:
        return "no real change"
    if kpi.better == "none":
        return "changed"
    return "better" if (change > 0) == (kpi.better == "up") else "worse"


def of_changes(results: Sequence[tuple[Kpi, Row]]) -> list[Judgement]:
    """Which changes of one list are real: of those called so, at most 5 % are expected to be chance.

    Those that would be real alone, but not in this list, `may be chance`.

    Args:
        results: each KPI of the list with its result.
    """
    alone = [of_change(kpi, row) for kpi, row in results]
    chances = [
        None if judgement in UNJUDGED else p_value(*(row[name] for name in LIMITS))
        for judgement, (_, row) in zip(alone, results, strict=True)
    ]
    return [
        "may be chance" if judgement in REAL and not is_real else judgement
        for judgement, is_real in zip(alone, real(chances), strict=True)
    ]
