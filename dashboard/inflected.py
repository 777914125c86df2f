"""Words that follow a number: `{rows} {rows:row|rows}` is "1 row" and "5 rows"."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

APART = "|"


class _Inflecting(Formatter):
    """Fills places, and takes one of two forms where a place offers them."""

    def format_field(self, value: object, format_spec: str) -> str:
        """The form for one, or the form for all other numbers.

        English has no others; and only a 1 without decimals is one, so that the number as it is written, "1",
        says all there is to know ("1.0 days").
        """
        if APART not in format_spec:
            return str(super().format_field(value, format_spec))
        one, others = format_spec.split(APART)
        return one if str(value) == "1" else others


_INFLECTING = _Inflecting()


def filled(words: str, parts: Mapping[str, object]) -> str:
    """Words with their parts in their places, in the form that the numbers among them ask for.

    >>> filled("{rows:The one row was|All {rows} rows were} kept", {"rows": "1,204"})
    'All 1,204 rows were kept'

    Args:
        words: `{name}` is a place, `{name:one|others}` what follows the number of that name.
        parts: what stands in the places; numbers as they are written, or whole.
    """
    return _INFLECTING.vformat(words, (), parts) if APART in words else words.format(**parts)
