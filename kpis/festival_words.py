"""Which festivals a result was compared around, in words; and that there is nothing to compare with."""

from __future__ import annotations

import polars as pl

from connectors.text import Text
from kpis.errors import PeriodError
from kpis.evaluate import Query
from kpis.festivals import Around, around
from kpis.periods import Period
from kpis.profiles import asked_kpi
from kpis.shop import Shop


def festivals_told(shop: Shop, query: Query, rows: pl.DataFrame) -> list[Text]:
    """Each festival that some row was compared around, with its days of both years.

    Args:
        shop: whose data they are.
        query: what was asked.
        rows: its result, with `kpi`, `from` and `to`.

    Raises:
        PeriodError: for no row do the data reach back to the same days around the festival a year before.
    """
    compared: dict[Around, None] = {}
    beyond: list[Text] = []
    for name, start, end in rows.select("kpi", "from", "to").drop_nulls().unique(maintain_order=True).rows():
        found, former = around(start, end), Period(start, end).compared("festival")
        reach = shop.reach(asked_kpi(name, query.basis, query.profile))
        if found and former and reach and former.start >= reach.start:
            compared[found] = None
        else:
            beyond.append(_nothing(found, reach))
    if beyond and not compared:
        raise PeriodError(beyond[-1])
    return [
        Text(
            f"compared around {found.festival.title.en}: {found.day} with {found.day_before}.",
            f"以{found.festival.title.zh}对齐比较：{found.day} 对比 {found.day_before}。",
        )
        for found in compared
    ]


def _nothing(found: Around | None, reach: Period | None) -> Text:
    if found is None or reach is None:
        return Text(
            "there is nothing to compare with: no festival is known a year before.",
            "无可比数据：一年前没有已知的节日。",
        )
    title = found.festival.title
    return Text(
        f"there is nothing to compare with: a year before, the days around {title.en} ({found.day_before}) "
        f"lie before the data, which begin on {reach.start}.",
        f"无可比数据：一年前{title.zh}（{found.day_before}）前后的日期早于数据起始日 {reach.start}。",
    )
