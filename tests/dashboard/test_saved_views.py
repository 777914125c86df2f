"""Saved views: kept whole, named by anybody, never more than a page and its codes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard import saved_views
from dashboard.saved_views import FILE, LONGEST_NAME, MOST_VIEWS, SavedView
from tests.dashboard.worlds import EVIL

CODES = {"period": ["90d"], "channel": ["web", "app"]}


def test_a_view_is_kept_replaced_renamed_and_deleted(tmp_path):
    saved_views.save(tmp_path, "East", "extracts", CODES)
    saved_views.save(tmp_path, "East", "", {})
    assert saved_views.load(tmp_path) == [SavedView("East", "", {})]
    saved_views.save(tmp_path, "All", "extracts", CODES)
    assert saved_views.rename(tmp_path, "East", "North")
    assert not saved_views.rename(tmp_path, "North", "All")
    assert [view.name for view in saved_views.load(tmp_path)] == ["All", "North"]
    saved_views.delete(tmp_path, "All")
    assert saved_views.load(tmp_path) == [SavedView("North", "", {})]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_names_are_cut_and_empty_ones_are_none(tmp_path):
    assert saved_views.save(tmp_path, " \u202e\n ", "", CODES) is None
    kept = saved_views.save(tmp_path, EVIL, "", CODES)
    assert kept is not None
    assert len(kept.name) <= LONGEST_NAME
    assert "\u202e" not in kept.name


def test_there_is_an_end_to_how_many_are_kept(tmp_path):
    for number in range(MOST_VIEWS):
        assert saved_views.save(tmp_path, f"view {number}", "", {})
    assert saved_views.save(tmp_path, "one more", "", {}) is None
    assert saved_views.save(tmp_path, "view 7", "extracts", CODES) is not None


@pytest.mark.parametrize("written", ["", "{", "[1]", '{"name": 1}', '[{"name": "x"}]', "null"])
def test_a_file_that_is_not_ours_is_no_view(tmp_path, written):
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    assert saved_views.load(tmp_path) == []


def test_what_somebody_else_wrote_is_kept(tmp_path):
    """One broken entry hides no view, and saving another loses neither."""
    entry = {"name": "East", "path": "", "codes": CODES}
    (tmp_path / FILE).write_text(json.dumps([{"nmae": "West"}, entry]), encoding="utf-8")
    saved_views.save(tmp_path, "North", "extracts", {})
    assert [view.name for view in saved_views.load(tmp_path)] == ["East", "North"]
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))[0] == {"nmae": "West"}
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    saved_views.save(tmp_path, "South", "", {})
    assert [view.name for view in saved_views.load(tmp_path)] == ["South"]
    assert (tmp_path / f"{FILE}.unread").read_text(encoding="utf-8") == "{"


@given(codes=some.dictionaries(some.text(), some.lists(some.text()), max_size=5), name=some.text(min_size=1))
def test_what_is_saved_is_what_is_loaded(tmp_path_factory, codes, name):
    folder = tmp_path_factory.mktemp("views")
    kept = saved_views.save(folder, name, "extracts", codes)
    assert saved_views.load(folder) == ([kept] if kept else [])
    if kept:
        assert json.loads((folder / FILE).read_text(encoding="utf-8"))
