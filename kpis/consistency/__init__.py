"""Whether customers get the same online and offline: a verdict for each KPI, and one index of all of them."""

from __future__ import annotations

from kpis.consistency.compared import Compared
from kpis.consistency.index import Index
from kpis.consistency.intended import Intended
from kpis.consistency.notes import in_words
from kpis.consistency.report import COLUMNS, INDEX, Consistency, consistency

__all__ = [
    "COLUMNS",
    "INDEX",
    "Compared",
    "Consistency",
    "Index",
    "Intended",
    "consistency",
    "in_words",
]
