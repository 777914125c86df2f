"""The entry: language, data, filters and navigation around the page that is asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import streamlit as st

from connectors.errors import ConnectorError, SnapshotError
from connectors.text import Text
from dashboard import data, filter_bar, first_start, freshness, loading, share, state, turns, watching
from dashboard.filters import Filters, Options
from dashboard.place import Pin
from dashboard.safe import safe
from dashboard.view import Room, View, discover
from dashboard.wording import Say
from dashboard.wording import frame as words
from kpis.factors import covering

ICON = str(Path(__file__).parent / "static" / "icon.png")
LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}
PAPER = 718
"""Pixels between the margins of A4 upright."""
PRINTING = f"""
window.onbeforeprint = () => {{
    const page = document.documentElement;
    page.style.zoom = Math.min(1, {PAPER} / page.clientWidth);
    document.querySelector('[data-testid=stHeader]').style.display = 'none';
}};
window.onafterprint = () => {{
    document.documentElement.style.zoom = '';
    document.querySelector('[data-testid=stHeader]').style.display = '';
}};
"""
LONGEST_ERROR, LONGEST_PATH = 400, 60
# In seconds: a span in words would load pandas, which takes longer than to draw a page.
WALKED_EVERY = 60.0
ROWS = "order_facts"
HEALTH = "data_health"


def main() -> None:
    """Draw the frame, then the page."""
    _settle_memory()
    state.recall()
    say = Say(state.language())
    st.set_page_config(page_title=say(words.PRODUCT), page_icon=ICON, layout="wide")
    st.logo(ICON, size="large")
    entered, pages = _enter(say), dict[str, st.Page]()
    pages |= {view.path: _page(view, entered, pages, say) for view in discover()}
    page = st.navigation(list(pages.values()), position="top")
    _draw_unknown_page(pages, say)
    is_entered = state.remember()
    st.set_page_config(page_title=f"{page.title} · {say(words.PRODUCT)}")
    with loading.standing_in(is_blank=is_entered):
        page.run()
    _tell_the_browser(say)


def _draw_unknown_page(known: Mapping[str, st.Page], say: Say) -> None:
    """That the address names no page, in the reader's language: Streamlit says it in English alone.

    An address that ends in a slash asks for none, also where a proxy puts the dashboard below a path.
    """
    asked = unquote(urlsplit(st.context.url or "").path.rpartition("/")[2])
    beneath = str(st.get_option("server.baseUrlPath")).strip("/").rpartition("/")[2]
    if asked not in {*known, beneath}:
        told = say(words.NO_SUCH_PAGE, path=safe(asked, LONGEST_PATH), shown=say(discover()[0].title))
        st.warning(told, icon=":material/wrong_location:")


def _page(view: View, entered: Room | Callable[[], None], pages: Mapping[str, st.Page], say: Say) -> st.Page:
    # `pages` is filled only when all are made, and read when one is shown.
    room = replace(entered, pages=pages) if isinstance(entered, Room) else None
    return st.Page(
        entered if room is None else partial(_show, view, room, say),
        title=say(view.title),
        icon=view.icon,
        help=say(view.help),
        url_path=view.path,
        default=not view.path,
    )


def _show(view: View, room: Room, say: Say) -> None:
    if view.needs_days and not room.has_days:
        _draw_error(words.NO_DATA_TITLE, words.NO_DATA_WHY, say)
        st.page_link(room.pages[HEALTH], label=say(words.WHAT_WAS_READ))
        return
    try:
        with st.spinner(say(words.COUNTING_ROWS)) if _reads_rows(room) else nullcontext():
            if room.tools is not None:
                with room.tools:
                    share.draw(view.path, room)
            view.show(room)
    except ConnectorError as error:
        _draw_error(words.CANNOT_SHOW, error.text, say)
        if room.filters != Filters():
            filter_bar.draw_reset(say)


def _reads_rows(room: Room) -> bool:
    """Whether the filters cross, so that no stored sums answer them and figures take a while."""
    return covering(ROWS, [name for name, _ in room.filters.where]) is None


def _enter(say: Say) -> Room | Callable[[], None]:
    """Head and filters with all that a page needs; or what to draw where there is nothing to show."""
    try:
        pinned = data.pin()
        if pinned is not None:
            return _room(pinned, say)
    except SnapshotError as error:
        _draw_language_alone(say)
        return partial(first_start.show_unreadable, error.text, say)
    except ConnectorError as error:
        _draw_language_alone(say)
        return partial(_draw_error, words.CANNOT_OPEN, error.text, say)
    first_start.begin(say)
    _draw_language_alone(say)
    return partial(first_start.show, say)


def _room(pinned: Pin, say: Say) -> Room:
    manifest = data.manifest(pinned)
    options = data.options(pinned)
    say = Say(say.language, manifest.currency or "")
    head, tools = st.columns([5, 4], vertical_alignment="center")
    with tools.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="tools"
    ):
        if options is not None:
            if data.shows_demo(pinned):
                freshness.draw_demo(say)
            freshness.draw_badge(manifest, options.last_day, say, is_demo=data.is_demo(pinned))
        place = st.container(width="content")
        _language_switch(say)
    watching.watch(pinned, say)
    freshness.draw_age(pinned, manifest, say)
    freshness.draw_settings(pinned, say)
    freshness.draw_warnings(manifest, say)
    if options is None:
        day = manifest.created_at.date()
        nothing = Options({}, {}, (), day, day)
        return Room(pinned, manifest, nothing, Filters(), say, head, tools=place, has_days=False)
    filters, rejected = state.filters(options)
    filter_bar.draw(options, filters, say)
    filter_bar.draw_rejected(rejected, say)
    return Room(pinned, manifest, options, filters, say, head, tools=place)


def _draw_language_alone(say: Say) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        _language_switch(say)


def _language_switch(say: Say) -> None:
    st.segmented_control(
        say(words.LANGUAGE),
        state.LANGUAGES,
        key=state.LANGUAGE,
        format_func=words.LANGUAGE_NAMES.__getitem__,
        required=True,
        on_change=state.keep_language,
        label_visibility="collapsed",
    )


def _draw_error(title: Text, why: Text, say: Say) -> None:
    st.error(safe(say(why), LONGEST_ERROR), title=say(title), icon=":material/error:")


def _tell_the_browser(say: Say) -> None:
    """The language, and how to print.

    Streamlit's page always claims to be English, so that Chinese would be set in Japanese glyphs. On paper
    its charts keep the width they have on the screen: they would be cut, and the logo lie on the heading.
    """
    script = f"document.documentElement.lang = '{LANGUAGE_TAGS[say.language]}'; {PRINTING}"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _settle_memory() -> None:
    """Streamlit collects garbage after every run: it need not walk what runs before this one left.

    Once a minute it walks everything, so that what ended sessions leave behind goes, too.
    """
    gc.freeze()
    _thaw()


@st.cache_resource(ttl=WALKED_EVERY, show_spinner=False)
def _thaw() -> None:
    gc.unfreeze()


if __name__ == "__main__":
    with turns.taken():
        main()
