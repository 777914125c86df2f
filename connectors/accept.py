"""Validation: one chunk of a canonical table becomes accepted rows, counted repairs and quarantined rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl

from connectors.following import RESERVED
from connectors.identity_hash import IdentityKey
from connectors.parse import clean, parsed
from connectors.pseudonyms import pseudonymous, without_names, without_strays
from connectors.rules import rule
from connectors.tables import Table, columns_with, required_of
from connectors.title_hash import title_hashes

TOLERANCE = dt.timedelta(hours=24)
NEVER = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
UNREADABLE = "unreadable:"
RULE = "rule"
NUMBER = "row_number"
REPAIRED = "repaired_cells"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one chunk.

    Attributes:
        rows: one row per accepted row, every canonical column in its type; columns not delivered are null.
        repaired: per accepted row the rules by which cells of it were set to null, a line each; null without.
        kept: per row that came whether it was accepted.
        quarantine: one row per row put aside: `rule` (the first it broke) and its delivered columns as text,
            personal ones left out.
        repairs: cells set to null, per rule.
    """

    rows: pl.DataFrame
    repaired: pl.Series
    kept: pl.Series
    quarantine: pl.DataFrame
    repairs: Mapping[str, int]


def accept(chunk: pl.DataFrame, table: type[Table], zone: str, key: IdentityKey) -> Accepted:
    """Validate a chunk as it came from a source.

    Args:
        chunk: columns named as in `table`, or the plain columns in place of their hashes.
        table: the canonical table.
        zone: time zone of times that carry none.
        key: turns plain identities into keyed hashes, before anything else sees them.
    """
    named = _digested(clean(chunk.drop(RESERVED, strict=False)), table)
    hashed, changed = pseudonymous(named, table, key)
    typed, repairs = _typed(hashed, table, zone)
    repaired, more = _repaired(typed, table)
    broken = _first_broken(repaired, table, list(chunk.columns))
    kept = broken.is_null()
    personal = columns_with(table, "personal")
    delivered = [name for name in hashed.columns if name not in personal]
    refused = hashed.with_columns(broken.alias(RULE)).filter(~kept)
    aside = refused.select(RULE, pl.col(delivered).cast(pl.String))
    aside = without_strays(aside, typed.filter(~kept), key)
    lost = {
        name: cells.filter(kept) for name, cells in (changed | repairs | more).items() if (cells & kept).any()
    }
    return Accepted(
        rows=repaired.filter(kept).select(table.column_names()),
        repaired=_named(lost, int(kept.sum())),
        kept=kept,
        quarantine=aside,
        repairs={name: int(cells.sum()) for name, cells in lost.items()},
    )


def keyed(
    chunk: pl.DataFrame, columns: Sequence[str], table: type[Table], zone: str, key: IdentityKey
) -> pl.DataFrame:
    """Some columns of a chunk as they stand in accepted rows, whether or not the rows would be."""
    cleaned = without_names(clean(chunk.select(columns)), table, key)
    return cleaned.select(
        parsed(name, cleaned.schema[name], table.columns()[name].dtype, zone)[0].alias(name)
        for name in columns
    )


def _digested(chunk: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """A chunk with hashes in place of the texts they are made of."""
    for column, plain in columns_with(table, "digest_of").items():
        if plain in chunk.columns:
            hashes = title_hashes(chunk[plain].cast(pl.String))
            chunk = chunk.drop(plain).with_columns(hashes.alias(column))
    return chunk


def _typed(chunk: pl.DataFrame, table: type[Table], zone: str) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """Every canonical column in its type, `unreadable:` marks for required ones, and the repaired cells."""
    reads, marks, repairs = [], [], {}
    for name, column in table.columns().items():
        if name not in chunk.columns:
            reads.append(pl.lit(None, dtype=column.dtype).alias(name))
            continue
        read, code = parsed(name, chunk.schema[name], column.dtype, zone)
        if words := (column.metadata or {}).get("choices"):
            lower = read.str.to_lowercase()
            read = pl.when(lower.is_in(words)).then(lower)
        lost = pl.col(name).is_not_null() & read.is_null()
        reads.append(read.alias(name))
        marks.append(
            pl.when(lost).then(pl.lit(rule(name, code))).alias(UNREADABLE + name)
            if not column.nullable
            else lost.alias(UNREADABLE + name)
        )
        if column.nullable:
            repairs[rule(name, code)] = UNREADABLE + name
    typed = chunk.select(*reads, *marks)
    return typed, {name: typed[mark] for name, mark in repairs.items()}


def _repaired(typed: pl.DataFrame, table: type[Table]) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """Optional cells that contradict their row set to null."""
    wrong: dict[str, tuple[str, pl.Expr]] = {}
    for name, before in columns_with(table, "after").items():
        early = pl.col(name) < pl.col(before) - TOLERANCE
        wrong[rule(name, "out_of_order")] = (name, early)
    for name in columns_with(table, "ahead"):
        wrong[rule(name, "out_of_range")] = (name, pl.col(name) > NEVER)
    for name, lowest in columns_with(table, "lowest").items():
        highest = columns_with(table, "highest")[name]
        wrong[rule(name, "off_scale")] = (name, ~pl.col(name).is_between(lowest, highest))
    if "scale_min" in table.column_names():
        outside = (pl.col("score") < pl.col("scale_min")) | (pl.col("score") > pl.col("scale_max"))
        wrong[rule("score", "off_scale")] = ("score", outside)
    cells = typed.select(flag.fill_null(value=False).alias(name) for name, (_, flag) in wrong.items())
    nulled = typed.with_columns(
        pl.when(~cells[code]).then(pl.col(name)).alias(name)
        for code, (name, _) in wrong.items()
        if cells[code].any()
    )
    return nulled, {name: cells[name] for name in wrong}


@cache
def _numbered(table: type[Table]) -> type[Table]:
    """The table with a row number beside its columns, so that broken rules find their rows again."""
    return type(f"Numbered{table.__name__}", (table,), {NUMBER: dy.UInt32(nullable=False)})


def _broken_schema_rule(numbered: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """One row per row that breaks a rule of the schema: its number and the first rule, in column order."""
    schema = _numbered(table)
    _, failure = schema.filter(numbered.select(schema.column_names()))
    names = failure.details()
    order = {name: place for place, name in enumerate(table.column_names())}
    rules = sorted(failure.counts(), key=lambda name: order.get(re.split(r"\||__", name)[0], len(order)))
    first = pl.coalesce(
        pl.lit(None, dtype=pl.String),
        *(
            pl.when(pl.col(name).cast(pl.String) == "invalid").then(pl.lit(_name(name, table)))
            for name in rules
        ),
    )
    return names.select(NUMBER, first.alias(RULE))


def _name(schema_rule: str, table: type[Table]) -> str:
    """Our name for a rule of the schema: `placed_at|nullability` is `placed_at:missing`."""
    column, _, check = schema_rule.partition("|")
    if not check:
        return rule(*column.split("__"))
    if check.startswith("check__"):
        return rule(column, check.removeprefix("check__"))
    if check == "min":
        kind = table.columns()[column]
        moments = isinstance(kind, dy.Datetime | dy.Date)
        return rule(
            column,
            "before_1990" if moments else "negative" if getattr(kind, "min", None) == 0 else "out_of_range",
        )
    return rule(column, {"nullability": "missing", "max": "out_of_range"}[check])


def _first_broken(typed: pl.DataFrame, table: type[Table], delivered: list[str]) -> pl.Series:
    """Per row the name of the first rule it breaks; null where it breaks none."""
    numbered = typed.with_row_index(NUMBER)
    unread = [pl.col(UNREADABLE + name) for name in required_of(table) if UNREADABLE + name in typed.columns]
    needed = [
        pl.when(condition & pl.col(name).is_null()).then(pl.lit(rule(name, "missing_when_single")))
        for name, condition in columns_with(table, "required_when").items()
        if name in delivered
    ]
    schema_rules = _broken_schema_rule(numbered, table)
    first = numbered.select(NUMBER).join(schema_rules, on=NUMBER, how="left", maintain_order="left")
    ruled = numbered.with_columns(first[RULE])
    return ruled.select(pl.coalesce(*unread, RULE, *needed).alias(RULE)).to_series()


def _named(cells: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Per row the names of the rules by which cells were set to null, a line each; null where none was."""
    nothing = pl.Series(REPAIRED, [None], dtype=pl.String).new_from_index(0, height)
    if not cells:
        return nothing
    marks = pl.DataFrame(cells)
    names = [pl.when(pl.col(name)).then(pl.lit(name)) for name in cells]
    joined = pl.concat_str(names, separator="\n", ignore_nulls=True)
    return marks.select(pl.when(pl.any_horizontal(pl.all())).then(joined).alias(REPAIRED)).to_series()
