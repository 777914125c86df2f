"""The groups of KPIs that the consistency index is made of, and what each weighs unless settings say else."""

from __future__ import annotations

DEFAULT_WEIGHTS = {
    "deliver": 15.0,
    "after": 15.0,
    "serve": 10.0,
    "voice": 10.0,
    "pay": 5.0,
    "loyal": 10.0,
    "price": 15.0,
    "assortment": 10.0,
    "content": 10.0,
}
