"""Pages opened without a browser, and what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.view import View, discover

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
VIEWS = {view.path or "overview": view for view in discover()}
HAN = re.compile(r"[\u3400-\u9fff]")
MARKDOWN = ("title", "subheader", "markdown", "caption", "warning", "error")
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
every_language = pytest.mark.parametrize("language", ["en", "zh"])


def open_page(view: View, language: str = "en", **codes: str | list[str]) -> AppTest:
    """The page after one run."""
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["lang"] = language
    for name, value in codes.items():
        page.query_params[name] = value
    page._page_hash = calc_hash(view.path)
    return page.run()


def spoken(page: AppTest) -> list[str]:
    """Every text that Markdown reads, as it is sent to the browser."""
    texts = [element.value for kind in MARKDOWN for element in page.get(kind)]
    texts += [part for metric in page.metric for part in (metric.label, metric.value, metric.delta)]
    texts += [option for pills in page.get("pills") for option in pills.options]
    return [text for text in texts if text]


def look_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the shop in `folder`."""
    monkeypatch.setenv("SEAMLINE_CONFIG", str(folder / "config"))
    monkeypatch.setenv("SEAMLINE_DATA", str(folder / "data"))
