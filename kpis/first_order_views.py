"""What the commands `cohorts` and `flows` show of customers after their first order, and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.errors import unknown
from connectors.text import Text
from kpis import cohorts, crossing, flows, repurchase
from kpis.errors import SliceError
from kpis.first_orders import ALL, COHORT_GRAINS, CohortGrain, FirstOrders
from kpis.needs import IDENTITIES, lacking
from kpis.shop import Shop


@dataclass(frozen=True, slots=True)
class View:
    """One table of a command.

    Attributes:
        told: makes the rows.
        columns: what each column says.
        note: what to know before reading them; null: nothing.
    """

    told: Callable[[Shop, FirstOrders], pl.DataFrame]
    columns: Mapping[str, str]
    note: Text | None = None


def _crossing(shop: Shop, asked: FirstOrders) -> pl.DataFrame:
    return crossing.crossing(shop, asked.start, asked.end, dict(asked.where))


# The first of each command is what it shows unless asked otherwise.
VIEWS: dict[str, dict[str, View]] = {
    "cohorts": {
        "months": View(cohorts.cohorts, cohorts.COLUMNS),
        "curve": View(repurchase.curves, repurchase.CURVE_COLUMNS),
        "second": View(repurchase.second_orders, repurchase.SECOND_COLUMNS),
    },
    "flows": {
        "channels": View(flows.flows, flows.COLUMNS),
        "customers": View(_crossing, crossing.COLUMNS, crossing.CAVEAT),
    },
}


def view_of(command: str, name: str | None) -> View:
    """The view of a command by its name, without one its first.

    Raises:
        SliceError: there is no such view.
    """
    views = VIEWS[command]
    if name is None:
        return next(iter(views.values()))
    if name not in views:
        raise unknown(Text(f"view of {command}", f"{command} 视图"), name, views, SliceError)
    return views[name]


def cohort_grain(given: Sequence[str]) -> CohortGrain:
    """The one grain that is asked for; months without one.

    Raises:
        SliceError: there is no such grain, or more than one is given.
    """
    if len(given) > 1:
        listed = ", ".join(given)
        raise SliceError(
            Text(
                f"cohorts are of one grain of time, not of {listed}.",
                f"首单分组只能按一种时间粒度，不能同时按 {listed}。",
            )
        )
    name = given[0] if given else COHORT_GRAINS[0]
    if name not in COHORT_GRAINS:
        raise unknown(Text("cohort grain", "分组粒度"), name, COHORT_GRAINS, SliceError)
    return name


def notes_on(shop: Shop, view: View, rows: pl.DataFrame) -> list[Text]:
    """What is missing, which cohorts may not be of first orders, and how to read the rows."""
    notes = [view.note] if view.note else []
    if lack := lacking(IDENTITIES, shop.manifest.delivered):
        notes.append(
            Text(
                f"no connection delivers {lack}: no customer is known.",
                f"没有连接提供 {lack}：无法识别顾客。",
            )
        )
    if "burn_in" in rows.columns:
        own = rows.filter(pl.col("burn_in") & (pl.col("cohort") != ALL))
        early = ", ".join(own["cohort"].unique(maintain_order=True))
        if early:
            notes.append(
                Text(
                    f"some customers of {early} may have bought before the data begin.",
                    f"{early} 的部分顾客可能在数据开始之前已购买过。",
                )
            )
    return notes
