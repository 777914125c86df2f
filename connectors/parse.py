"""Reads values as they come, text or native, as the type of their column; null where unreadable."""

from __future__ import annotations

from functools import partial

import polars as pl
import polars.selectors as cs

ISO_TIME = (
    r"^(\d{4}-\d{2}-\d{2})"
    r"(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?)?"
    r"\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?$"
)
# The forms most files are in throughout, by their length; reading them so is many times as fast.
FORMS = {10: "%Y-%m-%d", 19: "%Y-%m-%d %H:%M:%S", 20: "%Y-%m-%dT%H:%M:%SZ"}
UTC_MOMENT = pl.Datetime("us", "UTC")
TRUE, FALSE = ["true", "t", "1", "yes", "y", "1.0"], ["false", "f", "0", "no", "n", "0.0"]


def clean(frame: pl.DataFrame) -> pl.DataFrame:
    """Text without surrounding blanks; empty text and NaN are null; words of closed lists are plain text."""
    words = frame.with_columns(
        cs.categorical().cast(pl.String), cs.enum().cast(pl.String), cs.float().fill_nan(None)
    )
    stripped = words.with_columns(cs.string().str.strip_chars())
    return stripped.with_columns(pl.when(cs.string() != "").then(cs.string()).otherwise(None).name.keep())


def parsed(column: str, given: pl.DataType, wanted: pl.DataType, zone: str) -> tuple[pl.Expr, str]:
    """The expression that reads `column`, and the code of the rule broken where it yields null.

    Args:
        column: the column's name.
        given: its type as it came.
        wanted: the canonical column's type.
        zone: time zone of times that carry none; a bare date is midnight there.
    """
    value = pl.col(column)
    if given.is_temporal() and wanted.is_numeric():
        value, given = pl.lit(None, dtype=pl.String), pl.String()
    if given == pl.Null:
        read, code = pl.lit(None, dtype=wanted).alias(column), "missing"
    elif wanted == pl.String:
        read, code = _text(value, given), "unknown_word"
    elif wanted == pl.Boolean:
        read, code = _flag(value, given), "not_yes_or_no"
    elif wanted == pl.Int64:
        read, code = _whole(value, given), "not_whole"
    elif wanted == pl.Date:
        read, code = _moment(value, given, zone).dt.convert_time_zone(zone).dt.date(), "not_a_day"
    elif isinstance(wanted, pl.Datetime):
        read, code = _moment(value, given, zone), "not_a_time"
    else:
        read, code = _number(value, given, wanted), "not_a_number"
    return read, code


def _text(value: pl.Expr, given: pl.DataType) -> pl.Expr:
    if given.is_float():
        whole = value.cast(pl.Int64, strict=False)
        return pl.when(whole == value).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
    return value.cast(pl.String)


def _flag(value: pl.Expr, given: pl.DataType) -> pl.Expr:
    if given == pl.Boolean:
        return value
    word = value.cast(pl.String).str.to_lowercase()
    return (
        pl.when(word.is_in(TRUE)).then(pl.lit(value=True)).when(word.is_in(FALSE)).then(pl.lit(value=False))
    )


def _whole(value: pl.Expr, given: pl.DataType) -> pl.Expr:
    if given.is_integer() or given == pl.Boolean:
        return value.cast(pl.Int64, strict=False)
    number = value.cast(pl.Float64, strict=False)
    whole = number.cast(pl.Int64, strict=False)
    return pl.when(whole == number).then(whole).otherwise(None)


def _number(value: pl.Expr, given: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    if wanted == pl.Float64:
        number = value.cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number).otherwise(None)
    return value.cast(pl.Int64 if given == pl.Boolean else given).cast(wanted, strict=False)


def _moment(value: pl.Expr, given: pl.DataType, zone: str) -> pl.Expr:
    if isinstance(given, pl.Datetime):
        precise = value.dt.cast_time_unit("us")
        return precise.dt.convert_time_zone("UTC") if given.time_zone else _in_zone(precise, zone)
    if given == pl.Date:
        return _in_zone(value.cast(pl.Datetime("us")), zone)
    return value.cast(pl.String).map_batches(partial(_written_moments, zone=zone), return_dtype=UTC_MOMENT)


def _written_moments(written: pl.Series, zone: str) -> pl.Series:
    """Times as text, read at once where all are of one common form, else form by form."""
    name = written.name
    lengths = written.str.len_bytes().unique().drop_nulls()
    form = FORMS.get(lengths.item()) if lengths.len() == 1 else None
    if form is not None:
        naive = written.str.to_datetime(form, time_unit="us", strict=False)
        if naive.null_count() == written.null_count():
            is_utc = form.endswith("Z")
            moment = pl.col(name).dt.replace_time_zone("UTC") if is_utc else _in_zone(pl.col(name), zone)
            return naive.to_frame(name).select(moment).to_series()
    return written.to_frame(name).select(_any_form(pl.col(name), zone).alias(name)).to_series()


def _any_form(written: pl.Expr, zone: str) -> pl.Expr:
    part = written.str.extract_groups(ISO_TIME).struct
    clock = (
        part.field("2").fill_null("00:00") + part.field("3").fill_null(":00") + part.field("4").fill_null("")
    )
    naive = (part.field("1") + "T" + clock).str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%.f", time_unit="us", strict=False
    )
    offset = part.field("5").str.replace_all(":", "")
    minutes = (
        pl.when(offset.str.to_uppercase() == "Z")
        .then(0)
        .otherwise(
            pl.concat_str(offset.str.slice(0, 1), pl.lit("1")).cast(pl.Int64, strict=False)
            * (
                offset.str.slice(1, 2).cast(pl.Int64, strict=False) * 60
                + offset.str.slice(3, 2).cast(pl.Int64, strict=False).fill_null(0)
            )
        )
    )
    absolute = (naive - pl.duration(minutes=minutes)).dt.replace_time_zone("UTC")
    return pl.when(offset.is_null()).then(_in_zone(naive, zone)).otherwise(absolute)


def _in_zone(naive: pl.Expr, zone: str) -> pl.Expr:
    """A wall-clock time in `zone`: the first of two when clocks go back, an hour on when it never was."""
    skipped = (naive + pl.duration(hours=1)).dt.replace_time_zone(
        zone, ambiguous="earliest", non_existent="null"
    )
    read = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return read.fill_null(skipped).dt.convert_time_zone("UTC")
