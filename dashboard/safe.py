"""Text that comes from data, made harmless before it stands in Markdown or in a chart."""

from __future__ import annotations

import re
import string
import unicodedata

LONGEST = 60
_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})
# GitHub's Markdown links bare addresses without any bracket, and `\` does not stop it
_ADDRESS = re.compile(r"(?i)(?<=[a-z0-9])([:.@])(?=[a-z0-9/])")
_WORD_JOINER = "\u2060"


def plain(text: object, longest: int = LONGEST) -> str:
    r"""`text` on one line, without control and direction marks, at most `longest` characters.

    >>> plain("Huaihai\nRoad")
    'Huaihai Road'
    """
    kept = "".join(
        " " if unicodedata.category(mark) in {"Cc", "Zl", "Zp"} else mark
        for mark in str(text)[: 4 * longest]
        if unicodedata.category(mark) != "Cf"
    )
    one_line = " ".join(kept.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1].rstrip() + "…"


def safe(text: object, longest: int = LONGEST) -> str:
    r"""`text` so that Markdown shows it letter by letter: no link, picture, colour or formula.

    >>> safe("![x](http://a.b)")
    '\\!\\[x\\]\\(http\u2060\\:\\/\\/a\u2060\\.b\\)'
    """
    return _ADDRESS.sub(_WORD_JOINER + r"\1", plain(text, longest)).translate(_ESCAPES)


def in_chart(text: object, longest: int = 24) -> str:
    """`text` for a chart, which reads a few HTML tags of its own.

    >>> in_chart("<b>App</b>")
    '&lt;b&gt;App&lt;/b&gt;'
    """
    return plain(text, longest).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
