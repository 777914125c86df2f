"""Is a change real, is it good, is the target met: the words and colours that a result deserves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.text import Text
from dashboard.palette import Meaning
from dashboard.small_cells import SHOWN, smallness
from dashboard.wording import overview as words
from kpis import judgement
from kpis.changes import Change
from kpis.judgement import Judgement
from kpis.kpi import Kpi
from kpis.needs import MISSING

Row = Mapping[str, Any]
UNCARRIED = "uncarried"
"""Where a row names the filtered dimensions that its KPI is not split by, and has no figure therefore."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with everything that shows it, so that colour never stands alone."""

    meaning: Meaning
    word: Text
    icon: str


BETTER = Verdict("better", words.BETTER, ":material/trending_up:")
WORSE = Verdict("worse", words.WORSE, ":material/trending_down:")
NO_REAL_CHANGE = Verdict("unchanged", words.NO_REAL_CHANGE, ":material/trending_flat:")
CHANGED = Verdict("unchanged", words.CHANGED, ":material/swap_vert:")
MAY_BE_CHANCE = Verdict("unchanged", words.MAY_BE_CHANCE, ":material/trending_flat:")
NOT_JUDGED = Verdict("unchanged", words.NOT_JUDGED, ":material/question_mark:")
NOT_FINAL = Verdict("unchanged", words.NOT_FINAL, ":material/hourglass_top:")
NEEDS_HISTORY = Verdict("unchanged", words.NEEDS_HISTORY, ":material/history:")
NOT_COMPARED = Verdict("unchanged", words.NOT_COMPARED, ":material/remove:")

STATUSES = {
    "good": Verdict("better", words.ON_TARGET, ":material/check_circle:"),
    "near": Verdict("near", words.NEAR_TARGET, ":material/adjust:"),
    "bad": Verdict("worse", words.OFF_TARGET, ":material/error:"),
    "none": Verdict("unchanged", words.NO_TARGET, ":material/remove:"),
}
JUDGED: Mapping[Judgement, Verdict] = {
    "better": BETTER,
    "worse": WORSE,
    "changed": CHANGED,
    "may be chance": MAY_BE_CHANCE,
    "no real change": NO_REAL_CHANGE,
    "not judged": NOT_JUDGED,
    "not compared": NOT_COMPARED,
    "needs history": NEEDS_HISTORY,
}
NO_FIGURE = Verdict("unchanged", words.NO_FIGURE, ":material/question_mark:")


def of_change(kpi: Kpi, row: Row) -> Verdict:
    """Whether a change is real: its 95 % interval leaves out 0; and then, whether it is good.

    Args:
        kpi: the KPI.
        row: a result with `change`, `change_low` and `change_high`.
    """
    return JUDGED[judgement.of_change(kpi, row)]


def of_changes(results: Sequence[tuple[Kpi, Row]]) -> list[Verdict]:
    """Which changes of one page are real: of those called so, at most 5 % are expected to be chance.

    Args:
        results: each KPI of the page with its result.
    """
    return [JUDGED[judged] for judged in judgement.of_changes(results)]


def of_reviewed(change: Change | None) -> Verdict:
    """How a change of a page's list is called; `NOT_FINAL` where later days may still turn it.

    Args:
        change: the change; null where the KPI could not be compared.
    """
    if change is None or change.row.get("change") is None:
        return NOT_COMPARED
    return NOT_FINAL if change.is_provisional else JUDGED[change.judgement]


def of_status(kpi: Kpi, row: Row) -> Verdict:
    """How the value stands to its target; not judged where there is no value or it rests on too few."""
    if row.get("value") is None or (row.get("target") is not None and smallness(kpi, row) != SHOWN):
        return NO_FIGURE
    return STATUSES.get(str(row.get("status")), STATUSES["none"])


def missing(row: Row) -> str | None:
    """The table or column that no connection delivers, or null where nothing is missing."""
    status = str(row.get("status") or "")
    return status.removeprefix(MISSING) if status.startswith(MISSING) else None
