"""The figures in plain SQL over the canonical tables, stage by stage."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

SQL: dict[str, str] = {
    kpi: query
    for module in iter_modules(__path__)
    for kpi, query in import_module(f"{__name__}.{module.name}").SQL.items()
}
