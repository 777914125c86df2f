"""Seeded chance: one stream of random numbers for each subject, so that no subject disturbs another."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

SEED = 20_241_121

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def stream(subject: str) -> np.random.Generator:
    """The random numbers of one subject: the same ones in every run."""
    return np.random.default_rng([SEED, zlib.crc32(subject.encode())])


def happens(rng: np.random.Generator, probability: Floats | float, count: int) -> Flags:
    """Yes or no, `count` times; one number is drawn each time, whatever the probability."""
    return rng.random(count) < probability


def pick(rng: np.random.Generator, weights: Sequence[float] | Floats, count: int) -> Whole:
    """`count` places in `weights`, each as often as its weight says."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(count), side="right")


def pick_by(rng: np.random.Generator, weights: Sequence[Sequence[float]] | Floats, rows: Whole) -> Whole:
    """One place per row, with the weights of the line of `weights` that the row names."""
    table = np.asarray(weights, dtype=np.float64)
    edges = np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True)
    edges[:, -1] = 1.0
    return np.asarray((rng.random(len(rows))[:, None] >= edges[rows]).sum(axis=1))


def words(names: Sequence[str], places: Whole) -> pl.Series:
    """The names at `places`; null where a place is below 0."""
    index = pl.Series(np.where(places < 0, len(names), places).astype(np.uint16))
    return index.set(index == len(names), None).cat.to(pl.Enum(names))


def places(column: pl.Series) -> Whole:
    """The places of a column of `words` in its list of names; -1 where it is null."""
    return column.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
