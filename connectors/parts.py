"""The parts of a snapshot: each connection's accepted rows as it delivered them, before they are joined."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from connectors.accept import REPAIRED, RULE, Accepted
from connectors.manifest import TableReport

ROWS, ASIDE, REPORT = "rows", "aside", "report.json"
MONTH = "month it is filed in"
BOUNDS = "bounds"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one connection: accepted rows, rows put aside, and what validation counted.

    Both kinds of rows lie in a folder per month, so that a refresh rewrites only the months that changed.
    """

    folder: Path
    report: TableReport

    @property
    def rows(self) -> pl.LazyFrame:
        """One row per accepted row, month by month as they came, ids as the connection names them."""
        return pl.scan_parquet(files_in(self.folder / ROWS)).drop(REPAIRED, strict=False)

    @property
    def aside(self) -> pl.DataFrame:
        """One row per row put aside by a rule of the row itself: `rule` and its columns as text."""
        frames = [pl.read_parquet(file) for file in files_in(self.folder / ASIDE)]
        return pl.concat(frames, how="diagonal") if frames else pl.DataFrame(schema={RULE: pl.String})


def files_in(folder: Path) -> list[Path]:
    """The Parquet files below a folder, months in their order, those of a month in that of their numbers."""
    return sorted(folder.rglob("*.parquet"), key=lambda file: (file.parent, len(file.name), file.name))


def write_chunk(
    folder: Path, number: int, accepted: Accepted, months: pl.Series, named_by: str | None = None
) -> None:
    """Write one validated chunk of a table into its part folder.

    Args:
        folder: the table's part folder.
        number: of the chunk; files of a month are read in the order of their numbers.
        accepted: the chunk.
        months: the month of every row that came, the rows put aside among them.
        named_by: the column by which rows will be looked for; each file says between which values it lies.
    """
    rows = accepted.rows.with_columns(accepted.repaired.alias(REPAIRED))
    split = ((ROWS, rows, accepted.kept), (ASIDE, accepted.quarantine, ~accepted.kept))
    for name, frame, mask in split:
        filed = frame.with_columns(months.filter(mask).alias(MONTH)).partition_by(
            MONTH, as_dict=True, include_key=False, maintain_order=True
        )
        for (month,), part in filed.items():
            place = folder / name / str(month)
            place.mkdir(parents=True, exist_ok=True)
            named = {} if named_by is None else bounds(part, named_by)
            part.write_parquet(place / f"{number:05}.parquet", compression="lz4", metadata=named)


def bounds(rows: pl.DataFrame, column: str) -> dict[str, str]:
    """A text column with its first and last value, as a file of these rows keeps it; nothing without any."""
    if rows.schema.get(column) != pl.String:
        return {}
    lowest, highest = rows.select(low=pl.col(column).min(), high=pl.col(column).max()).row(0)
    return {} if lowest is None else {BOUNDS: json.dumps([column, lowest, highest])}


def write_empty(folder: Path, accepted: Accepted) -> None:
    """Have a file of the table's columns where not one row was accepted."""
    if not files_in(folder / ROWS):
        (folder / ROWS).mkdir(parents=True, exist_ok=True)
        rows = accepted.rows.with_columns(accepted.repaired.alias(REPAIRED))
        rows.clear().write_parquet(folder / ROWS / "none.parquet")


def counted(folder: Path, columns: Iterable[str], read: int, seconds: float) -> TableReport:
    """What the rows of a part folder say of themselves.

    Args:
        folder: the table's part folder.
        columns: the canonical columns that were delivered.
        read: rows that were read for it this time.
        seconds: how long that took.
    """
    rows = pl.scan_parquet(files_in(folder / ROWS))
    marks = rows.select(pl.len(), pl.col(REPAIRED).drop_nulls().implode()).collect(engine="streaming")
    accepted, repaired = marks.row(0)
    repairs = Counter(rule for mark in repaired for rule in mark.split("\n"))
    quarantine: Counter[str] = Counter()
    for file in files_in(folder / ASIDE):
        quarantine.update(pl.read_parquet(file, columns=[RULE])[RULE])
    return TableReport(
        pulled=accepted + quarantine.total(),
        accepted=accepted,
        repaired=repairs.total(),
        quarantined=quarantine.total(),
        seconds=round(seconds, 3),
        columns=tuple(sorted(columns)),
        repairs=dict(repairs),
        quarantine=dict(quarantine),
        read=read,
    )


def write_report(folder: Path, report: TableReport) -> None:
    """Write what validation counted beside the rows."""
    (folder / REPORT).write_text(json.dumps(asdict(report)), encoding="utf-8")


def read_parts(folder: Path) -> dict[str, Part]:
    """A connection's tables, by name."""
    if not folder.exists():
        return {}
    return {
        path.name: Part(path, TableReport(**json.loads((path / REPORT).read_text(encoding="utf-8"))))
        for path in sorted(folder.iterdir())
    }


def carry_over(source: Path, target: Path) -> None:
    """Take over parts from an older version without copying bytes where the disk allows."""
    shutil.copytree(source, target, copy_function=_link, dirs_exist_ok=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def columns_delivered(parts: Mapping[str, Mapping[str, Part]]) -> dict[str, tuple[str, ...]]:
    """Per canonical table, the columns that at least one connection delivers."""
    delivered: dict[str, set[str]] = {}
    for tables in parts.values():
        for name, part in tables.items():
            delivered.setdefault(name, set()).update(part.report.columns)
    return {name: tuple(sorted(columns)) for name, columns in sorted(delivered.items())}
