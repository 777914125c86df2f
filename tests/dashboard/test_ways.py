"""Ways on: a stage has at most one page to look into its figures, and every named stage exists."""

from __future__ import annotations

from collections import Counter

from dashboard.view import discover
from kpis.catalogue import stages


def test_no_stage_leads_to_two_pages_and_every_named_stage_exists():
    named = Counter(stage for view in discover() for stage in view.stages)
    assert set(named) <= set(stages())
    assert not [stage for stage, count in named.items() if count > 1]
    assert {"visit", "pay", "deliver", "after"} <= set(named)
