"""The catalogue in print: every KPI as a JSON object or a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.text import Language
from kpis.kpi import Kpi
from kpis.profile import Variant
from kpis.profiles import platforms, profiles_of


def as_object(kpi: Kpi, language: Language = "en") -> dict[str, Any]:
    """A KPI with everything its declaration says; the source of its definition in `language`."""
    words = kpi.in_words()
    weighs = kpi.comparable or kpi.agreement
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
        "excluded": excluded(kpi),
        "dated_by": dated_by(kpi),
        "unit": kpi.unit,
        "better": kpi.better,
        "lag_days": kpi.lag_days,
        "comparable": kpi.comparable is not None,
        "margin": weighs.margin if weighs else None,
        "group": weighs.group if weighs else None,
        "clustering": kpi.cluster,
        "follows": kpi.follows.in_language(language) if kpi.follows else None,
        "profiles": [as_profile(kpi, name, variant) for name, variant in profiles_of(kpi.id).items()],
        "tables": kpi.tables,
        "dimensions": kpi.dimensions,
    }


def as_profile(kpi: Kpi, name: str, variant: Variant) -> dict[str, Any]:
    """How a platform counts a KPI, and what differs."""
    platform, theirs = platforms()[name], variant.of(kpi)
    words = theirs.in_words()
    return {
        "profile": name,
        "title_en": platform.title.en,
        "title_zh": platform.title.zh,
        "differs_en": variant.differs.en,
        "differs_zh": variant.differs.zh,
        "numerator": words["numerator"],
        "denominator": words["denominator"],
        "excluded": excluded(theirs),
        "window_days": variant.window_days,
        "ends_before": variant.ends_before,
        "lag_days": theirs.lag_days,
        "at_least": variant.at_least,
        "at_most": variant.at_most,
        "source_en": platform.source.en,
        "source_zh": platform.source.zh,
        "seen": platform.seen,
    }


def excluded(kpi: Kpi) -> list[dict[str, str]]:
    """What a KPI leaves out: what is added up for it, and why in both languages."""
    return [
        {"sum": each.measure.words, "why_en": each.words.en, "why_zh": each.words.zh} for each in kpi.excluded
    ]


def dated_by(kpi: Kpi) -> str:
    """The day column that dates a KPI's rows, or that both sides have their own."""
    days = {kpi.day_of(measure) for measure in kpi.parts().values()}
    return kpi.dated_by if days == {kpi.dated_by} and not kpi.own_days else "each its own"


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
    return _as_markdown(heads, rows)


def profiles_table(kpis: list[Kpi], language: Language) -> str:
    """A Markdown table of our way of counting beside each platform's; nothing where none has another."""
    heads = (
        ("KPI", "平台", "我们的分母", "平台的分母", "差异", "要求", "来源")
        if language == "zh"
        else ("KPI", "Platform", "We divide by", "It divides by", "What differs", "Asks for", "Source")
    )
    rows = [
        (
            f"`{kpi.id}`",
            f"`{name}`",
            str(kpi.in_words()["denominator"]),
            str(variant.of(kpi).in_words()["denominator"]),
            variant.differs.in_language(language),
            _asked(variant),
            f"{platforms()[name].source.in_language(language)}, {platforms()[name].seen}",
        )
        for kpi in kpis
        for name, variant in profiles_of(kpi.id).items()
    ]
    return _as_markdown(heads, rows) if rows else ""


def _asked(variant: Variant) -> str:
    if variant.at_least is not None:
        return f">= {variant.at_least:.0%}"
    return "-" if variant.at_most is None else f"<= {variant.at_most:.0%}"


def _as_markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
