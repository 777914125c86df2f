"""The catalogue in print: every KPI as a JSON object or a row of a table."""

from __future__ import annotations

from typing import Any

from connectors.text import Language
from kpis.kpi import Kpi


def as_object(kpi: Kpi) -> dict[str, Any]:
    """A KPI with everything its declaration says."""
    words = kpi.in_words()
    return {
        "kpi": kpi.id,
        "title_en": kpi.title.en,
        "title_zh": kpi.title.zh,
        "question_en": kpi.question.en,
        "question_zh": kpi.question.zh,
        "stage": kpi.stage,
        "kind": kpi.kind,
        "numerator": words["numerator"],
        "denominator": words["denominator"],
        "dated_by": dated_by(kpi),
        "unit": kpi.unit,
        "better": kpi.better,
        "lag_days": kpi.lag_days,
        "comparable": kpi.comparable is not None,
        "margin": kpi.comparable.margin if kpi.comparable else None,
        "group": kpi.comparable.group if kpi.comparable else None,
        "follows": kpi.follows,
        "profiles": [],
        "tables": kpi.tables,
        "dimensions": kpi.dimensions,
    }


def dated_by(kpi: Kpi) -> str:
    """The day column that dates a KPI's rows, or that both sides have their own."""
    days = {kpi.day_of(measure) for measure in kpi.parts().values()}
    return kpi.dated_by if days == {kpi.dated_by} else "each its own"


def as_table(kpis: list[Kpi], language: Language) -> str:
    """A Markdown table, one KPI a row."""
    heads = (
        ("KPI", "名称", "问题", "单位", "好的方向", "滞后天数", "维度")
        if language == "zh"
        else ("KPI", "Name", "Question", "Unit", "Better", "Lag, days", "Dimensions")
    )
    rows = [
        (
            f"`{kpi.id}`",
            kpi.title.in_language(language),
            kpi.question.in_language(language),
            kpi.unit,
            kpi.better,
            str(kpi.lag_days),
            ", ".join(kpi.dimensions),
        )
        for kpi in kpis
    ]
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
