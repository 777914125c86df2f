"""Charts that were built before: whoever asks for the same data in the same words is given the same chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

import polars as pl

from kpis.kpi import Kpi

KEPT_CHARTS = 500

P = ParamSpec("P")
T = TypeVar("T")


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """Build each chart once for all sessions, which takes longer than everything else on a page.

    A chart is told by the whole content of what it is built from: nothing else may go into it, and nobody
    may change it.
    """

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> T:
        told = (build, *map(_told, args), *((name, _told(value)) for name, value in kwargs.items()))
        chart: T = _built(_Asked(told, partial(build, *args, **kwargs)))
        return chart

    return built


@dataclass(frozen=True, slots=True)
class _Asked:
    """A chart by what it is built from."""

    told: tuple[Hashable, ...]
    build: Callable[[], Any] = field(compare=False)


@lru_cache(maxsize=KEPT_CHARTS)
def _built(asked: _Asked) -> Any:
    return asked.build()


def _told(value: Any) -> Hashable:
    """All of a value in words; a KPI stands for itself.

    Raises:
        TypeError: it is of a type whose words may not be all of it.

    >>> _told(pl.DataFrame({"x": [1.0, None]}))
    "[('x', Float64)] [(1.0,), (None,)]"
    """
    if isinstance(value, Kpi):
        return value
    if isinstance(value, pl.DataFrame):
        return f"{[*value.schema.items()]!r} {value.rows()!r}"
    if value is None or isinstance(value, str | int | float | dt.date):
        return repr(value)
    if isinstance(value, Mapping):
        return repr([(_told(name), _told(each)) for name, each in value.items()])
    if isinstance(value, list | tuple):
        return repr([_told(each) for each in value])
    if is_dataclass(value):
        return repr((type(value).__name__, [_told(getattr(value, each.name)) for each in fields(value)]))
    msg = f"a chart cannot be told by a {type(value).__name__}"
    raise TypeError(msg)
