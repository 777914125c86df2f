"""Hashes of titles: the only place that makes them, so that those of all systems can be compared."""

from __future__ import annotations

import hashlib

import polars as pl

MADE_HERE = "title:"
DIGITS = 32


def title_hashes(titles: pl.Series) -> pl.Series:
    """The hash of each title; null for a missing one and for one of spaces only.

    Titles that differ in upper and lower case, in spaces, or in forms of the same letters (Unicode NFKC:
    full-width, composed) have one hash. Each distinct title is hashed once. What begins with `title:` and was
    not made here cannot be told from what was.

        >>> one, other = title_hashes(pl.Series(["Ｔea  Cup ", "tea cup"]))
        >>> one == other, one.startswith("title:")
        (True, True)
    """
    values = titles.drop_nulls().unique()
    normal = values.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    hashes = [_hash(title) if title else None for title in normal]
    return titles.replace_strict(values, hashes, default=None, return_dtype=pl.String)


def made_here(title_hash: pl.Expr) -> pl.Expr:
    """Whether a hash was made here; a source may deliver its own, which are like no others."""
    return title_hash.str.starts_with(MADE_HERE)


def _hash(title: str) -> str:
    return MADE_HERE + hashlib.sha256(title.encode()).hexdigest()[:DIGITS]
