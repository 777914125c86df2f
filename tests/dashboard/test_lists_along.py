"""The lists of articles on the Extracts page: those of the command line, in both languages."""

from __future__ import annotations

import re

import pytest

from dashboard.wording import columns, names
from kpis.article_lists import LISTS


def test_every_list_has_a_name():
    assert set(names.LISTS) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_a_list_has_its_own_chinese_heading(name):
    headings = [columns.heading(column, "zh") for column in LISTS[name].columns.column_names()]
    assert all(re.search(r"[\u3400-\u9fff]", heading) for heading in headings)
    assert len(set(headings)) == len(headings)
