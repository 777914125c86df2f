"""penalty_facts: platforms' penalties in points and money."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.money import NATIVE


def penalty_facts(material: Material) -> pl.LazyFrame:
    """One row per penalty."""
    return material.scan("penalties").with_columns(
        channel_kind=material.kind(),
        unpriced=pl.col("amount").is_null() & pl.col("amount" + NATIVE).is_not_null(),
    )
