"""The link to what is on the screen, to copy, and the views that were saved by name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import place, saved_views, state
from dashboard.safe import plain, safe
from dashboard.saved_views import LONGEST_NAME, SavedView
from dashboard.view import Room
from dashboard.wording import Say
from dashboard.wording import share as words

NAME, CHOSEN, POPOVER = "view_name", "view_chosen", "share"


def draw(path: str, room: Room) -> None:
    """A button; what is behind it is drawn only when it is open.

    Args:
        path: the page's part of the address.
        room: what the page was given.
    """
    say = room.say
    shown = st.popover(
        say(words.SHARE), icon=":material/link:", type="tertiary", on_change="rerun", key=POPOVER
    )
    if shown.open:
        with shown:
            st.caption(say(words.COPY))
            st.code(link(path), language=None, wrap_lines=True)
            _draw_views(path, room)


def link(path: str) -> str:
    """The address of a page with all that was chosen, in codes, but the language: each reads their own."""
    codes = urlencode(state.codes_in_any_language(), doseq=True)
    here = urlsplit(st.context.url or "")
    page = "/".join(part for part in (str(st.get_option("server.baseUrlPath")).strip("/"), path) if part)
    return urlunsplit((here.scheme, here.netloc, f"/{page}", codes, ""))


def _draw_views(path: str, room: Room) -> None:
    say, folder = room.say, place.data_folder()
    views = [view for view in saved_views.load(folder) if view.path in room.pages]
    st.caption(say(words.VIEWS))
    for view in views:
        _draw_view(view, path, room)
    st.text_input(say(words.NAME), key=NAME, max_chars=LONGEST_NAME, placeholder=say(words.NAME_EXAMPLE))
    st.button(say(words.SAVE), key="view_save", on_click=_save, args=(folder, path))
    if views:
        _draw_changes(views, say, folder)


def _draw_view(view: SavedView, path: str, room: Room) -> None:
    """A link to another page; on its own page a button, because a link would not be followed there."""
    label, icon = safe(view.name), ":material/bookmark:"
    codes = {name: values for name, values in view.codes.items() if name != state.LANGUAGE}
    codes |= state.chosen_language()
    if view.path == path:
        key = f"view-{view.name}"
        st.button(
            label, key=key, icon=icon, type="tertiary", on_click=st.query_params.from_dict, args=(codes,)
        )
    else:
        st.page_link(room.pages[view.path], label=label, icon=icon, query_params=codes)


def _draw_changes(views: list[SavedView], say: Say, folder: Path) -> None:
    st.selectbox(
        say(words.SAVED),
        [view.name for view in views],
        key=CHOSEN,
        format_func=plain,
        placeholder=say(words.NAME),
    )
    with st.container(horizontal=True):
        st.button(
            say(words.RENAME),
            key="view_rename",
            on_click=_rename,
            args=(folder,),
            help=say(words.RENAME_HELP),
        )
        st.button(say(words.DELETE), key="view_delete", on_click=_delete, args=(folder,))


def _save(folder: Path, path: str) -> None:
    saved_views.save(folder, st.session_state[NAME], path, state.codes_in_any_language())


def _rename(folder: Path) -> None:
    saved_views.rename(folder, st.session_state[CHOSEN], st.session_state[NAME])


def _delete(folder: Path) -> None:
    saved_views.delete(folder, st.session_state[CHOSEN])
