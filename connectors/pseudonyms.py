"""Plain identities leave a chunk: hashes where they name somebody, masks where they stand in words."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connectors.identity_hash import IdentityKey
from connectors.masking import has_address, mobile_number, without_addresses, without_contacts, without_phones
from connectors.rules import rule
from connectors.tables import Table, columns_with

NAMES_OF_PEOPLE = ("customer_ref", "visitor_id")
ADDRESS_SIGN = "@|%40"


def pseudonymous(
    chunk: pl.DataFrame, table: type[Table], key: IdentityKey
) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """A chunk without plain identities.

    Args:
        chunk: cleaned, as a source delivered it.
        table: the canonical table.
        key: makes keyed hashes.

    Returns:
        The chunk, and by rule the cells that were emptied or masked.
    """
    changed: dict[str, pl.Series] = {}
    for column, plain in columns_with(table, "hash_of").items():
        source = plain if plain in chunk.columns else column
        if source not in chunk.columns:
            continue
        given = chunk[source].cast(pl.String)
        hashes = key.hash_series(plain, given)
        changed[rule(column, "not_a_phone_number")] = given.is_not_null() & hashes.is_null()
        chunk = chunk.drop(source).with_columns(hashes.alias(column))
    masked = without_names(chunk, table, key)
    masked = masked.with_columns(
        without_contacts(masked[column], key.country)
        for column in columns_with(table, "typed")
        if masked.schema.get(column) == pl.String
    )
    for column in _words(masked, table):
        changed[rule(column, "contact_masked")] = chunk[column].ne_missing(masked[column])
    return masked, changed


def without_names(chunk: pl.DataFrame, table: type[Table], key: IdentityKey) -> pl.DataFrame:
    """A chunk with hashes where ids are e-mail addresses or mobile numbers, and no address anywhere else."""
    people = [name for name in NAMES_OF_PEOPLE if name in chunk.columns]
    chunk = chunk.with_columns(
        pl.col(name).cast(pl.String) for name in people if chunk.schema[name].is_integer()
    )
    for column in [name for name in chunk.columns if chunk.schema[name] == pl.String]:
        if column in people:
            chunk = _hashed(chunk, column, pl.col(column).str.contains(ADDRESS_SIGN), "email", key)
            is_mobile = pl.col(column).str.contains(mobile_number(key.country))
            chunk = _hashed(chunk, column, is_mobile, "phone", key)
        elif chunk.select(has_address(column).any()).item():
            if column in _ids(table):
                chunk = _hashed(chunk, column, has_address(column), "email", key)
            else:
                chunk = chunk.with_columns(without_addresses(chunk[column]))
    return chunk


def without_strays(aside: pl.DataFrame, typed: pl.DataFrame, key: IdentityKey) -> pl.DataFrame:
    """Rows put aside without phone numbers that slipped into columns of times, numbers and closed lists.

    Args:
        aside: the rows as text.
        typed: the same rows in the types of their columns; null where a cell is unreadable.
        key: knows the country of phone numbers.
    """
    if aside.is_empty():
        return aside
    slipped = [
        name
        for name in typed.columns
        if name in aside.columns and (typed[name].is_null() & aside[name].is_not_null()).any()
    ]
    return aside.with_columns(
        pl.when(typed[name].is_null())
        .then(without_phones(aside[name], key.country))
        .otherwise(name)
        .alias(name)
        for name in slipped
    )


def _hashed(chunk: pl.DataFrame, column: str, is_plain: pl.Expr, kind: str, key: IdentityKey) -> pl.DataFrame:
    """The chunk with the hash of every plain identity in a column; what has no hash stays."""
    if not chunk.select(is_plain.any()).item():
        return chunk
    hashes = key.hash_series(kind, chunk.select(pl.when(is_plain).then(column)).to_series())
    return chunk.with_columns(pl.coalesce(hashes, column).alias(column))


def _ids(table: type[Table]) -> set[str]:
    """The columns by which rows are found again, so that what stands in them must stay distinct."""
    return {name for mark in ("key", "owned", "refers_to") for name in columns_with(table, mark)}


def _words(chunk: pl.DataFrame, table: type[Table]) -> Sequence[str]:
    """The delivered columns of text that name nothing and belong to no closed list."""
    named = {*_ids(table), *columns_with(table, "hash_of"), *columns_with(table, "choices")}
    return [
        name
        for name, column in table.columns().items()
        if column.dtype == pl.String and name not in named and chunk.schema.get(name) == pl.String
    ]
