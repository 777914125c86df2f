"""What the values of a dimension are called, in the reader's language."""

from __future__ import annotations

from dashboard.filters import FIELDS, Options
from dashboard.wording import Say, names

TITLED = ("channel", "store")


def titles(options: Options, dimension: str, say: Say) -> dict[str, str]:
    """Every value that a filter can be set to with its title, in order.

    The titles come from the data: pass them through `safe`, `plain` or `in_chart` before they are drawn.

    Args:
        options: what the filters can be set to.
        dimension: one of the filters' dimensions, e.g. `store`.
        say: the reader's language.
    """
    if dimension in TITLED:
        return {value: say(title) for value, title in getattr(options, FIELDS[dimension]).items()}
    return {value: title(options, dimension, value, say) for value in options.values(dimension)}


def title(options: Options, dimension: str, value: str | None, say: Say) -> str:
    """What one value of any dimension is called; what nobody has named keeps its code.

    Args:
        options: what the filters can be set to.
        dimension: any dimension of a KPI.
        value: a value of it; null where a row does not tell.
        say: the reader's language.
    """
    if not value:
        return say(names.UNKNOWN)
    if dimension in TITLED:
        known = getattr(options, FIELDS[dimension])
        return say(known[value]) if value in known else value
    texts = names.VALUES.get(dimension, {})
    return say(texts[value]) if value in texts else value
