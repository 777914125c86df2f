"""The KPIs, stage by stage of the customer journey; discovered in their modules, never listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from connectors.text import Text
from kpis.errors import KpiError, unknown_kpi
from kpis.kpi import Kpi
from kpis.stage import Stage


@cache
def catalogue() -> dict[str, Kpi]:
    """Every KPI by its id, in the order of the journey.

    Raises:
        KpiError: two modules declare the same id.
    """
    found: dict[str, Kpi] = {}
    for module in _modules():
        for kpi in declared(module).values():
            if kpi.id in found:
                raise _twice(kpi.id, found[kpi.id].stage, kpi.stage)
            found[kpi.id] = kpi
    return found


@cache
def stages() -> dict[str, Stage]:
    """The stages of the journey by the names of their modules, in order."""
    return {_name(module): _stage(module) for module in _modules()}


def kpi_named(name: str) -> Kpi:
    """The KPI called `name`.

    Raises:
        UnknownKpiError: no KPI is called so.
    """
    if name not in catalogue():
        raise unknown_kpi(name, catalogue())
    return catalogue()[name]


def declared(module: ModuleType) -> dict[str, Kpi]:
    """The KPIs that a module declares, each under its attribute's name."""
    return {
        name: value.called(name, _name(module))
        for name, value in vars(module).items()
        if isinstance(value, Kpi) and not name.startswith("_")
    }


def _modules() -> list[ModuleType]:
    found = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    return sorted(found, key=lambda module: _stage(module).order)


def _name(module: ModuleType) -> str:
    """The stage's name, with which its modules' names begin: `deliver` of deliver_parcels.py."""
    return _file(module).partition("_")[0]


def _file(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _stage(module: ModuleType) -> Stage:
    stage = module.stage
    if not isinstance(stage, Stage):
        raise KpiError(
            Text(
                f"kpis/catalogue/{_file(module)}.py declares no `stage`.",
                f"kpis/catalogue/{_file(module)}.py 没有声明 `stage`。",
            )
        )
    return stage


def _twice(name: str, first: str, second: str) -> KpiError:
    return KpiError(
        Text(
            f"two KPIs are called '{name}', in catalogue/{first}.py and {second}.py; an id is one figure.",
            f"catalogue/{first}.py 与 {second}.py 中有两个指标都叫“{name}”；一个编号只对应一个指标。",
        )
    )
