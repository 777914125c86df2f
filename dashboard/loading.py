"""What stands on a page that was just entered while its figures are counted for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

CARDS_HEIGHT, PANEL_HEIGHT = 250, 400


@contextmanager
def standing_in(*, is_blank: bool) -> Iterator[None]:
    """Draw the page within; below what is drawn of it, grey shapes stand for the rest if it takes a while.

    They come after half a second, so that what was counted before never flashes, and lie below the page, so
    that nothing of it moves when they go.

    Args:
        is_blank: whether nothing stands there yet: what a page showed before, it shows until it has more.
    """
    page = st.container()
    if not is_blank:
        with page:
            yield
        return
    place = st.empty()
    with place.container():
        cards = st.skeleton(CARDS_HEIGHT)
        left, right = (column.skeleton(PANEL_HEIGHT) for column in st.columns(2, gap="small"))
    try:
        with cards, left, right, page:
            yield
    finally:
        place.empty()
