"""Why a KPI cannot be compared, or has no score, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.consistency.arms import ARMS
from kpis.needs import missing
from kpis.shop import Shop
from kpis.verdict import MARGIN_IN_ERRORS

Row = Mapping[str, Any]
KINDS = {"online": Text("online", "线上"), "offline": Text("offline", "线下")}


def not_carried(dimension: str) -> Text:
    """A KPI that cannot be filtered as asked."""
    return Text(f"it cannot be split by {dimension}", f"该指标不能按 {dimension} 拆分")


def all_intended() -> Text:
    """A KPI of which nothing but intended differences was asked for."""
    return Text("all of it is an intended difference", "所选范围均为有意差异")


def nothing_same() -> Text:
    """Articles that nobody can compare."""
    return Text("no article is known both online and offline", "没有线上线下均可比较的商品")


def no_article(shop: Shop, row: Row) -> Text:
    """Why no article of a row can be compared."""
    return _no_kind(shop, [*ARMS]) or _not_delivered(shop, row) or nothing_same()


def not_comparable(shop: Shop, row: Row) -> Text:
    """Why both arms of a row have no gap."""
    if lacking := _not_delivered(shop, row):
        return lacking
    if row["from"] is None:
        return Text("none of the days is final yet", "所选日期均尚未定稿")
    empty = [arm for arm in ARMS if row[arm] is None]
    if not empty:
        return Text("an amount of 0 has no ratio to another", "金额为 0，无法计算比率")
    return _no_kind(shop, empty) or _empty(row, empty)


def _not_delivered(shop: Shop, row: Row) -> Text | None:
    """What the KPI of a row needs and no connection delivers; null where all is there."""
    lack = missing(catalogue()[row["kpi"]], shop.manifest.delivered)
    return Text(f"no connection delivers {lack}", f"没有连接提供 {lack}") if lack else None


def _no_kind(shop: Shop, empty: list[str]) -> Text | None:
    """What is missing where the shop has no channel of a kind at all; null where it has."""
    kinds = {channel.kind for channel in shop.manifest.channels}
    lacking = [arm for arm in empty if arm not in kinds]
    if not kinds or not lacking:
        return None
    if kinds == {"unknown"}:
        return Text(
            "business.toml does not say which channels are online or offline",
            "business.toml 未说明哪些渠道为线上或线下",
        )
    return Text(f"the shop has no {lacking[0]} channel", f"店铺没有{KINDS[lacking[0]].zh}渠道")


def _empty(row: Row, empty: list[str]) -> Text:
    """Which arms have nothing to count, and whether only because what is asked is not known of them."""
    left_out = sum(int(row[f"{arm}_excluded"] or 0) for arm in empty)
    where = Text("online or offline", "线上和线下") if len(empty) == len(ARMS) else KINDS[empty[0]]
    if left_out:
        return Text(
            f"what is asked is not known of any of the {left_out:,} {where.en}",
            f"{where.zh} {left_out:,} 条记录均缺少所需信息",
        )
    return Text(f"there is nothing to count {where.en}", f"{where.zh}没有可统计的数据")


def not_scored(row: Row) -> Text:
    """Why a row that has a gap has no score: it counts too few, or its error is too large for its margin.

    The error shrinks with the root of the answers.
    """
    if row["error"] is None:
        return Text("there are too few answers to tell its gap", "数据太少，无法估计差距")
    counted = int(min(row[f"{arm}_n"] for arm in ARMS))
    if counted < row["fewest"]:
        return Text(
            f"a side counts only {counted}, and a score takes {row['fewest']}",
            f"一侧仅有 {counted} 条数据，评分至少需要 {row['fewest']} 条",
        )
    missing = row["answers"] * ((row["error"] * MARGIN_IN_ERRORS / row["margin"]) ** 2 - 1)
    needed = math.ceil(max(missing, 1))
    return Text(
        f"its gap is not known well enough: about {needed:,} more answers needed",
        f"差距的估计不够精确：约还需 {needed:,} 条数据",
    )
