"""Where a definition is from, for a KPI that follows nobody else's."""

from __future__ import annotations

from connectors.text import Text


def ours(en: str, zh: str) -> Text:
    """Says that a definition is our own, and why it is so or what others count instead.

    >>> print(ours("a purchase counts once", "每笔购买只计一次"))
    Seamline's own definition: a purchase counts once
    """
    return Text(f"Seamline's own definition: {en}", f"Seamline 自有定义：{zh}")
