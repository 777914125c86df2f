"""Colours by their meaning; the values stand once, in `.streamlit/config.toml`.

Streamlit replaces these placeholders in a Plotly figure by the theme's colours in the browser, so that a
chart follows light and dark without another run. They are undocumented: a test in a real browser holds them.
"""

from __future__ import annotations

from typing import Literal

Meaning = Literal["better", "worse", "near", "unchanged"]

BADGE: dict[Meaning, Literal["blue", "orange", "yellow", "gray"]] = {
    "better": "blue",
    "worse": "orange",
    "near": "yellow",
    "unchanged": "gray",
}
CATEGORICAL = tuple(f"#0000{place:02d}" for place in range(1, 7))
DIVERGING = tuple(f"#0000{place:02d}" for place in range(21, 31))
TEXT = "#000037"
FAINT_TEXT = "#000036"
ONLINE, OFFLINE = CATEGORICAL[:2]
ONLINE_SYMBOL, OFFLINE_SYMBOL = "circle", "diamond"
NO_FILL = "rgba(0,0,0,0)"


def steps(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """A colour scale of equal flat steps, so that every cell has exactly one colour of the theme.

    Args:
        colours: from the lowest value to the highest.
    """
    count = len(colours)
    return [(edge / count, colour) for place, colour in enumerate(colours) for edge in (place, place + 1)]
