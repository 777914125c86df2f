"""One of a few things to look at, chosen by buttons and kept in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import state


def draw(name: str, titles: Mapping[str, str], label: str) -> str:
    """Draw the buttons and give the code that is chosen.

    Args:
        name: the parameter of the address.
        titles: the codes and what they are called; the first is the default.
        label: what is chosen, for those who do not see it.
    """
    chosen = state.choice(name, list(titles))
    st.segmented_control(
        label,
        list(titles),
        key=name,
        format_func=titles.__getitem__,
        required=True,
        on_change=state.keep,
        args=(name,),
        label_visibility="collapsed",
    )
    return chosen
