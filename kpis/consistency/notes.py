"""What the reader of a consistency table should know beside it, in words."""

from __future__ import annotations

from connectors.text import Text
from kpis.consistency.index import Index
from kpis.consistency.report import Consistency


def in_words(told: Consistency) -> list[Text]:
    """The index in a sentence, why KPIs are not comparable, scored or judged, and what is in no figure."""
    notes = [
        Text(f"{name}: not comparable, {reason.en}.", f"{name}：不可比，{reason.zh}。")
        for name, reason in told.reasons.items()
    ]
    notes += [
        Text(f"{name}: not scored, {reason.en}.", f"{name}：未评分，{reason.zh}。")
        for name, reason in told.not_scored.items()
        if name not in told.reasons
    ]
    notes += [
        Text(f"{name}: no verdict, no margin is set.", f"{name}：无判定，未设定容差。")
        for name in told.no_margin
    ]
    notes += [
        Text(
            f"{each.what}={each.value} is an intended difference and left out.",
            f"{each.what}={each.value} 为有意差异，未计入。",
        )
        for each in told.intended
    ]
    if told.unclassified:
        listed = ", ".join(told.unclassified)
        notes.append(
            Text(
                f"business.toml does not say whether these channels are online or offline: {listed}.",
                f"business.toml 未说明以下渠道为线上或线下：{listed}。",
            )
        )
    return [*notes, _index(told.index)]


def _index(index: Index) -> Text:
    if index.value is None:
        return Text(
            "there is no consistency index: no KPI could be scored.", "没有可评分的指标，无一致性指数。"
        )
    return Text(
        f"consistency index {index.value:.0f} of 100 (90 % interval {index.low:.0f} to {index.high:.0f}), "
        f"over {index.coverage:.0%} of the weight; weakest: {index.weakest}.",
        f"一致性指数 {index.value:.0f}（满分 100，90% 区间 {index.low:.0f} 至 {index.high:.0f}），"
        f"覆盖 {index.coverage:.0%} 的权重；最弱指标：{index.weakest}。",
    )
