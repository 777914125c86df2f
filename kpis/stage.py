"""A stage of the customer's journey: what the catalogue's modules are."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.text import Text


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; `order` is its place in the journey."""

    title: Text
    order: int
