"""Colours by their meaning; the values stand once, in `.streamlit/config.toml`.

Streamlit's frontend replaces these placeholders in a figure by the colours of the theme that is shown, once,
when the figure is drawn. They are undocumented: a test in a real browser holds them.
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
ONLINE, OFFLINE = "#000003", "#000004"
SEQUENTIAL = tuple(f"#0000{place}" for place in range(11, 21))
DIVERGING = tuple(f"#0000{place}" for place in range(21, 31))
SERIES = ("#000003", "#000004", "#000007", "#000009", "#000010", "#000008")
"""For what only has to be told apart: none of them is a colour that judges."""
BETTER, WORSE, NEAR, UNCHANGED = "#000001", "#000002", "#000005", "#000006"
MEANT: dict[Meaning, str] = {"better": BETTER, "worse": WORSE, "near": NEAR, "unchanged": UNCHANGED}
BAND = DIVERGING[6]
TEXT = "#000037"
SURFACE = "#000038"
GRID = "#000039"


def steps(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """A scale of equal flat steps, so that every cell has exactly one of the colours.

    Args:
        colours: from the lowest value to the highest.
    """
    count = len(colours)
    return [(edge / count, colour) for place, colour in enumerate(colours) for edge in (place, place + 1)]
