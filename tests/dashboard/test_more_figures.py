"""Every KPI has its place on the page of its stage, without being named there."""

from __future__ import annotations

import pytest

from dashboard.more_figures import KEY
from dashboard.view import discover
from dashboard.wording import Say
from kpis.catalogue import catalogue, stages
from tests.dashboard.opened import HAN, VIEWS, every_language, open_page, spoken

ALL_ON_CARDS = {"voice"}
STAGED = {name: view for name, view in VIEWS.items() if view.stages}
every_staged = pytest.mark.parametrize("view", STAGED.values(), ids=list(STAGED))


def test_every_stage_has_a_page():
    assert {stage for view in discover() for stage in view.stages} == set(stages())


@every_staged
@every_language
@pytest.mark.usefixtures("at_home")
def test_a_page_counts_the_other_kpis_of_its_stages_once_its_fold_is_open(view, language):
    page = open_page(view, language)
    titles = {Say(language)(kpi.label) for kpi in catalogue().values() if kpi.stage in view.stages}
    folded = titles - {metric.label for metric in page.metric}
    assert bool(page.expander) == bool(folded) == (view.path not in ALL_ON_CARDS)
    page.session_state[KEY] = True
    page.run()
    assert not page.exception
    assert not page.error
    assert not titles - {metric.label for metric in page.metric}
    if language == "en":
        assert not [text for text in spoken(page) if HAN.search(text)]
